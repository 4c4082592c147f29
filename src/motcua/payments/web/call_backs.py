"""Where banks tell that money came."""

import structlog
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.timezone import now
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from motcua.backbone.http.refusals import problem_answer
from motcua.backbone.http.requests import address_of
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Refusal
from motcua.payments.operations.receiving import hear_call_back

log = structlog.get_logger("motcua.payments")


@csrf_exempt
@require_POST
def call_back(request: HttpRequest, provider: str) -> HttpResponse:
    """
    Hear one call-back. The signature stands in for a session, so there is no CSRF token.

    Anything but 200 means that we did not write it down, and the bank should tell us again.
    """
    try:
        heard = hear_call_back(
            provider,
            request.headers,
            request.body,
            by=Actor.system(f"payments.{provider}"),
            at=now(),
        )
    except Refusal as refusal:
        log.warning(
            "payments.call-back-refused",
            provider=provider,
            code=refusal.code,
            reason=str(refusal.__cause__ or ""),
            remote=address_of(request),
        )
        return problem_answer(refusal, request)
    return JsonResponse({"verdict": heard.verdict, "new": heard.new})
