"""Persons' records as QCVN 109:2017/BTTTT writes them (XML), in the shape of its own example."""

from collections.abc import Sequence
from datetime import date
from xml.etree.ElementTree import Element, SubElement, tostring

from motcua.registrar.rules.peoples import OTHER, people_code, religion_code
from motcua.registries.queries.answers import Address, Name, Person, Relative

__all__ = ["BLOODS", "MARRIAGES", "NAMESPACE", "SEXES", "as_xml", "name_parts"]

NAMESPACE = "http://www.mic.gov.vn/dancu/1.0"
SEXES = {"male": "1", "female": "2"}
MARRIAGES = {"single": "1", "married": "2", "divorced": "3", "widowed": "3"}
BLOODS = {"": "00", "A": "01", "B": "02", "AB": "03", "O": "04"}
"""Codes as they are written; what a code list of the ministry says differently is changed here."""


def as_xml(people: Sequence[Person], *, as_of: date) -> bytes:
    """Return records as ``CongdanCollection``; ``as_of`` is the day whose truth they tell."""
    top = Element(
        "dc:CongdanCollection",
        {
            "xmlns:dc": NAMESPACE,
            "ThoiDiemDuLieu": f"{as_of:%Y-%m-%d}T00:00:00",
            "SoCongDan": str(len(people)),
        },
    )
    for person in people:
        _person(SubElement(top, "dc:CongDan"), person)
    written: bytes = tostring(top, encoding="utf-8", xml_declaration=True)
    return written


def name_parts(whole: str) -> Name:
    """Return a name that is known as one text in its three parts, family name first."""
    first, *rest = whole.split() or [""]
    if not rest:
        return Name("", "", first)
    return Name(first, " ".join(rest[:-1]), rest[-1])


def _person(top: Element, person: Person) -> None:
    _put(top, "SoDinhDanh", person.id)
    _put(top, "SoCMND", person.old_id)
    _name(top, person.name)
    _put(top, "GioiTinh", SEXES[person.sex])
    _coded(top, "DanToc", "MaDanToc", people_code(person.ethnicity), person.ethnicity)
    _coded(top, "TonGiao", "MaTonGiao", religion_code(person.religion), person.religion)
    _put(top, "TinhTrangHonNhan", MARRIAGES[person.marriage])
    _put(top, "NhomMau", BLOODS.get(person.blood, BLOODS[""]))
    _put(SubElement(top, "dc:NgayThangNamSinh"), "NgayThangNam", person.birth_date.isoformat())
    _place(top, "NoiDangKyKhaiSinh", person.birth_place)
    _put(top, "QuocTich", person.nationality)
    _place(top, "QueQuan", person.native_place)
    _place(top, "ThuongTru", person.residence)
    _place(top, "NoiOHienTai", person.current)
    for tag, relative in (
        ("Cha", person.father),
        ("Me", person.mother),
        ("VoChong", person.spouse),
    ):
        _relative(top, tag, relative)
    if person.died is not None:
        _put(top, "NgayChet", person.died.on.isoformat())


def _put(parent: Element, tag: str, text: str) -> None:
    if text:
        SubElement(parent, f"dc:{tag}").text = text


def _name(parent: Element, name: Name) -> None:
    element = SubElement(parent, "dc:HoVaTen")
    _put(element, "Ho", name.family)
    _put(element, "ChuDem", name.middle)
    _put(element, "Ten", name.given)


def _coded(parent: Element, tag: str, code_tag: str, code: str, name: str) -> None:
    """Write a code; beside one that stands for all others, the name."""
    element = SubElement(parent, f"dc:{tag}")
    _put(element, code_tag, code)
    if code == OTHER:
        _put(element, "TenGoi", name)


def _place(parent: Element, tag: str, place: Address) -> None:
    element = SubElement(parent, f"dc:{tag}")
    _put(element, "MaDonViHanhChinh", place.unit)
    _put(element, "ChiTiet", place.detail)
    _put(element, "QuocGia", place.country)


def _relative(parent: Element, tag: str, relative: Relative | None) -> None:
    """Write a relative; who has a personal number is a citizen of Viet Nam."""
    if relative is not None:
        element = SubElement(parent, f"dc:{tag}")
        _put(element, "SoDinhDanh", relative.id)
        _put(element, "QuocTich", "VN" if relative.id else "")
        _name(element, name_parts(relative.name))
