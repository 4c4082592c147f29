"""A person's record as QCVN 109:2017/BTTTT writes it, and read from it (XML)."""

from datetime import date
from xml.etree.ElementTree import Element, SubElement, tostring
from xml.parsers import expat

from motcua.kernel.errors import Invalid
from motcua.kernel.text import N_
from motcua.registries.queries.answers import Address, Person, Relative

NAMESPACE = "http://www.mic.gov.vn/dancu/1.0"
SEXES = {"male": "1", "female": "2"}
MARRIAGES = {"single": "1", "married": "2", "widowed": "3", "divorced": "4"}
BLOODS = {"": "0", "A": "1", "B": "2", "AB": "3", "O": "4"}
"""Codes as they are written; what a code list of the ministry says differently is changed here."""


class NotAQuery(Invalid):
    code = "registrar.not-a-query"
    message = N_("This is no XML that names a person: {problem}")


def as_xml(person: Person) -> bytes:
    """Return the record as an element ``CongDan``."""
    top = Element("CongDan", xmlns=NAMESPACE)
    _put(top, "SoDinhDanh", person.id)
    _put(top, "SoCMND", person.old_id)
    name = SubElement(top, "HoVaTen")
    _put(name, "Ho", person.name.family)
    _put(name, "ChuDem", person.name.middle)
    _put(name, "Ten", person.name.given)
    _put(top, "GioiTinh", SEXES[person.sex])
    _put(top, "DanToc", person.ethnicity)
    _put(top, "TonGiao", person.religion)
    _put(top, "TinhTrangHonNhan", MARRIAGES[person.marriage])
    _put(top, "NhomMau", BLOODS.get(person.blood, "0"))
    _put(top, "NgayThangNamSinh", f"{person.birth_date:%Y%m%d}")
    _place(top, "NoiDangKyKhaiSinh", person.birth_place)
    _place(top, "QueQuan", person.native_place)
    _place(top, "ThuongTru", person.residence)
    _place(top, "NoiOHienTai", person.current)
    _put(top, "QuocTich", person.nationality)
    for tag, relative in (
        ("Cha", person.father),
        ("Me", person.mother),
        ("VoChong", person.spouse),
    ):
        _relative(top, tag, relative)
    if person.died is not None:
        _put(top, "NgayChet", f"{person.died.on:%Y%m%d}")
    written: bytes = tostring(top, encoding="utf-8", xml_declaration=True)
    return written


def asked_in(body: bytes) -> tuple[str, date | None]:
    """
    Return the personal id, and perhaps the day, that ``<TraCuu>`` asks for.

    Document types and entities are refused before anything is read of them.

    :raises NotAQuery: if it is none
    """
    found = _texts(body)
    number, day = found.get("SoDinhDanh", "").strip(), found.get("Ngay", "").strip()
    if not number:
        raise NotAQuery(problem="SoDinhDanh")
    try:
        return number, date(int(day[:4]), int(day[4:6]), int(day[6:8])) if day else None
    except ValueError as problem:
        raise NotAQuery(problem="Ngay") from problem


def _texts(body: bytes) -> dict[str, str]:
    """Return the texts of a document by the names of their elements, without namespaces."""
    found: dict[str, str] = {}
    inside: list[str] = []

    def refuse(*_: object) -> None:
        raise NotAQuery(problem="DOCTYPE")

    def text(part: str) -> None:
        found[inside[-1]] = found.get(inside[-1], "") + part

    parser = expat.ParserCreate(namespace_separator="}")
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
    parser.StartElementHandler = lambda name, _: inside.append(name.rpartition("}")[2])
    parser.EndElementHandler = lambda _: inside.pop()
    parser.CharacterDataHandler = text
    try:
        parser.Parse(body, True)  # noqa: FBT003 (its last part)
    except expat.ExpatError as problem:
        raise NotAQuery(problem=str(problem)) from problem
    return found


def _put(parent: Element, tag: str, text: str) -> None:
    if text:
        SubElement(parent, tag).text = text


def _place(parent: Element, tag: str, place: Address) -> None:
    element = SubElement(parent, tag)
    _put(element, "MaDonViHanhChinh", place.unit)
    _put(element, "ChiTiet", place.detail)
    _put(element, "QuocGia", place.country)


def _relative(parent: Element, tag: str, relative: Relative | None) -> None:
    if relative is not None:
        element = SubElement(parent, tag)
        _put(element, "SoDinhDanh", relative.id)
        _put(element, "HoVaTen", relative.name)
