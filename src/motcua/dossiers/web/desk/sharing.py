"""Who has how much in hand, and sharing the work of an absent colleague out among the others."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.backbone.http.actors import actor_of, officials_only
from motcua.dossiers.operations.bulk import Asked, begin_bulk
from motcua.dossiers.queries.desk import codes_of
from motcua.dossiers.queries.desk_views import Wanted
from motcua.dossiers.queries.loads import Load, loads
from motcua.dossiers.rules.bulk import MOST, What, share
from motcua.dossiers.rules.words import ROLE_WORDS
from motcua.dossiers.web.desk.bulk import key_of
from motcua.dossiers.web.pages import page
from motcua.kernel.actors import Role

POSTS = (Role.CLERK, Role.SPECIALIST, Role.LEADER)


@require_http_methods(["GET", "HEAD", "POST"])
@officials_only(Role.LEADER)
def sharing(request: HttpRequest) -> HttpResponse:
    """Show who has how much in hand; share one colleague's dossiers out among those ticked."""
    by, at = actor_of(request), localtime(now())
    posts = [(role, loads(role, by=by, at=at)) for role in POSTS]
    given = request.POST if request.method == "POST" else request.GET
    role, whose = _of(given.get("cua", ""), posts)
    others = [load for r, held in posts if r is role for load in held if load is not whose]
    if request.method == "POST" and whose is not None:
        ticked = set(request.POST.getlist("cho"))
        to = {load.holder: load.open for load in others if load.holder in ticked and load.may_have}
        codes = codes_of(Wanted(holder=whose.holder), by=by, at=at, limit=MOST)
        if to and codes:
            asked = Asked(What.ASSIGN, codes, share(codes, to))
            begun = begin_bulk(asked, key_of(request), by=by, at=at)
            return redirect("dossiers:bulk-run", run=begun)
        messages.error(request, _("Tick at least one colleague who takes the dossiers over."))
    facts = {
        "posts": [(_(ROLE_WORDS[role]), held) for role, held in posts],
        "whose": whose,
        "others": others,
        "key": key_of(request),
    }
    return page(request, "desk/sharing", facts)


def _of(holder: str, posts: list[tuple[Role, tuple[Load, ...]]]) -> tuple[Role | None, Load | None]:
    for role, held in posts:
        for load in held:
            if load.holder == holder and load.open:
                return role, load
    return None, None
