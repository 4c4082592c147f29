"""A dossier filed here and processed elsewhere, for its applicant."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime, now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from motcua.backbone.http.actors import actor_of, signed_in
from motcua.backbone.http.attempts import apart
from motcua.backbone.http.downloads import kept_response
from motcua.dossiers.queries.elsewhere import OPEN, STATE_WORDS, State
from motcua.dossiers.queries.handed_on import HAPPENED, Step
from motcua.files.queries.kept import KeptFile, NoSuchFile, content_for_room, infos_for_room
from motcua.forms.queries.forms import files_in
from motcua.forwarding.operations.again import file_again
from motcua.forwarding.queries.correcting import can_correct_here
from motcua.forwarding.queries.handed import HandedView, handed
from motcua.forwarding.rules.answers import BillTold
from motcua.forwarding.rules.states import Handing
from motcua.kernel.text import N_
from motcua.packs.queries.packs import Pack, pack

DONE, NOW, NEXT = "done", "now", "next"


@dataclass(frozen=True, slots=True)
class Door:
    """One thing on the way: how it stands, what it is, when, and what was said of it."""

    look: str
    title: str
    text: str
    at: datetime | None = None
    words: str = ""


@require_safe
@signed_in
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Show where it is, what its applicant has to do, and what was handed in."""
    view = handed(code, by=actor_of(request))
    definition, language = pack(view.manifest.pack), get_language() or "vi"
    bill = bill_to_pay(view)
    facts = {
        "view": view,
        "title": definition.title[language],
        "heading": heading_of(view),
        "doors": doors_of(view),
        "asked": asked_of(view, definition, language),
        "papers": papers_of(view, definition, language),
        "problems": problems_of(view, definition, language),
        "there": address_there(view),
        "bill": bill,
        "payable": bill is not None and bill.look(at=now()) == "payable",
        "bills": view.standing.bills if view.standing else [],
        "sent": view.is_answered,
        "not_taken": not_taken(view, definition, language),
    }
    return render(request, "forwarding/show.html", facts)


@require_safe
@signed_in
def file_of(request: HttpRequest, code: str, file: UUID) -> HttpResponse:
    """Show a file that was handed in, or a result, to who may see the dossier; ``?tai=1`` saves."""
    view = handed(code, by=actor_of(request))
    return kept_response(request, file_in(view, file), content_for_room)


def file_in(view: HandedView, file: UUID) -> KeptFile:
    """
    Return a file that was handed in, or a result.

    :raises NoSuchFile: if the dossier has none such
    """
    results = (*view.results, *view.replaced)
    known = {*(each.id for each in view.files), *(each.id for each in results)}
    found = infos_for_room([str(file)] if str(file) in known else [])
    if not found:
        raise NoSuchFile
    return found[0]


@require_POST
@signed_in
def again(request: HttpRequest, code: str) -> HttpResponse:
    """Begin a draft with all that the unit did not take, to be corrected."""
    by, at = actor_of(request), localtime(now())
    draft = apart(lambda: file_again(code, by=by, at=at))
    return redirect("dossiers:filing", draft=draft)


def heading_of(view: HandedView) -> str:
    """Return where it stands, in a sentence."""
    if view.handing is Handing.WAITING:
        return _("Filed, waiting to be handed to %(member)s") % {"member": view.member_name}
    return _(STATE_WORDS[view.state])


def doors_of(view: HandedView, *, at_desk: bool = False) -> list[Door]:
    """
    Return the way it went, and what is under way.

    :param at_desk: whether an official reads it, not the applicant
    """
    desk = view.manifest.desk
    title = _("Filed at the counter: %(place)s") % {"place": desk.place} if desk else ""
    doors = [Door(DONE, title or _("You filed it on this portal"), "", view.filed_at)]
    if view.handing is Handing.WAITING:
        return [*doors, Door(NOW, heading_of(view), _(_WAITING[at_desk]))]
    if view.handing is Handing.REFUSED:
        title = _("%(agency)s could not take it as it is") % {"agency": view.agency_name}
        return [*doors, Door(NOW, title, "", view.told_at)]
    title = _("Handed to %(agency)s") % {"agency": view.agency_name}
    code = _("Its code there: %(code)s") % {"code": view.there}
    doors.append(Door(DONE, title, code, view.taken_at))
    steps = view.standing.steps if view.standing else []
    doors += [
        Door(DONE, _(_happened(said.step)), "", said.at, said.reason)
        for said in steps
        if said.step != Step.FILE
    ]
    last = doors.pop()
    return [*doors, Door(NOW, last.title, last.text, last.at, last.words)]


