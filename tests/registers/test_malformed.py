"""Registers whose feed or whose system's answer cannot be read."""

import json
from dataclasses import replace

import pytest

from motcua.exchange.operations.serving import Reply
from motcua.registrar.api import gateway
from motcua.registrar.tests.world import HUONG
from motcua.registries.adapters.base import Asking, RegistryAnswersWrongly, Wish
from motcua.registries.adapters.registry import registry
from motcua.registries.models import Followed, Heard
from motcua.registries.operations.objecting import hear_answers
from motcua.registries.queries.answers import Register
from tests.registers.asking import now


def entry(cursor, **facts):
    return {"cursor": cursor, "kind": "record", "person": HUONG, "key": "k", "facts": {}} | facts


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"{}",
        b"[" * 5_000,
        b'["\xff"]',
        json.dumps([entry("1")]).encode(),
        json.dumps([entry(1, facts={"told": "\0"})]).encode(),
        json.dumps([entry(0)]).encode(),
        json.dumps([entry(2), entry(1)]).encode(),
        json.dumps([entry(2**63)]).encode(),
    ],
    ids=["nothing", "shape", "deep", "bytes", "type", "NUL", "same", "back", "beyond"],
)
def test_a_feed_that_cannot_be_read_is_told_as_such_and_moves_nothing(owners, monkeypatch, said):
    monkeypatch.setattr(gateway, "_changes", lambda *_: Reply(body=said))
    Followed.objects.create(register="population", person=HUONG)
    with pytest.raises(RegistryAnswersWrongly):
        hear_answers(at=now())
    assert not Heard.objects.exists()


@pytest.mark.parametrize("body", [b"<h1>500</h1>", b"[]"])
def test_a_fault_of_a_register_s_system_is_no_answer(owners, monkeypatch, body):
    monkeypatch.setattr(gateway, "_changes", lambda *_: Reply(500, body, "text/html"))
    monkeypatch.setattr(gateway, "_correction", lambda *_: Reply(500, body, "text/html"))
    there, asking = registry(Register.POPULATION), Asking("correct-data", now(), 10.0)
    with pytest.raises(RegistryAnswersWrongly):
        there.correct(Wish("1", HUONG, HUONG, "name", "a", "b", ""), asking)
    with pytest.raises(RegistryAnswersWrongly):
        there.changes(0, replace(asking, purpose="notify-change"))
