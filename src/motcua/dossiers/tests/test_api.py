"""The JSON API of dossiers, over HTTP as a program meets it."""

import json
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.backbone.http import bearer
from motcua.backbone.models import GivenAnswer, Look
from motcua.dossiers.api.dossiers import DossierOut, FiledOut, MovedOut, StepOut
from motcua.dossiers.api.listing import DossierLineOut, DossierPageOut
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.conftest import CLERK, LAN, NAM, a_file, answers
from motcua.identity.queries.relatives import related

WHO = {"lan": LAN, "nam": NAM, "clerk": CLERK}


@pytest.fixture(autouse=True)
def tokens(monkeypatch):
    """Let the secret be the person's name; the real tokens are tested where they are kept."""
    monkeypatch.setattr(bearer, "_resolvers", [lambda secret, scope, at: WHO.get(secret)])


@pytest.fixture
def call(client, definition):
    def calling(method, path, who="lan", body=None, **headers):
        sent = {
            "Authorization": f"Bearer {who}",
            **{k.replace("_", "-"): v for k, v in headers.items()},
        }
        return client.generic(
            method,
            f"/api/v1{path}",
            json.dumps(body) if body is not None else "",
            content_type="application/json",
            headers=sent,
        )

    return calling


@pytest.fixture
def filed(call):
    def filing(key="k1", **more):
        body = {"procedure": "9.000001", "answers": answers(), "papers": {"proof": [a_file()]}}
        return call("POST", "/dossiers", body=body | more, Idempotency_Key=key)

    return filing


def test_a_program_files_reads_and_lists(call, filed):
    answer = filed()
    assert answer.status_code == 201
    code = answer.json()["code"]
    assert answer["Location"] == f"/api/v1/dossiers/{code}"
    read = call("GET", f"/dossiers/{code}")
    assert read.json()["state"] == "new"
    assert read.json()["number"] == 1
    assert read["ETag"] == '"1"'
    page = call("GET", "/dossiers?limit=1").json()
    assert [item["code"] for item in page["items"]] == [code]
    assert page["next"] is None


def test_the_same_key_files_once_and_gets_the_same_answer(call, definition):
    body = {"procedure": "9.000001", "answers": answers(), "papers": {"proof": [a_file()]}}
    first = call("POST", "/dossiers", body=body, Idempotency_Key="k")
    second = call("POST", "/dossiers", body=body, Idempotency_Key="k")
    assert first.json() == second.json()
    assert second["Idempotency-Replayed"] == "true"
    assert Dossier.objects.count() == 1
    other = call("POST", "/dossiers", body=body | {"answers": {}}, Idempotency_Key="k")
    assert other.status_code == 409


def test_wrong_answers_are_named_by_field_and_keep_no_key(call, filed):
    refused = filed(answers={**answers(), "full_name": ""})
    assert refused.status_code == 422
    assert refused["Content-Type"] == "application/problem+json"
    assert refused.json()["code"] == "dossiers.answers-not-right"
    assert [p["at"] for p in refused.json()["problems"]] == ["full_name"]
    assert filed().status_code == 201


def test_a_step_needs_the_version_that_was_seen(call, filed):
    code = filed().json()["code"]
    step = {"step": "accept"}
    path = f"/dossiers/{code}/steps"
    assert call("POST", path, "clerk", step, Idempotency_Key="a").status_code == 422
    stale = call("POST", path, "clerk", step, Idempotency_Key="b", If_Match='"7"')
    assert stale.status_code == 412
    done = call("POST", path, "clerk", step, Idempotency_Key="c", If_Match='"1"')
    assert done.status_code == 200
    assert done.json()["state"] == "received"
    again = call("POST", path, "clerk", step, Idempotency_Key="c", If_Match='"1"')
    assert again.json() == done.json()
    late = call("POST", path, "clerk", step, Idempotency_Key="d", If_Match='"2"')
    assert late.json()["code"] == "dossiers.step-not-allowed"


def test_strangers_learn_nothing_and_nobody_files_without_a_token(call, filed):
    code = filed().json()["code"]
    hidden = call("GET", f"/dossiers/{code}", "nam")
    unknown = call("GET", "/dossiers/000.00.61.H26-261102-9999", "nam")
    assert hidden.status_code == unknown.status_code == 404
    assert hidden.json()["code"] == unknown.json()["code"]
    forged = call(
        "POST",
        f"/dossiers/{code}/steps",
        "nam",
        {"step": "withdraw"},
        Idempotency_Key="x",
        If_Match='"1"',
    )
    assert forged.status_code == 404
    for nobody in ("", "nonsense"):
        answer = call("GET", "/dossiers", nobody)
        assert answer.status_code == 401
        assert answer["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize(
    "body", ["{", "[]", '"x"', '{"procedure": 1}', '{"procedure":"\\u0000","answers":{}}']
)
def test_what_cannot_be_read_is_a_clear_problem(client, definition, body):
    answer = client.post(
        "/api/v1/dossiers",
        body,
        content_type="application/json",
        headers={"Authorization": "Bearer lan", "Idempotency-Key": "k"},
    )
    assert answer.status_code in (400, 404, 422)
    assert answer["Content-Type"] == "application/problem+json"


