"""What an official enters to put a record right: one question for each value that stands there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, QueryDict
from django.utils.timezone import localdate
from django.utils.translation import get_language

from motcua.agencies.queries.countries import countries
from motcua.agencies.queries.units import Level, NoSuchUnit, unit_at, units_in
from motcua.kernel.folding import fold
from motcua.registrar.queries.corrections import Piece, Request
from motcua.registrar.web.words import is_country, is_place, label, said

SINCE = "tu"
"""The question from which day on something is right."""
PROVINCE = "tinh"
"""The parameter that says of which province the communes are listed."""

Options = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: its name, its words, what stands in it, and among what one chooses."""

    name: str
    label: str
    value: str | Mapping[str, str]
    options: Options
    is_day: bool


@dataclass(frozen=True, slots=True)
class Righting:
    """All that is asked; ``provinces`` and the one whose communes are listed, for a place."""

    asked: Sequence[Asked] = ()
    provinces: Sequence[tuple[str, str]] = ()
    province: str = ""


def righting_of(
    found: Sequence[Piece],
    words: Sequence[str],
    shown: Request,
    request: HttpRequest,
    *,
    on: date,
) -> Righting:
    """
    Return the questions, filled in with what was typed, else with what is true by all signs.

    :param words: what stands there, as people read it
    """
    places = {x.says: said for x, said in zip(found, words, strict=True) if is_place(x.path)}
    units = list(places)
    provinces: Options = []
    province, communes = "", list[tuple[str, str]]()
    if units:
        provinces = [(x.code, x.name) for x in units_in(None, level=Level.PROVINCE, on=on)]
        province = request.GET.get(PROVINCE) or _province_of(units[0], on)
        communes = [(x.code, x.name) for x in units_in(province, level=Level.COMMUNE, on=on)]
        communes = [(x, places[x]) for x in units[:1] if x] + communes
    alone = len(found) == 1
    asked = [
        Asked(
            each.path,
            label(each.path),
            _value(each, shown.wished if alone else "", request.POST),
            communes if is_place(each.path) else _options(each),
            each.is_day,
        )
        for each in found
    ]
    return Righting(asked, provinces, province)


def typed_right(found: Sequence[Piece], posted: QueryDict) -> dict[str, str]:
    """
    Return what was entered, by its place in the record; what was not asked stays as it is.

    A day that is none is returned as it was typed, for the register to refuse.
    """
    return {each.path: _text(each, posted) for each in found}


def day_in(posted: QueryDict, name: str) -> date | None:
    """Return the day of three boxes, ``None`` if there is no such day."""
    parts = day_typed(posted, name)
    try:
        return date(int(parts["year"]), int(parts["month"]), int(parts["day"]))
    except (ValueError, OverflowError):
        return None


def day_typed(posted: QueryDict, name: str) -> dict[str, str]:
    """Return what three boxes hold; today's, where nothing was posted."""
    if f"{name}-year" not in posted:
        today = localdate()
        return {"year": str(today.year), "month": str(today.month), "day": str(today.day)}
    return {part: posted.get(f"{name}-{part}", "").strip() for part in ("year", "month", "day")}


def _options(piece: Piece) -> Options:
    if is_country(piece.path):
        return list(countries(get_language() or "vi"))
    return [(code, said(piece.path, code)) for code in piece.codes]


def _text(piece: Piece, posted: QueryDict) -> str:
    if not piece.is_day:
        return posted.get(piece.path, piece.says).strip()
    if f"{piece.path}-year" not in posted:
        return piece.says
    day = day_in(posted, piece.path)
    return day.isoformat() if day else "-".join(day_typed(posted, piece.path).values()).strip("-")


def _value(piece: Piece, wished: str, posted: QueryDict) -> str | Mapping[str, str]:
    if piece.is_day:
        if f"{piece.path}-year" in posted:
            return day_typed(posted, piece.path)
        return piece.says
    if piece.path in posted:
        return posted.get(piece.path, "")
    if not piece.codes and not is_country(piece.path):
        return wished or piece.says
    meant = {code: {fold(code), fold(words)} for code, words in _options(piece)}
    return next((code for code in meant if fold(wished) in meant[code]), piece.says)


def _province_of(code: str, on: date) -> str:
    try:
        return unit_at(code, level=Level.COMMUNE, on=on).parent or ""
    except NoSuchUnit:
        return code if len(code) == 2 else ""
