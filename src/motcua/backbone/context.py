"""What every template knows besides what its view says."""

import re
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from motcua.backbone.http.actors import actor_of
from motcua.backbone.http.requests import request_id_of
from motcua.backbone.operators import operates
from motcua.kernel.actors import Actor, Role
from motcua.kernel.text import N_

Place = tuple[str, str]

CITIZENS: list[Place] = [
    ("/tim-kiem/", N_("Procedures")),
    ("/ho-so/", N_("My dossiers")),
    ("/du-lieu-cua-toi/", N_("My data")),
    ("/thong-bao/", N_("Notices")),
    ("/tro-giup/", N_("Help")),
]
"""Where the citizens' header leads: address and English name, translated when shown."""

RECEIVING: list[Place] = [("/ban-lam-viec/quay/", N_("Work at the counter"))]
"""Where it leads clerks besides: filing for others, numbers, the till."""

PARTS = {
    "/ban-lam-viec/xep-hang/": "/ban-lam-viec/quay/",
    "/ban-lam-viec/thu-ngan/": "/ban-lam-viec/quay/",
}
"""Addresses that belong to a place of the header without lying below it."""

DESK: list[Place] = [
    ("/ban-lam-viec/", N_("Dossiers to handle")),
    ("/ban-lam-viec/tai-cong-viec/", N_("Workload")),
    ("/tim-kiem/", N_("Look up procedures")),
]
"""Where the officials' header leads."""

ARRANGING: list[Place] = [
    ("/quan-tri/lich/", N_("Working calendar")),
    ("/quan-tri/goi/", N_("Service packs")),
]
"""Where it leads administrators besides."""

READING: list[Place] = [("/ban-lam-viec/bao-cao/", N_("Reports"))]
"""Where it leads those who read reports besides."""

READERS = {Role.LEADER, Role.AUDITOR, Role.ADMINISTRATOR}

EXCHANGING: list[Place] = [("/quan-tri/trao-doi/", N_("Data exchange"))]
"""Where it leads those who lead, administer or audit a ministry or a province besides."""

_FIRST_LEVEL = re.compile(r"(000\.00\.00\.)?[A-Z]\d{2}")

OPERATING: list[Place] = [("/quan-tri/viec/", N_("Jobs"))]
"""Where it leads those who look after the whole portal besides."""


def page(request: HttpRequest) -> dict[str, Any]:
    """Return what the frame of every page shows, for the one who asks."""
    return frame(request, actor_of(request))


def frame(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    """Return who reads, in which language, where the header leads and the request's name."""
    language = getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)
    runs_it = Role.ADMINISTRATOR in actor.roles
    return {
        "actor": actor,
        "language": language,
        "request_id": request_id_of(request),
        "path": request.path,
        "places": CITIZENS,
        "desk_places": [
            *DESK,
            *(RECEIVING if Role.CLERK in actor.roles else ()),
            *(READING if actor.is_official and actor.roles & READERS else ()),
            *(ARRANGING if runs_it else ()),
            *(EXCHANGING if _exchanges(actor) else ()),
            *(OPERATING if operates(actor) else ()),
        ],
        "belongs_to": next((to for part, to in PARTS.items() if request.path.startswith(part)), ""),
        "switch_to": _switch(request, "en" if language == "vi" else "vi"),
    }


def _exchanges(actor: Actor) -> bool:
    return bool(_FIRST_LEVEL.fullmatch(actor.agency or "") and actor.roles & READERS)


def _switch(request: HttpRequest, other: str) -> str:
    asked = request.GET.copy()
    asked["lang"] = other
    return f"?{asked.urlencode()}"
