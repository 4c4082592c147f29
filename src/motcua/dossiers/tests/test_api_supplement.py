"""What the pages of a supplement and of giving away can do, programs can do, too."""

import json

import pytest

from motcua.backbone.http import bearer
from motcua.dossiers.models import Dossier
from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.queries.dossiers import dossier
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.tests.conftest import MONDAY, WARD, a_file
from motcua.dossiers.tests.counter import WHY, Counter
from motcua.kernel.actors import Role

SAID = "Tôi không còn giữ giấy này."
ANSWER = {"full_name": "Nguyễn Thị Lan Anh"}


@pytest.fixture
def counter(definition):
    return Counter(definition).open()


@pytest.fixture
def code(counter):
    code = counter.file().code
    counter.walk(code, Step.ACCEPT, Step.FORWARD)
    return code


@pytest.fixture
def asked(counter, code):
    """Ask for a paper and a field."""
    details = {"papers": ["proof"], "fields": ["full_name"]}
    by = counter.actor("specialist")
    take_step(code, Step.ASK_SUPPLEMENT, by=by, at=MONDAY, reason=WHY, details=details)
    return f"/dossiers/{code}/supplement"


@pytest.fixture
def get(counter, client, monkeypatch):
    def getting(who, path):
        monkeypatch.setattr(bearer, "_resolvers", [lambda secret, scope, at: counter.actor(who)])
        return client.get(f"/api/v1{path}", headers={"Authorization": "Bearer x"})

    return getting


@pytest.fixture
def post(counter, client, monkeypatch):
    """Post as somebody, each time under a new key, having seen a version: the present one."""
    keys = iter(range(100))

    def posting(who, path, body=None, version=None):
        monkeypatch.setattr(bearer, "_resolvers", [lambda secret, scope, at: counter.actor(who)])
        version = version or Dossier.objects.get().version
        headers = {"Authorization": "Bearer x", "Idempotency-Key": f"k{next(keys)}"}
        headers["If-Match"] = f'"{version}"'
        sent = json.dumps(body or {})
        return client.post(f"/api/v1{path}", sent, "application/json", headers=headers)

    return posting


def places(answer):
    assert (answer.status_code, answer.json()["code"]) == (422, "dossiers.part-lacks")
    return [each["at"] for each in answer.json()["problems"]]


def test_half_an_answer_is_refused_until_it_is_said_what_is_left_out(counter, post, code, asked):
    assert places(post("lan", asked)) == ["proof", "full_name"]
    assert places(post("lan", asked, {"answers": ANSWER})) == ["proof"]
    assert places(post("lan", asked, {"answers": ANSWER, "lacking": {"proof": " "}})) == ["proof"]
    same = {"answers": {"full_name": dossier(code, by=counter.actor("lan"), at=MONDAY).answers}}
    assert post("lan", asked, same).status_code == 422
    ticked = {"lacking": {"proof": SAID, "full_name": ""}, "note": "Đã đúng"}
    done = post("lan", asked, ticked)
    assert (done.status_code, done.json()["state"]) == (200, "in_process")
    assert done["ETag"] == f'"{Dossier.objects.get().version}"'
    last = dossier(code, by=counter.actor("lan"), at=MONDAY).history[-1]
    assert (last.reason, last.details["lacking"]) == ("Đã đúng", ["proof", "full_name"])
    assert last.details["lacking_why"] == [SAID, ""]


def test_papers_and_answers_are_handed_in_at_once_or_not_at_all(counter, post, code, asked):
    lan, before = counter.actor("lan"), Dossier.objects.get().papers["proof"]
    file = a_file(lan)
    wrong = post("lan", asked, {"papers": {"proof": [file]}, "answers": {"copies": 2}})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "dossiers.not-asked-for")
    assert "given" not in Dossier.objects.get().asked
    whole = {"papers": {"proof": [file]}, "answers": ANSWER}
    assert post("lan", asked, whole, version=1).status_code == 412
    assert post("nam", asked, whole).status_code == 404
    assert post("clerk", asked, whole).status_code == 403
    theirs = {"papers": {"proof": [a_file(counter.actor("nam"))]}, "answers": ANSWER}
    assert post("lan", asked, theirs).status_code == 404
    assert post("lan", asked, whole).status_code == 200
    row = Dossier.objects.get()
    assert (row.papers["proof"], row.answers["full_name"]) == ([file], ANSWER["full_name"])
    assert "lacking" not in dossier(code, by=lan, at=MONDAY).history[-1].details
    assert before != [file]
    assert post("lan", asked, whole).status_code == 409


def test_a_dossier_is_given_away_from_nobody_who_took_it_meanwhile(counter, post, get, code):
    here, to = f"/dossiers/{code}", {"to": counter.actor("specialist").id}
    counter._official("second", Role.SPECIALIST, WARD)
    assert get("leader", here).json()["holder"] == ""
    assert post("second", f"{here}/hold").status_code == 204
    stale = post("leader", f"{here}/assign", to | {"was": ""})
    assert (stale.status_code, stale.json()["code"]) == (409, "dossiers.no-longer-theirs")
    assert stale.json()["title"].startswith("Sau đó đã có người khác giữ hồ sơ này")
    seen = get("leader", here).json()["holder"]
    assert seen == Dossier.objects.get().holder == counter.actor("second").id
    assert get("lan", here).json()["holder"] == ""
    assert post("lan", f"{here}/assign", to | {"was": ""}).status_code == 403
    assert post("leader", f"{here}/assign", to | {"was": seen}).status_code == 204
    assert Dossier.objects.get().holder == to["to"]
    assert post("leader", f"{here}/assign", {"to": seen}).status_code == 204
