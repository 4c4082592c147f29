"""What a life event brings, in the few words under its name; the catalogue knows the rest."""

ABOUT: dict[str, tuple[str, str]] = {
    "sinh-con": (
        "Khai sinh, thường trú, thẻ bảo hiểm y tế",
        "Birth certificate, residence, health insurance card",
    ),
    "ket-hon": (
        "Xác nhận tình trạng hôn nhân, đăng ký kết hôn",
        "Confirmation of marital status, marriage registration",
    ),
    "mo-cua-hang": (
        "Hộ kinh doanh, doanh nghiệp, an toàn thực phẩm",
        "Household business, company, food safety",
    ),
    "nha-dat": (
        "Giấy chứng nhận, sang tên, giấy phép xây dựng",
        "Land certificate, transfer, building permit",
    ),
    "chuyen-cho-o": (
        "Thường trú, tạm trú, tách hộ",
        "Permanent and temporary residence, separate household",
    ),
    "xe-va-bang-lai": (
        "Đăng ký xe, cấp và đổi giấy phép lái xe",
        "Vehicle registration, driving licence",
    ),
    "di-nuoc-ngoai": (
        "Hộ chiếu, lý lịch tư pháp, hợp pháp hóa giấy tờ",
        "Passport, criminal record, legalised papers",
    ),
    "nguoi-than-mat": (
        "Khai tử, mai táng phí, thừa kế",
        "Death certificate, funeral allowance, inheritance",
    ),
    "di-hoc": (
        "Trích lục khai sinh, chứng thực, chuyển trường",
        "Copies of the birth record, certified copies, change of school",
    ),
    "viec-lam": (
        "Trợ cấp thất nghiệp, hộ kinh doanh, lý lịch tư pháp",
        "Unemployment benefit, household business, criminal record",
    ),
    "om-dau": (
        "Ốm đau, tai nạn lao động, thẻ bảo hiểm y tế",
        "Sickness, accidents at work, health insurance card",
    ),
    "tuoi-gia": (
        "Lương hưu, trợ cấp hằng tháng, chúc thọ",
        "Pension, monthly allowance, honours for the old",
    ),
    "kho-khan": (
        "Hộ nghèo, khuyết tật, trợ giúp xã hội",
        "Poor households, disability, social assistance",
    ),
    "mat-giay-to": (
        "Cấp lại căn cước, bằng lái, hộ chiếu, bản sao",
        "A new identity card, licence, passport, copies",
    ),
}
"""By the catalogue's key of the event: Vietnamese, English."""


def about(key: str, language: str) -> str:
    """Return the words under an event's name in ``vi`` or ``en``; none for an event not told."""
    vi, en = ABOUT.get(key, ("", ""))
    return en if language == "en" else vi
