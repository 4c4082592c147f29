"""What the parts of a pack and their values are called where a change is told."""

from typing import Any

KEYS: dict[str, tuple[str, str]] = {
    "procedure": ("Thủ tục", "The procedure"),
    "form": ("Biểu mẫu", "The form"),
    "workflow": ("Quy trình nội bộ", "Work inside the office"),
    "templates": ("Mẫu giấy kết quả", "Templates of results"),
    "lists": ("Danh sách dùng chung", "Shared lists"),
    "examples": ("Ví dụ", "Examples"),
    "code": ("Mã", "Code"),
    "level": ("Cấp thực hiện", "Level"),
    "title": ("Tên", "Title"),
    "summary": ("Tóm tắt", "Summary"),
    "valid_from": ("Có hiệu lực từ", "Valid from"),
    "valid_to": ("Có hiệu lực đến", "Valid until"),
    "channels": ("Cách nộp", "Channels"),
    "applicants": ("Người nộp", "Applicants"),
    "supplement_days": ("Số ngày chờ bổ sung", "Days waited for the applicant"),
    "retention_years": ("Số năm lưu hồ sơ", "Years a dossier is kept"),
    "keep_forever": ("Lưu vĩnh viễn", "Kept for good"),
    "life_events": ("Sự kiện trong đời", "Life events"),
    "keywords": ("Từ khóa", "Keywords"),
    "unit_field": ("Trường quyết định cơ quan", "Field that decides the agency"),
    "agencies": ("Cơ quan theo địa bàn", "Agencies by unit"),
    "requirements": ("Yêu cầu, điều kiện", "Requirements"),
    "eligibility": ("Trường hợp không nhận", "Cases refused"),
    "refuse_when": ("Không nhận khi", "Refused when"),
    "reason": ("Lý do", "Reason"),
    "instead": ("Thay bằng", "Instead"),
    "cases": ("Trường hợp", "Cases"),
    "limits": ("Thời hạn giải quyết", "Time limits"),
    "limit": ("Thời hạn", "Limit"),
    "papers": ("Giấy tờ", "Papers"),
    "fees": ("Lệ phí", "Fees"),
    "amount": ("Mức thu", "Amount"),
    "times": ("Số lần tính", "Counted by"),
    "exempt": ("Miễn, giảm", "Exemptions"),
    "percent": ("Mức miễn, giảm (%)", "Percent spared"),
    "results": ("Kết quả", "Results"),
    "template": ("Mẫu", "Template"),
    "declaration": ("Lời cam đoan", "Declaration"),
    "notices": ("Lời thông báo", "Notices"),
    "satisfaction": ("Câu hỏi hài lòng", "Questions about satisfaction"),
    "legal": ("Căn cứ pháp lý", "Legal basis"),
    "cost": ("Chi phí tuân thủ", "Compliance cost"),
    "parts": ("Phần", "Parts"),
    "when": ("Khi", "When"),
    "show": ("Chỉ hỏi khi", "Asked when"),
    "required": ("Bắt buộc", "Required"),
    "spared_when": ("Không phải nộp khi", "Spared when"),
    "forms": ("Dạng bản", "Forms"),
    "count": ("Số bản", "Copies"),
    "most_files": ("Số tệp nhiều nhất", "Most files"),
    "accept": ("Loại tệp", "Kinds of files"),
    "held_by": ("Cơ sở dữ liệu đã có", "Held by the registry"),
    "about": ("Là thông tin của", "Whose fact it is"),
    "name": ("Tên", "Name"),
    "hint": ("Hướng dẫn", "Hint"),
    "label": ("Câu hỏi", "Question"),
    "lead": ("Lời dẫn", "Lead"),
    "example": ("Ví dụ điền", "Example"),
    "kind": ("Loại", "Kind"),
    "steps": ("Các bước", "Steps"),
    "sections": ("Các mục", "Sections"),
    "fields": ("Các trường", "Fields"),
    "columns": ("Các cột", "Columns"),
    "rows": ("Các dòng", "Rows"),
    "options": ("Các lựa chọn", "Options"),
    "options_from": ("Danh sách lựa chọn", "List of options"),
    "schema": ("Ràng buộc", "Constraints"),
    "checks": ("Kiểm tra", "Checks"),
    "rule": ("Quy tắc", "Rule"),
    "message": ("Lời báo", "Message"),
    "source": ("Nguồn điền sẵn", "Filled in from"),
    "role": ("Người làm", "Done by"),
    "four_eyes": ("Phải là người khác", "By another person"),
    "value": ("Giá trị", "Value"),
    "text": ("Nội dung", "Text"),
    "url": ("Địa chỉ", "Address"),
    "note": ("Ghi chú", "Note"),
    "answers": ("Nội dung chuyển sang", "Answers handed on"),
    "after": ("Sau phần", "After"),
    "unit": ("Đơn vị", "Unit"),
}
VALUES: dict[str, tuple[str, str]] = {
    "online": ("trực tuyến", "online"),
    "counter": ("tại quầy", "at the counter"),
    "post": ("qua bưu chính", "by post"),
    "clerk": ("cán bộ một cửa", "clerk"),
    "specialist": ("chuyên viên", "specialist"),
    "leader": ("lãnh đạo", "leader"),
    "original": ("bản chính", "original"),
    "certified": ("bản sao chứng thực", "certified copy"),
    "copy": ("bản sao", "copy"),
    "citizen": ("công dân", "citizen"),
    "enterprise": ("doanh nghiệp", "enterprise"),
    "agency": ("cơ quan nhà nước", "agency"),
    "organisation": ("tổ chức", "organisation"),
    "commune": ("cấp xã", "commune"),
    "province": ("cấp tỉnh", "province"),
    "ministry": ("cấp bộ", "ministry"),
}
UNITS: dict[str, tuple[str, str]] = {
    "working_hours": ("giờ làm việc", "working hours"),
    "clock_hours": ("giờ", "hours"),
    "working_days": ("ngày làm việc", "working days"),
    "days": ("ngày", "days"),
    "months": ("tháng", "months"),
    "same_day": ("trong ngày", "the same day"),
}
NAMED = frozenset(("channels", "applicants", "level", "role", "forms"))
"""Keys whose values have names for people."""
HIDDEN = frozenset(("procedure", "steps", "sections", "fields", "rows"))
"""Keys that say nothing to a reader who sees what lies in them."""