def test_reading_one_dossier_takes_one_statement_besides_the_token(
    call, filed, django_assert_num_queries
):
    code = filed().json()["code"]
    with django_assert_num_queries(1):
        call("GET", f"/dossiers/{code}")


def test_an_officials_program_leaves_its_look_and_the_applicants_own_does_not(call, filed):
    code = filed().json()["code"]
    call("GET", f"/dossiers/{code}")
    assert not Look.objects.exists()
    assert call("GET", f"/dossiers/{code}", "clerk").status_code == 200
    look = Look.objects.get()
    assert (look.person, look.by, look.reference) == (LAN.id, CLERK.id, code)


def test_long_keys_that_begin_alike_are_two_filings(filed):
    start = "k" * 100
    first, second = filed(start + "1"), filed(start + "2")
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json()["code"] != second.json()["code"]


def test_a_key_whose_answer_is_forgotten_files_nothing_twice(filed):
    assert filed().status_code == 201
    GivenAnswer.objects.all().delete()
    again = filed()
    assert again.status_code == 409
    assert again.json()["code"] == "dossiers.filed-before"
    assert Dossier.objects.count() == 1


def test_a_program_sends_no_more_files_than_a_paper_may_have(definition, filed):
    most = definition.papers[0].most_files
    paper = definition.papers[0].id
    refused = filed(papers={paper: [a_file() for _ in range(most + 1)]})
    assert refused.status_code == 422
    assert [p["at"] for p in refused.json()["problems"]] == [f"papers.{paper}"]


def test_what_endpoints_answer_is_what_their_description_says(call, filed):
    given = filed()
    code = given.json()["code"]
    answers = {
        FiledOut: given,
        DossierOut: call("GET", f"/dossiers/{code}"),
        DossierPageOut: call("GET", "/dossiers"),
    }
    step = {"step": "accept"}
    answers[MovedOut] = call(
        "POST", f"/dossiers/{code}/steps", "clerk", step, Idempotency_Key="a", If_Match='"1"'
    )
    for described, answer in answers.items():
        assert described.model_fields.keys() == answer.json().keys()
        described.model_validate_json(answer.content)
    assert answers[DossierPageOut].json()["items"][0].keys() == DossierLineOut.model_fields.keys()
    assert answers[DossierOut].json()["history"][0].keys() == StepOut.model_fields.keys()


def test_filing_takes_seven_statements_and_its_paper_one(call, filed, settled_queries):
    filed("warm")
    body = {"procedure": "9.000001", "answers": answers(), "papers": {"proof": [a_file()]}}
    with settled_queries(7):
        call("POST", "/dossiers", body=body, Idempotency_Key="k")


def test_a_step_takes_five_statements_besides_the_token(call, filed, settled_queries):
    """To whom the official is related is asked twice a minute, not at each step."""
    code = filed().json()["code"]
    related(CLERK.id, "nobody")
    with settled_queries(5):
        call(
            "POST",
            f"/dossiers/{code}/steps",
            "clerk",
            {"step": "accept"},
            Idempotency_Key="a",
            If_Match='"1"',
        )


@pytest.fixture
def settled_queries():
    """Count statements as they run outside the test's own transaction: savepoints left out."""

    @contextmanager
    def counting(number):
        with CaptureQueriesContext(connection) as seen:
            yield
        real = [q["sql"] for q in seen.captured_queries if "SAVEPOINT" not in q["sql"]]
        assert len(real) <= number, "\n".join(sql[:120] for sql in real)

    return counting


def test_the_description_is_openapi_3_1(client, db):
    found = client.get("/api/v1/openapi.json").json()
    assert found["openapi"].startswith("3.1")
    assert "/api/v1/dossiers" in found["paths"]


def test_a_program_takes_the_answers_away_and_an_official_s_taking_is_written_down(call, filed):
    code = filed().json()["code"]
    taken = call("GET", f"/dossiers/{code}/answers")
    assert taken.json()["form"]["version"].startswith("9.000001")
    assert taken.json()["answers"]["full_name"] == "Nguyễn Thị Lan"
    assert call("GET", f"/dossiers/{code}/answers", who="nam").status_code == 404
    assert not Look.objects.filter(reference=code).exists()
    assert call("GET", f"/dossiers/{code}/answers", who="clerk").status_code == 200
    assert Look.objects.get(reference=code).what == "Answers of a dossier, as a file"
