"""Pages for those who look after the whole portal."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse

from motcua.backbone.http.actors import actor_of, officials_only
from motcua.backbone.operators import check_operates
from motcua.kernel.actors import Role

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def operators_only(view: View[P]) -> View[P]:
    """Let only those who look after the portal see a page."""

    @wraps(view)
    @officials_only(Role.ADMINISTRATOR)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        check_operates(actor_of(request))
        return view(request, *args, **kwargs)

    return guarded
