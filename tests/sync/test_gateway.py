"""The service as members call it: signed, pushed by the client, gone on with by cursor."""

import json

import httpx
import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.exchange.operations.calling import CallRefused, call
from motcua.exchange.tests.conftest import _own_files, wire
from motcua.exchange.tests.places import HANOI, POLICE
from motcua.exchange.tests.wire import agreement, now, offered
from motcua.sync.api.gateway import SERVICE, answer
from motcua.sync.models import Dossier, Status
from motcua.sync.operations import pushing, taking
from motcua.sync.operations.pushing import StillBusy, push
from motcua.sync.rules.openapi import description
from motcua.sync.tests.streams import body, code_of, dossier, status

__all__ = ["_own_files", "wire"]

ROWS = [
    dossier(1, code=code_of(1, top="H26")),
    *(status(1, value, hours=value, code=code_of(1, top="H26")) for value in range(1, 11)),
]


@pytest.fixture
def agreed(wire):
    service = offered(answer, SERVICE)
    agreement("synchronise", service=service)
    return wire


def lines(rows):
    return body(rows).splitlines(keepends=True)


def pushed(rows=ROWS, **facts):
    return push(lines(rows), to=POLICE, stream="a b", clock=now, sleep=lambda _: None, **facts)


def test_rows_are_pushed_signed_and_come_out_as_they_went_in(agreed, monkeypatch):
    monkeypatch.setattr(pushing, "MESSAGE_ROWS", 4)
    said = []
    done = pushed(told=lambda p: said.append(p.cursor))
    assert said == [4, 8, 11]
    assert done.counts["statuses_new"] == 10
    assert Status.objects.filter(member="H26").count() == 10
    assert Dossier.objects.get().code == code_of(1, top="H26")
    before = len(agreed.requests)
    assert pushed().cursor == 11
    assert len(agreed.requests) == before + 1


def test_a_call_with_a_status_is_three_statements_here_and_one_at_its_caller(agreed):
    def tell(hours):
        row = body([status(1, hours=hours, code=code_of(1, top="H26"))])
        facts = {"purpose": "synchronise", "at": now()}
        return call(POLICE, SERVICE, "stream", body=row, headers={"stream": str(hours)}, **facts)

    tell(1)
    with CaptureQueriesContext(connection) as asked:
        tell(2)
    assert len(asked) == 4, [each["sql"][:60] for each in asked]


def test_a_push_goes_on_after_lost_answers_and_waits_while_they_are_busy(agreed, monkeypatch):
    monkeypatch.setattr(pushing, "MESSAGE_ROWS", 4)
    trouble = iter([503, "lost", "down"])

    def on_request(request):
        if request.method == "POST" and (what := next(trouble, None)) == "down":
            raise httpx.ConnectError(what)

    agreed.on_request = on_request
    assert pushed().cursor == 11
    assert Status.objects.count() == 10


def test_one_that_stays_away_is_told_with_the_place_to_go_on_from(agreed, monkeypatch, settings):
    monkeypatch.setattr(taking, "REMEMBERED", 1)
    settings.SYNC_AT_ONCE = 0
    with pytest.raises(StillBusy) as busy:
        pushed()
    assert busy.value.facts["cursor"] == 0
    settings.SYNC_AT_ONCE = 1
    assert pushed().cursor == 11


def test_a_member_asks_how_its_streams_stand_and_what_was_not_taken(agreed):
    pushed([*ROWS, status(1)])
    facts = {"method": "GET", "purpose": "synchronise", "at": now()}
    asked = {
        path: json.loads(call(POLICE, SERVICE, path, **facts).body)
        for path in ("cursor?stream=a%20b", "cursor", "refused?stream=a%20b", "quality")
    }
    assert asked["cursor?stream=a%20b"]["cursor"] == 12
    assert [each["stream"] for each in asked["cursor"]["streams"]] == ["a b"]
    (run,) = asked["refused?stream=a%20b"]["refused"]
    assert (run["first"], run["reason"]) == (11, "foreign")
    assert asked["quality"]["member"] == HANOI


def test_a_gap_and_an_unknown_path_are_refused_with_what_to_do(agreed):
    facts = {"purpose": "synchronise", "at": now()}
    for headers, path, code in (
        ({"stream": "x", "stream-offset": "5"}, "stream", "sync.gap"),
        ({"stream": "x", "stream-offset": "-1"}, "stream", "sync.not-a-stream"),
        ({}, "elsewhere", "sync.no-such-part"),
        ({}, "cursor?stream=%00", "sync.not-a-stream"),
        ({}, "refused?stream=%00", "sync.not-a-stream"),
    ):
        asks = {"method": "GET"} if "?" in path else {"body": b"{}\n", "headers": headers}
        with pytest.raises(CallRefused) as refused:
            call(POLICE, SERVICE, path, **asks, **facts)
        assert refused.value.problem["code"] == code
        if code == "sync.gap":
            assert refused.value.problem["cursor"] == 0


def test_files_are_pushed_from_the_command_line(agreed, tmp_path, capsys):
    path = tmp_path / "today.ndjson"
    path.write_bytes(body([*ROWS, status(1)]).rstrip(b"\n"))
    call_command("sync", "push", str(path), to=POLICE)
    told = capsys.readouterr().out
    assert "12 rows are with them" in told
    assert "rows 11–11: foreign" in told


def test_the_example_of_the_description_is_answered_as_it_says(agreed):
    told = description()["paths"]["/stream"]["post"]
    (sent,) = told["requestBody"]["content"].values()
    (answer,) = told["responses"]["200"]["content"].values()
    facts = {"purpose": "synchronise", "at": now(), "headers": {"stream": "2026-09-17"}}
    reply = call(POLICE, SERVICE, "stream", body=sent["example"].encode(), **facts)
    assert json.loads(reply.body) == answer["example"]


@pytest.mark.parametrize("path", ["cursor?stream=2026-09-17", "refused", "quality"])
def test_the_other_examples_have_the_fields_that_answers_have(agreed, path):
    rows = description()["paths"]["/stream"]["post"]["requestBody"]["content"]
    body = rows["application/x-ndjson"]["example"].encode()
    facts = {"purpose": "synchronise", "at": now()}
    call(POLICE, SERVICE, "stream", body=body, headers={"stream": "2026-09-17"}, **facts)
    reply = json.loads(call(POLICE, SERVICE, path, method="GET", **facts).body)
    said = description()["paths"][f"/{path.partition('?')[0]}"]["get"]["responses"]["200"]
    example = said["content"]["application/json"]["example"]
    assert example.keys() == reply.keys()
    if path == "refused":
        assert example["refused"][0].keys() == reply["refused"][0].keys()


def test_the_service_describes_itself():
    told = description()
    assert set(told["paths"]) == {"/stream", "/cursor", "/refused", "/quality"}
    assert told["components"]["schemas"]["Status"]["required"] == ["k", "code", "at", "status"]
