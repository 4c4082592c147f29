"""What officials do to dossiers besides their steps, through the API: once for each key."""

import json

import pytest

from motcua.agencies.operations.agencies import add_office
from motcua.agencies.queries.agencies import offices_of
from motcua.backbone.http import bearer
from motcua.backbone.models import Look
from motcua.dossiers.jobs import do_bulk
from motcua.dossiers.models import Bulk, Dossier, HandOver, Mark, Note, PaperCheck, Rating
from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.tests.conftest import MONDAY, SYSTEM, WARD, a_file, answers
from motcua.dossiers.tests.counter import WHY, Counter

ASKED = "Bao giờ tôi có kết quả?"
SAID = "Ngày mai bạn sẽ có kết quả."


@pytest.fixture
def counter(definition):
    return Counter(definition).open()


@pytest.fixture
def code(counter):
    code = counter.file().code
    counter.walk(code, Step.ACCEPT, Step.FORWARD)
    return code


@pytest.fixture
def get(counter, client, monkeypatch):
    def getting(who, path):
        actor = counter.actor(who)
        monkeypatch.setattr(bearer, "_resolvers", [lambda secret, scope, at: actor])
        return client.get(f"/api/v1{path}", headers={"Authorization": "Bearer x"})

    return getting


@pytest.fixture
def post(counter, client, monkeypatch):
    """Post as somebody, twice under one key: the answer is the same, whatever it did."""
    keys = iter(range(100))

    def posting(who, path, body=None, *, version=1):
        actor = counter.actor(who)
        monkeypatch.setattr(bearer, "_resolvers", [lambda secret, scope, at: actor])
        headers = {"Authorization": "Bearer x", "Idempotency-Key": f"k{next(keys)}"}
        headers["If-Match"] = f'"{version}"'
        first, second = (
            client.post(
                f"/api/v1{path}",
                json.dumps(body or {}),
                content_type="application/json",
                headers=headers,
            )
            for _ in range(2)
        )
        assert first.content == second.content or first.status_code >= 400
        return first

    return posting


def test_papers_are_checked_marked_and_noted_and_the_applicant_reads_what_is_asked(
    counter, post, get, code
):
    here, file = f"/dossiers/{code}", Dossier.objects.get(code=code).papers["proof"][0]
    found = {"paper": "proof", "verdict": "wrong", "seen_as": "copy"}
    refused = post("clerk", f"{here}/checks", found)
    assert (refused.status_code, refused.json()["code"]) == (422, "dossiers.remark-needed")
    assert post("clerk", f"{here}/checks", found | {"remark": "Mờ"}).status_code == 422
    assert post("clerk", f"{here}/checks", found | {"remark": WHY}).status_code == 204
    box = {"page": 1, "left": 900, "top": 10, "width": 500, "height": 20}
    marked = post("specialist", f"{here}/marks", {"file": file, "words": "Mờ", **box})
    away = post("specialist", f"{here}/marks", {"file": file, "words": "Nhầm"}).json()["id"]
    assert post("clerk", f"{here}/marks/{away}/remove").status_code == 204
    assert post("clerk", f"{here}/notes", {"text": "Đã gọi điện."}).status_code == 201
    assert (PaperCheck.objects.count(), Mark.objects.count(), Note.objects.count()) == (1, 1, 1)
    read = get("leader", f"{here}/remarks").json()
    (check,), (mark,), (note,) = read["checks"], read["marks"], read["notes"]
    assert (check["verdict"], check["remark"], check["by"]) == ("wrong", WHY, "Cán bộ clerk")
    assert (mark["id"], mark["width"], mark["page"]) == (marked.json()["id"], 100, 1)
    assert (note["text"], read["hand_over"]) == ("Đã gọi điện.", None)
    nothing = {"checks": [], "marks": [], "notes": [], "hand_over": None}
    assert get("lan", f"{here}/remarks").json() == nothing
    asked = {"papers": ["proof"], "fields": []}
    specialist = counter.actor("specialist")
    take_step(code, Step.ASK_SUPPLEMENT, by=specialist, at=MONDAY, reason=WHY, details=asked)
    hers = get("lan", f"{here}/remarks").json()
    assert ([each["words"] for each in hers["marks"]], hers["notes"]) == (["Mờ"], [])


