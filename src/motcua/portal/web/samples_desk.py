"""Samples of officials' pages."""

from motcua.portal.web.samples import AT_DESK, CHARTS, Sample

DESK: tuple[Sample, ...] = (
    Sample(
        AT_DESK,
        "counts",
        """{% call mc.counts() %}
  {{ mc.count(2, "Quá hạn", "cần xin lỗi và hẹn lại", "#counts", "late") }}
  {{ mc.count(11, "Hết hạn hôm nay", "4 hồ sơ trước 11:30", "#counts", "today", current=True) }}
  {{ mc.count("98,1%", "Đúng hoặc trước hạn", "kỳ trước 97,4%") }}
{% endcall %}""",
    ),
    Sample(
        AT_DESK,
        "filters",
        """{% call mc.filters("Lọc hồ sơ") %}
  {{ mc.filter_text("tim", "Tìm", attrs={"aria-keyshortcuts": "/"}) }}
  {{ mc.filter_select("kenh", "Kênh nộp", [("", "Tất cả"), ("2", "Trực tuyến")]) }}
  {{ mc.button("Lọc", kind="second") }}
{% endcall %}""",
    ),
    Sample(AT_DESK, "row_box", '{{ mc.row_box("hs", "a", "r1", "Chọn hồ sơ 000.00.16-0042") }}'),
    Sample(
        AT_DESK,
        "bulk",
        """{% call mc.bulk("Thao tác với hồ sơ đã chọn", "Đã chọn 2 hồ sơ") %}
  {{ mc.button("Tiếp nhận", kind="gold", type="button") }}
  {{ mc.button("Giao người xử lý", kind="quiet", type="button") }}
{% endcall %}""",
    ),
    Sample(
        AT_DESK,
        "keys",
        '{{ mc.keys("Phím tắt", [(("J", "K"), "lên, xuống"), (("X",), "chọn")]) }}',
    ),
    Sample(
        AT_DESK,
        "compare",
        """{{ mc.compare([("Họ tên", "Trần Minh Anh", false, "Giấy chứng sinh ghi “Mai Anh”"),
              ("Ngày sinh", "10/11/2026", true, "Giấy chứng sinh"),
              ("Quê quán", "Phường Thuận Hóa", none, none)]) }}""",
    ),
    Sample(
        AT_DESK,
        "log",
        """{{ mc.log([("Thẩm tra", "Lê Văn Bình", "10:02", true),
          ("Tiếp nhận", "Phạm Thu Hà", "9:41", false)]) }}""",
    ),
    Sample(
        CHARTS,
        "sparkline",
        '{{ mc.sparkline([95.1, 96, 95.8, 97, 98.6], "Tỷ lệ đúng hạn tăng từ 95,1% lên 98,6%") }}',
    ),
    Sample(
        CHARTS,
        "bars",
        """{{ mc.bars([("Hộ tịch", "98,9%", (1012, 1104, 24), "Trước 1.012, đúng 1.104, trễ 24"),
           ("Đất đai", "93,0%", (388, 462, 64), "Trước 388, đúng 462, trễ 64")]) }}
{{ mc.data("Hồ sơ theo lĩnh vực", ["Lĩnh vực", "Trước", "Đúng", "Trễ"],
           [["Hộ tịch", 1012, 1104, 24], ["Đất đai", 388, 462, 64]], numeric=(1, 2, 3)) }}""",
    ),
    Sample(
        CHARTS,
        "single_columns",
        """{{ mc.single_columns([("23/11", 12), ("24/11", 31), ("25/11", 8)],
  "Hồ sơ đến hạn từng ngày") }}""",
    ),
    Sample(
        CHARTS,
        "columns",
        """{{ mc.columns([("17/11", 251, 226), ("18/11", 264, 242), ("19/11", 229, 238)],
              "Hồ sơ nhận và giải quyết mỗi ngày", "Nhận mới", "Đã giải quyết") }}""",
    ),
)
