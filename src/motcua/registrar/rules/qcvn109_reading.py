"""
Reading QCVN 109:2017/BTTTT: what is asked for, and persons as registers and vendors send them.

Read are the regulation's own example, and what is sent otherwise: a person without the collection
around it, or in an envelope of SOAP; names, ethnic group and day of birth as one text; codes of one
digit; communes as ``MaPhuongXa``.
"""

import re
from dataclasses import dataclass
from datetime import date
from xml.etree.ElementTree import Element, fromstring
from xml.parsers import expat

from motcua.kernel.errors import Invalid
from motcua.kernel.text import N_
from motcua.registrar.rules.peoples import PEOPLES, RELIGIONS
from motcua.registrar.rules.qcvn109 import BLOODS, SEXES, name_parts
from motcua.registries.queries.answers import Address, Name

__all__ = ["NotAQuery", "PersonTold", "RelativeTold", "asked_in", "people_in"]

_SEX = {code: sex for sex, code in SEXES.items()}
_BLOOD = {code: blood for blood, code in BLOODS.items()}
_MARRIAGE = {"1": "single", "2": "married", "3": "divorced or widowed"}
_DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})", re.ASCII)


class NotAQuery(Invalid):
    code = "registrar.not-a-query"
    message = N_("This is no XML that names a person: {problem}")


@dataclass(frozen=True, slots=True)
class RelativeTold:
    """Somebody's relative as a message names them; each part may be unknown."""

    id: str
    old_id: str
    name: Name
    nationality: str


@dataclass(frozen=True, slots=True)
class PersonTold:
    """
    A person as a message tells them; what is unknown is empty.

    ``birth_date`` is unknown where only ``birth_year`` is told. ``marriage`` is single, married or
    "divorced or widowed", which the regulation does not tell apart.
    """

    id: str
    old_id: str
    name: Name
    sex: str
    ethnicity: str
    religion: str
    marriage: str
    blood: str
    birth_date: date | None
    birth_year: int | None
    nationality: str
    birth_place: Address
    native_place: Address
    residence: Address
    current: Address
    father: RelativeTold | None
    mother: RelativeTold | None
    spouse: RelativeTold | None


def asked_in(body: bytes) -> tuple[str, date | None]:
    """
    Return the personal id, and perhaps the day, that ``<TraCuu>`` asks for.

    Document types and entities are refused before anything is read of them.

    :raises NotAQuery: if it is none
    """
    top = _tree(body)
    number, day = _deep(top, "SoDinhDanh"), _deep(top, "Ngay")
    if not number:
        raise NotAQuery(problem="SoDinhDanh")
    return number, _day(day, "Ngay")


def people_in(body: bytes) -> tuple[PersonTold, ...]:
    """
    Return the persons of a message, in its order.

    :raises NotAQuery: if it is no XML, has a document type, or a day that is none
    """
    return tuple(_person(each) for each in _tree(body).iter() if _tag(each) == "CongDan")


def _tree(body: bytes) -> Element:
    def refuse(*_: object) -> None:
        raise NotAQuery(problem="DOCTYPE")

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
    try:
        parser.Parse(body, True)  # noqa: FBT003 (its last part)
        return fromstring(body)  # noqa: S314 (has no document type, so no entities)
    except (expat.ExpatError, SyntaxError, ValueError, LookupError) as problem:
        raise NotAQuery(problem=str(problem)) from problem


def _person(top: Element) -> PersonTold:
    born = _child(top, "NgayThangNamSinh")
    day = _text(born, "NgayThangNam") or _own(born)
    year = _text(born, "Nam") or day[:4]
    people, religion = _coded(top, "DanToc"), _coded(top, "TonGiao")
    return PersonTold(
        id=_text(top, "SoDinhDanh"),
        old_id=_text(top, "SoCMND"),
        name=_name(top),
        sex=_SEX.get(_text(top, "GioiTinh"), ""),
        ethnicity=PEOPLES.get(people, "" if people.isdecimal() else people),
        religion=RELIGIONS.get(religion, "" if religion.isdecimal() else religion),
        marriage=_MARRIAGE.get(_text(top, "TinhTrangHonNhan"), ""),
        blood=_BLOOD.get(_text(top, "NhomMau").zfill(2), ""),
        birth_date=_day(day, "NgayThangNamSinh") if len(day) > 4 else None,
        birth_year=int(year) if year.isdecimal() and len(year) == 4 else None,
        nationality=_text(top, "QuocTich"),
        birth_place=_place(top, "NoiDangKyKhaiSinh"),
        native_place=_place(top, "QueQuan"),
        residence=_place(top, "ThuongTru"),
        current=_place(top, "NoiOHienTai"),
        father=_relative(top, "Cha"),
        mother=_relative(top, "Me"),
        spouse=_relative(top, "VoChong"),
    )


def _relative(top: Element, tag: str) -> RelativeTold | None:
    found = _child(top, tag)
    if found is None or not "".join(found.itertext()).strip():
        return None
    return RelativeTold(
        _text(found, "SoDinhDanh"), _text(found, "SoCMND"), _name(found), _text(found, "QuocTich")
    )


def _name(top: Element) -> Name:
    """Return a name in its parts, also where it came as one text or all of it as ``Ten``."""
    found = _child(top, "HoVaTen")
    name = Name(_text(found, "Ho"), _text(found, "ChuDem"), _text(found, "Ten"))
    return name if name.family else name_parts(str(name) or _own(found))


def _coded(top: Element, tag: str) -> str:
    """Return a name that is told, else a code of two digits."""
    found = _child(top, tag)
    code = _text(found, f"Ma{tag}") or _own(found)
    told = _text(found, "TenGoi")
    code = code.zfill(2) if code.isdecimal() else code
    return told if told and code in {"", "99"} else code


def _place(top: Element, tag: str) -> Address:
    found = _child(top, tag)
    names = ("MaDonViHanhChinh", "MaPhuongXa", "MaQuanHuyen", "MaTinhThanh")
    units = [_text(found, name) for name in names]
    unit = next(filter(None, units), "")
    return Address(unit, _text(found, "ChiTiet") or _own(found), _text(found, "QuocGia"))


def _day(text: str, what: str) -> date | None:
    """Return the day that ``yyyyMMdd`` or an ISO date says; none of an empty text."""
    if not text:
        return None
    found = _DAY.match(text)
    if found is None:
        raise NotAQuery(problem=what)
    try:
        return date(*map(int, found.groups()))
    except ValueError as problem:
        raise NotAQuery(problem=what) from problem


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _child(top: Element | None, tag: str) -> Element | None:
    return None if top is None else next((each for each in top if _tag(each) == tag), None)


def _text(top: Element | None, tag: str) -> str:
    return _own(_child(top, tag))


def _own(element: Element | None) -> str:
    return "" if element is None else (element.text or "").strip()


def _deep(top: Element, tag: str) -> str:
    return next((_own(each) for each in top.iter() if _tag(each) == tag), "")
