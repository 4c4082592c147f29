"""
What the boxes of one field hold, as the JSON value of its kind.

What cannot be understood is kept as it was typed, to be shown again beside the problem.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from motcua.forms.rules.definition import Field, Kind
from motcua.forms.rules.schema import PARTS, parts_of
from motcua.forms.rules.values import meant
from motcua.kernel.phones import e164
from motcua.kernel.text import visible

Posted = Mapping[str, Sequence[str]]

YES_NO = {"yes": True, "no": False}
DATE_PARTS = ("day", "month", "year")
_NUMBER = re.compile(r"-?(?:[0-9]{1,15}|[0-9]{1,3}(?:([., ])[0-9]{3})(?:\1[0-9]{3}){0,3})")
_DECIMAL = re.compile(
    r"(-?)(?:([0-9]{1,12})|([0-9]{1,3}([., ])[0-9]{3}(?:\4[0-9]{3}){0,2}))(?:([.,])([0-9]+))?"
)
_DAY = re.compile("([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_MONTH = re.compile("/([0-9]{1,2})/([0-9]{4})")
_COORDINATE = r"(-?[0-9]{1,3}(?:[.,][0-9]+)?)°?[NBEĐnbeđ]?"
_POINT = re.compile(rf"{_COORDINATE}\s*(?:[;,]\s*|\s+){_COORDINATE}")
"""``10.7769, 106.7009``, also with decimal commas, degree signs and the letters N/B and E/Đ."""


def value_of(field: Field, posted: Posted, name: str) -> Any:
    """Return the answer that the boxes of ``field`` under ``name`` give; None if all are empty."""
    if field.kind in _READ:
        return _READ[field.kind](field, posted, name)
    if field.kind in PARTS:
        read = {p: _READ_PART.get(p, _plain)(posted, f"{name}.{p}") for p in parts_of(field)}
        return {part: value for part, value in read.items() if value is not None} or None
    return _plain(posted, name)


def text_in(posted: Posted, name: str) -> str:
    """Return what was typed in a box: trimmed, composed (NFC), without characters of no meaning."""
    values = posted.get(name, ())
    return meant(values[-1] if values else "")


def _plain(posted: Posted, name: str) -> str | None:
    return text_in(posted, name) or None


def _number(field: Field, posted: Posted, name: str) -> int | float | str | None:
    text = text_in(posted, name)
    if field.decimals:
        return _decimal(text, field.decimals)
    return int(re.sub("[., ]", "", text)) if _NUMBER.fullmatch(text) else text or None


def _decimal(text: str, decimals: int) -> int | float | str | None:
    """
    Return a number with decimals: ``1.250,5``, ``12,5``, also ``12.5`` and ``1,250.5``.

    As everywhere in Viet Nam a dot before three digits divides thousands: ``1.250`` is 1250.
    """
    found = _DECIMAL.fullmatch(text)
    if found is None:
        return text or None
    sign, plain, grouped, mark, point, places = found.groups()
    if point == "." and plain and len(places) == 3 and plain != "0" and len(plain) <= 3:
        plain, places = plain + places, None
    if (places and len(places) > decimals) or (point and point == mark):
        return text
    whole = re.sub("[., ]", "", grouped or plain)
    value = float(f"{sign}{whole}.{places or 0}")
    return int(value) if value.is_integer() else value


def _date(field: Field, posted: Posted, name: str) -> str | None:
    """
    Return an ISO date from three boxes, or ``d/m/y`` as typed where they make no date.

    Where a partial date is asked for, ``//y`` and ``/m/y`` are ``2026`` and ``2026-11``.
    """
    typed = _typed_date(posted, name)
    if typed is not None and field.partial:
        if re.fullmatch("//[0-9]{4}", typed):
            return typed[2:]
        if (month := _MONTH.fullmatch(typed)) and 1 <= int(month[1]) <= 12:
            return f"{month[2]}-{int(month[1]):02}"
    return _day(typed)


def _typed_date(posted: Posted, name: str) -> str | None:
    if name in posted:
        return _plain(posted, name)
    typed = "/".join(text_in(posted, f"{name}-{part}") for part in DATE_PARTS)
    return None if typed == "//" else re.sub(r"\s*/\s*", "/", typed)


def _day(typed: str | None) -> str | None:
    found = _DAY.fullmatch(typed or "")
    if found is None:
        return typed
    day, month, year = (int(each) for each in found.groups())
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return typed


def _birth_date(posted: Posted, name: str) -> str | None:
    return _day(_typed_date(posted, name))


def _list(_field: Field, posted: Posted, name: str) -> list[str] | None:
    chosen = (visible(value) for value in posted.get(name, ()))
    return list(dict.fromkeys(value for value in chosen if value)) or None


def _yes_no(_field: Field, posted: Posted, name: str) -> bool | str | None:
    text = text_in(posted, name)
    return YES_NO.get(text, text or None)


def _phone(_field: Field, posted: Posted, name: str) -> str | None:
    text = text_in(posted, name)
    return e164(text) or text or None


def _point(_field: Field, posted: Posted, name: str) -> dict[str, Any] | str | None:
    """Return a place from one box, ``10.7769, 106.7009``, or from a box each."""
    if text := text_in(posted, name):
        found = _POINT.fullmatch(text)
        if found is None:
            return text
        return {"lat": _coordinate(found[1]), "lng": _coordinate(found[2])}
    boxes = {part: text_in(posted, f"{name}.{part}") for part in ("lat", "lng")}
    return {part: _coordinate(text) for part, text in boxes.items() if text} or None


def _coordinate(text: str) -> float | str:
    number = text.replace(",", ".")
    return float(number) if re.fullmatch(r"-?[0-9]{1,3}(\.[0-9]{1,15})?", number) else text


def _compact(shape: str, marks: str) -> Callable[[Posted, str], str | None]:
    """Make a reader of numbers that people write in groups: ``0461 9200 3718``."""

    def read(posted: Posted, name: str) -> str | None:
        text = text_in(posted, name)
        digits = re.sub(f"[{marks}]", "", text)
        return digits if re.fullmatch(shape, digits) else text or None

    return read


def _tax_code(posted: Posted, name: str) -> str | None:
    text = text_in(posted, name)
    digits = re.sub(r"[ .\-]", "", text)
    if re.fullmatch("[0-9]{13}", digits):
        return f"{digits[:10]}-{digits[10:]}"
    return digits if re.fullmatch("[0-9]{10}|[0-9]{12}", digits) else text or None


_READ: Mapping[Kind, Callable[[Field, Posted, str], Any]] = {
    Kind.NUMBER: _number,
    Kind.MONEY: _number,
    Kind.DATE: _date,
    Kind.CHOICES: _list,
    Kind.FILES: _list,
    Kind.YES_NO: _yes_no,
    Kind.PHONE: _phone,
    Kind.POINT: _point,
}
_READ_PART: Mapping[str, Callable[[Posted, str], Any]] = {
    "birth_date": _birth_date,
    "id": _compact("[0-9]{12}", r" .\-"),
    "number": _compact("[0-9A-Za-z]{4,30}", r" .\-"),
    "tax_code": _tax_code,
}