def test_a_dossier_goes_from_hand_to_hand(counter, post, get):
    code = counter.file().code
    counter.walk(code, Step.ACCEPT)
    here, version = f"/dossiers/{code}", Dossier.objects.get(code=code).version
    (colleague,) = get("clerk", "/colleagues?role=specialist").json()["items"]
    assert (colleague["name"], colleague["open"]) == ("Cán bộ specialist", 0)
    to = {"to": colleague["account"]}
    assert post("clerk", f"{here}/forward", to, version=version + 1).status_code == 412
    moved = post("clerk", f"{here}/forward", to, version=version)
    assert (moved.json()["state"], moved["ETag"]) == ("in_process", f'"{version + 1}"')
    assert holder(code) == colleague["account"]
    assert post("specialist", f"{here}/release").status_code == 204
    assert holder(code) == ""
    assert post("leader", f"{here}/assign", to).status_code == 204
    assert post("leader", f"{here}/assign", {"to": counter.actor("lan").id}).status_code == 409
    assert post("leader", f"{here}/assign", {"to": ""}).status_code == 422
    assert post("specialist", f"{here}/hold").status_code == 204
    assert holder(code) == colleague["account"]
    assert get("lan", "/colleagues").status_code == 403


def holder(code):
    return Dossier.objects.get(code=code).holder


def test_a_list_is_made_once_and_confirmed_dossier_by_dossier(counter, post, get, code):
    other = counter.file().code
    counter.walk(other, Step.ACCEPT, Step.FORWARD)
    ready = {each["dossier"] for each in get("clerk", "/hand-overs").json()["ready"]}
    assert ready == {code, other}
    made = post("clerk", "/hand-overs", {"dossiers": [code, other]}).json()["id"]
    assert HandOver.objects.get().pk == made
    (line,) = get("specialist", "/hand-overs").json()["items"]
    assert (line["dossiers"], line["waiting"], line["settled_at"]) == (2, 2, None)
    assert get("specialist", f"/hand-overs/{made}").json()["mine_to_settle"]
    settled = {"taken": [code], "refused": {other: WHY}}
    assert post("specialist", f"/hand-overs/{made}", settled).status_code == 204
    seen = get("clerk", f"/hand-overs/{made}").json()
    assert {each["dossier"]: each["state"] for each in seen["items"]} == {
        code: "taken",
        other: "refused",
    }
    assert seen["about"]["waiting"] == 0
    assert get("stranger", f"/hand-overs/{made}").status_code == 404


def test_one_key_begins_one_run_and_its_outcome_can_be_read(counter, post, get, code):
    new = counter.file().code
    run = post("clerk", "/runs", {"what": "accept", "dossiers": [code, new]}).json()["id"]
    assert Bulk.objects.get().pk == run
    do_bulk(run)
    seen = get("clerk", f"/runs/{run}").json()
    assert [(x["dossier"], x["state"], bool(x["why"])) for x in seen["items"]] == [
        (code, "refused", True),
        (new, "done", False),
    ]
    assert seen["run"]["done"] == seen["run"]["refused"] == 1
    assert post("clerk", f"/runs/{run}/retry").json() == {"dossiers": 1}
    assert post("clerk", f"/runs/{run}/undo").status_code == 409
    assert get("specialist", f"/runs/{run}").status_code == 404
    specialist = counter.actor("specialist").id
    body = {"what": "assign", "dossiers": [code], "holders": {code: specialist}}
    given = post("leader", "/runs", body).json()["id"]
    do_bulk(given)
    assert holder(code) == specialist
    back = post("leader", f"/runs/{given}/undo").json()["id"]
    do_bulk(back)
    assert holder(code) == ""
    assert [each["id"] for each in get("leader", "/runs").json()["items"]] == [back, given]
    assert get("leader", f"/runs/{given}").json()["run"]["undone_by"] == back


def test_a_question_is_answered_inside_and_an_official_s_look_is_written_down(post, get, code):
    asked = post("lan", f"/dossiers/{code}/questions", {"text": ASKED}).json()["id"]
    (waiting,) = get("clerk", "/questions").json()["items"]
    assert (waiting["dossier"], waiting["question"]["id"]) == (code, asked)
    assert get("clerk", f"/questions?after={asked}").json() == {"items": [], "next": None}
    assert get("lan", "/questions").status_code == 403
    answer = f"/dossiers/{code}/questions/{asked}/answer"
    assert post("specialist", answer, {"text": SAID}).status_code == 204
    assert post("clerk", answer, {"text": SAID}).json()["code"] == "dossiers.answered-already"
    (hers,) = get("lan", f"/dossiers/{code}/questions").json()["items"]
    assert (hers["answer"], hers["answered_by"]) == (SAID, "Cán bộ specialist")
    assert not Look.objects.filter(reference=code).exists()
    assert get("leader", f"/dossiers/{code}/questions").json()["items"] == [hers]
    assert Look.objects.get(reference=code).what == "Questions on a dossier"


