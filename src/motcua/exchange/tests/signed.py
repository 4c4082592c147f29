"""Who a test's browser is, without accounts: those live in a room above."""

from motcua.exchange.tests import conftest
from motcua.kernel.actors import ANONYMOUS, Actor

WHO = {
    "admin": conftest.ADMIN,
    "auditor": conftest.AUDITOR,
    "clerk": conftest.CLERK,
    "hue": conftest.HUE_ADMIN,
    "leader": conftest.LEADER,
    "second": conftest.SECOND,
    "stranger": conftest.STRANGER,
    "citizen": Actor("citizen", "Ai Đó"),
}


class As:
    """Take the actor from the cookie ``who``."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.actor = WHO.get(request.COOKIES.get("who"), ANONYMOUS)
        return self.get_response(request)