_WAITING = {
    False: N_(
        "You need do nothing: we keep trying. The agency's time limit runs from when it has it."
    ),
    True: N_(
        "It is sent by itself, again and again until the agency has it; nothing is to be done at "
        "the desk. The agency's time limit runs from when it has it."
    ),
}
"""What becomes of one that has not arrived yet, for its applicant and at the desk."""


def _happened(step: str) -> str:
    return HAPPENED[Step(step)] if step in set(Step) else step


def asked_of(view: HandedView, definition: Pack, language: str) -> dict[str, object] | None:
    """Return what the unit asks of the applicant now, with where to answer."""
    if view.state is not State.SUPPLEMENT or view.standing is None or not view.standing.asked:
        return None
    asked = view.standing.asked
    papers = {each.id: each.name[language] for each in definition.papers}
    fields = {each.id: each.label[language] for each in definition.form.fields}
    here = can_correct_here(view)
    return {
        "reason": asked["reason"],
        "papers": [papers.get(each, each) for each in asked["papers"]],
        "fields": [fields.get(each, each) for each in asked["fields"]],
        "until": view.standing.wait_until,
        "here": here,
        "address": reverse("forwarding:supplement", kwargs={"code": view.code})
        if here
        else address_there(view),
    }


def address_there(view: HandedView) -> str:
    """Return where its applicant finds it at the unit's own portal."""
    return f"{view.member_address.rstrip('/')}/ho-so/{view.there}/" if view.there else ""


def papers_of(view: HandedView, definition: Pack, language: str) -> list[tuple[str, list[object]]]:
    """Return the papers and the answers that are files, each with those that hold now."""
    names = {each.id: each.name[language] for each in definition.papers}
    names |= {x.id: x.label[language] for x in definition.form.fields if x.id not in names}
    files = {each.id: each for each in view.files}
    given: dict[str, list[str]] = {}
    for answers, papers in (
        (view.manifest.answers, view.manifest.papers),
        *((x.answers, x.papers) for x in view.answers if x.handing is not Handing.REFUSED),
    ):
        given |= {**papers, **files_in(definition.form, answers)}
    return [
        (names.get(paper, paper), [files[file] for file in ids if file in files])
        for paper, ids in given.items()
        if ids
    ]


def problems_of(view: HandedView, definition: Pack, language: str) -> list[tuple[str, str]]:
    """Return what the unit finds wrong: which question or paper, and why."""
    return problems_named(view.refusal, definition, language)


def problems_named(
    told: Mapping[str, Any], definition: Pack, language: str
) -> list[tuple[str, str]]:
    """Return the problems that the unit named: which question or paper, and why."""
    names = {each.id: each.label[language] for each in definition.form.fields}
    names |= {f"papers.{each.id}": each.name[language] for each in definition.papers}
    found = told.get("problems", [])
    return [(names.get(each["at"], each["at"]), each["message"]) for each in found]


def bill_to_pay(view: HandedView) -> BillTold | None:
    """Return the oldest bill of the unit that is still to be paid, if any."""
    bills = view.standing.bills if view.standing and view.state in OPEN else []
    return next((bill for bill in bills if bill.is_owed), None)


def bill_there(view: HandedView, bill: BillTold) -> str:
    """Return where a bill's payer finds it at the unit's own portal."""
    return f"{view.member_address.rstrip('/')}/thanh-toan/{bill.id}/"


def not_taken(
    view: HandedView, definition: Pack, language: str
) -> tuple[str, list[tuple[str, str]]] | None:
    """Return why the unit did not take the last answer to what it asks for now, if so."""
    last, asked = (view.answers or (None,))[-1], view.standing.round if view.standing else 0
    if last is None or last.round != asked or last.handing is not Handing.REFUSED:
        return None
    said = str(last.told.get("title_vi") or last.told.get("title") or "")
    return said, problems_named(last.told, definition, language)
