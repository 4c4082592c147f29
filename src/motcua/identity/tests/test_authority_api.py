"""Powers through the API: given, accepted, listed to the two, ended."""

import json
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils.timezone import localdate

from motcua.backbone.http import bearer
from motcua.identity.tests.conftest import HUONG, QUAN
from motcua.kernel.actors import Actor, Role

pytestmark = pytest.mark.django_db
HERE = "/api/v1/authorities"


@pytest.fixture
def call(client, monkeypatch):
    """Call as somebody, each time under a new key."""
    cache.clear()
    keys = iter(range(100))

    def calling(who, path="", body=None):
        monkeypatch.setattr(bearer, "_resolvers", [lambda secret, scope, at: who])
        headers = {"Authorization": "Bearer x", "Idempotency-Key": f"k{next(keys)}"}
        if body is None:
            return client.get(f"{HERE}{path}", headers=headers)
        sent = json.dumps(body)
        return client.post(f"{HERE}{path}", sent, content_type="application/json", headers=headers)

    return calling


@pytest.fixture
def power():
    return {
        "number": QUAN.personal_id,
        "name": QUAN.name,
        "purpose": "Đăng ký khai sinh cho con tôi",
        "until": (localdate() + timedelta(days=30)).isoformat(),
        "procedures": ["1.001193"],
    }


def test_a_power_is_given_accepted_and_ended(call, huong, quan, power):
    hers, his = Actor(huong, HUONG.name), Actor(quan, QUAN.name)
    given = call(hers, body=power)
    assert given.status_code == 201
    one = f"/{given.json()['id']}"
    assert call(hers, f"{one}/confirm", {}).status_code == 403
    assert call(his, f"{one}/confirm", {}).status_code == 204
    (seen,) = call(his).json()["items"]
    assert (seen["standing"], seen["mine"], seen["procedures"]) == ("confirmed", True, ["1.001193"])
    assert call(hers, f"{one}/end", {"reason": ""}).status_code == 204
    (seen,) = call(hers).json()["items"]
    assert (seen["standing"], seen["mine"]) == ("ended", False)
    assert call(his, f"{one}/end", {}).status_code == 409


def test_nobody_else_sees_or_changes_it_not_even_as_an_official(call, huong, quan, power):
    one = f"/{call(Actor(huong, HUONG.name), body=power).json()['id']}"
    official = Actor("o-1", "Cán bộ", "000.00.61.H26", frozenset({Role.CLERK}))
    for stranger in (Actor("c-3", "Nam"), official):
        assert call(stranger).json() == {"items": []}
        assert call(stranger, f"{one}/confirm", {}).status_code == 404
        assert call(stranger, f"{one}/end", {"reason": "Không đúng sự thật."}).status_code == 404


def test_a_wrong_pair_is_refused_like_one_not_known(call, huong, quan, power):
    hers = Actor(huong, HUONG.name)
    codes = {
        call(hers, body=power | wrong).json()["code"]
        for wrong in ({"name": "Trần Văn Khác"}, {"number": "001099000999"})
    }
    assert codes == {"identity.attorney-unknown"}


def test_numbers_and_names_cannot_be_tried_without_end(call, huong, quan, power):
    hers = Actor(huong, HUONG.name)
    wrong = power | {"name": "Trần Văn Khác"}
    said = [call(hers, body=wrong).status_code for _ in range(11)]
    assert said == [422] * 10 + [429]
