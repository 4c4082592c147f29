"""My notices."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from motcua.backbone.http.actors import actor_of, signed_in
from motcua.notices.operations.telling import mark_all_read, mark_read
from motcua.notices.queries.mine import my_notices, notice


@never_cache
@signed_in
def listing(request: HttpRequest) -> HttpResponse:
    """Show what the reader was told, newest first."""
    before = request.GET.get("truoc", "")
    older = int(before) if before.isdecimal() and len(before) < 19 else None
    page = my_notices(by=actor_of(request), before=older)
    return render(request, "notices/listing.html", {"page": page, "older": older})


@never_cache
@signed_in
def follow(request: HttpRequest, number: int) -> HttpResponse:
    """Remember that the notice was read, and go where it leads."""
    actor = actor_of(request)
    told = notice(number, by=actor)
    mark_read(number, by=actor, at=now())
    return redirect(told.link or "notices:listing")


@require_POST
@signed_in
def read_all(request: HttpRequest) -> HttpResponse:
    """Remember that all notices were read."""
    mark_all_read(by=actor_of(request), at=now())
    return redirect("notices:listing")
