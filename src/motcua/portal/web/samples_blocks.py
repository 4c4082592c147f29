"""Samples of what pages say."""

from motcua.portal.web.samples import BLOCKS, HOME, PAPERS, SIGNS, WAYS, Sample

REST: tuple[Sample, ...] = (
    Sample(
        BLOCKS,
        "kv",
        """{% call mc.kv() %}
  {{ mc.kv_row("Họ tên", "Trần Nguyễn Minh Anh", href="#kv", about="họ tên") }}
  {{ mc.kv_row("Ngày sinh", "10/11/2026", from_source="Giấy chứng sinh điện tử") }}
  {% call mc.kv_row("Mẹ") %}{{ mc.lines_of("Nguyễn Thị Hương\n001195012345") }}{% endcall %}
  {% call mc.kv_row("Phí", note="Thanh toán sau khi nộp") %}<b>24.000 đồng</b>{% endcall %}
{% endcall %}""",
    ),
    Sample(
        BLOCKS,
        "panel",
        '{% call mc.panel("Khi bạn nộp", size=3, paper=True) %}<p>Gửi đến UBND phường.</p>{% endcall %}',  # noqa: E501
    ),
    Sample(
        BLOCKS,
        "note",
        """{{ mc.note("Phí cấp 3 bản sao.", title="Còn một việc: nộp 24.000 đồng") }}
{{ mc.note("Hồ sơ đã được gửi.", kind="ok", class="mc-mt3") }}
{{ mc.note("Cán bộ không bao giờ hỏi mã OTP của bạn.", kind="info", icon_name="lock",
           class="mc-mt3") }}
{{ mc.note("Chưa gửi được. Hãy thử lại.", kind="bad", class="mc-mt3") }}""",
    ),
    Sample(
        BLOCKS,
        "todo",
        """{% call mc.todo("Xem mẫu Giấy khai sinh trước 10:12 thứ Tư 25/11/2026") %}
  {% call mc.actions() %}{{ mc.button("Xem và xác nhận") }}{% endcall %}
{% endcall %}""",
    ),
    Sample(
        BLOCKS,
        "tag",
        """{{ mc.tag("Nộp tại Một cửa") }} {{ mc.tag("Toàn trình", "ok") }}
{{ mc.tag("Một phần", "gold") }} {{ mc.tag("Đang thẩm tra", "info") }}
{{ mc.tag("Không được", "bad") }} {{ mc.tag("Mới", "son") }}""",
    ),
    Sample(
        BLOCKS,
        "due",
        """{{ mc.due("late", "Quá 1 ngày", "hẹn 17:00 thứ Hai 23/11") }}
{{ mc.due("today", "Còn 7 giờ") }} {{ mc.due("soon", "Còn 1 ngày") }}
{{ mc.due("ok", "Còn 4 ngày") }} {{ mc.due("wait", "Tạm dừng") }}""",
    ),
    Sample(
        BLOCKS,
        "more",
        '{% call mc.more("Ủy quyền cho người khác") %}Văn bản ủy quyền có chứng thực.{% endcall %}',
    ),
    Sample(
        BLOCKS,
        "table",
        """{{ mc.table("Các khoản tiền", ["Khoản", "Khi nào", "Số tiền"],
            [["Lệ phí khai sinh", "Trong 60 ngày", "Miễn phí"],
             ["Phí cấp bản sao", "Nếu bạn yêu cầu", "8.000 đồng/bản"]], numeric=(2,)) }}""",
    ),
    Sample(
        BLOCKS,
        "facts",
        """{{ mc.facts([("globe", "Trực tuyến", "Toàn trình"), ("paper", "Giấy tờ", "1 loại"),
            ("money", "Lệ phí", "Miễn phí"), ("clock", "Thời hạn", "Trong ngày")]) }}""",
    ),
    Sample(
        BLOCKS,
        "terms_of",
        r'{{ mc.terms_of("Để làm gì: Điền sẵn biểu mẫu\nLưu bao lâu: Như hồ sơ của bạn") }}',
    ),
    Sample(
        BLOCKS,
        "due_box",
        '{{ mc.due_box("Nộp bây giờ, có kết quả chậm nhất", "17:00 thứ Ba 24/11/2026") }}',
    ),
    Sample(
        BLOCKS,
        "empty",
        """{% call mc.empty("Bạn chưa có hồ sơ nào",
    "Hồ sơ nộp bằng số định danh của bạn sẽ tự hiện ở đây.", level=4) %}
  {{ mc.button("Tìm thủ tục cần làm", href="/") }}
{% endcall %}""",
    ),
    Sample(BLOCKS, "meter", '{{ mc.meter("Tải ảnh trang 4", 62) }}'),
    Sample(BLOCKS, "saved", '{{ mc.saved("Đã lưu nháp lúc 9:38. Bản nháp giữ 30 ngày.") }}'),
    Sample(
        PAPERS,
        "papers",
        """{% call mc.papers() %}
  {{ mc.paper_row("Giấy chứng sinh", "1 bản chính.", tag_text="Đã có", tag_kind="ok") }}
{% endcall %}""",
    ),
    Sample(
        PAPERS,
        "done",
        '{{ mc.done("Hồ sơ đã được tiếp nhận", "Giấy hẹn đã gửi đến hộp thư.", level=4) }}',
    ),
    Sample(
        PAPERS,
        "ticket",
        """{% call mc.ticket("UBND phường Thuận Hóa", "Giấy tiếp nhận và hẹn trả kết quả") %}
  <div><p class="mc-s mc-2">Mã hồ sơ</p><p class="mc-big">000.00.16.H57-261124-0018</p></div>
  {{ mc.qr("https://example.org/tra-cuu/", "Mã QR mở trang theo dõi", "Quét để theo dõi") }}
{% endcall %}""",
    ),
    Sample(
        PAPERS,
        "qr",
        '{{ mc.qr("https://example.org/", "Mã QR mở trang mẫu", "Trang mẫu", large=True) }}',
    ),
    Sample(WAYS, "crumbs", '{{ mc.crumbs([("Trang chủ", "/"), ("Hồ sơ của tôi", "/ho-so/")]) }}'),
    Sample(WAYS, "back", '{{ mc.back("#back") }}'),
    Sample(
        WAYS,
        "progress",
        '{{ mc.progress(["Trường hợp", "Thông tin của con", "Giấy tờ", "Kiểm tra"], 2) }}',
    ),
    Sample(
        WAYS, "pager", '{{ mc.pager(previous="#pager", next="#pager", label="Trang kết quả") }}'
    ),
    Sample(
        WAYS,
        "doors",
        """{% call mc.doors() %}
  {{ mc.door_item("done", "Bạn đã nộp hồ sơ", "9:38 thứ Ba 24/11", level=4) }}
  {{ mc.door_item("now", "Bạn xác nhận mẫu Giấy khai sinh", "Đang ở chỗ bạn.", level=4) }}
  {{ mc.door_item("next", "Trả kết quả", level=4) }}
{% endcall %}""",
    ),
    Sample(
        WAYS,
        "steps",
        """{% call mc.steps() %}
  {{ mc.step("Bạn khai trực tuyến", "Khoảng 8 phút.", level=4) }}
  {{ mc.step("Bạn nhận kết quả", level=4) }}
{% endcall %}""",
    ),
    Sample(WAYS, "toc", '{{ mc.toc([("Cần chuẩn bị gì?", "#toc"), ("Bao lâu?", "#toc")]) }}'),
    Sample(
        WAYS,
        "tabs",
        '{{ mc.tabs("Danh sách", [("Tất cả", "#tabs", 101, true), ("Của tôi", "#tabs", 24, false)]) }}',  # noqa: E501
    ),
    Sample(
        WAYS,
        "chips",
        """{% call mc.chips("Bộ lọc đang dùng") %}
  {{ mc.chip("Hộ tịch", "#chips", on=True, about="bỏ lọc") }} {{ mc.chip("Bộ lọc", "#chips") }}
{% endcall %}""",
    ),
    Sample(
        HOME,
        "tiles",
        """{% call mc.tiles() %}
  {{ mc.tile("Sinh con", "Khai sinh, thường trú, thẻ bảo hiểm", "#tiles", "birth") }}
  {{ mc.tile("Xây nhà", "Giấy phép xây dựng", "#tiles", "house") }}
{% endcall %}""",
    ),
    Sample(
        HOME,
        "rows",
        """{% call mc.rows() %}
  {{ mc.row("Đăng ký khai sinh", "#rows", ["Trong ngày", "Miễn phí"]) }}
{% endcall %}""",
    ),
    Sample(
        HOME,
        "strip",
        """{% call mc.strip() %}
  {{ mc.figure("98,6%", "hồ sơ đúng hoặc trước hạn") }} {{ mc.figure("1,8 ngày", "trung bình") }}
{% endcall %}""",
    ),
    Sample(SIGNS, "icon", '{{ mc.icon("birth") }} {{ mc.icon("ok", label="Đã xong") }}'),
    Sample(SIGNS, "mark", "{{ mc.mark(large=True) }}"),
    Sample(SIGNS, "picture", '{{ mc.picture("closed") }}'),
)
