"""What the JSON API finds wrong with a request, it says in the language that was asked for."""

import json

import pytest

from motcua.backbone.http import bearer
from motcua.dossiers.tests.conftest import CLERK, LAN, a_file, answers

FILING = {"procedure": "9.000001", "answers": {}, "papers": {"proof": []}}
BY_HAND = {
    "procedure": "9.000001",
    "present": {"number": "1", "name": "", "document": "sword", "born": "yesterday"},
    "way": {"office": 0, "arrived": "2026-11-23T08:00:00"},
    "answers": [],
    "papers": {"proof": "x"},
    "finished": {"forms": {}, "return_by": 7, "accept": "perhaps"},
}
"""Wrong in every way a description can know."""


@pytest.fixture
def call(client, definition, monkeypatch):
    """Return a way to call the API as a person in a language."""

    def calling(method, path, body, *, by=CLERK, **headers):
        monkeypatch.setattr(bearer, "_resolvers", [lambda secret, scope, at: by])
        answer = client.generic(
            method,
            f"/api/v1{path}",
            json.dumps(body),
            content_type="application/json",
            headers={"Authorization": "Bearer x", "Idempotency-Key": path} | headers,
        )
        return answer.status_code, answer.json()

    return calling


def said(answer):
    return {each["at"]: each["message"] for each in answer[1]["problems"]}


CALLS = [
    ("POST", "/dossiers", FILING, 422),
    ("POST", "/dossiers", {}, 422),
    ("POST", "/counter-filings", BY_HAND, 422),
]


@pytest.mark.parametrize(("method", "path", "body", "status"), CALLS)
def test_every_place_is_told_in_vietnamese_unless_english_is_asked_for(
    call, method, path, body, status
):
    vietnamese = call(method, path, body)
    english = call(method, path, body, **{"Accept-Language": "fr, en-GB;q=0.8, vi;q=0.3"})
    assert vietnamese[0] == english[0] == status
    assert list(said(vietnamese)) == list(said(english))
    for place, words in said(vietnamese).items():
        assert words != said(english)[place], place
        assert said(english)[place].isascii()


def test_a_reason_that_is_missing_is_told_in_both_languages(call):
    body = {"procedure": "9.000001", "answers": answers(), "papers": {"proof": [a_file()]}}
    code = call("POST", "/dossiers", body, by=LAN)[1]["code"]
    step = {"step": "refuse", "reason": ""}
    headers = {"If-Match": '"1"'}
    vietnamese = call("POST", f"/dossiers/{code}/steps", step, **headers)
    english = call("POST", f"/dossiers/{code}/steps", step, **headers, **{"Accept-Language": "en"})
    assert said(vietnamese) == {"reason": vietnamese[1]["title"]}
    assert said(english) == {"reason": english[1]["title"]}
    assert "lý do" in said(vietnamese)["reason"]
