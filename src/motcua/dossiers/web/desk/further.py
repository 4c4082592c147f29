"""Steps that need more than a reason: each has fields of its own, and an operation of its own."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation

from django.http import HttpRequest
from django.utils.translation import gettext as _

from motcua.agencies.queries.agencies import names_of
from motcua.agencies.queries.calendars import calendar_of
from motcua.agencies.queries.choosing import agencies_named, agencies_near
from motcua.dossiers.operations.charging import DEAREST, BillLine, FeeTooDear, ask_payment
from motcua.dossiers.operations.opinions import ask_opinion
from motcua.dossiers.operations.reappointing import reappoint
from motcua.dossiers.operations.reopening import reopen
from motcua.dossiers.operations.returning import ReturnBy, ReturnedBy, hand_back
from motcua.dossiers.operations.transferring import transfer
from motcua.dossiers.operations.waiving import waive_fee
from motcua.dossiers.queries.charged import further_fees
from motcua.dossiers.queries.competence import settlers_of
from motcua.dossiers.queries.dossiers import DossierView
from motcua.dossiers.rules.lifecycle import Step
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Invalid
from motcua.kernel.money import Dong
from motcua.kernel.text import N_
from motcua.kernel.worktime import ZONE, Limit, Unit
from motcua.packs.queries.packs import pack

LINES = range(1, 4)
NAMES = (
    *("to-day", "to-month", "to-year", "to-time", "agency", "find-text", "days", "bill"),
    *("way", "to_whom", "document", "carrier", "tracking", "address"),
    *(f"{name}-{n}" for n in LINES for name in ("fee", "amount", "legal")),
)
USUAL_DAYS = "5"
"""Working days an agency asked has to answer, unless more or fewer are typed."""


class NotReadable(Invalid):
    code = "dossiers.not-readable"
    message = N_("Some of it could not be read. Correct it; nothing was done yet.")


@dataclass(frozen=True, slots=True)
class More:
    """What the fields of such a step held, by their names in the form."""

    values: dict[str, str]

    @classmethod
    def of(cls, request: HttpRequest) -> "More":
        """Read the posted form."""
        return cls({name: request.POST.get(name, "").strip()[:400] for name in NAMES})

    @property
    def shown(self) -> dict[str, str]:
        """Return every field, empty where nothing was typed."""
        return dict.fromkeys(NAMES, "") | self.values

    def __getitem__(self, name: str) -> str:
        return self.values.get(name, "")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A step as an official asks for it."""

    code: str
    reason: str
    papers: list[str]
    fields: list[str]
    seen: int | None
    more: More
    by: Actor
    at: datetime


def take(step: Step, wanted: Wanted) -> None:
    """
    Take such a step.

    :raises Refusal: as its operation does
    :raises NotReadable: if a date or a number typed is none
    """
    TAKES[step](wanted)


def _reappoint(x: Wanted) -> None:
    to = _moment(x)
    reappoint(x.code, to, reason=x.reason, by=x.by, at=x.at, seen=x.seen)


def _transfer(x: Wanted) -> None:
    there = _agency(x)
    transfer(x.code, there, reason=x.reason, by=x.by, at=x.at, seen=x.seen)


def _consult(x: Wanted) -> None:
    limit = _days(x, usual=USUAL_DAYS)
    assert limit is not None
    facts = (x.code, _agency(x), x.reason, x.papers, limit)
    ask_opinion(*facts, by=x.by, at=x.at, fields=x.fields, seen=x.seen)


def _reopen(x: Wanted) -> None:
    limit = _days(x, usual="")
    reopen(x.code, reason=x.reason, limit=limit, by=x.by, at=x.at, seen=x.seen)


def _ask_payment(x: Wanted) -> None:
    lines = [
        BillLine(x.more[f"fee-{n}"], _dong(x, f"amount-{n}"), "", x.more[f"legal-{n}"])
        for n in LINES
        if x.more[f"fee-{n}"] or x.more[f"amount-{n}"]
    ]
    ask_payment(x.code, lines, reason=x.reason, by=x.by, at=x.at, seen=x.seen)


def _waive(x: Wanted) -> None:
    waive_fee(x.code, x.more["bill"], reason=x.reason, by=x.by, at=x.at, seen=x.seen)


def _return(x: Wanted) -> None:
    way = x.more["way"] or str(ReturnBy.ONLINE.value)
    if way not in {str(each.value) for each in ReturnBy}:
        raise _wrong("way", _("Choose how it is handed over."))
    how = ReturnedBy(
        ReturnBy(int(way)),
        to_whom=x.more["to_whom"],
        document=x.more["document"],
        carrier=x.more["carrier"],
        tracking=x.more["tracking"],
        address=x.more["address"],
    )
    hand_back(x.code, how, by=x.by, at=x.at, seen=x.seen)


