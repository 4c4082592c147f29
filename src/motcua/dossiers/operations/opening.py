"""A dossier as it is when it has just been filed, not written yet."""

from collections.abc import Mapping
from datetime import date, datetime
from secrets import choice
from typing import Any

from django.utils.timezone import localtime

from motcua.agencies.queries.agencies import Agency
from motcua.agencies.queries.calendars import calendar_of_known
from motcua.dossiers.models import Dossier
from motcua.dossiers.operations.filing_checks import Filing, ForWhom, check_agent
from motcua.dossiers.operations.finding import sought_in
from motcua.dossiers.operations.numbers import next_code
from motcua.dossiers.operations.waiting import answer_time
from motcua.dossiers.rules.clock import Clock, limit_facts, stage_due
from motcua.dossiers.rules.codes import CLAIM_LENGTH, CLAIM_LETTERS
from motcua.dossiers.rules.lifecycle import State
from motcua.dossiers.rules.returning import ASKED_WHERE, LONGEST, ReturnBy, way_in
from motcua.forms.queries.forms import result_values, seen
from motcua.identity.queries.people import contact_if_any
from motcua.kernel.actors import Actor, Role
from motcua.kernel.money import Dong
from motcua.packs.queries.packs import Channel, limit_for

CHANNEL_NUMBER = {Channel.COUNTER: 1, Channel.ONLINE: 2, Channel.POST: 3}
"""Channels of filing, with the numbers exchanged with the national portal."""


def opened(filing: Filing, place: Agency, total: Dong, *, by: Actor, at: datetime) -> Dossier:
    """
    Return the dossier that a filing opens, with its number; it takes one statement for that.

    :param total: what there is to pay
    :raises NotTheirAgent: if the actor files for somebody for whom they may not act
    """
    definition, on = filing.pack, localtime(at).date()
    answers = seen(definition.form, filing.answers, on=on)
    return_by, return_to = _way_back(filing, answers, by=by, on=on)
    code = next_code(place.id, at=at)
    check_agent(filing, by=by, at=at)
    who = _people(filing, by=by)
    return Dossier(
        code=code,
        agency=place.id,
        procedure=definition.code,
        title=definition.title.vi,
        pack=definition.version,
        **who,
        office_id=filing.office,
        channel=CHANNEL_NUMBER[filing.channel],
        answers=answers,
        sought=sought_in(definition, answers, code=code, applicant=who["applicant_name"]),
        papers={paper: list(files) for paper, files in filing.papers.items()},
        state=State.NEW,
        stage_role=Role.CLERK,
        **_clocks(filing, place, at=filing.arrived or at),
        entered_at=at if filing.arrived else None,
        return_by=int(return_by),
        return_to=return_to,
        fee=total.amount,
        source=filing.source,
        reference=filing.reference,
    )


def _way_back(
    filing: Filing, answers: Mapping[str, Any], *, by: Actor, on: date
) -> tuple[ReturnBy, dict[str, str] | None]:
    """Return how the result comes and where to: as the form asked it, else as was wished."""
    way = way_in(answers)
    if way is None:
        return filing.return_by, dict(filing.return_to) if filing.return_to else None
    if way is not ReturnBy.BY_POST:
        return way, None
    whose = filing.for_whom or ForWhom(by.id, by.name)
    contact = contact_if_any(whose.agent or whose.applicant)
    words = result_values(filing.pack.form, answers, "vi", on=on)
    to = {
        "name": whose.name,
        "phone": contact.phone if contact else str(answers.get("phone", "")),
        "address": str(words[ASKED_WHERE]["text"])[:LONGEST],
    }
    return way, to


def _clocks(filing: Filing, place: Agency, *, at: datetime) -> dict[str, Any]:
    """Return the time allowed, and when dossier, stage and first answer are due."""
    definition, calendar = filing.pack, calendar_of_known(place)
    limit = limit_for(definition, filing.channel, filing.answers, on=localtime(at).date())
    due = Clock(filed_at=at, limit=limit).due(calendar)
    online = filing.channel is Channel.ONLINE
    return {
        "limit": limit_facts(limit),
        "filed_at": at,
        "promised_at": due,
        "due_at": due,
        "stage_since": at,
        "stage_due_at": stage_due(at, definition.workflow[0].limit, calendar),
        "answer_until": answer_time(at, calendar) if online else None,
    }


def new_claim() -> str:
    """Return a secret for a receipt, by which who has no account yet takes a dossier over."""
    return "".join(choice(CLAIM_LETTERS) for _n in range(CLAIM_LENGTH))


def _people(filing: Filing, *, by: Actor) -> dict[str, Any]:
    """Return whose dossier it is, who hands it in, and who may act for the applicant."""
    whose = filing.for_whom or ForWhom(by.id, by.name)
    at_the_counter = by.is_official and filing.for_whom is not None
    came = (whose.applicant, whose.name) if at_the_counter else (by.id, by.name)
    filer, filer_name = filing.filer or came
    return {
        "applicant": whose.applicant,
        "applicant_name": whose.name,
        "filer": filer,
        "filer_name": filer_name,
        "agent": whose.agent,
        "authority": whose.authority,
        "claim": new_claim() if whose.claimable else "",
    }
