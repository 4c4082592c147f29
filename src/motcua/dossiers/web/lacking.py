"""Parts of a request for supplement that were sent, and those that were not, by their names."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from motcua.dossiers.operations.supplement_lacks import PartLacks
from motcua.dossiers.queries.dossiers import DossierView, StepTaken
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.web.corrected import corrected_in
from motcua.kernel.errors import Refusal
from motcua.packs.queries.packs import Pack


@dataclass(frozen=True, slots=True)
class Lack:
    """
    A paper that is not sent, or an answer that stays as it was.

    It tells whether that was ticked, why, and what is wrong with it.
    """

    id: str
    name: str
    stays: bool
    ticked: bool
    why: str
    error: str
    at: str


@dataclass(frozen=True, slots=True)
class Sent:
    """What an answer brought, which papers it did not, and which answers it left, each with why."""

    given: tuple[str, ...]
    lacking: tuple[tuple[str, str], ...]
    stayed: tuple[tuple[str, str], ...]


def lacks_shown(
    view: DossierView, definition: Pack, said: Mapping[str, str], refusal: Refusal | None
) -> list[Lack]:
    """Return the parts to be ticked: those that a refusal names, and those ticked before."""
    problems = refusal.facts["problems"] if isinstance(refusal, PartLacks) else []
    said_of = {x["at"]: x["message"] for x in cast("list[dict[str, str]]", problems)}
    wrong = {part: _(sentence) for part, sentence in said_of.items()}
    asked, names = view.asked or {}, part_names(definition)
    fields = asked.get("fields", ())
    return [
        Lack(
            id=each,
            name=names.get(each, each),
            stays=each in fields,
            ticked=each in said,
            why=said.get(each, ""),
            error=wrong.get(each, ""),
            at=f"why-{each}" if each in said else f"lacking-{each}",
        )
        for each in (*asked.get("papers", ()), *fields)
        if each in said or each in wrong
    ]


def sent_in(taken: StepTaken, definition: Pack) -> Sent:
    """Return what an answer to a request brought and what it lacks."""
    names, papers = part_names(definition), {paper.id for paper in definition.papers}
    given = [*taken.details.get("papers", ()), *taken.details.get("fields", ())]
    why = taken.details.get("lacking_why", ())
    lacks = list(zip(taken.details.get("lacking", ()), why, strict=True))
    return Sent(
        tuple(names.get(each, each) for each in given),
        tuple((names.get(each, each), words) for each, words in lacks if each in papers),
        tuple((names.get(each, each), words) for each, words in lacks if each not in papers),
    )


def left_out(taken: StepTaken, definition: Pack) -> tuple[str, ...]:
    """Return what was asked for and left out of an answer, a sentence each."""
    sent = sent_in(taken, definition)
    return (
        *(_told(_("Not sent: %(what)s"), *each) for each in sent.lacking),
        *(_told(_("Left as it was: %(what)s"), *each) for each in sent.stayed),
    )


def _told(sentence: str, what: str, why: str) -> str:
    told = sentence % {"what": what}
    return f"{told} (“{why}”)" if why else told


def answers_sent(view: DossierView, definition: Pack) -> dict[str, object]:
    """Return what each answer brought, changed and left, by its time, and what the last lacks."""
    corrected = corrected_in(view)
    sent = {
        x.at: (
            sent_in(x, definition).given,
            (*corrected.get(number, ()), *left_out(x, definition)),
        )
        for number, x in enumerate(view.history)
        if x.step is Step.SUPPLY
    }
    last = next((x for x in reversed(view.history) if x.step in ASKED_OR_SENT), None)
    lacks = left_out(last, definition) if last and last.step is Step.SUPPLY else ()
    return {"sent": sent, "still_lacking": lacks}


ASKED_OR_SENT = frozenset({Step.ASK_SUPPLEMENT, Step.SUPPLY})


def part_names(definition: Pack) -> dict[str, str]:
    """Return the names of papers and questions in the reader's language, by their ids."""
    language = get_language() or "vi"
    names = {field.id: field.label[language] for field in definition.form.fields}
    return names | {paper.id: paper.name[language] for paper in definition.papers}
