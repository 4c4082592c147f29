"""What the exchange tells everybody: anchors, members, services, revoked certificates."""

from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.timezone import now
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from motcua.backbone.http.refusals import problem_answer
from motcua.exchange.operations.inviting import admit
from motcua.exchange.queries.services import described, services
from motcua.exchange.queries.trust import anchors_pem, members_document, revoked
from motcua.exchange.rules.directory import read_joining
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Refusal

JSON: dict[str, Any] = {"ensure_ascii": False, "indent": 1}


@require_safe
def anchors(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Give the certificates of the authorities that are believed here (PEM)."""
    return HttpResponse(anchors_pem(), content_type="application/x-pem-file")


@require_safe
def members(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Give every member with its state and certificates."""
    return JsonResponse({"members": members_document()}, json_dumps_params=JSON)


@require_safe
def revocations(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Give the signed list of what our own authority has revoked (CRL, RFC 5280)."""
    return HttpResponse(revoked(at=now()), content_type="application/pkix-crl")


@csrf_exempt
@require_POST
def join(request: HttpRequest) -> HttpResponse:
    """Let a portal join that shows a code: certify its key, tell it who is believed."""
    try:
        joined = admit(read_joining(request.body), by=Actor.system("federation"), at=now())
    except Refusal as refusal:
        return problem_answer(refusal, request)
    return HttpResponse(msgspec.json.encode(joined), content_type="application/json")


@require_safe
def offered(request: HttpRequest) -> HttpResponse:
    """Give every service with the address of its description."""
    known = [
        {
            "provider": one.provider,
            "service": one.code,
            "title": one.title,
            "title_en": one.title_en,
            "owner": one.owner,
            "openapi": request.build_absolute_uri(
                f"/trao-doi/.well-known/services/{one.provider}/{one.code}/"
            ),
        }
        for one in services()
    ]
    return JsonResponse({"services": known}, json_dumps_params=JSON)


@require_safe
def openapi(request: HttpRequest, provider: str, code: str) -> HttpResponse:  # noqa: ARG001
    """Give the OpenAPI document of one service."""
    return JsonResponse(described(provider, code), json_dumps_params=JSON)
