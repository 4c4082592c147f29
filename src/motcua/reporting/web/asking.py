"""What a page's address asks of a report, and the address that asks for it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.dateparse import parse_date, parse_datetime

from motcua.reporting.queries.form06 import Answer, Asked, Before, Column, NoSuchPeriod, Period
from motcua.reporting.web.words import LEVEL_WORDS

DATES = "ngay"


def asked_of(given: Mapping[str, str], *, today: date) -> Asked:
    """
    Return what is asked for; without a period, the reporting month of today.

    :raises NoSuchPeriod: if the period is none
    """
    level = given.get("cap", "")
    return Asked(
        period=_period(given, today),
        agency=given.get("co-quan", "")[:40],
        alone=given.get("rieng") == "1",
        level=level if level in LEVEL_WORDS else "",
        field=given["linh-vuc"][:300] if "linh-vuc" in given else None,
        by_agency=given.get("nhom") == "co-quan",
        office=office_of(given.get("noi", "")),
        official=given.get("can-bo", "")[:80],
    )


def filters_of(request: HttpRequest) -> dict[str, str]:
    """Return what the filters say; a choice of “all” is no choice."""
    given = {name: str(value) for name, value in request.GET.items()}
    if given.get("linh-vuc") == "*":
        del given["linh-vuc"]
    return given


def address(base: str, asked: Asked, **more: str) -> str:
    """Return the address at ``base`` that asks for this."""
    period = asked.period
    parts = {"ky": period.code or DATES}
    if not period.code:
        parts |= {"tu": period.first.isoformat(), "den": period.last.isoformat()}
    parts |= {"co-quan": asked.agency, "rieng": "1" if asked.alone else "", "cap": asked.level}
    parts |= {"nhom": "co-quan" if asked.by_agency else "", "can-bo": asked.official}
    said = {name: value for name, value in (parts | more).items() if value}
    if asked.office is not None:
        said["noi"] = str(asked.office)
    if asked.field is not None:
        said["linh-vuc"] = asked.field
    return f"{base}?{urlencode(said)}"


def narrowed(asked: Asked, level: str, key: str | None) -> Asked:
    """Return what one line of the form counts: a level, and in it a field or an agency."""
    if key is None:
        return replace(asked, level=level)
    if asked.by_agency:
        return replace(asked, level=level, agency=key, alone=True)
    return replace(asked, level=level, field=key)


def office_of(text: str) -> int | None:
    """Return the office an address asks for, if any; 0 is what came in through none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def column_of(text: str) -> Column | Answer:
    """Return the column an address names, or how an answer stands; the first if it names none."""
    if text in set(Answer):
        return Answer(text)
    return Column(text) if text in set(Column) else Column.RECEIVED


def before_of(text: str) -> Before | None:
    """Return where the page before ended, as ``mark_of`` wrote it."""
    number, _tilde, moment = text.partition("~")
    try:
        came_at = parse_datetime(moment)
    except ValueError:
        return None
    if came_at is None or came_at.tzinfo is None or not number.isdecimal() or len(number) > 18:
        return None
    return Before(int(number), came_at)


def mark_of(before: Before) -> str:
    """Return a text for where a page ended."""
    return f"{before.id}~{before.came_at.isoformat()}"


def _period(given: Mapping[str, str], today: date) -> Period:
    code = given.get("ky", "")
    if code == DATES:
        first, last = _day(given.get("tu", "")), _day(given.get("den", ""))
        return Period.between(first, last)
    return Period.named(code) if code else Period.month_with(today)


def _day(text: str) -> date:
    """
    Return a day as a browser sends it.

    :raises NoSuchPeriod: if it is none
    """
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        raise NoSuchPeriod
    return day
