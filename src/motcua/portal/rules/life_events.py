"""What happens in a life, and the words that find its procedures."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LifeEvent:
    """One event: its name and what belongs to it in both languages, and what to search for."""

    code: str
    icon: str
    name_vi: str
    name_en: str
    about_vi: str
    about_en: str
    search: str

    def name(self, language: str) -> str:
        """Return the event's name in ``vi`` or ``en``."""
        return self.name_en if language == "en" else self.name_vi

    def about(self, language: str) -> str:
        """Return what belongs to it in ``vi`` or ``en``."""
        return self.about_en if language == "en" else self.about_vi


def _event(
    code: str, icon: str, vi: tuple[str, str], en: tuple[str, str], search: str
) -> LifeEvent:
    return LifeEvent(code, icon, vi[0], en[0], vi[1], en[1], search)


LIFE_EVENTS: tuple[LifeEvent, ...] = (
    _event(
        "sinh-con",
        "birth",
        ("Sinh con", "Khai sinh, thường trú, thẻ bảo hiểm y tế"),
        ("Having a child", "Birth certificate, residence, health insurance card"),
        "sinh con",
    ),
    _event(
        "ket-hon",
        "rings",
        ("Kết hôn", "Đăng ký kết hôn, xác nhận tình trạng hôn nhân"),
        ("Getting married", "Marriage registration, confirmation of marital status"),
        "kết hôn",
    ),
    _event(
        "ho-kinh-doanh",
        "shop",
        ("Mở hộ kinh doanh", "Đăng ký, thuế, thay đổi, tạm ngừng"),
        ("Starting a household business", "Registration, tax, changes, suspension"),
        "hộ kinh doanh",
    ),
    _event(
        "xay-nha",
        "house",
        ("Xây nhà", "Giấy phép xây dựng, sửa chữa, hoàn công"),
        ("Building a home", "Building permit, repairs, completion"),
        "xây nhà",
    ),
    _event(
        "chuyen-noi-o",
        "van",
        ("Chuyển nơi ở", "Thường trú, tạm trú, tách hộ"),
        ("Moving home", "Permanent and temporary residence, separate household"),
        "đăng ký thường trú",
    ),
    _event(
        "lai-xe",
        "wheel",
        ("Lái xe", "Cấp, đổi giấy phép lái xe, đăng ký xe"),
        ("Driving", "Driving licence, exchange, vehicle registration"),
        "giấy phép lái xe",
    ),
    _event(
        "di-nuoc-ngoai",
        "plane",
        ("Đi nước ngoài", "Hộ chiếu, thông hành, hợp pháp hóa giấy tờ"),
        ("Going abroad", "Passport, laissez-passer, legalised papers"),
        "hộ chiếu",
    ),
    _event(
        "nguoi-than-qua-doi",
        "candle",
        ("Người thân qua đời", "Khai tử, thừa kế, mai táng phí"),
        ("When someone dies", "Death certificate, inheritance, funeral allowance"),
        "khai tử",
    ),
    _event(
        "giay-to-tuy-than",
        "card",
        ("Giấy tờ tùy thân", "Thẻ căn cước, số định danh, cấp lại"),
        ("Identity papers", "Identity card, personal number, replacement"),
        "căn cước",
    ),
    _event(
        "di-hoc",
        "school",
        ("Đi học", "Nhập học, chuyển trường, bằng cấp, học bổng"),
        ("Going to school", "Enrolment, change of school, diplomas, grants"),
        "học sinh",
    ),
    _event(
        "di-lam",
        "work",
        ("Đi làm và mất việc", "Hợp đồng, giấy phép lao động, trợ cấp thất nghiệp"),
        ("Work and losing it", "Contracts, work permits, unemployment benefit"),
        "lao động",
    ),
    _event(
        "suc-khoe",
        "health",
        ("Khám chữa bệnh", "Thẻ bảo hiểm y tế, giám định, nghỉ ốm"),
        ("Health care", "Health insurance card, assessment, sick leave"),
        "bảo hiểm y tế",
    ),
    _event(
        "dat-dai",
        "land",
        ("Nhà đất", "Sổ đỏ, sang tên, tách thửa, đính chính"),
        ("Land and property", "Land certificate, transfer, splitting a parcel"),
        "giấy chứng nhận quyền sử dụng đất",
    ),
    _event(
        "nghi-huu",
        "elder",
        ("Nghỉ hưu, tuổi già", "Lương hưu, trợ cấp hằng tháng, người cao tuổi"),
        ("Retirement and old age", "Pension, monthly allowance, the elderly"),
        "người cao tuổi",
    ),
    _event(
        "khuyet-tat",
        "person",
        ("Khuyết tật, khó khăn", "Xác định khuyết tật, trợ giúp xã hội"),
        ("Disability and hardship", "Disability assessment, social assistance"),
        "khuyết tật",
    ),
    _event(
        "cha-me-con",
        "birth",
        ("Nhận cha, mẹ, con nuôi", "Nhận cha, mẹ, con, nuôi con nuôi, giám hộ"),
        ("Parents, adoption, guardians", "Recognition of parents, adoption, guardianship"),
        "nuôi con nuôi",
    ),
    _event(
        "ly-hon",
        "rings",
        ("Ly hôn, thay đổi hộ tịch", "Ghi chú ly hôn, cải chính, đổi tên"),
        ("Divorce and corrections", "Note of divorce, correcting records, change of name"),
        "thay đổi hộ tịch",
    ),
    _event(
        "mat-giay-to",
        "paper",
        ("Mất giấy tờ", "Cấp lại, cấp bản sao, trích lục"),
        ("Lost papers", "Replacements, copies, extracts"),
        "cấp lại",
    ),
    _event(
        "chung-thuc",
        "ok",
        ("Chứng thực, sao y", "Bản sao từ bản chính, chữ ký, hợp đồng"),
        ("Certified copies", "Copies, signatures, contracts"),
        "chứng thực",
    ),
    _event(
        "doanh-nghiep",
        "shop",
        ("Lập doanh nghiệp", "Thành lập, thay đổi, giải thể, con dấu"),
        ("Starting a company", "Founding, changes, dissolution"),
        "thành lập doanh nghiệp",
    ),
)
"""The first eight stand on the home page."""


def first_events(count: int = 8) -> tuple[LifeEvent, ...]:
    """Return the events most people come for."""
    return LIFE_EVENTS[:count]
