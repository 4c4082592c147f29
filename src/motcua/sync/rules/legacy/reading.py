"""
Messages of the old interface as rows of the native shape, and as details kept beside them.

What is read follows from the message alone, never from when or how often it came: so legacy and
native rows merge into the same tables in any order.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

import msgspec

from motcua.kernel.errors import Invalid
from motcua.kernel.text import N_
from motcua.sync.rules.codes import place_of
from motcua.sync.rules.legacy.shapes import Dossier, Step, Told, unknown_in
from motcua.sync.rules.legacy.texts import NulInText, listed, moment_in, texts_of
from motcua.sync.rules.outward import cut
from motcua.sync.rules.rows import Dossier as Record
from motcua.sync.rules.rows import Row, Status

__all__ = [
    "MOST_DETAIL",
    "Detail",
    "Item",
    "NoThings",
    "read_dossier",
    "read_items",
    "read_step",
    "read_told",
    "things_in",
]

MOST_DETAIL = 32_768
"""Bytes of what is kept beside a dossier; lists are left out from there, and that is told."""
_LISTS = ("TaiLieuNop", "DSKetNoiCSDL", "DanhSachLePhi", "DanhSachGiayToKetQua")
_LATER = timedelta(microseconds=1)
_TIMES = ("NgayNopHoSo", "NgayTiepNhan", "NgayHenTra", "NgayKetThucXuLy", "NgayTra", "NgayTuChoi")
T = TypeVar("T", bound=msgspec.Struct)


class NoThings(Invalid):
    code = "sync.no-things"
    message = N_("Nothing was taken: put a list of objects, or one object, into data.")


class NotReadable(ValueError):
    """Why a message is not taken: ``code``, ``status``, ``time``, ``nul`` or ``shape``."""


@dataclass(frozen=True, slots=True)
class Detail:
    """What a message says that the native shape has no place for; ``left_out`` was too large."""

    part: str
    as_of: datetime
    facts: dict[str, Any]
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One thing of a message, by its number from 1: its rows, or why there are none."""

    number: int
    code: str
    rows: tuple[Row, ...] = ()
    detail: Detail | None = None
    problem: str = ""


def things_in(data: Any) -> list[Any]:
    """
    Return the things that ``data`` lists; one alone is one, and a text of JSON is read as such.

    :raises NoThings: if it is none of these
    """
    if isinstance(data, str):
        try:
            data = msgspec.json.decode(data)
        except (msgspec.DecodeError, ValueError, RecursionError):
            raise NoThings from None
    if isinstance(data, dict):
        return [data]
    if not isinstance(data, list):
        raise NoThings
    return data


def read_items(given: Iterable[Any], read: Any) -> list[Item]:
    """Return the things of a message, each read or with why it cannot be."""
    return [_item(number, each, read) for number, each in enumerate(given, 1)]


def _item(number: int, given: Any, read: Any) -> Item:
    if not isinstance(given, dict):
        return Item(number, "", problem="shape")
    code = ""
    try:
        facts = texts_of(given)
        code = cut(str(facts.get("MaHoSo", "")), 60)
        found, detail = read(facts)
    except NotReadable as problem:
        return Item(number, code, problem=str(problem))
    except NulInText:
        return Item(number, code, problem="nul")
    except ValueError:
        return Item(number, code, problem="shape")
    return Item(number, found[0].code, found, detail)


def read_dossier(facts: dict[str, Any], *, update: bool) -> tuple[tuple[Row, ...], Detail | None]:
    """
    Return the record of a dossier, its status where it says one, and what else it holds.

    Its version is its latest moment; of two of the same the update holds, and then the greater
    hash. :raises NotReadable: if its code, a moment or its status cannot be read
    """
    facts["DinhDanhCHS"] = listed(facts, "DinhDanhCHS")
    told = _as(facts, Dossier)
    at = {name: _moment(getattr(told, name)) for name in _TIMES}
    past = [moment for name, moment in at.items() if moment and name != "NgayHenTra"]
    if not past:
        raise NotReadable("time")
    as_of = max(past) + _LATER * update
    record = Record(
        code=_code(told.MaHoSo),
        procedure=cut(told.MaTTHC, 40),
        as_of=as_of,
        title=cut(told.TrichYeuHoSo or told.TenTTHC, 1000),
        agency=_agency(told.MaHoSo),
        kind=_among(told.LoaiDoiTuong, 4),
        applicant=cut(told.ChuHoSo, 500),
        person=cut(_number(told), 30),
        channel=_among(told.KenhThucHien, 3),
        filed_at=at["NgayNopHoSo"] or at["NgayTiepNhan"],
        received_at=at["NgayTiepNhan"],
        due_at=at["NgayHenTra"],
        done_at=at["NgayKetThucXuLy"],
        returned_at=at["NgayTra"],
    )
    found: list[Row] = [record]
    if told.TrangThaiHoSo:
        status = _status(told.TrangThaiHoSo)
        when = _when(status, at) or max(past)
        found.append(Status(record.code, when, status, "", cut(told.DonViXuLy, 200)))
    return tuple(found), _detail("", as_of, unknown_in(facts, Dossier))


