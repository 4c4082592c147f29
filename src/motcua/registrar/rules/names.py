"""Names, streets and trades as they are common; nobody is meant by them."""

from random import Random

FAMILIES = (
    *("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ"),
    *("Hồ", "Ngô", "Dương", "Lý", "Đinh", "Mai", "Trịnh", "Đoàn", "Lương", "Tạ", "Chu", "Cao"),
)
WEIGHTS = (38, 12, 10, 7, 5, 4, 4, 4, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1)
MIDDLES = {
    "male": ("Văn", "Đức", "Minh", "Quang", "Hữu", "Công", "Anh", "Xuân", "Thanh", "Gia"),
    "female": ("Thị", "Thị", "Thị", "Thu", "Ngọc", "Thanh", "Minh", "Khánh", "Bảo", "Phương"),
}
GIVEN = {
    "male": (
        *("An", "Bình", "Cường", "Dũng", "Đạt", "Hải", "Hiếu", "Hùng", "Huy", "Khánh", "Khoa"),
        *("Kiên", "Lâm", "Long", "Nam", "Nghĩa", "Phong", "Phúc", "Quân", "Sơn", "Thắng"),
        *("Thành", "Thiện", "Tiến", "Toàn", "Trung", "Tuấn", "Tùng", "Việt", "Vinh"),
    ),
    "female": (
        *("Anh", "Chi", "Dung", "Giang", "Hà", "Hạnh", "Hiền", "Hoa", "Hồng", "Huệ", "Hương"),
        *("Lan", "Liên", "Linh", "Loan", "Mai", "My", "Nga", "Ngân", "Ngọc", "Nhung", "Oanh"),
        *("Phương", "Quỳnh", "Thảo", "Thủy", "Trang", "Tuyết", "Vân", "Yến"),
    ),
}
STREETS = (
    *("Trần Phú", "Lê Lợi", "Quang Trung", "Nguyễn Trãi", "Hùng Vương", "Phan Bội Châu"),
    *("Lý Thường Kiệt", "Hai Bà Trưng", "Nguyễn Du", "Hoàng Hoa Thám", "Láng Hạ", "Kim Mã"),
)
PEOPLES = ("Kinh", "Tày", "Mường", "Thái", "Nùng", "Dao")
PEOPLES_WEIGHTS = (90, 3, 3, 2, 1, 1)
RELIGIONS = ("Không", "Phật giáo", "Công giáo")
RELIGIONS_WEIGHTS = (86, 7, 7)
BLOODS = ("O", "A", "B", "AB")
TRADES = ("4711", "5610", "6201", "4101", "1410", "4932", "8559", "0118", "4520")
"""Codes of Decision 27/2018/QĐ-TTg."""
FIRM_WORDS = ("Thương mại", "Xây dựng", "Dịch vụ", "Sản xuất", "Công nghệ", "Vận tải", "Nông sản")
FIRM_NAMES = (
    *("An Phát", "Hòa Bình", "Minh Long", "Thành Công", "Đại Việt", "Hồng Hà", "Tân Tiến"),
    *("Phú Thịnh", "Bảo Tín", "Sao Mai", "Trường An", "Việt Hưng", "Nam Sơn", "Hải Đăng"),
)
CLINICS = ("Trạm Y tế", "Trung tâm Y tế", "Bệnh viện Đa khoa")


def family_name(rng: Random) -> str:
    """Return a family name, the common ones more often."""
    return rng.choices(FAMILIES, WEIGHTS)[0]


def own_name(sex: str, rng: Random) -> tuple[str, str]:
    """Return a middle and a given name."""
    return rng.choice(MIDDLES[sex]), rng.choice(GIVEN[sex])


def parts_of(name: str) -> tuple[str, str, str]:
    """Return the family, middle and given part of a whole name."""
    family, *middle, given = name.split()
    return family, " ".join(middle), given
