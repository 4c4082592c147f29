"""Who a test's browser is, without accounts: those live in a room above."""

from motcua.agencies.tests.conftest import CHIEF
from motcua.kernel.actors import ANONYMOUS

WHO = {"chief": CHIEF}


class As:
    """Take the actor from the cookie ``who``."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.actor = WHO.get(request.COOKIES.get("who"), ANONYMOUS)
        return self.get_response(request)
