from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import RequestFactory

from motcua.backbone.http.bearer import Bearer
from motcua.identity.models import Account, Token
from motcua.identity.operations.tokens import issue_token
from motcua.identity.queries.people import NoSuchPerson
from motcua.identity.queries.tokens import actor_of_token
from motcua.identity.tests.conftest import MINISTRY, NOON, PORTAL
from motcua.kernel.actors import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def secret(clerk):
    return issue_token(
        clerk,
        name="Phần mềm một cửa",
        days=30,
        scopes=["read"],
        agency=MINISTRY,
        by=PORTAL,
        at=NOON,
    )


def test_a_program_acts_as_its_person_within_their_posts(secret, clerk):
    actor = actor_of_token(secret, scope="read", at=NOON)
    assert actor.id == clerk
    assert actor.serves(MINISTRY, Role.CLERK)


def test_a_token_takes_one_statement_while_posts_are_known(secret, django_assert_num_queries):
    actor_of_token(secret, scope="read", at=NOON)
    with django_assert_num_queries(1):
        actor_of_token(secret, scope="read", at=NOON)


def test_a_secret_is_kept_nowhere(secret):
    token = Token.objects.get()
    assert secret.encode() not in bytes(token.digest)
    assert secret.startswith("mct_")


def test_a_token_does_only_what_it_may_for_as_long_as_it_may(secret):
    assert actor_of_token(secret, scope="write", at=NOON) is None
    assert actor_of_token(secret, scope="read", at=NOON + timedelta(days=30)) is None
    assert actor_of_token(secret + "x", scope="read", at=NOON) is None
    Account.objects.update(is_active=False)
    assert actor_of_token(secret, scope="read", at=NOON) is None


def test_no_token_is_made_for_nobody():
    with pytest.raises(NoSuchPerson):
        issue_token("x", name="x", days=1, scopes=[], by=PORTAL, at=NOON)


def test_the_command_prints_the_secret_and_the_api_knows_it(clerk):
    out = StringIO()
    call_command("token", "quan@example.vn", name="Kiểm thử", read_only=True, stdout=out)
    (secret,) = out.getvalue().split()
    headers = {"HTTP_AUTHORIZATION": f"Bearer {secret}"}
    request = RequestFactory().get("/api/v1/", **headers)
    for _ in range(2):
        assert Bearer()(request).id == clerk
    assert request.actor.id == clerk
    assert Token.objects.get().used_at is not None
    assert Bearer()(RequestFactory().post("/api/v1/", **headers)) is None
    assert Bearer()(RequestFactory().get("/api/v1/", HTTP_AUTHORIZATION="Bearer x")) is None


def test_the_command_knows_no_strangers():
    with pytest.raises(CommandError):
        call_command("token", "nobody@example.vn", name="x")
