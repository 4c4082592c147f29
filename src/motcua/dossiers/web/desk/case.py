"""The officer's dossier: what was declared and handed in, what to do next, what happened."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localtime, now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from motcua.agencies.queries.absence import Away, away_now
from motcua.agencies.queries.agencies import agency
from motcua.backbone.http.actors import actor_of, officials_only
from motcua.backbone.http.attempts import apart
from motcua.backbone.remembered import Remembered
from motcua.dossiers.operations.holding import take_in_hand
from motcua.dossiers.queries.dossiers import (
    DossierView,
    UnknownDossier,
    case_for_work,
    colleagues_at,
    dossier_while_open,
)
from motcua.dossiers.queries.drawn import signature_drawn
from motcua.dossiers.queries.linked import linked_of
from motcua.dossiers.queries.opinions import opinions_of
from motcua.dossiers.queries.passed_on import NoLongerHere
from motcua.dossiers.queries.questions import questions_waiting
from motcua.dossiers.queries.results import draft_of_result
from motcua.dossiers.queries.slips import slips_of
from motcua.dossiers.rules.access import DESK_STATES, OPINION_ROLES, WORKERS
from motcua.dossiers.rules.counter import IDENTITY_PAPERS, PAPER_FORMS, SIGNED_THERE
from motcua.dossiers.rules.lifecycle import OPEN, WAITING, State, Step
from motcua.dossiers.rules.opinions import OPINION_WORDS, VIEW_WORDS
from motcua.dossiers.rules.purposes import purpose_of
from motcua.dossiers.rules.words import HAPPENED
from motcua.dossiers.web.desk.actions import actions_of, held_up, key_of
from motcua.dossiers.web.desk.checks import checks_of
from motcua.dossiers.web.desk.context import place_of
from motcua.dossiers.web.desk.noted import remarks_shown
from motcua.dossiers.web.desk.standing import standing_of
from motcua.dossiers.web.desk.viewer import beside
from motcua.dossiers.web.due import due_badge
from motcua.dossiers.web.handed import filed_on, papers_shown
from motcua.dossiers.web.lacking import answers_sent
from motcua.dossiers.web.pages import page
from motcua.dossiers.web.receipt import signature_words
from motcua.dossiers.web.timeline import holder_of
from motcua.forms.queries.forms import summary_of
from motcua.identity.queries.people import NoSuchPerson, Person, person_in_look
from motcua.kernel.actors import Actor, Role
from motcua.packs.queries.packs import Pack, pack

_away: Remembered[str, dict[str, Away]] = Remembered(seconds=60, most=1000)


@require_safe
@officials_only()
def case(request: HttpRequest, code: str) -> HttpResponse:
    """
    Show a dossier of the official's agency, and write the look down with its purpose.

    Of one that the agency passed on, it shows where to, when, by whom and why. Their own is shown
    on its applicant's page; of a relative's, nothing that colleagues wrote of it.
    """
    by, at = actor_of(request), localtime(now())
    try:
        view = case_for_work(code, by=by, at=at, purpose=purpose_of(by))
    except NoLongerHere as told:
        return page(request, "desk/passed_on", {"known": told.known})
    _check_ours(view, by=by)
    if view.mine:
        return redirect("dossiers:show", code=code)
    return page(request, "desk/case", _shown(request, view, by=by, at=at))


def _shown(
    request: HttpRequest, view: DossierView, *, by: Actor, at: datetime
) -> dict[str, object]:
    """Return what the page shows; of a relative's dossier nothing that colleagues wrote."""
    code, definition, language = view.code, pack(view.pack), get_language() or "vi"
    applicant, standing = _person(view), standing_of(view, by=by, at=at)
    papers = papers_shown(view, definition, language)
    sections = summary_of(definition.form, view.answers, language, on=filed_on(view))
    return {
        "view": view,
        **_heading(view, definition, language),
        "badge": due_badge(view.due, view.due_at, view.state, at=at),
        "person": applicant,
        "checks": checks_of(view, definition, sections, applicant, at=at, language=language),
        **beside(request, code, papers),
        **_may(view, standing, by=by),
        "holder": holder_of(view, mine=False),
        "looking": colleagues_at(view, by=by, at=at),
        "away": _away_from(view.agency, by=by, at=at),
        "key_of": key_of,
        "happened": HAPPENED,
        **answers_sent(view, definition),
        "replies": _replies(view, definition, language),
        "slips": slips_of(view),
        **_taken_elsewhere(view),
        **_signed(view),
        "linked": linked_of(code, by=by) if view.linked else None,
        **opinions_shown(view, near=standing["near"], by=by, at=at),
        "questions_open": questions_waiting(code, by=by),
        "list_place": place_of(request, code, by=by, at=at),
        **remarks_shown(view, definition, papers, near=standing["near"], by=by, language=language),
    }


