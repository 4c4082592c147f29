"""What is handed in, and what must be right about it before it is filed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from motcua.agencies.queries.agencies import Agency
from motcua.agencies.queries.agencies import NoCompetentAgency as Elsewhere
from motcua.dossiers.queries.competence import competent_for
from motcua.dossiers.rules.returning import ReturnBy, address_problems
from motcua.forms.queries.forms import Problem, problem_text, problems_in
from motcua.identity.queries.authorities import may_act_for
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Conflict, Forbidden, Invalid
from motcua.kernel.text import N_
from motcua.packs.queries.packs import Channel, Pack, papers_for, refused_by, unit_of

TOO_MANY = N_("A paper can have {most} files at most. Remove one first.")


class AnswersNotRight(Invalid):
    code = "dossiers.answers-not-right"
    message = N_("Some answers or papers are not right yet. Correct them, then file again.")


class NotTheirAgent(Forbidden):
    code = "dossiers.not-their-agent"
    message = N_("You may not act for this person in this procedure. Record your authority first.")


class NotEligible(Conflict):
    code = "dossiers.not-eligible"
    message = N_("This procedure is not for this case: {reason}")


class NoCompetentAgency(Conflict):
    code = "dossiers.no-competent-agency"
    message = N_(
        "The place you chose does not take this procedure online yet. "
        "Check the place, or file at its one-stop desk."
    )


@dataclass(frozen=True, slots=True)
class ForWhom:
    """
    Whose dossier it is, where somebody else hands it in.

    ``authority`` is what lets ``agent``, an account, act for the applicant from now on; nobody may
    where it is empty. ``claimable``: the applicant has no account, so the receipt carries a secret
    by which they take the dossier over once they have one.
    """

    applicant: str
    name: str
    authority: UUID | None = None
    agent: str = ""
    claimable: bool = False


@dataclass(frozen=True, slots=True)
class AtDesk:
    """
    What a desk says of how it took a filing: who did, how they knew the person, how it was signed.

    ``papers`` maps a paper's id to the form it was handed over in. ``place`` is the desk in words,
    where it is another portal's.
    """

    clerk: str
    identity: str
    signed: str
    papers: Mapping[str, str]
    place: str = ""


@dataclass(frozen=True, slots=True)
class Filing:
    """
    What is handed in. ``papers`` maps a paper's id in the pack to the ids of its files.

    ``source`` and ``reference`` name it once and for all: the same again files nothing new.
    ``filer`` is the id and name of who stands at the counter, the applicant unless somebody else
    does; online it is who files. ``office`` is the id of the office it was handed in at. A letter
    counts from when it ``arrived``. ``proven`` are papers that a registry stands for. ``desk`` is
    what was noted where an official took it.
    """

    pack: Pack
    answers: Mapping[str, Any]
    papers: Mapping[str, Sequence[str]]
    source: str
    reference: str
    channel: Channel = Channel.ONLINE
    for_whom: ForWhom | None = None
    filer: tuple[str, str] | None = None
    office: int | None = None
    return_by: ReturnBy = ReturnBy.ONLINE
    return_to: Mapping[str, str] | None = None
    arrived: datetime | None = None
    proven: frozenset[str] = frozenset()
    desk: AtDesk | None = None


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
        if wanted.required and not filing.papers.get(name) and name not in filing.proven
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
    problems += [
        {"at": f"return_{part}", "message": _(missing)}
        for part, missing in address_problems(filing.return_by, filing.return_to).items()
    ]
    if problems:
        raise AnswersNotRight(problems=problems)
    if refusal := refused_by(filing.pack, filing.answers, on=localtime(at).date()):
        raise NotEligible(reason=refusal.reason[get_language() or "vi"])


def check_agent(filing: Filing, *, by: Actor, at: datetime) -> None:
    """
    Check that who files online for somebody may act for them; at a counter officials look at that.

    :raises NotTheirAgent: if they may not
    """
    whose = filing.for_whom
    if whose is None or by.is_official or whose.applicant == by.id:
        return
    if may_act_for(by.id, whose.applicant, filing.pack.code, at) is None:
        raise NotTheirAgent


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
