"""Who a test's browser is, without accounts."""

from motcua.kernel.actors import ANONYMOUS, Actor, Role

LAN = Actor("lan", "Lê Lan", "H46", frozenset({Role.ADMINISTRATOR}))
MINH = Actor("minh", "Minh", "H46", frozenset({Role.CLERK}))
WHO = {"lan": LAN, "minh": MINH}


class As:
    """Take the actor from the cookie ``who``."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.actor = WHO.get(request.COOKIES.get("who"), ANONYMOUS)
        return self.get_response(request)