def test_a_dossier_is_rated_when_it_is_finished(counter, post, code):
    rating = {"score": 2, "comment": "Ổn"}
    assert post("lan", f"/dossiers/{code}/rating", rating).status_code == 409
    counter.walk(code, Step.PROPOSE, Step.APPROVE)
    assert post("lan", f"/dossiers/{code}/rating", {"score": 4}).status_code == 422
    wrong = rating | {"answers": {"no-such": "yes"}}
    assert post("lan", f"/dossiers/{code}/rating", wrong).status_code == 422
    assert post("lan", f"/dossiers/{code}/rating", rating).status_code == 204
    assert Rating.objects.get().score == 2


@pytest.fixture
def filing(counter):
    """What a clerk's program sends of who stands there."""
    add_office(WARD, "Bộ phận một cửa", by=SYSTEM, at=MONDAY)
    return {
        "procedure": "9.000001",
        "present": {"number": "001147000123", "name": "Phạm Thị Sáu", "born": "1947-05-04"}
        | {"document": "card"},
        "way": {"office": offices_of(WARD)[0].id},
        "answers": answers(),
        "papers": {"proof": [a_file(counter.actor("clerk"))]},
        "finished": {"signed": "paper", "forms": {"proof": "certified"}},
    }


def test_a_clerk_s_program_files_at_the_counter_once(post, get, filing):
    (office,) = get("clerk", "/offices").json()["items"]
    assert office["id"] == filing["way"]["office"]
    filed = post("clerk", "/counter-filings", filing)
    assert filed.status_code == 201, filed.content
    dossier = Dossier.objects.get()
    assert (dossier.channel, dossier.office_id, dossier.state) == (1, office["id"], "new")
    assert (filed.json()["code"], filed.json()["claim"]) == (dossier.code, dossier.claim)
    assert filed["Location"] == f"/api/v1/dossiers/{dossier.code}"


def test_a_parent_s_filing_keeps_the_authority_the_clerk_saw_and_the_desk_can_end_it(
    post, get, filing
):
    child = {"kind": "parent", "number": "001320000456", "name": "Phạm Gia An"}
    child |= {"born": "2020-05-04", "until": "2030-01-01", "basis": "Giấy khai sinh số 12/2020"}
    code = post("clerk", "/counter-filings", filing | {"behalf": child}).json()["code"]
    assert Dossier.objects.get().applicant_name == "Phạm Gia An"
    right = get("clerk", f"/dossiers/{code}/authority").json()
    assert (right["kind"], right["standing"]) == ("parent", "confirmed")
    assert right["agent"] == "Phạm Thị Sáu"
    assert post("clerk", f"/dossiers/{code}/authority/confirm").status_code == 204
    assert post("clerk", f"/dossiers/{code}/authority/end", {"reason": "x"}).status_code == 422
    assert post("clerk", f"/dossiers/{code}/authority/end", {"reason": WHY}).status_code == 204
    assert get("clerk", f"/dossiers/{code}/authority").json()["standing"] == "ended"
    assert get("stranger", f"/dossiers/{code}/authority").status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"present": {"number": "001147000123", "name": "Phạm Thị Sáu"}},
        {"finished": {"signed": "paper"}},
        {"answers": {}},
        {"answers": {"office": [], "full_name": {"a": 1}, "copies": "x"}},
        {"papers": {"no-such": []}, "way": {"office": 999999}},
        {"papers": {"no-such": ["x"]}},
        {"papers": {"proof": ["00000000-0000-7000-8000-000000000000"]}},
        {"procedure": "9.999999"},
    ],
)
def test_what_the_clerk_did_not_check_or_fill_is_filed_nowhere(post, filing, wrong):
    answer = post("clerk", "/counter-filings", filing | wrong)
    assert answer.status_code in {404, 422}, answer.content
    assert not Dossier.objects.exists()


NUL = "a\x00b"
ODD = {
    "checks": {"paper": NUL, "verdict": "wrong", "remark": NUL},
    "notes": {"text": NUL},
    "questions": {"text": NUL * 5},
    "questions/1/answer": {"text": NUL * 5},
    "assign": {"to": NUL},
    "forward": {"to": NUL},
    "rating": {"score": 1, "comment": NUL, "answers": {NUL: "yes"}},
    "authority/end": {"reason": NUL * 5},
}


@pytest.mark.parametrize("who", ["clerk", "specialist", "lan"])
def test_letters_that_no_text_can_hold_are_refused_and_break_nothing(post, filing, code, who):
    for path, body in ODD.items():
        assert 400 <= post(who, f"/dossiers/{code}/{path}", body).status_code < 500, path
    for path, body in {
        "hand-overs": {"dossiers": [NUL, code], "to": NUL},
        "runs": {"what": "assign", "dossiers": [NUL], "holders": {NUL: NUL}},
        "counter-filings": filing | {"present": {"number": NUL, "name": NUL, "document": "card"}},
    }.items():
        assert 400 <= post(who, f"/{path}", body).status_code < 500, path
