"""The page that explains the JSON API to those who write programs."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from motcua.portal.rules.openapi import read
from motcua.portal.web.api_statuses import STATUSES, TAGS


def documentation(
    request: HttpRequest, document: Mapping[str, Any], *, address: str
) -> HttpResponse:
    """Show what an OpenAPI document says; ``address`` is where the document itself is."""
    described = read(document, base=settings.BASE_URL)
    groups = [
        (tag, [each for each in described.endpoints if each.tag == tag])
        for tag in dict.fromkeys(each.tag for each in described.endpoints)
    ]
    facts = {
        "api": described,
        "groups": groups,
        "tags": TAGS,
        "statuses": STATUSES,
        "document": address,
        "base": settings.BASE_URL,
    }
    return render(request, "portal/api.html", facts)
