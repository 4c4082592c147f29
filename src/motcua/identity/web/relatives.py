"""An official's relatives, so that a colleague takes their dossiers."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from motcua.backbone.http.actors import actor_of, officials_only
from motcua.identity.operations.relatives import (
    DeclaredAlready,
    RelativeRefused,
    declare_relative,
    forget_relative,
)
from motcua.identity.queries.relatives import Relation, relatives_of_mine
from motcua.identity.web.typed import Problems, problems_in, show, typed_in


@never_cache
@officials_only()
def mine(request: HttpRequest) -> HttpResponse:
    """Show the relatives the reader declared, and take down one more."""
    if request.method != "POST":
        return _list(request, {}, [])
    typed = typed_in(request, "number", "name", "relation")
    try:
        declare_relative(**typed, by=actor_of(request), at=now())
    except (RelativeRefused, DeclaredAlready) as error:
        return _list(request, typed, problems_in(error))
    messages.success(request, _("It is written down. A colleague takes their dossiers."))
    return redirect("identity:relatives")


@require_POST
@officials_only()
def forget(request: HttpRequest, relative: int) -> HttpResponse:
    """Take a relative back that was declared in error."""
    forget_relative(relative, by=actor_of(request), at=now())
    messages.success(request, _("It is taken back."))
    return redirect("identity:relatives")


def _list(request: HttpRequest, typed: dict[str, str], problems: Problems) -> HttpResponse:
    return show(
        request,
        "relatives",
        typed=typed,
        problems=problems,
        relatives=relatives_of_mine(by=actor_of(request)),
        relations=tuple(Relation),
    )
