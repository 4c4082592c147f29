"""Two members that call each other through the whole gateway, in this process."""

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import httpx
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections

from motcua.exchange.adapters.sending import sending_through
from motcua.exchange.models import Agreement, Service
from motcua.exchange.operations.calling import call
from motcua.exchange.operations.serving import Reply, serve
from motcua.exchange.queries.agreements import forget_agreements
from motcua.exchange.tests.places import HANOI, OPENAPI, POLICE

ECHO = "echo.v1"
SIGNALS = (request_started, request_finished)
"""On which Django closes the connection that a test's transaction is on."""
BODY = b'{"a": 1}'


def now():
    return datetime.now(UTC)


def echo(call):
    """Say the same again."""
    return Reply(body=call.body.read() or b"{}", headers={"x-path": f"{call.path}?{call.query}"})


def offered(handler=echo, service=ECHO, provider=POLICE):
    """Have a service offered and answered."""
    serve(service, handler, openapi=lambda: OPENAPI, title_vi="Thử", title_en="Try")
    row, _ = Service.objects.get_or_create(
        provider_id=provider,
        code=service,
        defaults={"title": "Thử", "owner": "G01", "opened_at": now(), "changed_at": now()},
    )
    return row


def agreement(*purposes, consumer=HANOI, **facts):
    """Have an agreement in force between Hà Nội and the police."""
    at = now()
    known = {
        "id": uuid4(),
        "consumer_id": consumer,
        "service": facts.get("service") or offered(),
        "purposes": list(purposes or ("settle-dossier",)),
        "standing": "in-force",
        "valid_from": at - timedelta(days=1),
        "valid_until": at + timedelta(days=1),
        "reason": "thử",
        "legal_basis": "thử",
        "asked_by": "a",
        "asked_by_name": "a",
        "asked_at": at,
        "first_by": "b",
        "second_by": "c",
    }
    made = Agreement.objects.create(**known | facts)
    forget_agreements()
    return made


class Once(httpx.SyncByteStream):
    """A body that is read as it comes, as from a socket."""

    def __init__(self, body):
        self.body = body

    def __iter__(self):
        yield self.body


class Line(httpx.WSGITransport):
    """The wire between both: what passes can be seen, changed and kept."""

    def __init__(self):
        super().__init__(app=get_wsgi_application(), raise_app_exceptions=True)
        self.requests = []
        self.on_request = self.on_answer = lambda message: message

    def handle_request(self, request):
        request.read()
        request = self.on_request(request) or request
        self.requests.append(request)
        for signal in SIGNALS:
            signal.disconnect(close_old_connections)
        answer = super().handle_request(request)
        answer.read()
        answer = self.on_answer(answer) or answer
        return httpx.Response(
            answer.status_code, headers=answer.headers, stream=Once(answer.content)
        )


@contextmanager
def line():
    """Have calls pass through this process alone, in the transaction of the test."""
    wire = Line()
    try:
        with sending_through(wire):
            yield wire
    finally:
        for signal in SIGNALS:
            signal.connect(close_old_connections)


def ask(**given):
    """Call the echo of the police in Hà Nội's name."""
    return call(POLICE, ECHO, **{"purpose": "settle-dossier", "at": now(), "body": BODY} | given)
