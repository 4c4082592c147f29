"""Form 06 for programs: the same figures, a field at a time too."""

import pytest

from motcua.backbone.http import bearer
from tests.reporting.conftest import LEADER

ADDRESS = "/api/v1/reports/form-06"


@pytest.fixture
def ask(dossiers, client, monkeypatch):
    monkeypatch.setattr(bearer, "_resolvers", [lambda secret, scope, at: LEADER])

    def asking(**asked):
        headers = {"Authorization": "Bearer x"}
        return client.get(ADDRESS, {"period": "2026-M11"} | asked, headers=headers)

    return asking


def test_one_field_is_a_part_of_the_whole(ask):
    whole = ask().json()["total"]["received"]
    named = ask(field="Hộ tịch").json()["total"]["received"]
    unnamed = ask(field="").json()["total"]["received"]
    assert (whole, named, unnamed) == (7, 0, 7)


def test_a_period_that_is_none_is_told(ask):
    assert ask(period="2026-M13").status_code == 422
    assert ask(field="x" * 201).status_code == 422
