"""Where an agency's administrators and leaders set up the lines of its offices."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.agencies.queries.agencies import names_of, offices_of
from motcua.backbone.http.actors import actor_of, officials_only
from motcua.backbone.http.attempts import attempt
from motcua.backbone.http.refusals import Malformed, sentence_of
from motcua.kernel.actors import Role
from motcua.kernel.errors import Refusal
from motcua.queues.operations.places import arrange_service
from motcua.queues.queries.places import services_of


@require_http_methods(["GET", "HEAD", "POST"])
@officials_only(Role.ADMINISTRATOR, Role.LEADER)
def services(request: HttpRequest) -> HttpResponse:
    """Show the lines of each office, and take a new or changed one."""
    agency = actor_of(request).agency or ""
    if request.method == "POST":
        return _arrange(request)
    facts = {
        "agency": names_of([agency]).get(agency, ""),
        "offices": [(x, services_of(x.id, closed_too=True)) for x in offices_of(agency)],
    }
    return render(request, "queues/services.html", facts)


def _arrange(request: HttpRequest) -> HttpResponse:
    given = request.POST
    number, minutes = given.get("noi", ""), given.get("phut", "")
    if not (number.isdecimal() and len(number) < 10):
        raise Malformed
    change = partial(
        arrange_service,
        int(number),
        given.get("chu", "").strip().upper()[:2],
        given.get("ten", ""),
        title_en=given.get("ten-en", ""),
        usual_minutes=int(minutes) if minutes.isdecimal() and len(minutes) < 4 else 0,
        is_open="mo" in given,
        by=actor_of(request),
        at=now(),
    )
    if isinstance(refused := attempt(change), Refusal):
        messages.error(request, sentence_of(refused))
    else:
        messages.success(request, _("The line was changed."))
    return redirect("queues:services")
