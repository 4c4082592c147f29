"""Samples of the controls that ask several things at once, in their states."""

from motcua.portal.web.samples import KINDS, Sample

KINDS_OF_FIELDS: tuple[Sample, ...] = (
    Sample(
        KINDS,
        "unit",
        """{{ mc.text("dien-tich", "Diện tích", "72,5", inputmode="decimal", unit="m²") }}
{{ mc.text("von", "Vốn kinh doanh", "1.500.000.000", inputmode="numeric", unit="đồng",
           error="Nhập số tiền bằng đồng, chỉ gồm chữ số") }}""",
    ),
    Sample(
        KINDS,
        "partial",
        """{{ mc.date("sinh-nam", "Ngày sinh của người mất", {"year": "1941"}, partial=True) }}
{{ mc.date("mat-nam", "Ngày mất", {"day": "31", "month": "2", "year": "2026"}, partial=True,
           error="Nhập ngày có thật, ví dụ 24/11/2026") }}""",
    ),
    Sample(
        KINDS,
        "files",
        """{{ mc.files("anh", "Ảnh mặt bằng", most=3, accept="image/*",
            kept=[{"id": "1", "name": "mặt tiền.jpg", "href": "#files"},
                  {"id": "2", "name": "trong nhà.jpg", "href": "#files"}]) }}
{{ mc.files("ban-ve", "Bản vẽ", error="Thêm bản vẽ", accept="application/pdf") }}
{{ mc.files("chan-dung", "Ảnh chân dung", most=1,
            kept=[{"id": "3", "name": "chân dung.jpg", "href": "#files"}]) }}""",
    ),
    Sample(
        KINDS,
        "fill_table",
        """{% call mc.many("hang", "Hàng hóa", 2, hint="Mỗi mặt hàng một hàng.") %}
  {% call mc.fill_table("Hàng hóa", ["Tên hàng", "Số lượng"]) %}
    {% call mc.fill_row(1, "Mặt hàng thứ 1",
        mc.ask("Bỏ", "Bỏ Mặt hàng thứ 1 và những gì đã khai?", "Bỏ hẳn", "remove", "hang.0",
               about="Mặt hàng thứ 1")) %}
      <td>{{ mc.text("hang.0.ten", "Tên hàng", "Gạo") }}</td>
      <td>{{ mc.text("hang.0.luong", "Số lượng", "20", unit="kg", width=7) }}</td>
    {% endcall %}
    {% call mc.fill_row(2, "Mặt hàng thứ 2",
        mc.ask("Bỏ", "Bỏ Mặt hàng thứ 2 và những gì đã khai?", "Bỏ hẳn", "remove", "hang.1",
               about="Mặt hàng thứ 2")) %}
      <td>{{ mc.text("hang.1.ten", "Tên hàng", error="Nhập tên hàng") }}</td>
      <td>{{ mc.text("hang.1.luong", "Số lượng", unit="kg", width=7) }}</td>
    {% endcall %}
  {% endcall %}
  {{ mc.button("Thêm: mặt hàng", name="add", value="hang", kind="second", small=True,
               icon_name="plus", type="button") }}
{% endcall %}""",
    ),
    Sample(
        KINDS,
        "card",
        """{% call mc.many("con", "Các con", 2) %}
  {% call mc.card("Con thứ 1", "Trần Minh Anh", folded=True) %}
    {{ mc.text("con.0.ten", "Họ tên", "Trần Minh Anh", width=30) }}
  {% endcall %}
  {% call mc.card("Con thứ 2") %}
    {{ mc.text("con.1.ten", "Họ tên", error="Nhập họ tên", width=30) }}
    {{ mc.ask("Bỏ", "Bỏ Con thứ 2 và những gì đã khai?", "Bỏ hẳn", "remove", "con.1",
              about="Con thứ 2") }}
  {% endcall %}
{% endcall %}""",
    ),
    Sample(KINDS, "told", '{{ mc.told("Đã bỏ Con thứ 3.", focus=False) }}'),
    Sample(
        KINDS,
        "point",
        """{% call mc.point("vi-tri", "Vị trí cửa hàng", href="#point", map="#{lat},{lng}") %}
  {{ mc.text("vi-tri.lat", "Vĩ độ", "21,0285", inputmode="decimal") }}
  {{ mc.text("vi-tri.lng", "Kinh độ", "105,8542", inputmode="decimal") }}
{% endcall %}""",
    ),
    Sample(
        KINDS,
        "signature",
        """{% call mc.signature("ky", "Chữ ký người khai", "M60 130L110 60L130 140L180 70") %}
  {{ mc.text("ky.name", "Họ, chữ đệm, tên", "Nguyễn Thị Hương", width=30) }}
{% endcall %}""",
    ),
    Sample(
        KINDS,
        "sign-pad",
        """{% call mc.fieldset("Người nộp đã ký thế nào", "da-ky") %}
  {{ mc.text("da-ky.name", "Họ, chữ đệm, tên", "Nguyễn Thị Hương", width=30) }}
  {{ mc.sign_pad("da-ky", "Chữ ký", "Chữ ký của người nộp",
                 "M60 130L110 60L130 140", optional=False) }}
{% endcall %}
{{ mc.signed_so("Chữ ký của Nguyễn Thị Hương", "M60 130L110 60L130 140L180 70") }}""",
    ),
    Sample(
        KINDS,
        "computed",
        """{{ mc.computed("tong", "Tổng giá trị hàng", "1.250.000", unit="đồng") }}
{{ mc.computed("tuoi", "Tuổi của con", hint="Tính từ ngày sinh.") }}""",
    ),
)
