"""Made-up dossiers as lines of COPY's text format: the columns of dossier and transition."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Self

import msgspec
from django.conf import settings

from motcua.backbone.copying import NULL, escaped
from motcua.dossiers.operations.seeding_answers import Answers
from motcua.dossiers.rules.archiving import kept_until
from motcua.dossiers.rules.believable import Matter, Place
from motcua.dossiers.rules.believable_history import Story
from motcua.dossiers.rules.believable_story import ANSWER_WITHIN, ONLINE
from motcua.dossiers.rules.clock import day_of, limit_facts
from motcua.dossiers.rules.lifecycle import ENDED, OPEN, WAITING, State, Step
from motcua.kernel.actors import Role
from motcua.kernel.worktime import WorkingCalendar, add_working_time, start_of_clock
from motcua.packs.queries.packs import Channel, Pack, fees_for, limit_for, papers_for, total_of
from motcua.payments.operations.seeding import BillLine, MadeBill, MadeFee, MadeTill

DOSSIER = (
    "id code agency procedure title pack applicant applicant_name filer filer_name agent channel "
    "office_id answers papers state stage stage_role holder holder_name stage_since stage_due_at "
    "limit filed_at received_at promised_at due_at answer_until answered_at reappointments "
    "appointed_at counted_late done_at returned_at waits waiting_from waiting_since wait_until "
    "asked asked_times return_by fee paid_at source reference version sought claim archive_on "
    "archive_action"
).split()
TRANSITION = (
    "dossier_id step before state stage by by_name reason details agency procedure channel "
    "filed_at due_at counted_late at"
).split()
NUMBER = {Channel.COUNTER: 1, Channel.ONLINE: 2, Channel.POST: 3}
ANSWERED_WITHIN = timedelta(hours=8)
RETURNED_BY = {1: 0, 2: 2, 3: 1}
"""How the result goes back, by how the dossier came: on the spot, online, by post."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A procedure with answers to fill in: all that its dossiers have in common."""

    procedure: str
    title: str
    pack: str
    answers: Answers
    matter: Matter
    limits: Mapping[int, str]
    papers: str
    fees: Mapping[int, MadeFee]
    years: int
    forever: bool

    @classmethod
    def of(cls, pack: Pack, answers: dict[str, Any], *, on: date, files: Mapping[str, str]) -> Self:
        """
        Return the kind of a pack with answers as somebody might give them.

        :param files: ids of files by the names of the papers that they stand for
        """
        asked = papers_for(pack, answers, on=on)
        given = {
            each.paper.id: [files[each.paper.name.vi]]
            for each in asked
            if each.required and each.paper.name.vi in files
        }
        limits = {NUMBER[c]: limit_for(pack, c, answers, on=on) for c in sorted(pack.channels)}
        asked_for = {NUMBER[c]: fees_for(pack, answers, channel=c, on=on) for c in pack.channels}
        totals = {channel: total_of(lines).amount for channel, lines in asked_for.items()}
        return cls(
            procedure=pack.code,
            title=escaped(pack.title.vi),
            pack=pack.version,
            answers=Answers.of(pack.form, answers, unit_field=pack.unit_field),
            matter=Matter(
                limits,
                [stage.role for stage in pack.workflow],
                [each.paper.id for each in asked],
                [each.id for each in pack.form.fields if each.id in answers],
                totals,
            ),
            limits={channel: _json(limit_facts(limit)) for channel, limit in limits.items()},
            papers=_json(given),
            fees={
                channel: MadeFee([BillLine(fee.name.vi, fee.amount, fee.name.en) for fee in lines])
                for channel, lines in asked_for.items()
            },
            years=pack.retention_years or settings.DOSSIER_KEPT_YEARS,
            forever=pack.keep_forever,
        )


@dataclass(frozen=True, slots=True)
class Filed:
    """One made-up dossier."""

    key: int
    code: str
    source: str
    place: Place
    kind: Kind
    story: Story
    answers: str
    sought: str


def dossier_line(filed: Filed) -> str:
    """Return the row of a dossier."""
    key, code, place, kind, story = filed.key, filed.code, filed.place, filed.kind, filed.story
    office = NULL if story.channel == ONLINE or place.office is None else place.office
    who = f"{story.applicant}\t{story.applicant_name}"
    paid_at = NULL if story.payment is None else story.payment.at.isoformat()
    return (
        f"{key}\t{code}\t{place.agency}\t{kind.procedure}\t{kind.title}\t{kind.pack}\t{who}\t{who}"
        f"\t\t{story.channel}\t{office}\t{escaped(filed.answers)}\t{kind.papers}\t{_standing(filed)}\t"
        f"{kind.limits[story.channel]}\t{_times(story, place.calendar)}\t{_waiting(story)}\t"
        f"{RETURNED_BY[story.channel]}\t{story.fee}\t{paid_at}\t{filed.source}\t{code}\t{len(story.history)}\t"
        f"{escaped(filed.sought)}\t\t{_archive(story, kind)}"
    )


