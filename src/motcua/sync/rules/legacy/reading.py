"""
Messages of the old interface as rows of the native shape, and as details kept beside them.

What is read follows from the message alone, never from when or how often it came: so legacy and
native rows merge into the same tables in any order.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple, TypeVar

import msgspec

from motcua.sync.rules.codes import place_of
from motcua.sync.rules.legacy.details import Detail, detail_of
from motcua.sync.rules.legacy.shapes import Dossier, Step, Told, unknown_in
from motcua.sync.rules.legacy.texts import NulInText, listed, moment_in, texts_of
from motcua.sync.rules.outward import cut
from motcua.sync.rules.rows import Dossier as Record
from motcua.sync.rules.rows import Row, Status

__all__ = [
    "Item",
    "read_dossier",
    "read_items",
    "read_step",
    "read_told",
]

_LATER = timedelta(microseconds=1)
_FIELDS = {
    "NgayNopHoSo": "filed_at",
    "NgayTiepNhan": "received_at",
    "NgayHenTra": "due_at",
    "NgayKetThucXuLy": "done_at",
    "NgayTra": "returned_at",
    "NgayTuChoi": "",
    "LoaiDoiTuong": "kind",
    "KenhThucHien": "channel",
}
"""Where goes what may be missing of a dossier; the moment of refusing it has no place."""
_MOST = {"LoaiDoiTuong": 4, "KenhThucHien": 3}
UNREADABLE = "?"
"""What no moment, kind or channel can be read from."""
_TIMES = [name for name in _FIELDS if name not in _MOST]
T = TypeVar("T", bound=msgspec.Struct)


class NotReadable(ValueError):
    """Why a message is not taken: ``code``, ``status``, ``time``, ``nul`` or ``shape``."""


class Read(NamedTuple):
    """The rows of one thing, what else it holds, and what of it could not be read."""

    rows: tuple[Row, ...]
    detail: Detail | None
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """
    One thing of a message, by its number from 1: its rows, or why there are none.

    ``unread`` are the names of what could not be read and may be missing: it is taken without.
    """

    number: int
    code: str
    rows: tuple[Row, ...] = ()
    detail: Detail | None = None
    problem: str = ""
    unread: tuple[str, ...] = ()

    def lines(self) -> list[bytes]:
        """Return its rows as a member sends them; what could not be read is none there, either."""
        names = [_FIELDS[name] for name in self.unread if _FIELDS[name]]
        return [
            msgspec.json.encode(
                {**msgspec.to_builtins(row), **dict.fromkeys(names, UNREADABLE)}
                if names and isinstance(row, Record)
                else row
            )
            for row in self.rows
        ]


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
        found = read(facts)
    except NotReadable as problem:
        return Item(number, code, problem=str(problem))
    except NulInText:
        return Item(number, code, problem="nul")
    except ValueError:
        return Item(number, code, problem="shape")
    return Item(number, found.rows[0].code, found.rows, found.detail, unread=found.unread)


def read_dossier(facts: dict[str, Any], *, update: bool) -> Read:
    """
    Return the record of a dossier, its status where it says one, and what else it holds.

    Its version is its latest moment; of two of the same the update holds, and then the greater
    hash. What may be missing and cannot be read is left out, named, and kept beside as it came.

    :raises NotReadable: if its code or its status cannot be read, or no moment but the due one
    """
    facts["DinhDanhCHS"] = listed(facts, "DinhDanhCHS")
    told = _as(facts, Dossier)
    at = _moments(told)
    unread = _unread(told, at)
    past = [moment for name, moment in at.items() if moment and name != "NgayHenTra"]
    if not past:
        raise NotReadable("time")
    as_of = max(past) + _LATER * update
    record = Record(
        code=_code(told.MaHoSo),
        procedure=cut(told.MaTTHC, 40),
        as_of=as_of,
        title=told.TrichYeuHoSo or told.TenTTHC,
        agency=_agency(told.MaHoSo),
        kind=_among(told.LoaiDoiTuong, 4) or 1,
        applicant=told.ChuHoSo,
        person=_number(told),
        channel=_among(told.KenhThucHien, 3) or 1,
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
    besides = unknown_in(facts, Dossier) | {name: facts[name] for name in unread}
    return Read(tuple(found), detail_of("", as_of, besides), unread)


def read_step(facts: dict[str, Any]) -> Read:
    """
    Return a step as a status of its dossier, and what else it says.

    :raises NotReadable: if its code, moment or status cannot be read
    """
    told = _as(facts, Step)
    at, status = _needed(told.ThoiDiemXuLy), _status(told.TrangThai)
    who = ", ".join(filter(None, (told.NguoiXuLy, told.ChucDanh, told.PhongBanXuLy)))
    row = Status(_code(told.MaHoSo), at, status, cut(told.NoiDungXuLy, 2000), cut(who, 200))
    return Read((row,), detail_of(f"{told.ThoiDiemXuLy} {status}", at, unknown_in(facts, Step)))


def read_told(facts: dict[str, Any]) -> Read:
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
    return Read((row,), detail_of(f"{told.NgayXuLy} {status}", at, besides))


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


def _moments(told: Dossier) -> dict[str, datetime | None]:
    """Return the moments of a dossier that can be read."""
    found = dict[str, datetime | None]()
    for name in _TIMES:
        try:
            found[name] = _moment(getattr(told, name))
        except NotReadable:
            found[name] = None
    return found


def _unread(told: Dossier, at: dict[str, datetime | None]) -> tuple[str, ...]:
    """Return what a dossier says that cannot be read, by name."""
    found = list[str]()
    for name in _FIELDS:
        text: str = getattr(told, name)
        bad = at[name] is None if name in at else _among(text, _MOST[name]) is None
        if text and bad:
            found.append(name)
    return tuple(found)


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


def _among(text: str, most: int) -> int | None:
    """Return a number from 1 to ``most``; none where it says none of them."""
    return int(text) if text.isdecimal() and len(text) == 1 and 1 <= int(text) <= most else None


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