def key_said(key: str, language: str) -> str:
    """Return what a key of the files is called."""
    return KEYS[key][language == "en"] if key in KEYS else key


def value_said(key: str, value: Any, language: str) -> str:
    """Return a value in words."""
    english = language == "en"
    if isinstance(value, bool):
        return ("có", "không")[not value] if not english else ("yes", "no")[not value]
    if isinstance(value, dict):
        return _mapping_said(value, language)
    if isinstance(value, list):
        return ", ".join(value_said(key, each, language) for each in value) or "–"
    if value is None:
        return "–"
    return _plain_said(key, value, english=english)


def _plain_said(key: str, value: Any, *, english: bool) -> str:
    if key in NAMED and value in VALUES:
        return VALUES[value][english]
    if key in ("amount", "travel", "services") and isinstance(value, int):
        number = f"{value:,}"
        return f"{number} VND" if english else f"{number.replace(',', '.')} đồng"
    return f"“{value}”" if isinstance(value, str) and " " in value else str(value)


def _mapping_said(value: dict[str, Any], language: str) -> str:
    if value.keys() <= {"vi", "en"} and value:
        said = value.get(language) or next(iter(value.values()))
        return f"“{said}”" if isinstance(said, str) else ", ".join(said)
    if {"amount", "unit"} <= value.keys():
        unit = UNITS.get(value["unit"], (value["unit"],) * 2)[language == "en"]
        cutoff = f" ({value['cutoff'][:5]})" if "cutoff" in value else ""
        return unit + cutoff if value["unit"] == "same_day" else f"{value['amount']} {unit}{cutoff}"
    parts = (f"{key_said(k, language)}: {value_said(k, v, language)}" for k, v in value.items())
    return "; ".join(parts)
