"""One procedure as data: RDF Turtle or JSON-LD, in the words of CPSV-AP."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from motcua.backbone.http.public_pages import same_for_strangers
from motcua.catalogue.queries.cpsv import Format, service_as

_WANTED = {form.media_type: form for form in Format}


@require_safe
@same_for_strangers(seconds=30)
def one(request: HttpRequest, code: str, form: Format) -> HttpResponse:  # noqa: ARG001
    """Tell a procedure to other machines."""
    told = service_as(form, code, base=settings.BASE_URL, on=localdate())
    answer = HttpResponse(told, content_type=f"{form.media_type}; charset=utf-8")
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Link"] = f'<{_page(code)}>; rel="describes"'
    return answer


def wanted(request: HttpRequest) -> Format | None:
    """Return the form a machine asks a page for by its name, or None: then it gets the page."""
    kinds = (
        part.partition(";")[0].strip() for part in request.headers.get("Accept", "").split(",")
    )
    return next((_WANTED[kind] for kind in kinds if kind in _WANTED), None)


def led_to_data(code: str, form: Format) -> HttpResponse:
    """Lead from the page of a procedure to its data (303: what is there is about it, not it)."""
    answer = HttpResponse(status=303)
    answer["Location"] = reverse(f"catalogue:procedure-{form.ending}", kwargs={"code": code})
    answer["Vary"] = "Accept"
    return answer


def _page(code: str) -> str:
    return settings.BASE_URL + reverse("catalogue:procedure", kwargs={"code": code})
