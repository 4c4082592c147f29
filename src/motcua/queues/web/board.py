"""The big screen of an office: who is called where."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime, now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from motcua.agencies.queries.agencies import names_of
from motcua.agencies.queries.agencies import office as office_named
from motcua.queues.queries.boards import board


@never_cache
@require_safe
def show(request: HttpRequest, office: int) -> HttpResponse:
    """Show the last calls; the page asks again by itself, with JavaScript or without."""
    place, at = office_named(office), localtime(now())
    facts = {
        "place": place,
        "agency": names_of([place.agency]).get(place.agency, ""),
        "board": board(place.id, at=at),
        "at": at,
    }
    return render(request, "queues/board.html", facts)
