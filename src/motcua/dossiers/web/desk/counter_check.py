"""Check a form filled at the counter, file it, and hand out the receipt."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime, now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.queries.agencies import NoCompetentAgency, names_of
from motcua.backbone.formats import moment
from motcua.backbone.http.actors import actor_of, officials_only
from motcua.backbone.http.attempts import attempt
from motcua.backbone.http.refusals import problems_said, sentence_of
from motcua.dossiers.operations.carrying import desk_page, goes_elsewhere
from motcua.dossiers.operations.counter import Finished, file_counter, file_counter_linked
from motcua.dossiers.operations.filing import NoSuchDraft
from motcua.dossiers.queries.competence import competent_for
from motcua.dossiers.queries.counter import CounterSlip, counter_slip, linked_counter_slip
from motcua.dossiers.queries.dossiers import UnknownDossier
from motcua.dossiers.queries.filing import PaperHeld, Preview, preview, receipt
from motcua.dossiers.queries.linked_preview import LinkedPreview, linked_preview
from motcua.dossiers.queries.received import PaperReceived
from motcua.dossiers.rules.counter import IDENTITY_PAPERS, PAPER_FORMS, SIGNED
from motcua.dossiers.rules.linked import is_linked_code
from motcua.dossiers.rules.returning import ReturnBy, way_in
from motcua.dossiers.rules.words import CHANNEL_WORDS
from motcua.dossiers.web.filing_check import Problems, problems_of
from motcua.dossiers.web.filing_frame import CHECK, Way, on_the_way
from motcua.dossiers.web.filing_proofs import held_with_proofs
from motcua.dossiers.web.pages import page, register_words
from motcua.dossiers.web.receipt import address_to_track, form_words, rows_of
from motcua.forms.queries.forms import summary_of
from motcua.kernel.actors import Actor, Role
from motcua.kernel.errors import Refusal
from motcua.packs.queries.packs import Channel

ADDRESS = ("name", "phone", "address")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@officials_only(Role.CLERK)
@on_the_way()
def check(request: HttpRequest, way: Way) -> HttpResponse:
    """Show all answers and papers with what the clerk has to say of them, or file them."""
    if way.draft.counter is None:
        raise NoSuchDraft(draft=str(way.draft.id))
    held = held_with_proofs(way)
    problems = problems_of(way)
    if request.method != "POST" or problems:
        return _page(request, way, held, problems)
    done = attempt(partial(_filed, way, _finished(request, held)))
    if isinstance(done, str):
        return redirect("dossiers:counter-done", code=done)
    return _page(request, way, held, _told(done))


def _filed(way: Way, finished: Finished) -> str:
    """File it as one dossier or as several, and return its code."""
    if way.pack.parts:
        return file_counter_linked(way.draft.id, finished, by=way.by, at=way.at)
    return file_counter(way.draft.id, finished, by=way.by, at=way.at).code


@never_cache
@require_safe
@officials_only(Role.CLERK)
def done(request: HttpRequest, code: str) -> HttpResponse:
    """Show what the person takes home, and what is left to do: the fee, the next one."""
    by, at = actor_of(request), localtime(now())
    if is_linked_code(code):
        return _linked_done(request, code, by=by)
    if address := desk_page(code):
        return redirect(address)
    slip = counter_slip(code, by=by)
    if slip is None:
        raise UnknownDossier
    found = receipt(code, by=by, at=at)
    facts = {
        "view": found.dossier,
        "place": found.agency,
        "ticket_title": _("Receipt of the dossier and appointment for the result"),
        "code_label": _("Dossier code"),
        "rows": rows_of(found),
        "due_at": found.received.due_at,
        "address": address_to_track(found),
        "bill": found.bill if found.bill is not None and not found.bill.is_paid else None,
        **_noted(slip, found.papers),
    }
    return page(request, "desk/counter/done", facts)


def _linked_done(request: HttpRequest, code: str, *, by: Actor) -> HttpResponse:
    found = linked_counter_slip(code, by=by)
    if found is None:
        raise UnknownDossier
    slip, language = found.slip, get_language() or "vi"
    rows = [(_("Procedure"), found.title[language]), (_("Applicant"), found.applicant_name)]
    if slip.filer_name != found.applicant_name:
        rows.append((_("Handed in by"), slip.filer_name))
    came = _(CHANNEL_WORDS[3 if slip.channel == Channel.POST else 1]).lower()
    rows.append((_("Time of filing"), f"{moment(found.filed_at)} ({came})"))
    facts = {
        "found": found,
        "place": names_of([by.agency or ""]).get(by.agency or "", ""),
        "ticket_title": _("Receipt of a linked filing"),
        "code_label": _("Code of the filing"),
        "rows": rows,
        **_noted(slip, found.papers),
    }
    return page(request, "desk/counter/done_linked", facts)


def _noted(slip: CounterSlip, papers: Iterable[PaperReceived]) -> dict[str, Any]:
    """Return what a slip says of how it came, and of the papers that came with it."""
    language = get_language() or "vi"
    return {
        "slip": slip,
        "by_post": slip.channel == Channel.POST,
        "papers": [(x.name[language], x.files, form_words(x)) for x in papers],
        "identity": _(IDENTITY_PAPERS.get(slip.identity, "")) if slip.identity else "",
        "signed": _(SIGNED[slip.signed]),
    }


def _finished(request: HttpRequest, held: tuple[PaperHeld, ...]) -> Finished:
    given = request.POST
    chosen = given.get("return_by", "")
    way = ReturnBy(int(chosen)) if chosen in {"0", "1", "2"} else ReturnBy.ON_THE_SPOT
    to = {part: given.get(f"return_{part}", "").strip()[:300] for part in ADDRESS}
    return Finished(
        signed=given.get("signed", ""),
        papers={
            x.asked.paper.id: given.get(f"form-{x.asked.paper.id}", "") for x in held if x.files
        },
        return_by=way,
        return_to=to if way is ReturnBy.BY_POST else None,
        accept="accept" in given,
        strokes=given.get("signed.strokes", ""),
    )


def _told(refused: Refusal) -> Problems:
    return problems_said(refused) or [{"at": "signed", "message": sentence_of(refused)}]


def _page(
    request: HttpRequest, way: Way, held: tuple[PaperHeld, ...], problems: Problems
) -> HttpResponse:
    counter = way.draft.counter or {}
    answers, channel = way.draft.answers, Channel(counter["channel"])
    facts: dict[str, Any] = {
        **way.frame(CHECK),
        "sections": summary_of(way.pack.form, answers, way.language, on=way.today),
        "held": held,
        "register_words": register_words,
        **_comes_to(way, channel),
        "elsewhere": _goes_elsewhere(way),
        "counter": counter,
        "problems": problems,
        "errors": {each["at"]: each["message"] for each in reversed(problems)},
        "typed": request.POST,
        "asked_already": way_in(answers) is not None,
        "names": {f"form-{x.asked.paper.id}": x.asked.paper.name[way.language] for x in held},
        "forms": [(key, _(words)) for key, words in PAPER_FORMS.items()],
        "signs": [(key, _(words)) for key, words in SIGNED.items()],
        "leave": reverse("dossiers:counter"),
    }
    status = 422 if problems and request.method == "POST" else 200
    name = "check_linked" if way.pack.parts else "check"
    return render(request, f"dossiers/desk/counter/{name}.html", facts, status=status)


def _goes_elsewhere(way: Way) -> bool:
    """Tell whether another portal processes it, as far as the answers say where it goes."""
    try:
        place = competent_for(way.pack, way.draft.answers, on=way.today)
    except NoCompetentAgency:
        return False
    return goes_elsewhere(place.id, at=way.at)


def _comes_to(way: Way, channel: Channel) -> dict[str, Preview | LinkedPreview]:
    """Return what filing now would come to."""
    answers = way.draft.answers
    if not way.pack.parts:
        return {"preview": preview(way.pack, answers, at=way.at, channel=channel)}
    return {"linked": linked_preview(way.pack, answers, at=way.at, channel=channel)}
