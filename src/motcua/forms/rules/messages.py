"""What is said of an answer that cannot be taken, by its kind, its part and what is wrong."""

from collections.abc import Mapping

from motcua.forms.rules.definition import Field, Kind
from motcua.forms.rules.findings import Problem
from motcua.forms.rules.schema import parts_of
from motcua.kernel.personal_id import FLAW_MESSAGES, Flaw
from motcua.kernel.text import N_

ENTER = N_("Enter {label}")
CHOOSE = N_("Choose {label}")
ANSWER = N_("Answer: {label}")
ADD_FILE = N_("Add a file: {label}")
ADD_ROWS = N_("Add rows to {label}: at least {limit}")
SIGN = N_("Sign: enter {label}")
NOT_DRAWN = N_("Sign again, larger: a dot or a touch is no signature. Or clear the drawing")
NOT_ASKED = N_("This form does not ask for “{name}”: leave it out")
NAME_WITH_DIGITS = N_("A name has no digits: “{word}”")
IN_FUTURE = N_("{label} cannot be after today")
IN_PAST = N_("{label} cannot be before today")
NOT_UNDERSTOOD = N_("Check {label}: this form cannot use what was entered")
NOT_A_PLACE = N_("Enter a place in Viet Nam for {label}, for example 10.7769, 106.7009")
NOT_A_TAX_CODE = N_("Enter a real tax code: 10 or 13 digits, or the 12 digits of a personal number")
NOT_A_DATE = N_("Enter a real date for {label}, for example 24/11/2026")
NOT_A_PARTIAL_DATE = N_("Enter a real date for {label}; day and month may stay empty if not known")
TOO_MANY_PLACES = N_("Enter {label} as a number with at most {limit} decimals, for example 12,5")
TOO_MANY_FILES = N_("{label}: at most {limit} files")
TOO_MANY_ROWS = N_("{label}: at most {limit} rows")
NOT_A_PHONE = N_("Enter a real phone number, for example 091 234 56 78")

_CHOSEN = frozenset({Kind.CHOICE, Kind.CHOICES})
_CHOSEN_PARTS = frozenset({"province", "commune", "sex", "bank"})
_BY_KIND: Mapping[Kind, str] = {
    Kind.NUMBER: N_("Enter {label} as a whole number"),
    Kind.MONEY: N_("Enter {label} in dong, digits only"),
    Kind.DATE: NOT_A_DATE,
    Kind.CHOICE: CHOOSE,
    Kind.CHOICES: CHOOSE,
    Kind.YES_NO: ANSWER,
    Kind.PHONE: NOT_A_PHONE,
    Kind.EMAIL: N_("Enter a real e-mail address, for example ten@example.vn"),
    Kind.POINT: NOT_A_PLACE,
}
_BY_PART: Mapping[str, str] = {
    "birth_date": NOT_A_DATE,
    "id": FLAW_MESSAGES[Flaw.SHAPE],
    "tax_code": NOT_A_TAX_CODE,
    "number": N_("Enter the account number as the bank gave it: digits, no spaces"),
    **dict.fromkeys(_CHOSEN_PARTS, CHOOSE),
}
_BY_KEYWORD: Mapping[str, str] = {
    "maxLength": N_("Shorten {label} to {limit} characters at most"),
    "minLength": N_("Write {label} in at least {limit} characters"),
    "maximum": N_("{label}: at most {limit}"),
    "minimum": N_("{label}: at least {limit}"),
}
_LISTS: Mapping[Kind, str] = {
    Kind.FILES: TOO_MANY_FILES,
    Kind.TABLE: TOO_MANY_ROWS,
    Kind.GROUP: TOO_MANY_ROWS,
}


def missing(field: Field, at: str, part: str = "") -> Problem:
    """Say that an answer, or a part of it, is still to be given; ``at`` is the field's place."""
    if field.rows is not None:
        return Problem(at, ADD_ROWS, {"limit": max(field.rows.least, 1)}, missing=True)
    if field.kind in _WHOLE:
        return Problem(at, _WHOLE[field.kind], missing=True)
    part = part or next(iter(parts_of(field)), "")
    chosen = part in _CHOSEN_PARTS if part else field.kind in _CHOSEN
    message = SIGN if field.kind is Kind.SIGNATURE else CHOOSE if chosen else ENTER
    return Problem(f"{at}.{part}" if part else at, message, missing=True)


_WHOLE: Mapping[Kind, str] = {
    Kind.YES_NO: ANSWER,
    Kind.FILES: ADD_FILE,
    Kind.POINT: NOT_A_PLACE,
}
"""Kinds whose message stands at the whole, even where they have parts."""


def wrong(field: Field, at: str, part: str, keyword: str, limit: str | int) -> Problem:
    """
    Say what the schema found.

    :param at: the field's place; the problem stands at ``part`` of it, but a point is one answer
    :param keyword: the JSON Schema keyword that was not met, and its ``limit``
    """
    if field.kind is Kind.POINT:
        return Problem(at, NOT_A_PLACE)
    place = f"{at}.{part}" if part else at
    if part:
        message = _BY_KEYWORD.get(keyword) or _BY_PART.get(part, NOT_UNDERSTOOD)
        return Problem(place, message, {"limit": limit})
    if keyword in ("maxItems", "minItems") and field.kind in _LISTS:
        least = ADD_ROWS if keyword == "minItems" else _LISTS[field.kind]
        return Problem(place, least, {"limit": limit})
    if field.kind is Kind.NUMBER and field.decimals and keyword not in _BY_KEYWORD:
        return Problem(place, TOO_MANY_PLACES, {"limit": field.decimals})
    if field.kind is Kind.DATE and field.partial:
        return Problem(place, NOT_A_PARTIAL_DATE)
    message = _BY_KEYWORD.get(keyword) or _BY_KIND.get(field.kind, NOT_UNDERSTOOD)
    return Problem(place, message, {"limit": limit})
