"""Whatever a program sends to the JSON API, it gets an answer that our own description allows."""

import hypothesis
import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections

from motcua.backbone.http import bearer
from motcua.kernel.actors import Actor

DESCRIPTION = "/api/v1/openapi.json"
HUONG = Actor("00000000-0000-7000-8000-000000000001", "Nguyễn Thị Hương")

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _known(monkeypatch):
    """Let every secret be Hương's; tokens are tested where they are kept."""
    monkeypatch.setattr(bearer, "_resolvers", [lambda secret, scope, at: HUONG])


@pytest.fixture(autouse=True)
def _one_transaction():
    """Keep the test's own connection open between requests, as Django's test client does."""
    for moment in (request_started, request_finished):
        moment.disconnect(close_old_connections)
    yield
    for moment in (request_started, request_finished):
        moment.connect(close_old_connections)


def test_no_request_breaks_the_api():
    described = schemathesis.openapi.from_wsgi(DESCRIPTION, get_wsgi_application())
    operations = [found.ok() for found in described.get_all_operations()]
    assert len(operations) >= 4
    for operation in operations:

        @hypothesis.settings(max_examples=25, suppress_health_check=list(hypothesis.HealthCheck))
        @hypothesis.given(case=operation.as_strategy())
        def any_request(case):
            case.headers = {**(case.headers or {}), "Authorization": "Bearer any"}
            answer = case.call()
            assert answer.status_code < 500, answer.text
            assert str(answer.status_code) in operation.definition.raw["responses"], answer.text  # noqa: B023

        any_request()
