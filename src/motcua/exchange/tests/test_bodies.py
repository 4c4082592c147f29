"""What messages said is kept for some days where a member wishes it, and proves itself."""

import base64
import json
import runpy
from datetime import timedelta
from importlib.util import find_spec

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from motcua.backbone.models import Entry, Look
from motcua.backbone.tests.reading import Page, check_frame
from motcua.exchange.adapters.keyfiles import anchors
from motcua.exchange.adapters.sending import MemberDown
from motcua.exchange.models import KeptBody, LogEntry
from motcua.exchange.operations import keeping, subjects
from motcua.exchange.operations.calling import CallRefused, call
from motcua.exchange.operations.keeping import forget_bodies, small_enough
from motcua.exchange.operations.sequencing import sequence
from motcua.exchange.operations.showing import (
    NoBodyKept,
    NoReason,
    OnlyAuditors,
    prove_with_bodies,
)
from motcua.exchange.queries.bodies import bodies_of, opened
from motcua.exchange.queries.proving import NoSuchEntry
from motcua.exchange.rules.proofs import FORMAT, WITH_BODIES, check_proof
from motcua.exchange.tests.conftest import ADMIN, AUDITOR, DAY, refused
from motcua.exchange.tests.places import HANOI, POLICE
from motcua.exchange.tests.wire import BODY, ask, now, offered
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Conflict

PERSON = "001195000017"
OURS = {HANOI: 7}


@pytest.fixture
def kept(done, settings):
    """Have one exchange in both logs, whose bodies Hà Nội keeps for seven days."""
    settings.EXCHANGE_BODIES_DAYS = OURS
    ask(subject=PERSON)
    row = LogEntry.objects.get(log=HANOI)
    sequence(HANOI, at=now())
    return row


@pytest.fixture
def proof(kept, tmp_path):
    file = tmp_path / "proof.json"
    call_command("exchange", "prove", str(kept.id), with_body=file, purpose="Khiếu nại số 7")
    return file


def verified(file, capsys, **options):
    call_command("exchange", "verify", str(file), **options)
    return capsys.readouterr().out


def statements(wire, settings, days):
    settings.EXCHANGE_BODIES_DAYS = days
    ask()
    with CaptureQueriesContext(connection) as queries:
        ask()
    return len(queries)


def test_a_body_that_is_kept_is_proven_with_the_exchange(proof, kept, capsys):
    said = verified(proof, capsys)
    assert "The proof holds" in said
    assert "the body sent is the one that was signed" in said
    assert "the body answered is the one that was signed" in said
    made = json.loads(proof.read_text())
    assert made["format"] == WITH_BODIES
    assert base64.b64decode(made["request"]) == BODY
    assert base64.b64decode(made["answer"]) == b"{}"
    assert proof.stat().st_mode & 0o077 == 0
    shown = Entry.objects.get(name="exchange.bodies-shown")
    assert shown.subject == str(kept.id)
    assert shown.facts["why"] == "Khiếu nại số 7"


@pytest.mark.parametrize(
    ("part", "said"), [("request", "is not what was sent"), ("answer", "is not what was answered")]
)
def test_a_body_altered_in_the_file_is_refused(proof, capsys, part, said):
    made = json.loads(proof.read_text())
    made[part] = base64.b64encode(b'{"a": 2}').decode()
    proof.write_text(json.dumps(made))
    with pytest.raises(CommandError):
        verified(proof, capsys)
    told = capsys.readouterr().out
    assert said in told
    assert "The proof holds" not in told


def test_after_its_time_a_body_is_gone_and_the_proof_without_it_still_holds(
    kept, tmp_path, capsys, settings
):
    later = kept.at + 7 * DAY
    assert bodies_of(kept.id, HANOI, at=later - timedelta(seconds=1))
    assert not bodies_of(kept.id, HANOI, at=later)
    with refused(NoBodyKept):
        prove_with_bodies(kept.id, "Khiếu nại", by=AUDITOR, at=later)
    assert forget_bodies(at=later - timedelta(seconds=1)) == 0
    assert forget_bodies(at=later) == 2
    capsys.readouterr()
    call_command("exchange", "prove", str(kept.id))
    file, sent = tmp_path / "bare.json", tmp_path / "sent"
    file.write_text(capsys.readouterr().out)
    assert json.loads(file.read_text())["format"] == FORMAT
    assert "the body sent" not in verified(file, capsys)
    sent.write_bytes(BODY)
    assert "the body sent is the one that was signed" in verified(file, capsys, request=sent)
    sent.write_bytes(BODY + b" ")
    with pytest.raises(CommandError):
        verified(file, capsys, request=sent)


def test_who_keeps_bodies_no_more_loses_those_they_have(kept, settings):
    settings.EXCHANGE_BODIES_DAYS = {"": 7, HANOI: 0}
    assert not bodies_of(kept.id, HANOI, at=now())
    assert forget_bodies(at=now()) == 2


def test_a_call_whose_bodies_nobody_keeps_costs_no_statement_more(done, wire, settings):
    bare = statements(wire, settings, {})
    assert not KeptBody.objects.exists()
    assert statements(wire, settings, {POLICE: 1}) == bare + 1
    assert statements(wire, settings, {"": 1}) == bare + 2
    assert statements(wire, settings, {}) == bare


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("", {}),
        ("30", {"": 30}),
        (f"{HANOI}=7, {POLICE}=0", {HANOI: 7, POLICE: 0}),
        (f"14 {HANOI}=0", {"": 14, HANOI: 0}),
    ],
)
def test_days_are_said_for_all_or_for_each(monkeypatch, said, days):
    monkeypatch.setenv("EXCHANGE_BODIES_DAYS", said)
    read = runpy.run_path(find_spec("motcua.config.exchange_settings").origin)
    assert read["EXCHANGE_BODIES_DAYS"] == days


