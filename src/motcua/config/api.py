"""The JSON API: every room's endpoints under one description (OpenAPI 3.1)."""

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from motcua import __version__
from motcua.backbone.http.bearer import Bearer
from motcua.backbone.http.characters import VisibleParser
from motcua.backbone.http.refusals import NotSignedIn, answer_to
from motcua.backbone.http.unreadable import said_of
from motcua.catalogue.api import router as procedures
from motcua.dossiers.api.counter import router as counter
from motcua.dossiers.api.drafts import router as drafts
from motcua.dossiers.api.fees import router as fees
from motcua.dossiers.api.handovers import router as handovers
from motcua.dossiers.api.holding import router as holding
from motcua.dossiers.api.linked import router as linked
from motcua.dossiers.api.listing import router as dossiers
from motcua.dossiers.api.opinions import router as further
from motcua.dossiers.api.questions import router as questions
from motcua.dossiers.api.remarks import router as remarks
from motcua.dossiers.api.runs import router as runs
from motcua.dossiers.api.standing import router as standing
from motcua.dossiers.api.supplement import router as supplement
from motcua.files.api import router as files
from motcua.forwarding.api.desk import router as forwarded
from motcua.identity.api import router as authorities
from motcua.kernel.errors import Invalid, NotFound, Refusal
from motcua.kernel.text import N_
from motcua.portal.web import api as explained
from motcua.reporting.api import router as reports

api = NinjaAPI(
    title="Một Cửa",
    version=__version__,
    description="Find procedures, file dossiers, follow them. Errors are RFC 9457 problems.",
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="api",
    parser=VisibleParser(),
)
api.add_router("", procedures)
api.add_router("", files, auth=Bearer())
api.add_router("", dossiers, auth=Bearer())
api.add_router("", drafts, auth=Bearer())
api.add_router("", linked, auth=Bearer())
api.add_router("", further, auth=Bearer())
api.add_router("", fees, auth=Bearer())
api.add_router("", supplement, auth=Bearer())
for of_desk in (remarks, holding, handovers, runs, questions, standing, counter, forwarded):
    api.add_router("", of_desk, auth=Bearer())
api.add_router("", authorities, auth=Bearer())
api.add_router("", reports, auth=Bearer())


@require_safe
def documentation(request: HttpRequest) -> HttpResponse:
    """Explain the API on a page, from the document that machines read."""
    document = cast("dict[str, Any]", api.get_openapi_schema())
    return explained.documentation(request, document, address=reverse("api:openapi-json"))


class BadRequest(Invalid):
    code = "bad-request"
    message = N_("This request cannot be read: {why}")


@api.exception_handler(Refusal)
def refused(request: HttpRequest, error: Refusal) -> HttpResponse:
    """Answer a refusal of the domain."""
    return answer_to(error, request)


@api.exception_handler(ValidationError)
def not_valid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Name every place of the request that does not fit its schema."""
    problems = [
        {"at": ".".join(str(part) for part in found["loc"]), "message": said_of(found)}
        for found in error.errors
    ]
    return answer_to(Invalid(problems=problems), request)


@api.exception_handler(AuthenticationError)
def not_signed_in(request: HttpRequest, error: AuthenticationError) -> HttpResponse:  # noqa: ARG001
    """Say how to be let in."""
    answer = answer_to(NotSignedIn(), request)
    answer["WWW-Authenticate"] = 'Bearer realm="motcua"'
    return answer


@api.exception_handler(HttpError)
def not_readable(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Answer a request that is no JSON."""
    answer = answer_to(BadRequest(why=str(error)), request)
    answer.status_code = error.status_code
    return answer


@api.exception_handler(Http404)
def not_there(request: HttpRequest, error: Http404) -> HttpResponse:  # noqa: ARG001
    """Answer for an address that leads nowhere."""
    return answer_to(NotFound(), request)
