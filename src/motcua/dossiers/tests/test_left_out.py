"""Of what was asked to be put on a list or into a run, nothing is dropped without a word."""

import json
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.backbone.http import bearer
from motcua.dossiers.models import Dossier
from motcua.dossiers.operations.handovers import MOST, hand_over
from motcua.dossiers.queries.bulk import UnknownRun, left_out_of_run
from motcua.dossiers.queries.handovers import handover
from motcua.dossiers.rules.left_out import LeftOut, Why
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.tests.conftest import MONDAY, refused
from motcua.dossiers.tests.counter import Counter, check_shape, text_of

DESK = "/ban-lam-viec/"
UNKNOWN = "Cơ quan bạn không có hồ sơ mang mã này. Hãy kiểm tra lại mã."


@pytest.fixture
def counter(definition):
    return Counter(definition).open()


@pytest.fixture
def codes(counter):
    codes = [counter.file().code for _ in range(3)]
    for code in codes:
        counter.walk(code, Step.ACCEPT, Step.FORWARD)
    return codes


@pytest.fixture
def call(counter, client, monkeypatch):
    """Call the API as the clerk: read, or post a body."""

    def calling(path, body=None):
        monkeypatch.setattr(
            bearer, "_resolvers", [lambda secret, scope, at: counter.actor("clerk")]
        )
        headers = {"Authorization": "Bearer x", "Idempotency-Key": str(uuid4())}
        if body is None:
            return client.get(f"/api/v1{path}", headers=headers)
        sent = json.dumps(body)
        return client.post(f"/api/v1{path}", sent, "application/json", headers=headers)

    return calling


def give(counter, codes):
    return hand_over(codes, "", by=counter.actor("clerk"), at=MONDAY)


def test_what_is_not_on_a_list_is_named_with_the_reason(counter, codes):
    new, there = counter.file().code, counter.actor("stranger")
    give(counter, codes[:1])
    Dossier.objects.filter(code=codes[1]).update(agency=there.agency)
    made = give(counter, [*codes, new, "khong-co", codes[2]])
    seen = handover(made, by=counter.actor("clerk"))
    assert [x.code for x in seen.items] == [codes[2]]
    assert seen.left_out == (
        LeftOut(codes[0], Why.LISTED),
        LeftOut(codes[1], Why.UNKNOWN),
        LeftOut(new, Why.NOT_IN_PROCESS),
        LeftOut("khong-co", Why.UNKNOWN),
    )
    page = counter.client("clerk").get(f"{DESK}ban-giao/{made}/")
    check_shape(page)
    assert "4 hồ sơ không có trong danh sách này" in text_of(page)
    assert text_of(page).count("Cơ quan bạn không có hồ sơ mang mã này") == 2
    assert "Danh sách đã đủ số" not in text_of(page)


def test_what_a_full_list_does_not_take_is_named(counter, codes):
    unknown = [f"khong-co-{n}" for n in range(MOST - 1)]
    made = give(counter, [codes[0], *unknown, *codes[1:]])
    seen = handover(made, by=counter.actor("clerk"))
    assert [x.code for x in seen.items] == codes[:1]
    assert [x.why for x in seen.left_out] == [Why.UNKNOWN] * (MOST - 1) + [Why.TOO_MANY] * 2
    assert give(counter, codes[1:])


def test_where_no_list_is_made_each_dossier_is_told_why_not(counter, codes):
    give(counter, codes[:1])
    page = counter.client("clerk").post(f"{DESK}ban-giao/", {"hs": [codes[0], "<b>x"]})
    check_shape(page)
    assert page.status_code == 422
    assert f"{codes[0]}: Hồ sơ đang chờ xác nhận trong một danh sách khác" in text_of(page)
    assert "&lt;b&gt;x: Cơ quan bạn không có hồ sơ mang mã này" in page.content.decode()


def test_a_list_with_nothing_left_out_costs_no_more(counter, codes, django_assert_num_queries):
    with CaptureQueriesContext(connection) as whole:
        give(counter, codes[:2])
    with django_assert_num_queries(len(whole) + 1):
        give(counter, [codes[2], "khong-co"])


def test_what_is_no_part_of_a_run_is_named_on_it(counter, work):
    good, away = counter.file().code, counter.file().code
    Dossier.objects.filter(code=away).update(agency=counter.actor("stranger").agency)
    form = {"viec": "accept", "hs": [good, away, "khong-co"], "khoa": str(uuid4())}
    clerk = counter.client("clerk")
    begun = clerk.post(f"{DESK}hang-loat/bat-dau/", form)["Location"]
    work()
    page = clerk.get(begun)
    check_shape(page)
    assert "2 hồ sơ không có trong lượt này" in text_of(page)
    for code in (away, "khong-co"):
        assert f"{code} : Cơ quan bạn không có hồ sơ mang mã này" in text_of(page)
    run = int(begun.rstrip("/").rpartition("/")[2])
    assert left_out_of_run(run, by=counter.actor("clerk")) == (
        LeftOut(away, Why.UNKNOWN),
        LeftOut("khong-co", Why.UNKNOWN),
    )
    with refused(UnknownRun):
        left_out_of_run(run, by=counter.actor("leader"))


def test_what_is_left_out_of_a_list_or_a_run_is_told(counter, call, codes):
    new, there, elsewhere = counter.file().code, counter.actor("stranger").agency, counter.file()
    Dossier.objects.filter(code=elsewhere.code).update(agency=there)
    code = codes[0]
    asked = [code, new, elsewhere.code, "khong-co"]
    made = call("/hand-overs", {"dossiers": asked}).json()
    why = {each["code"]: (each["reason"], each["message"]) for each in made["left_out"]}
    assert why.pop(new)[0] == "not-in-process"
    assert why == dict.fromkeys([elsewhere.code, "khong-co"], ("unknown", UNKNOWN))
    assert call(f"/hand-overs/{made['id']}").json()["left_out"] == made["left_out"]
    none = call("/hand-overs", {"dossiers": [code, "khong-co"]})
    assert none.status_code == 422
    assert [each["at"] for each in none.json()["problems"]] == [code, "khong-co"]
    run = call("/runs", {"what": "accept", "dossiers": asked}).json()
    assert [(x["code"], x["reason"]) for x in run["left_out"]] == [
        (elsewhere.code, "unknown"),
        ("khong-co", "unknown"),
    ]
    assert call(f"/runs/{run['id']}").json()["left_out"] == run["left_out"]
    none = call("/runs", {"what": "accept", "dossiers": ["khong-co"]})
    assert none.json()["problems"] == [{"at": "khong-co", "message": UNKNOWN}]
