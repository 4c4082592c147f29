"""The screen at the door of an office where people draw a number by touch."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motcua.agencies.queries.agencies import names_of
from motcua.agencies.queries.agencies import office as office_named
from motcua.backbone.http.requests import address_of
from motcua.backbone.limits import check_rate
from motcua.kernel.actors import Actor
from motcua.queues.operations.tickets import draw
from motcua.queues.queries.boards import how_many_wait
from motcua.queues.queries.places import services_of

MOST = 30
"""Numbers a minute from one network address: a busy door, not a flood."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def kiosk(request: HttpRequest, office: int) -> HttpResponse:
    """Offer the lines of an office; give out a number and show its slip."""
    place, at = office_named(office), now()
    if request.method == "POST":
        check_rate("queues.draw", address_of(request), times=MOST, seconds=60, at=at)
        drawn = draw(
            place.id,
            request.POST.get("dich-vu", "")[:1],
            priority="uu-tien" in request.POST,
            by=Actor.system("queues"),
            at=at,
        )
        address = reverse("queues:ticket", kwargs={"token": drawn.token})
        return redirect(f"{address}?may=1" if "may" in request.POST else address)
    facts = {
        "place": place,
        "agency": names_of([place.agency]).get(place.agency, ""),
        "services": [(x.letter, x.titled(get_language() or "vi")) for x in services_of(place.id)],
        "waiting": how_many_wait(place.id, at=at),
        "machine": "may" in request.GET,
    }
    return render(request, "queues/kiosk.html", facts)