def test_each_member_decides_for_its_own_log(done, settings):
    settings.EXCHANGE_BODIES_DAYS = {"": 3, HANOI: 0}
    ask(subject=PERSON)
    theirs = LogEntry.objects.get(log=POLICE)
    kept = {row.part: opened(row) for row in KeptBody.objects.all()}
    assert kept == {"request": (BODY, ""), "answer": (b"{}", "")}
    assert set(KeptBody.objects.values_list("entry", "log", "subject")) == {(theirs.id, POLICE, "")}


def test_too_large_a_body_leaves_its_digest_alone(done, settings, tmp_path):
    settings.EXCHANGE_BODIES_DAYS, settings.EXCHANGE_BODIES_MOST_BYTES = {"": 1}, 4
    large, small = tmp_path / "large", tmp_path / "small"
    large.write_bytes(b"12345")
    small.write_bytes(b"1234")
    ask(body=large)
    assert set(KeptBody.objects.values_list("part", flat=True)) == {"answer"}
    ask(body=small)
    assert KeptBody.objects.filter(part="request").count() == 2
    assert small_enough(tmp_path / "gone", 4) is None
    assert done == [b"12345", b"1234"]


def test_what_every_member_may_ask_is_not_kept(wire, settings):
    settings.EXCHANGE_BODIES_DAYS = {"": 1}
    call(POLICE, "heads.v1", method="GET", purpose="witness", at=now())
    assert LogEntry.objects.exists()
    assert not KeptBody.objects.exists()


def test_what_was_asked_is_kept_also_where_no_answer_came(done, settings, wire):
    settings.EXCHANGE_BODIES_DAYS = OURS
    wire.on_answer = lambda answer: (_ for _ in ()).throw(MemberDown(provider=POLICE, seconds=1))
    with pytest.raises(MemberDown):
        ask()
    assert list(KeptBody.objects.values_list("part", flat=True)) == ["request"]


def test_a_refusal_is_kept_like_any_answer(done, settings):
    settings.EXCHANGE_BODIES_DAYS = {"": 1}

    def refusing(call):
        call.body.close()
        raise Conflict

    offered(refusing)
    with pytest.raises(CallRefused) as error:
        ask()
    answers = KeptBody.objects.filter(part="answer")
    assert {opened(each)[0] for each in answers} == {error.value.body}
    assert KeptBody.objects.filter(part="request").count() == 2


def test_an_exchange_takes_place_where_its_bodies_cannot_be_kept(done, settings, monkeypatch):
    settings.EXCHANGE_BODIES_DAYS = {"": 1}

    def full(*_, **__):
        raise DatabaseError("no room")

    monkeypatch.setattr(keeping, "keep", full)
    assert ask().status == 200
    assert set(LogEntry.objects.values_list("status", flat=True)) == {200}


def test_whom_it_is_about_reads_who_was_shown_it_and_why(kept, monkeypatch):
    known = {PERSON: "huong"}
    monkeypatch.setattr(subjects, "_recognisers", [lambda _: known])
    prove_with_bodies(kept.id, "Khiếu nại số 7", by=AUDITOR, at=now())
    look = Look.objects.get(person="huong", by=AUDITOR.id)
    assert (look.purpose, look.reference) == ("Khiếu nại số 7", "Bộ Công an")


def test_only_an_auditor_of_the_member_who_says_why_is_shown_it(kept):
    with refused(OnlyAuditors):
        prove_with_bodies(kept.id, "vì", by=ADMIN, at=now())
    with refused(NoReason):
        prove_with_bodies(kept.id, "  ", by=AUDITOR, at=now())
    with refused(NoReason):
        prove_with_bodies(kept.id, "", by=Actor.system("exchange"), at=now())
    theirs = LogEntry.objects.get(log=POLICE)
    with refused(NoSuchEntry):
        prove_with_bodies(theirs.id, "vì", by=AUDITOR, at=now())
    assert not Entry.objects.filter(name="exchange.bodies-shown").exists()


def test_a_file_that_is_there_is_not_written_over(proof, kept, tmp_path):
    before = proof.read_bytes()
    with pytest.raises(CommandError):
        call_command("exchange", "prove", str(kept.id), with_body=proof, purpose="vì")
    assert proof.read_bytes() == before
    new = tmp_path / "new.json"
    with pytest.raises(NoReason):
        call_command("exchange", "prove", str(kept.id), with_body=new)
    assert not new.exists()


def test_the_page_gives_an_auditor_what_is_kept_and_tells_others_that_it_is(kept, client, settings):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "motcua.exchange.tests.signed.As"]
    page = f"/quan-tri/trao-doi/nhat-ky/{kept.id}/"
    client.cookies["who"] = "admin"
    told = client.get(page).content.decode()
    assert "Chỉ kiểm tra viên" in told
    assert 'name="why"' not in told
    assert client.post(f"{page}noi-dung/", {"why": "vì"}).status_code == 403
    client.cookies["who"] = "auditor"
    shown = client.get(page).content.decode()
    check_frame(Page(shown))
    assert 'name="why"' in shown
    again = client.post(f"{page}noi-dung/", {"why": " "})
    assert again.status_code == 422
    check_frame(Page(again.content.decode()))
    given = client.post(f"{page}noi-dung/", {"why": "Khiếu nại"})
    assert given["Content-Disposition"].endswith('-bodies.json"')
    assert check_proof(given.content, anchors=anchors()).bodies == ("request", "answer")
    settings.EXCHANGE_BODIES_DAYS = {}
    assert 'name="why"' not in client.get(page).content.decode()
    assert client.post(f"{page}noi-dung/", {"why": "Khiếu nại"}).status_code == 422
