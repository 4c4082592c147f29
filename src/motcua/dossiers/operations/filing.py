"""Filing: the one moment that must never be lost or happen twice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from motcua.agencies.queries.agencies import Agency
from motcua.agencies.queries.agencies import NoCompetentAgency as Elsewhere
from motcua.agencies.queries.calendars import calendar_of_known
from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.dossiers.events import DossierFiled
from motcua.dossiers.models import Dossier, Draft, Transition
from motcua.dossiers.models.dossier import ONCE
from motcua.dossiers.models.hot import write_dossier, write_transition
from motcua.dossiers.operations.finding import sought_in
from motcua.dossiers.operations.numbers import next_code
from motcua.dossiers.operations.room import check_room
from motcua.dossiers.queries.competence import competent_for
from motcua.dossiers.rules.clock import Clock, limit_facts
from motcua.dossiers.rules.lifecycle import State, Step
from motcua.files.operations.keeping import attach
from motcua.forms.queries.forms import Problem, files_in, problem_text, problems_in, seen
from motcua.kernel.actors import Actor, Role
from motcua.kernel.errors import Conflict, Invalid, NotFound
from motcua.kernel.money import Dong
from motcua.kernel.text import N_
from motcua.packs.queries.packs import (
    Channel,
    Pack,
    fees_for,
    limit_for,
    pack,
    pack_for,
    papers_for,
    refused_by,
    total_of,
    unit_of,
)
from motcua.payments.operations.billing import BillLine, issue_bill

TOO_MANY = N_("A paper can have {most} files at most. Remove one first.")
CHANNEL_NUMBER = {Channel.COUNTER: 1, Channel.ONLINE: 2, Channel.POST: 3}
"""Channels of filing, with the numbers exchanged with the national portal."""


class AnswersNotRight(Invalid):
    code = "dossiers.answers-not-right"
    message = N_("Some answers or papers are not right yet. Correct them, then file again.")


class NoSuchDraft(NotFound):
    code = "dossiers.no-such-draft"
    message = N_("We could not find this draft. It may have been filed or removed: see your list.")


class FiledBefore(Conflict):
    code = "dossiers.filed-before"
    message = N_("This was filed before under the same key. Look for it in the list of dossiers.")


class NotEligible(Conflict):
    code = "dossiers.not-eligible"
    message = N_("This procedure is not for this case: {reason}")


class PackChanged(Conflict):
    code = "dossiers.pack-changed"
    message = N_(
        "The rules of this procedure have changed since you began. See what changed first."
    )


class IsLinked(Conflict):
    code = "dossiers.is-linked"
    message = N_("{procedure} is filed as several dossiers at once: send it as a linked filing.")


class NoCompetentAgency(Conflict):
    code = "dossiers.no-competent-agency"
    message = N_(
        "The place you chose does not take this procedure online yet. "
        "Check the place, or file at its one-stop desk."
    )


@dataclass(frozen=True, slots=True)
class Filing:
    """
    What is handed in. ``papers`` maps a paper's id in the pack to the ids of its files.

    ``source`` and ``reference`` name it once and for all: the same again files nothing new.
    """

    pack: Pack
    answers: Mapping[str, Any]
    papers: Mapping[str, Sequence[str]]
    source: str
    reference: str
    channel: Channel = Channel.ONLINE


@dataclass(frozen=True, slots=True)
class Filed:
    """What the person gets at once: the code, when the answer is due, what is to pay in dong."""

    code: str
    due_at: datetime
    fee: int
    version: int = 1


@one_transaction
def file_draft(draft_id: UUID, *, by: Actor, at: datetime) -> Filed:
    """
    File a draft; filing it again, even at the same moment, gives the same dossier.

    What the form no longer asks for in this case is left behind: it was only a try.

    :raises NoSuchDraft: if the actor has no such draft
    :raises AnswersNotRight: if answers or papers are missing or wrong; nothing is lost
    :raises NotEligible: if the procedure is not for this case
    :raises PackChanged: if another version of the pack is in force by now
    :raises NoCompetentAgency: if no agency here is competent for the place chosen
    """
    draft = Draft.objects.visible_to(by).select_for_update().filter(pk=draft_id).first()
    if draft is None:
        raise NoSuchDraft(draft=str(draft_id))
    if draft.filed_as:
        return _filed_before(Dossier.objects.get(code=draft.filed_as))
    filed = file_dossier(handed_in(draft, at=at), by=by, at=at)
    draft.filed_as = filed.code
    draft.updated_at = at
    draft.save(update_fields=["filed_as", "updated_at"])
    return filed


def handed_in(draft: Draft, *, at: datetime) -> Filing:
    """
    Return what filing a draft hands in: what its form and its papers ask for in this case.

    :raises PackChanged: if another version of the pack is in force by now
    """
    definition, on = pack(draft.pack), localtime(at).date()
    if pack_for(draft.procedure, on=on) is not definition:
        raise PackChanged(procedure=draft.procedure)
    asked = {each.paper.id for each in papers_for(definition, draft.answers, on=on)}
    return Filing(
        pack=definition,
        answers=seen(definition.form, draft.answers, on=on),
        papers={paper: files for paper, files in draft.papers.items() if paper in asked},
        source="draft",
        reference=str(draft.pk),
    )


@one_transaction
def file_dossier(filing: Filing, *, by: Actor, at: datetime) -> Filed:
    """
    Open a dossier: number, dossier, first transition, bill and journal row, or nothing at all.

    :raises AnswersNotRight: if answers or papers are missing or wrong
    :raises NotEligible: if the procedure is not for this case
    :raises NoCompetentAgency: if no agency here is competent for the place chosen
    :raises IsLinked: if the pack links others: `file_linked` files those
    :raises FiledBefore: if a dossier has this source and reference
    :raises TooMuchInAll: if its files are too much together
    """
    if filing.pack.parts:
        raise IsLinked(procedure=filing.pack.code)
    check_filing(filing, at=at)
    place = competent(filing, at=at)
    definition = filing.pack
    fees = fees_for(definition, filing.answers, channel=filing.channel, on=localtime(at).date())
    try:
        dossier = write_dossier(_opened(filing, place, total_of(fees), by=by, at=at))
    except IntegrityError as taken:
        if ONCE not in str(taken):
            raise
        raise FiledBefore from taken
    write_transition(Transition.of(dossier, Step.FILE, by=by, at=at))
    held = {**filing.papers, **files_in(definition.form, filing.answers)}
    if files := [file for ids in held.values() for file in ids]:
        held_by = f"{filing.source}:{filing.reference}"
        attach(files, to=dossier.code, by=by, held_by=held_by)
        check_room(held)
    if dossier.fee:
        lines = [BillLine(fee.name.vi, fee.amount, fee.name.en) for fee in fees]
        issue_bill(dossier.code, lines, payer=by.id, agency=place.id, by=by, at=at)
    _announce(dossier, by=by, at=at)
    return Filed(code=dossier.code, due_at=dossier.due_at, fee=dossier.fee)


def _opened(filing: Filing, place: Agency, total: Dong, *, by: Actor, at: datetime) -> Dossier:
    definition = filing.pack
    on = localtime(at).date()
    limit = limit_for(definition, filing.channel, filing.answers, on=on)
    due = Clock(filed_at=at, limit=limit).due(calendar_of_known(place))
    answers = seen(definition.form, filing.answers, on=on)
    code = next_code(place.id, at=at)
    return Dossier(
        code=code,
        agency=place.id,
        procedure=definition.code,
        title=definition.title.vi,
        pack=definition.version,
        applicant=by.id,
        applicant_name=by.name,
        filer=by.id,
        filer_name=by.name,
        channel=CHANNEL_NUMBER[filing.channel],
        answers=answers,
        sought=sought_in(definition, answers, code=code, applicant=by.name),
        papers={paper: list(files) for paper, files in filing.papers.items()},
        state=State.NEW,
        stage_role=Role.CLERK,
        limit=limit_facts(limit),
        filed_at=at,
        promised_at=due,
        due_at=due,
        fee=total.amount,
        source=filing.source,
        reference=filing.reference,
    )


def _announce(dossier: Dossier, *, by: Actor, at: datetime) -> None:
    filed = DossierFiled(
        subject=dossier.code,
        procedure=dossier.procedure,
        agency=dossier.agency,
        applicant=dossier.applicant,
        channel=dossier.channel,
        due_at=localtime(dossier.due_at).isoformat(),
        fee=dossier.fee,
    )
    announce(filed, by=by, at=at)


def check_filing(filing: Filing, *, at: datetime) -> None:
    """
    Check answers and papers as filing does.

    :raises AnswersNotRight: if some are missing or wrong
    :raises NotEligible: if the procedure is not for this case
    """
    on = localtime(at).date()
    problems = [
        as_fact(filing.pack, x) for x in problems_in(filing.pack.form, filing.answers, on=on)
    ]
    asked = {a.paper.id: a for a in papers_for(filing.pack, filing.answers, on=on)}
    problems += [
        {"at": f"papers.{name}", "message": _("This paper is required.")}
        for name, wanted in asked.items()
        if wanted.required and not filing.papers.get(name)
    ]
    problems += [
        {"at": f"papers.{name}", "message": _("This procedure does not ask for that paper.")}
        for name, files in filing.papers.items()
        if files and name not in asked
    ]
    problems += [
        {"at": f"papers.{name}", "message": _(TOO_MANY).format(most=wanted.paper.most_files)}
        for name, wanted in asked.items()
        if len(filing.papers.get(name, ())) > wanted.paper.most_files
    ]
    if problems:
        raise AnswersNotRight(problems=problems)
    if refusal := refused_by(filing.pack, filing.answers, on=localtime(at).date()):
        raise NotEligible(reason=refusal.reason[get_language() or "vi"])


def as_fact(definition: Pack, problem: Problem) -> dict[str, str]:
    """Return what is wrong with an answer as a refusal tells it, in the reader's language."""
    sentence = problem_text(definition.form, problem, get_language() or "vi")
    return {"at": problem.field, "message": sentence}


def competent(filing: Filing, *, at: datetime) -> Agency:
    """
    Return the agency that a filing goes to.

    :raises NoCompetentAgency: if no agency here is competent for the place chosen
    """
    unit = unit_of(filing.pack, filing.answers) or ""
    try:
        return competent_for(filing.pack, filing.answers, on=localtime(at).date())
    except Elsewhere as error:
        raise NoCompetentAgency(unit=unit) from error


def _filed_before(dossier: Dossier) -> Filed:
    return Filed(code=dossier.code, due_at=dossier.due_at, fee=dossier.fee, version=dossier.version)
