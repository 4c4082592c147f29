"""What waits to be sent to other portals, for those who look after this one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from motcua.backbone.http.actors import actor_of, officials_only
from motcua.forwarding.operations.again import try_again
from motcua.forwarding.queries.waiting import PAGE, waiting
from motcua.kernel.actors import Role


@require_safe
@officials_only(Role.ADMINISTRATOR)
def waiting_list(request: HttpRequest) -> HttpResponse:
    """Show each, since when it waits, how often it was tried and what went wrong last."""
    found = waiting(by=actor_of(request), after=request.GET.get("sau", ""))
    facts = {
        "rows": found[:PAGE],
        "next": f"?sau={found[PAGE - 1].cursor}" if len(found) > PAGE else None,
    }
    return render(request, "forwarding/waiting.html", facts)


@require_POST
@officials_only(Role.ADMINISTRATOR)
def again(request: HttpRequest, code: str) -> HttpResponse:
    """Try now what waits of one dossier."""
    try_again(code, by=actor_of(request), at=localtime(now()))
    messages.success(request, _("It is tried now. Reload the page in a moment."))
    return redirect("forwarding:waiting")