def _away_from(agency_id: str, *, by: Actor, at: datetime) -> list[Away]:
    """Return which colleagues are away, as it was at most a minute ago."""
    found = _away.get(agency_id, lambda: away_now(agency_id, at=at)) or {}
    return [each for one, each in found.items() if one != by.id]


def _heading(view: DossierView, definition: Pack, language: str) -> dict[str, Any]:
    return {
        "title": definition.title[language],
        "place": agency(view.agency).name,
        "stages": [stage.name[language] for stage in definition.workflow],
    }


def _may(view: DossierView, standing: dict[str, Any], *, by: Actor) -> dict[str, Any]:
    """Return what the official may do with it now, and what stands in the way."""
    return {
        **standing,
        "actions": () if standing["near"] else actions_of(view),
        "held_up": [why for _step, why in held_up(view)],
        "may_hold": may_hold(view, by=by) and not standing["near"],
        "takes_supplement": view.state is State.SUPPLEMENT
        and by.serves(view.agency, Role.CLERK)
        and not standing["near"],
        "holds": view.holder == by.id and view.state in OPEN,
        "may_give": view.state in OPEN
        and by.serves(view.agency, *WORKERS)
        and not standing["near"],
    }


def _taken_elsewhere(view: DossierView) -> dict[str, object]:
    """Return how another portal's desk took it, in words that pages know, if one did."""
    desk = view.history[0].details.get("desk") if view.history else None
    words = {"identity_papers": IDENTITY_PAPERS, "signs": SIGNED_THERE, "paper_forms": PAPER_FORMS}
    return {"taken_at": desk, **words}


def _signed(view: DossierView) -> dict[str, object]:
    """Return the signature drawn at the counter, and what it shows in words."""
    drawn = signature_drawn(view)
    return {"drawn": drawn, "drawn_words": signature_words(drawn) if drawn else ""}


def opinions_shown(view: DossierView, *, near: bool, by: Actor, at: datetime) -> dict[str, object]:
    """Return what other agencies were asked, where any was."""
    asked = any(taken.step is Step.CONSULT for taken in view.history)
    found = opinions_of(view.code, by=by, at=at) if asked else ()
    return {
        "opinions": found,
        "asked_of": {each.id: each.agency_name for each in found},
        "opinion_words": OPINION_WORDS,
        "view_words": VIEW_WORDS,
        "may_recall": not near and not by.roles.isdisjoint(OPINION_ROLES),
    }


@require_POST
@officials_only()
def hold(request: HttpRequest, code: str) -> HttpResponse:
    """Take a dossier in hand."""
    by, at = actor_of(request), now()
    apart(lambda: take_in_hand(code, by=by, at=at))
    messages.success(request, _("You have this dossier in hand now; colleagues can see it."))
    return redirect("dossiers:case", code=code)


@require_safe
@officials_only(Role.LEADER)
def result_draft(request: HttpRequest, code: str) -> HttpResponse:
    """Show the leader the result as it would be issued."""
    by = actor_of(request)
    paper = draft_of_result(code, by=by, at=now(), purpose=purpose_of(by))
    answer = HttpResponse(paper, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="du-thao-{code}.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def for_official(code: str, *, by: Actor, at: datetime) -> DossierView:
    """
    Return a dossier of the official's agency, for a page beside the officer's dossier.

    The look is written down, unless they have it open anyway.

    :raises UnknownDossier: if there is none
    """
    view = dossier_while_open(code, by=by, at=at, purpose=purpose_of(by))
    _check_ours(view, by=by)
    return view


def may_hold(view: DossierView, *, by: Actor) -> bool:
    """Tell whether this official's role has the dossier now and they have not taken it yet."""
    role = Role.CLERK if view.state in DESK_STATES else view.stage_role
    others = by.id not in {view.holder, view.applicant, view.agent, view.filer}
    return others and view.state in OPEN - WAITING and by.serves(view.agency, role)


def _replies(view: DossierView, pack: Pack, language: str) -> list[tuple[str, str]]:
    return [
        (question.text[language], view.rating_answers[question.id])
        for question in pack.satisfaction
        if question.id in view.rating_answers
    ]


def _check_ours(view: DossierView, *, by: Actor) -> None:
    """Refuse an official's own dossier at another agency: it is theirs to see, not to process."""
    if view.agency != by.agency:
        raise UnknownDossier(dossier=view.code)


def _person(view: DossierView) -> Person | None:
    """Return the applicant's data, which the look at the dossier names."""
    try:
        return person_in_look(view.applicant)
    except NoSuchPerson:
        return None
