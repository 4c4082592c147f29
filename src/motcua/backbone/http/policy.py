"""What a page may load, said in the header ``Content-Security-Policy`` of each answer."""

from functools import cached_property

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase


class PolicyMiddleware(CSPMiddleware):
    """
    django-csp's, which says what is the same for most answers without making it up each time.

    An answer that asks for something else (``csp_update`` and the like) is its own matter still.
    """

    @cached_property
    def usual(self) -> str:
        """The header of an answer that asks for nothing else."""
        return str(super().process_response(HttpRequest(), HttpResponse())[HEADER])

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Say what the page may load."""
        if any(name.startswith("_csp") for name in (*vars(response), *vars(request))):
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, self.usual)
        return response
