"""What every page of a filing shares: the draft, its pack, and where one is on the way."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localtime, now
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from motcua.backbone.http.actors import actor_of, signed_in
from motcua.dossiers.operations.drafts import carry_over
from motcua.dossiers.queries.drafts import DraftView, draft
from motcua.dossiers.rules.linked import is_linked_code
from motcua.forms.queries.forms import visible_steps
from motcua.kernel.actors import Actor
from motcua.kernel.worktime import Limit, Unit
from motcua.packs.queries.packs import Pack, pack, pack_for, papers_for

PAPERS, CHECK = "giay-to", "kiem-tra"
"""The two pages after those of the form; ids of form pages have no hyphen."""


@dataclass(frozen=True, slots=True)
class Way:
    """A filing under way: who, what, when, and the pages it goes through."""

    by: Actor
    at: datetime
    draft: DraftView
    pack: Pack

    @property
    def today(self) -> date:
        """Return the day it is here."""
        return localtime(self.at).date()

    @property
    def language(self) -> str:
        """Return the reader's language."""
        return get_language() or "vi"

    def pages(self, answers: Any = None) -> list[tuple[str, str]]:
        """Return the pages to go through with these answers, as (id, title)."""
        given = self.draft.answers if answers is None else answers
        pages = [
            (step.id, step.title[self.language])
            for step in visible_steps(self.pack.form, given, on=self.today)
        ]
        if papers_for(self.pack, given, on=self.today):
            pages.append((PAPERS, _("Papers")))
        return [*pages, (CHECK, _("Check and file"))]

    def address(self, page: str) -> str:
        """Return the address of one of its pages."""
        return reverse("dossiers:filing-page", kwargs={"draft": self.draft.id, "step": page})

    def after(self, page: str, answers: Any = None) -> str:
        """Return the address of the page after ``page``."""
        ids = [each for each, _title in self.pages(answers)]
        following = ids[ids.index(page) + 1 :] if page in ids else [CHECK]
        return self.address(following[0])

    def asked_until(self, page: str) -> frozenset[str]:
        """Return the questions of the form's pages up to ``page``."""
        ids = [step.id for step in self.pack.form.steps]
        gone = self.pack.form.steps[: ids.index(page) + 1]
        return frozenset(field.id for step in gone for field in step.fields)

    def frame(self, page: str) -> dict[str, Any]:
        """Return what the frame of a page shows: title, progress and the way back."""
        pages = self.pages()
        ids = [each for each, _title in pages]
        place = ids.index(page) if page in ids else 0
        start = reverse("dossiers:filing-start", kwargs={"code": self.pack.code})
        if self.draft.counter is not None:
            start = reverse("dossiers:counter")
        return {
            "way": self,
            "procedure": self.pack.title[self.language],
            "page_title": pages[place][1],
            "progress": [title for _id, title in pages],
            "current": place + 1,
            "back": self.address(ids[place - 1]) if place else start,
        }


View = Callable[..., HttpResponse]


def on_the_way(*, told: bool = False) -> Callable[[View], View]:
    """
    Give a view the actor's draft, under the version of its pack that is in force.

    One that was filed leads to its receipt instead; one whose rules have changed to what changed,
    unless the view itself has ``told`` it.
    """

    def decorated(view: View) -> View:
        @wraps(view)
        @signed_in
        def guarded(request: HttpRequest, /, **kwargs: Any) -> HttpResponse:
            by, at = actor_of(request), now()
            found = draft(kwargs.pop("draft"), by=by)
            if found.filed_as and found.counter is not None:
                return redirect("dossiers:counter-done", code=found.filed_as)
            if found.filed_as:
                return redirect(receipt_of(found.filed_as))
            if request.method != "POST":
                found = _up_to_date(found, by=by, at=at)
                if found.carried_from and not told:
                    return redirect("dossiers:filing-changes", draft=found.id)
            return view(request, Way(by, at, found, pack(found.pack)), **kwargs)

        return guarded

    return decorated


def _up_to_date(found: DraftView, *, by: Actor, at: datetime) -> DraftView:
    newest = pack_for(found.procedure, on=localtime(at).date())
    if newest is not None and newest.version == found.pack:
        return found
    carry_over(found.id, by=by, at=at)
    return draft(found.id, by=by)


def receipt_of(code: str) -> str:
    """Return the address of the receipt of what was filed under this code."""
    if is_linked_code(code):
        return reverse("dossiers:linked-receipt", kwargs={"filing": code})
    return reverse("dossiers:receipt", kwargs={"code": code})


def limit_words(limit: Limit) -> str:
    """Return how long an office may take, as people say it."""
    amount = f"{limit.amount.normalize():f}"
    words = {
        Unit.SAME_DAY: _("the same day"),
        Unit.WORKING_HOURS: _("{amount} working hours"),
        Unit.CLOCK_HOURS: _("{amount} hours"),
        Unit.WORKING_DAYS: _("{amount} working days"),
        Unit.DAYS: _("{amount} days"),
        Unit.MONTHS: _("{amount} months"),
    }
    return words[limit.unit].format(amount=amount)