TAKES: dict[Step, Callable[[Wanted], None]] = {
    Step.REAPPOINT: _reappoint,
    Step.TRANSFER: _transfer,
    Step.CONSULT: _consult,
    Step.REOPEN: _reopen,
    Step.ASK_PAYMENT: _ask_payment,
    Step.WAIVE: _waive,
    Step.RETURN: _return,
}
"""The steps that have fields of their own."""


def shown(
    step: Step, view: DossierView, more: More, *, by: Actor, at: datetime
) -> dict[str, object]:
    """Return what the fields of a step show besides what was typed."""
    agencies: list[tuple[str, str]] = []
    if step in (Step.TRANSFER, Step.CONSULT):
        on, text = at.date(), more["find-text"]
        fit = settlers_of(pack(view.pack)) if step is Step.TRANSFER else None
        if text:
            agencies = agencies_named(text, other_than=view.agency, on=on, competent=fit)
        agencies = agencies or agencies_near(view.agency, on=on, competent=fit)
        chosen = more["agency"]
        if chosen and chosen not in dict(agencies):
            agencies = [*names_of({chosen}).items(), *agencies]
    return {
        "more": more.shown,
        "agencies": agencies,
        "charged": further_fees(view.code, by=by) if step is Step.WAIVE else (),
        "lines": list(LINES),
        "usual_days": USUAL_DAYS,
        "ways": [(str(way.value), _(words)) for way, words in WAY_WORDS.items()],
        "way": more["way"] or str(view.return_by),
        "return_to": view.return_to or {},
    }


WAY_WORDS: dict[ReturnBy, str] = {
    ReturnBy.ON_THE_SPOT: N_("In person at the one-stop desk"),
    ReturnBy.BY_POST: N_("By post"),
    ReturnBy.ONLINE: N_("Online only"),
}


def said(problem: dict[str, str]) -> str:
    """Return what is wrong, in the reader's language."""
    message = problem["message"]
    return _(message)


def _wrong(place: str, sentence: str) -> NotReadable:
    return NotReadable(problems=[{"at": place, "message": sentence}])


def _agency(x: Wanted) -> str:
    if not x.more["agency"]:
        raise _wrong("agency", _("Choose an agency."))
    return x.more["agency"]


def _moment(x: Wanted) -> datetime:
    """Return the moment typed; without a time of day it is the closing of that working day."""
    try:
        day = date(*(int(x.more[f"to-{part}"]) for part in ("year", "month", "day")))
        typed = x.more["to-time"].replace("h", ":").replace(".", ":")
        if typed:
            return datetime.combine(day, time.fromisoformat(typed.zfill(5)), ZONE)
    except (ValueError, OverflowError):
        raise _wrong("to", _("Write a day, and a time like 16:30 or none.")) from None
    calendar = calendar_of(agency_of(x))
    if not calendar.works_on(day):
        following = calendar.working_day_from(day).strftime("%d/%m/%Y")
        sentence = _("The office does not work on that day. The next working day is %(day)s.")
        raise _wrong("to", sentence % {"day": following})
    return calendar.closing_of(day)


def agency_of(x: Wanted) -> str:
    """Return the agency the official acts for."""
    assert x.by.agency is not None
    return x.by.agency


def _days(x: Wanted, *, usual: str) -> Limit | None:
    typed = x.more["days"] or usual
    if not typed:
        return None
    try:
        amount = Decimal(typed.replace(",", "."))
    except InvalidOperation:
        amount = Decimal(0)
    if not Decimal(0) < amount <= Decimal(365):
        raise _wrong("days", _("Write a number of working days, such as 5."))
    return Limit(amount, Unit.WORKING_DAYS)


def _dong(x: Wanted, name: str) -> Dong:
    """Return the amount typed: digits, in groups of three by dots or spaces where it has any."""
    typed = _AMOUNT.fullmatch(x.more[name])
    if typed is None:
        raise _wrong(name, _("Write an amount in whole dong, such as 50.000 or 50000."))
    amount = int("".join(each for each in typed["digits"] if each.isdigit()))
    if amount > DEAREST:
        raise _wrong(name, _(FeeTooDear.message))
    return Dong(amount)


_AMOUNT = re.compile(
    r"(?P<digits>[0-9]{1,15}|[0-9]{1,3}(?P<by>[. \u00a0])[0-9]{3}(?:(?P=by)[0-9]{3}){0,3})"
    r"\s*(?:đồng|đ|₫|vnd)?",
    re.IGNORECASE,
)
