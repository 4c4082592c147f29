"""Steps with addresses of their own: a program takes each where its owner's post holds it."""

import json

import pytest
from django.db import transaction

from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.conftest import MONDAY, OTHER
from motcua.dossiers.tests.counter import WHY
from tests.access.test_steps_and_posts import BY_THEMSELVES, EVERYBODY, SITUATIONS, come_to

CALLS = {
    "transfer": ("transfer", {"agency": OTHER, "reason": WHY}),
    "reappoint": ("appointments", {"to": "2026-11-06T16:00:00+07:00", "reason": WHY}),
    "consult": ("opinions", {"agency": OTHER, "question": WHY, "papers": ["proof"]}),
    "reopen": ("reopening", {"reason": WHY, "working_days": 2}),
    "ask_payment": (
        "fees",
        {"reason": WHY, "fees": [{"name": "Phí", "amount": 5000, "legal": "TT 1/2020/TT-BTC"}]},
    ),
    "waive": ("waivers", {"reason": WHY}),
    "return": ("return", {"way": 2}),
    "forward": ("forward", {}),
}


@pytest.fixture(autouse=True)
def monday(monkeypatch):
    """Let it be the day on which the dossiers came, when none is due yet."""
    for place in ("further", "fees", "holding"):
        monkeypatch.setattr(f"motcua.dossiers.api.{place}.now", lambda: MONDAY)


def test_every_step_that_needs_more_has_its_call():
    assert set(CALLS) >= BY_THEMSELVES


@pytest.mark.parametrize("situation", SITUATIONS)
def test_each_is_taken_by_whom_it_is_and_by_nobody_else(world, client, situation):
    code = come_to(world, situation)
    before = Dossier.objects.filter(code=code).values().get()
    program, may = world.client("nobody"), SITUATIONS[situation][1]
    for who in (*EVERYBODY, "lan"):
        headers = {
            "Authorization": f"Bearer {world.token(who)}",
            "Idempotency-Key": "k",
            "If-Match": f'"{before["version"]}"',
        }
        for step, (place, body) in CALLS.items():
            mark = transaction.savepoint()
            answer = program.post(
                f"/api/v1/dossiers/{code}/{place}",
                json.dumps(body),
                content_type="application/json",
                headers=headers,
            )
            theirs = step in may.get(who, set())
            assert (answer.status_code < 300) == theirs, (who, step, answer.content)
            assert answer.status_code in {200, 201, 403, 404, 409, 422}, (who, step, answer.content)
            transaction.savepoint_rollback(mark)
            assert Dossier.objects.filter(code=code).values().get() == before
