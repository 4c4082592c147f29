"""Samples of what people fill in and press."""

from motcua.portal.web.samples import BUTTONS, FIELDS, Sample

FORMS: tuple[Sample, ...] = (
    Sample(
        BUTTONS,
        "button",
        """{{ mc.button("Nộp hồ sơ") }}
{{ mc.button("Theo dõi hồ sơ", href="#button", kind="second") }}
{{ mc.button("In giấy hẹn", kind="quiet", icon_name="print", type="button") }}
{{ mc.button("Tìm", kind="gold", icon_name="search", small=True) }}""",
    ),
    Sample(BUTTONS, "link", '{{ mc.link("Sửa", "#link", about="họ tên") }}'),
    Sample(
        BUTTONS,
        "link_button",
        '<form>{{ mc.link_button("Rút hồ sơ", name="viec", value="rut") }}</form>',
    ),
    Sample(
        BUTTONS,
        "actions",
        """{% call mc.actions() %}
  {{ mc.button("Lưu và tiếp tục") }} {{ mc.saved("Đã lưu nháp lúc 9:38.") }}
{% endcall %}""",
    ),
    Sample(
        FIELDS,
        "errors",
        """{{ mc.errors([{"at": "ten", "message": "Tên không được có chữ số: “M1nh”"},
              {"at": "dan-toc", "message": "Chọn dân tộc của con"}],
              focus=False) }}""",
    ),
    Sample(
        FIELDS,
        "text",
        """{{ mc.text("ten", "Họ, chữ đệm, tên khai sinh", "Trần M1nh Anh", width=30,
           hint="Viết có dấu, đúng như sẽ in trên Giấy khai sinh.",
           error="Tên không được có chữ số. Ví dụ đúng: Trần Nguyễn Minh Anh",
           attrs={"spellcheck": "false"}) }}
{{ mc.text("dien-thoai", "Điện thoại nhận tin", "091 234 56 78", type="tel", width=20,
           autocomplete="tel", source="Lấy từ tài khoản của bạn") }}""",
    ),
    Sample(FIELDS, "textarea", '{{ mc.textarea("ly-do", "Lý do", optional=True, rows=3) }}'),
    Sample(
        FIELDS,
        "select",
        """{{ mc.select("quan-he", "Quan hệ", [("cha", "Cha"), ("me", "Mẹ")],
             value="me", empty="Chọn", width=20) }}""",
    ),
    Sample(
        FIELDS,
        "radios",
        """{{ mc.radios("dan-toc", "Dân tộc của con",
             [("kinh", "Kinh", "Theo mẹ"), ("ta-oi", "Tà Ôi", "Theo cha")],
             error="Chọn dân tộc của con") }}""",
    ),
    Sample(
        FIELDS,
        "checkboxes",
        """{{ mc.checkboxes("nop", "Cách nộp", [(1, "Toàn trình"), (2, "Một phần")],
                 values=[1], small=True) }}""",
    ),
    Sample(
        FIELDS,
        "checkbox",
        '{{ mc.checkbox("cam-doan", "Tôi cam đoan những nội dung khai trên là đúng sự thật.") }}',
    ),
    Sample(
        FIELDS,
        "date",
        """{{ mc.date("ngay-sinh", "Ngày sinh", "2026-11-10", hint="Ví dụ: 10 11 2026",
           source="Lấy từ Giấy chứng sinh điện tử") }}""",
    ),
    Sample(
        FIELDS,
        "file",
        """{{ mc.file("uy-quyen", "Chụp ảnh hoặc chọn nhiều tệp cùng lúc",
           hint="Ảnh JPG, PNG hoặc tệp PDF, mỗi tệp không quá 10 MB.",
           accept="image/*,application/pdf") }}""",
    ),
    Sample(
        FIELDS,
        "fieldset",
        """{% call mc.fieldset("Nơi sinh", id="noi-sinh", hint="Ghi theo Giấy chứng sinh.") %}
  {{ mc.text("co-so", "Cơ sở y tế", width=30) }}
{% endcall %}""",
    ),
    Sample(
        FIELDS,
        "group",
        """{% call(described) mc.group("mau", "Màu", hint="Dùng khi cần điều khiển riêng") %}
  <input class="mc-input mc-w5" type="color" id="mau" aria-describedby="{{ described }}">
{% endcall %}""",
    ),
    Sample(FIELDS, "source", '{{ mc.source("Lấy từ Cơ sở dữ liệu quốc gia về dân cư") }}'),
    Sample(
        FIELDS,
        "search",
        '{{ mc.search("/tim-kiem/", "Tìm thủ tục", "khai sinh", visible_label=True) }}',
    ),
)