def step_lines(filed: Filed) -> list[str]:
    """Return the rows of its steps."""
    story = filed.story
    same = (
        f"{filed.place.agency}\t{filed.kind.procedure}\t{story.channel}\t"
        f"{story.filed_at.isoformat()}"
    )
    due_at, due = story.promised_at, story.promised_at.isoformat()
    lines = []
    for taken in story.history:
        if taken.due_at is not due_at:
            due_at, due = taken.due_at, taken.due_at.isoformat()
        details = _json(taken.details) if taken.details else "{}"
        lines.append(
            f"{filed.key}\t{taken.step.value}\t{taken.before}\t{taken.state.value}\t{taken.stage}\t"
            f"{taken.by}\t{taken.by_name}\t{taken.reason}\t{details}\t{same}\t{due}\tf\t"
            f"{taken.at.isoformat()}"
        )
    return lines


def bill_of(filed: Filed) -> MadeBill:
    """Return the bill of a dossier that costs something."""
    story, paid = filed.story, filed.story.payment
    till = None
    if paid is not None and paid.shift is not None and filed.place.office is not None:
        till = MadeTill(filed.place.office, *paid.shift)
    return MadeBill(
        subject=filed.code,
        payer=story.applicant,
        agency=filed.place.agency,
        fee=filed.kind.fees[story.channel],
        issued_at=story.filed_at,
        paid_at=None if paid is None else paid.at,
        till=till,
        given_up=story.is_given_up,
    )


def _standing(filed: Filed) -> str:
    """Return state, stage, its role, who holds it, since when and until when."""
    story, workflow = filed.story, filed.kind.matter.workflow
    done = story.state in (State.DONE, State.RETURNED)
    role = Role.CLERK if done else workflow[story.stage]
    holder, name = story.holder if story.state in OPEN else ("", "")
    until = None
    if story.state in OPEN - WAITING and not done:
        left = len(workflow) - story.stage
        since = story.stage_since or story.filed_at
        hours = filed.place.hours(since.date())
        start, end = hours.position(since), hours.position(story.due_at)
        until = hours.moment(start + max(end - start, 0) / left)
    return (
        f"{story.state.value}\t{story.stage}\t{role.value}\t{holder}\t{name}\t"
        f"{_moment(story.stage_since)}\t{_moment(until)}"
    )


def _times(story: Story, calendar: WorkingCalendar) -> str:
    """Return filed_at to returned_at."""
    until = None
    if story.channel == ONLINE:
        start = start_of_clock(story.filed_at, calendar)
        until = add_working_time(start, ANSWERED_WITHIN, calendar)
    answered = story.at(Step.ACCEPT, Step.REFUSE, Step.ASK_SUPPLEMENT, Step.ASK_PAYMENT)
    moments = (
        *(story.filed_at, story.at(Step.ACCEPT), story.promised_at, story.due_at),
        *(until, answered),
    )
    return "\t".join(
        [
            *map(_moment, moments),
            "1" if story.appointed_at else "0",
            _moment(story.appointed_at),
            "f",
            _moment(story.at(Step.APPROVE)),
            _moment(story.at(Step.RETURN)),
        ]
    )


def _waiting(story: Story) -> str:
    """Return waits to asked_times."""
    waits = "[]"
    if story.waits:
        waits = _json([[w.start.isoformat(), w.end.isoformat()] for w in story.waits])
    if story.waiting_since is None or story.waiting_from is None or story.state not in WAITING:
        return f"{waits}\t\t{NULL}\t{NULL}\t{NULL}\t{story.asked_times}"
    asked = _json({"reason": story.history[-1].reason, **story.asked})
    until = story.waiting_since + ANSWER_WITHIN
    return (
        f"{waits}\t{story.waiting_from.value}\t{_moment(story.waiting_since)}\t"
        f"{_moment(until)}\t{asked}\t{story.asked_times}"
    )


def _archive(story: Story, kind: Kind) -> str:
    if story.state not in ENDED:
        return f"{NULL}\t"
    kept = kept_until(day_of(story.history[-1].at), years=kind.years, forever=kind.forever)
    return f"{kept.on.isoformat()}\t{kept.action}"


def _moment(at: datetime | None) -> str:
    return NULL if at is None else at.isoformat()


def _json(value: Any) -> str:
    return escaped(msgspec.json.encode(value).decode())
