"""The portal's settings, with a way to its handlers beside the exchange."""

from io import BytesIO
from types import SimpleNamespace

from motcua.config.settings import *  # noqa: F403

answer_directly = {}


class Directly:
    """Answer ``/direct/<service>/`` where the gateway answers too, before everything else."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path.startswith("/direct/"):
            return self.get_response(request)
        from django.http import HttpResponse

        handler = answer_directly[request.path.split("/")[2]]
        reply = handler(SimpleNamespace(body=BytesIO(request.read())))
        answer = HttpResponse(reply.body, content_type=reply.content_type)
        answer.measured_as = "direct"
        return answer


_gateway = MIDDLEWARE.index("motcua.exchange.web.gateway.GatewayMiddleware")  # noqa: F405
MIDDLEWARE.insert(_gateway, "bench.exchange_settings.Directly")  # noqa: F405
