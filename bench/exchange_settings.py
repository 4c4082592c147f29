"""The portal's settings, with a way to its handlers beside the exchange."""

from io import BytesIO
from uuid import UUID

from motcua.config.settings import *  # noqa: F403

answer_directly = {}


def _call(service, path, body):
    from django.utils.timezone import now

    from motcua.exchange.operations.serving import Call
    from motcua.kernel.actors import Actor

    return Call(
        consumer="000.00.00.H26",
        provider="000.00.00.G01",
        service=service,
        method="POST",
        path=path,
        query="",
        headers={},
        body=BytesIO(body),
        size=len(body),
        agreement="",
        purpose="prefill-form",
        entry=UUID(int=0),
        at=now(),
        by=Actor(id="direct", name="direct"),
    )


class Directly:
    """Answer ``/direct/<service>/`` where the gateway answers too, before everything else."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path.startswith("/direct/"):
            return self.get_response(request)
        from django.http import HttpResponse

        _, _, service, path = request.path.split("/")
        body = request.read()
        reply = answer_directly[service](_call(service, path, body))
        answer = HttpResponse(reply.body, content_type=reply.content_type)
        answer.measured_as = "direct"
        return answer


_gateway = MIDDLEWARE.index("motcua.exchange.web.gateway.GatewayMiddleware")  # noqa: F405
MIDDLEWARE.insert(_gateway, "bench.exchange_settings.Directly")  # noqa: F405
