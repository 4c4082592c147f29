"""Further steps through the API: each with the version seen, once for each key."""

import json

import pytest

from motcua.backbone.http import bearer
from motcua.dossiers.models import Dossier, Opinion
from motcua.dossiers.operations.results import issue_result
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.tests.conftest import MONDAY, OTHER, SYSTEM
from motcua.dossiers.tests.counter import WHY, Counter
from motcua.kernel.actors import Actor, Role


@pytest.fixture
def counter(definition, monkeypatch):
    monkeypatch.setattr("motcua.dossiers.api.further.now", lambda: MONDAY)
    return Counter(definition).open()


@pytest.fixture
def post(counter, client, monkeypatch):
    """Post as somebody, each time under a new key."""
    keys = iter(range(100))

    def posting(who, path, body, code=None):
        monkeypatch.setattr(bearer, "_resolvers", [lambda secret, scope, at: who])
        headers = {"Authorization": "Bearer x", "Idempotency-Key": f"k{next(keys)}"}
        if code:
            headers["If-Match"] = f'"{Dossier.objects.get(code=code).version}"'
        return client.post(
            f"/api/v1{path}", json.dumps(body), content_type="application/json", headers=headers
        )

    return posting


@pytest.fixture
def code(counter):
    code = counter.file().code
    counter.walk(code, Step.ACCEPT, Step.FORWARD)
    return code


def test_each_further_step_has_its_address(counter, post, code):
    here = f"/dossiers/{code}"
    specialist, leader, clerk = (counter.actor(x) for x in ("specialist", "leader", "clerk"))
    later = {"to": "2026-11-06T16:00:00+07:00", "reason": WHY}
    assert post(specialist, f"{here}/appointments", later, code).status_code == 200
    asked = {"agency": OTHER, "question": WHY, "papers": ["proof"]}
    opinion = post(specialist, f"{here}/opinions", asked, code).json()["id"]
    assert post(leader, f"/opinions/{opinion}/recall", {}).status_code == 204
    opinion = post(specialist, f"{here}/opinions", asked, code).json()["id"]
    there = Actor("o-there", "Ở đó", OTHER, frozenset({Role.SPECIALIST}))
    given = {"view": "agrees", "text": WHY}
    assert post(there, f"/opinions/{opinion}", given).status_code == 204
    assert Opinion.objects.filter(state="given").count() == 1
    counter.walk(code, Step.PROPOSE, Step.APPROVE)
    issue_result(code, by=SYSTEM, at=MONDAY)
    assert post(clerk, f"{here}/return", {"way": 2}, code).json()["state"] == "returned"
    again = post(leader, f"{here}/reopening", {"reason": WHY, "working_days": 2}, code)
    assert again.json()["state"] == "in_process"
    passed = post(leader, f"{here}/transfer", {"agency": OTHER, "reason": WHY}, code)
    assert passed.json()["state"] == "new"


def test_fees_are_asked_and_dossiers_claimed(counter, post, code):
    fee = {"name": "Phí thẩm định", "amount": 5000, "legal": "TT 1/2020/TT-BTC"}
    body = {"reason": WHY, "fees": [fee]}
    specialist = counter.actor("specialist")
    waiting = post(specialist, f"/dossiers/{code}/fees", body, code)
    assert waiting.json()["state"] == "payment"
    wrong = post(counter.actor("lan"), "/claims", {"code": code, "secret": "XXXXXX"})
    assert wrong.status_code == 404
    Dossier.objects.filter(code=code).update(claim="ABC234")
    right = post(counter.actor("nam"), "/claims", {"code": code, "secret": "abc 234"})
    assert right.json() == {"code": code}


def test_secrets_of_receipts_cannot_be_tried_without_end(counter, post, code):
    """A refusal undoes what it wrote, but not that it was tried."""
    lan, wrong = counter.actor("lan"), {"code": code, "secret": "XXXXXX"}
    answers = [post(lan, "/claims", wrong) for _ in range(11)]
    assert [answer.status_code for answer in answers] == [404] * 10 + [429]
    assert answers[-1].json()["code"] == "too-often"
    assert int(answers[-1]["Retry-After"]) > 0
    assert post(counter.actor("nam"), "/claims", wrong).status_code == 404


def test_an_opinion_is_asked_on_the_papers_that_were_looked_at(counter, client, monkeypatch, code):
    """Asking shares the papers as they are: not those that came since the caller looked."""
    specialist = counter.actor("specialist")
    monkeypatch.setattr(bearer, "_resolvers", [lambda secret, scope, at: specialist])
    headers = {"Authorization": "Bearer x", "Idempotency-Key": "k", "If-Match": '"1"'}
    asked = json.dumps({"agency": OTHER, "question": WHY, "papers": ["proof"]})
    address = f"/api/v1/dossiers/{code}/opinions"
    stale = client.post(address, asked, content_type="application/json", headers=headers)
    assert stale.status_code == 412
    assert not Opinion.objects.exists()


@pytest.fixture
def get(counter, client, monkeypatch):
    def getting(who, path):
        monkeypatch.setattr(bearer, "_resolvers", [lambda secret, scope, at: who])
        return client.get(f"/api/v1{path}", headers={"Authorization": "Bearer x"})

    return getting


def test_opinions_are_listed_to_the_two_agencies_and_to_nobody_else(counter, post, get, code):
    specialist, lan = counter.actor("specialist"), counter.actor("lan")
    there = Actor("o-there", "Ở đó", OTHER, frozenset({Role.SPECIALIST}))
    asked = {"agency": OTHER, "question": WHY, "papers": ["proof"]}
    opinion = post(specialist, f"/dossiers/{code}/opinions", asked, code).json()["id"]

    def ids(who, path):
        return [each["id"] for each in get(who, path).json()["items"]]

    assert ids(specialist, "/opinions?which=awaited") == [opinion]
    assert ids(specialist, "/opinions") == []
    assert ids(there, "/opinions") == [opinion]
    assert ids(specialist, f"/dossiers/{code}/opinions") == [opinion]
    assert ids(lan, f"/dossiers/{code}/opinions") == ids(lan, "/opinions?which=awaited") == []
    assert get(there, f"/dossiers/{code}/opinions").status_code == 404
    post(there, f"/opinions/{opinion}", {"view": "agrees", "text": WHY})
    (ended,) = get(there, "/opinions?which=ended").json()["items"]
    assert (ended["id"], ended["view"], ended["state"]) == (opinion, "agrees", "given")
    assert ids(specialist, "/opinions?which=awaited") == []
