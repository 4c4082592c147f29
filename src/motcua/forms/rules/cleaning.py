"""
What was typed, as answers.

What can be understood becomes a JSON value of its kind; what cannot is kept as it was typed, to be
shown again beside the problem. Nothing typed is ever thrown away.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import phonenumbers

from motcua.forms.rules.definition import Answers, Field, Form, Kind
from motcua.forms.rules.schema import parts_of

Posted = Mapping[str, Sequence[str]]
SHOWN = "shown"
"""The posted name that lists the fields the page had: others are left as they were."""

YES_NO = {"yes": True, "no": False}
_NUMBER = re.compile(r"[0-9]{1,15}|[0-9]{1,3}(?:([., ])[0-9]{3})(?:\1[0-9]{3}){0,3}")
_DATE_PARTS = ("day", "month", "year")


def _text(posted: Posted, name: str) -> str:
    values = posted.get(name, ())
    text = values[-1] if values else ""
    return unicodedata.normalize("NFC", text.replace("\x00", "").replace("\r\n", "\n").strip())


def _plain(posted: Posted, name: str) -> str | None:
    return _text(posted, name) or None


def _number(posted: Posted, name: str) -> int | str | None:
    text = _text(posted, name)
    return int(re.sub("[., ]", "", text)) if _NUMBER.fullmatch(text) else text or None


def _date(posted: Posted, name: str) -> str | None:
    """Return an ISO date from three boxes, or ``d/m/y`` as typed where they make no date."""
    if name in posted:
        return _plain(posted, name)
    day, month, year = (_text(posted, f"{name}-{part}") for part in _DATE_PARTS)
    if not (day or month or year):
        return None
    typed = f"{day}/{month}/{year}"
    if not re.fullmatch("[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}", typed):
        return typed
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return typed


def _choices(posted: Posted, name: str) -> list[str] | None:
    return list(dict.fromkeys(v.replace("\x00", "") for v in posted.get(name, ()) if v)) or None


def _yes_no(posted: Posted, name: str) -> bool | str | None:
    text = _text(posted, name)
    return YES_NO.get(text, text or None)


def _phone(posted: Posted, name: str) -> str | None:
    text = _text(posted, name)
    return e164(text) or text or None


def _personal_id(posted: Posted, name: str) -> str | None:
    text = _text(posted, name)
    digits = re.sub(r"[ .\-]", "", text)
    return digits if re.fullmatch("[0-9]{12}", digits) else text or None


def e164(text: str) -> str | None:
    """Return a real phone number in E.164 (``+84912345678``), or None if it is not one."""
    try:
        number = phonenumbers.parse(text, "VN")
    except phonenumbers.NumberParseException:
        return None
    if number.extension or not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


_READ: Mapping[Kind, Callable[[Posted, str], Any]] = {
    Kind.NUMBER: _number,
    Kind.MONEY: _number,
    Kind.DATE: _date,
    Kind.CHOICES: _choices,
    Kind.YES_NO: _yes_no,
    Kind.PHONE: _phone,
}
_READ_PART: Mapping[str, Callable[[Posted, str], Any]] = {
    "birth_date": _date,
    "id": _personal_id,
}


def _value(field: Field, posted: Posted) -> Any:
    parts = parts_of(field)
    if not parts:
        return _READ.get(field.kind, _plain)(posted, field.id)
    read = {p: _READ_PART.get(p, _plain)(posted, f"{field.id}.{p}") for p in parts}
    return {part: value for part, value in read.items() if value is not None} or None


def clean(form: Form, step: str, posted: Posted) -> dict[str, Any]:
    """
    Return the answers that a posted page ``step`` gives, to be laid over the draft's.

    An emptied field is None, so that it empties the draft's. Where the page named the fields it
    showed (`SHOWN`), only those are read: a field that was hidden keeps what it had.
    """
    shown = set(" ".join(posted[SHOWN]).split()) if SHOWN in posted else None
    return {
        field.id: _value(field, posted)
        for page in form.steps
        if page.id == step
        for field in page.fields
        if shown is None or field.id in shown
    }


def _date_boxes(name: str, value: Any) -> dict[str, list[str]]:
    text = str(value)
    try:
        day = date.fromisoformat(text)
    except ValueError:
        boxes = [*text.split("/", 2), "", ""][:3]
    else:
        boxes = [str(day.day), str(day.month), f"{day.year:04}"]
    return {f"{name}-{part}": [box] for part, box in zip(_DATE_PARTS, boxes, strict=True)}


def _typed_one(name: str, value: Any) -> dict[str, list[str]]:
    if isinstance(value, bool):
        return {name: ["yes" if value else "no"]}
    if isinstance(value, list):
        return {name: [str(each) for each in value]}
    return {name: ["" if value is None else str(value)]}


def typed(field: Field, answers: Answers) -> dict[str, list[str]]:
    """Return what the boxes of ``field`` hold when its answer is shown again."""
    value = answers.get(field.id)
    if field.kind is Kind.DATE:
        return _date_boxes(field.id, value) if value else {}
    if field.kind is Kind.PHONE and isinstance(value, str):
        return {field.id: [shown_phone(value)]}
    parts = parts_of(field)
    if not parts:
        return _typed_one(field.id, value)
    boxes: dict[str, list[str]] = {}
    if not isinstance(value, Mapping):
        return boxes
    for part in parts:
        name = f"{field.id}.{part}"
        given = value.get(part)
        boxes |= (
            _date_boxes(name, given) if part == "birth_date" and given else _typed_one(name, given)
        )
    return boxes


def shown_phone(value: str) -> str:
    """Return a phone number as people read it; what is not a number stays as it is."""
    if e164(value) != value:
        return value
    number = phonenumbers.parse(value)
    form = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(
        number, form.NATIONAL if number.country_code == 84 else form.INTERNATIONAL
    )
