"""Codes of ethnic groups and religions, as messages of the population register write them."""

from motcua.kernel.folding import fold

__all__ = ["PEOPLES", "RELIGIONS", "people_code", "religion_code"]

UNKNOWN, OTHER = "00", "99"

PEOPLES: dict[str, str] = {
    "01": "Kinh",
    "02": "Tày",
    "03": "Thái",
    "04": "Hoa",
    "05": "Khmer",
    "06": "Mường",
    "07": "Nùng",
    "08": "Mông",
    "09": "Dao",
    "10": "Gia Rai",
    "11": "Ngái",
    "12": "Ê Đê",
    "13": "Ba Na",
    "14": "Xơ Đăng",
    "15": "Sán Chay",
    "16": "Cơ Ho",
    "17": "Chăm",
    "18": "Sán Dìu",
    "19": "Hrê",
    "20": "Mnông",
    "21": "Raglay",
    "22": "Xtiêng",
    "23": "Bru - Vân Kiều",
    "24": "Thổ",
    "25": "Giáy",
    "26": "Cơ Tu",
    "27": "Giẻ Triêng",
    "28": "Mạ",
    "29": "Khơ Mú",
    "30": "Co",
    "31": "Tà Ôi",
    "32": "Chơ Ro",
    "33": "Kháng",
    "34": "Xinh Mun",
    "35": "Hà Nhì",
    "36": "Chu Ru",
    "37": "Lào",
    "38": "La Chí",
    "39": "La Ha",
    "40": "Phù Lá",
    "41": "La Hủ",
    "42": "Lự",
    "43": "Lô Lô",
    "44": "Chứt",
    "45": "Mảng",
    "46": "Pà Thẻn",
    "47": "Cơ Lao",
    "48": "Cống",
    "49": "Bố Y",
    "50": "Si La",
    "51": "Pu Péo",
    "52": "Brâu",
    "53": "Ơ Đu",
    "54": "Rơ Măm",
    "55": "Người nước ngoài",
}
"""The 54 ethnic groups of Viet Nam by their numbers (Decision 121-TCTK/PPCĐ of 1979), and 55."""

RELIGIONS: dict[str, str] = {
    "00": "Không",
    "01": "Phật giáo",
    "02": "Công giáo",
    "03": "Tin lành",
    "04": "Cao Đài",
    "05": "Phật giáo Hòa Hảo",
    "06": "Tôn giáo Baha'i",
    "07": "Tịnh độ cư sĩ Phật hội Việt Nam",
    "08": "Đạo Tứ Ân Hiếu nghĩa",
    "09": "Giáo hội Phật đường Nam Tông Minh Sư đạo",
    "10": "Hội thánh Minh lý đạo - Tam Tông Miếu",
    "11": "Chăm Bà la môn",
    "12": "Giáo hội Các thánh hữu Ngày sau của Chúa Giê su Ky tô",
    "13": "Phật giáo Hiếu Nghĩa Tà Lơn",
    "14": "Giáo hội Cơ đốc Phục lâm Việt Nam",
}
"""
Religions by the codes seen in the field; all others are 99, with their name.

To be checked against appendix G of QCVN 109:2017/BTTTT before use.
"""

_PEOPLE = {fold(name): code for code, name in PEOPLES.items()}
_RELIGION = {fold(name): code for code, name in RELIGIONS.items()}


def people_code(name: str) -> str:
    """Return the code of an ethnic group; 00 where nothing is known, 99 for another one."""
    return _PEOPLE.get(fold(name), OTHER) if name else UNKNOWN


def religion_code(name: str) -> str:
    """Return the code of a religion; 00 where there is none or nothing is known."""
    return _RELIGION.get(fold(name), OTHER) if name else UNKNOWN