def read_step(facts: dict[str, Any]) -> tuple[tuple[Row, ...], Detail | None]:
    """
    Return a step as a status of its dossier, and what else it says.

    :raises NotReadable: if its code, moment or status cannot be read
    """
    told = _as(facts, Step)
    at, status = _needed(told.ThoiDiemXuLy), _status(told.TrangThai)
    who = ", ".join(filter(None, (told.NguoiXuLy, told.ChucDanh, told.PhongBanXuLy)))
    row = Status(_code(told.MaHoSo), at, status, cut(told.NoiDungXuLy, 2000), cut(who, 200))
    return (row,), _detail(f"{told.ThoiDiemXuLy} {status}", at, unknown_in(facts, Step))


def read_told(facts: dict[str, Any]) -> tuple[tuple[Row, ...], Detail | None]:
    """
    Return a status told downwards, and what else it says.

    It is about the dossier that ``MaHoSoDonVi`` names, else ``MaHoSo``; the other code is kept.

    :raises NotReadable: if its code, moment or status cannot be read
    """
    told = _as(facts, Told)
    facts.pop("MaDoiTuong", None)
    at, status = _needed(told.NgayXuLy), _status(told.TrangThai)
    code = told.MaHoSoDonVi if place_of(told.MaHoSoDonVi) else _code(told.MaHoSo)
    besides = unknown_in(facts, Told)
    if told.MaHoSo != code:
        besides["MaHoSo"] = told.MaHoSo
    row = Status(code, at, status, cut(told.NoiDung, 2000))
    return (row,), _detail(f"{told.NgayXuLy} {status}", at, besides)


def _as(facts: dict[str, Any], shape: type[T]) -> T:
    try:
        return msgspec.convert(facts, shape)
    except msgspec.ValidationError:
        raise NotReadable("shape") from None


def _code(text: str) -> str:
    if place_of(text) is None:
        raise NotReadable("code")
    return text


def _agency(code: str) -> str:
    """Return the id of the agency in a code; ids are at most 40 characters long."""
    head = code.rpartition("-")[0]
    return cut(head.rpartition("-")[0] or head, 40)


def _moment(text: str) -> datetime | None:
    try:
        found = moment_in(text)
    except ValueError:
        raise NotReadable("time") from None
    if found is not None and not 1900 < found.year < 2200:
        raise NotReadable("time")
    return found


def _needed(text: str) -> datetime:
    found = _moment(text)
    if found is None:
        raise NotReadable("time")
    return found


def _status(text: str) -> int:
    if not (text.isdecimal() and len(text) < 3 and 1 <= int(text) <= 10):
        raise NotReadable("status")
    return int(text)


def _among(text: str, most: int) -> int:
    """Return a number from 1; what is none of them is the most usual, 1."""
    return int(text) if text.isdecimal() and len(text) == 1 and 1 <= int(text) <= most else 1


def _number(told: Dossier) -> str:
    named = [each.SoDinhDanh for each in told.DinhDanhCHS if each.SoDinhDanh]
    return named[0] if named else told.MaDoiTuong


def _when(status: int, at: dict[str, datetime | None]) -> datetime | None:
    """Return the moment a dossier says it came to its status; none where it says none."""
    names = {
        1: ("NgayNopHoSo", "NgayTiepNhan"),
        2: ("NgayTiepNhan",),
        3: ("NgayTuChoi",),
        9: ("NgayKetThucXuLy",),
        10: ("NgayTra",),
    }
    return next(filter(None, (at[name] for name in names.get(status, ()))), None)


def _detail(part: str, as_of: datetime, facts: dict[str, Any]) -> Detail | None:
    if not facts:
        return None
    left_out: list[str] = []
    for name in (*_LISTS, *_largest_first(facts)):
        if len(msgspec.json.encode(facts)) <= MOST_DETAIL:
            break
        if facts.pop(name, None) is not None:
            left_out.append(name)
    return Detail(cut(part, 40), as_of, facts, tuple(left_out))


def _largest_first(facts: dict[str, Any]) -> Iterable[str]:
    return sorted(facts, key=lambda name: len(msgspec.json.encode(facts[name])), reverse=True)
