"""A program files for a person: they agree to words they were shown, and registers prove papers."""

import json

import pytest

from motcua.agencies.operations.agencies import add_office
from motcua.agencies.queries.agencies import offices_of
from motcua.backbone.http import bearer
from motcua.dossiers.models import Dossier, Draft, LinkedPart
from motcua.dossiers.operations.counter import Present, Way, begin_counter
from motcua.dossiers.tests.conftest import WARD, a_file
from motcua.exchange.models import LogEntry
from motcua.packs.operations.publishing import publish_folder
from motcua.registrar.tests.world import HUONG, OWNERS, SYSTEM
from motcua.registries.models import Consent, Proof
from tests.registers.asking import HELP, PACKS, PLACE, account, now, official, place_of_work
from tests.registers.conftest import move

TWO = "9.000012"
ANSWERS = {
    "office": PLACE,
    "subject": {"name": "Nguyễn Thị Hương", "id": HUONG},
    "home": {**PLACE, "street": "Số 1"},
    "status": "married",
}


@pytest.fixture
def huong(owners, hanoi, monkeypatch):
    place_of_work()
    who = {"huong": account("huong"), "quan": account("quan", proven=False)}
    monkeypatch.setattr(bearer, "_resolvers", [lambda secret, scope, at: who.get(secret)])
    return who["huong"]


def newest():
    """Return the tag of the draft changed last, as a program has it from its last answer."""
    version = Draft.objects.order_by("-updated_at").values_list("version", flat=True).first()
    return f'"{version or 0}"'


@pytest.fixture
def call(huong, client):
    def calling(
        method, path, body=None, *, who="huong", status=200, key="k", language="vi", match=""
    ):
        headers = {"Authorization": f"Bearer {who}", "Accept-Language": language}
        more = {"Idempotency-Key": key, "If-Match": match or newest()}
        answer = client.generic(
            method,
            f"/api/v1{path}",
            json.dumps(body or {}),
            content_type="application/json",
            headers={**headers, **more},
        )
        assert answer.status_code == status, answer.content.decode()
        return answer.json()

    return calling


@pytest.fixture
def begun(call):
    """Return the address of a draft with all its answers."""
    made = call("POST", "/drafts", {"procedure": HELP, "answers": ANSWERS}, status=201)
    return f"/drafts/{made['id']}"


def agreed(call, at, **more):
    digest = call("GET", f"{at}/statement", **more)["digest"]
    return call("PUT", f"{at}/consent", {"digest": digest}, **more)


def states(out):
    return {p["id"]: bool(p["proofs"]) for p in out["papers"]}


def test_a_program_files_without_the_papers_that_registers_prove(call, begun):
    assert call("GET", begun)["may_agree"] is True
    out = agreed(call, begun)
    assert set(out["consent"]["registers"]) == {"population", "enterprise"}
    assert not LogEntry.objects.exists()
    out = call("POST", f"{begun}/proofs")
    assert states(out) == {"residence": True, "wedding": True}
    wedding = next(p for p in out["papers"] if p["id"] == "wedding")
    assert wedding["proofs"][0]["member"] == OWNERS["population"]
    assert wedding["proofs"][0]["number"]
    code = call("POST", f"{begun}/filing", status=201)["code"]
    assert call("POST", f"{begun}/filing", status=201)["code"] == code
    assert set(Proof.objects.values_list("subject", flat=True)) == {code}
    out = call("GET", begun)
    assert (out["filed_as"], states(out)) == (code, {"residence": True, "wedding": True})
    assert call("PATCH", begun, {"answers": {"status": "single"}}, status=409)["code"]


def test_the_words_agreed_to_are_those_that_were_shown(call, begun):
    shown = call("GET", f"{begun}/statement", language="en")
    assert any("National" in line["text"] for line in shown["lines"])
    wrong = call("PUT", f"{begun}/consent", {"digest": shown["digest"]}, status=409)
    assert wrong["code"] == "dossiers.statement-changed"
    assert not Consent.objects.exists()
    call("PUT", f"{begun}/consent", {"digest": shown["digest"]}, language="en")
    kept = Consent.objects.get()
    assert kept.text == "\n".join(f"{x['heading']}: {x['text']}" for x in shown["lines"])
    assert kept.wording == shown["wording"]


def test_without_consent_no_register_is_asked_and_papers_are_missing(call, begun):
    call("POST", f"{begun}/proofs")
    wrong = call("POST", f"{begun}/filing", status=422)
    assert {each["at"] for each in wrong["problems"]} == {"papers.residence", "papers.wedding"}
    assert not LogEntry.objects.exists()


def test_consent_taken_back_takes_the_proofs_along(call, begun):
    agreed(call, begun)
    call("POST", f"{begun}/proofs")
    out = call("DELETE", f"{begun}/consent")
    assert out["consent"] is None
    assert states(out) == {"residence": False, "wedding": False}
    assert not Proof.objects.exists()


def test_filing_asks_by_itself_and_a_silent_register_is_told(call, begun, owners):
    agreed(call, begun)
    move(OWNERS["population"], "http://127.0.0.1:1")
    call("POST", f"{begun}/filing", status=422)
    assert {p["in_vain"] for p in call("GET", begun)["papers"]} == {"silent"}
    move(OWNERS["population"], owners.url)
    call("POST", f"{begun}/filing", status=201)


def test_a_paper_can_be_sent_all_the_same_and_taken_away_again(call, begun, huong):
    first, second = a_file(huong, now()), a_file(huong, now())
    call("PATCH", begun, {"papers": {"residence": [first]}})
    out = call("PATCH", begun, {"papers": {"residence": [second]}})
    assert next(p for p in out["papers"] if p["id"] == "residence")["files"] == [second]
    out = call("PATCH", begun, {"answers": {"status": "single"}})
    assert [p["id"] for p in out["papers"]] == ["residence", "firm"]
    code = call("POST", f"{begun}/filing", status=201)["code"]
    assert Dossier.objects.get(code=code).papers == {"residence": [second]}


def test_wrong_answers_are_named_and_nothing_of_them_is_kept(call, begun):
    wrong = {"status": "widowed", "no_such": "x", "spouse": ["?"], "office": PLACE}
    told = call("PATCH", begun, {"answers": wrong}, status=422)
    assert {each["at"] for each in told["problems"]} >= {"status", "no_such", "spouse"}
    assert Draft.objects.get().answers == ANSWERS
    call("POST", "/drafts", {"procedure": HELP, "answers": wrong}, status=422, key="k2")
    assert Draft.objects.count() == 1


def test_what_another_device_changed_meanwhile_is_not_written_over(call, begun):
    stale = call("PATCH", begun, {"answers": {"status": "single"}}, match='"99"', status=412)
    assert stale["code"] == "stale-version"
    assert Draft.objects.get().answers == ANSWERS


def test_a_linked_filing_is_filed_so_too(call, huong):
    publish_folder(PACKS / TWO, by=SYSTEM, at=now())
    made = call("POST", "/drafts", {"procedure": TWO, "answers": ANSWERS}, status=201)
    at = f"/drafts/{made['id']}"
    agreed(call, at)
    filed = call("POST", f"{at}/filing", status=201)
    assert list(filed["dossiers"]) == ["first"]
    assert LinkedPart.objects.get(part="second").papers["wedding"] == {"proven": "marriage_paper"}


def test_a_draft_is_its_owner_s_alone_and_consent_only_for_who_is_known(call, begun):
    for way in (("GET", ""), ("PATCH", ""), ("GET", "/statement"), ("DELETE", "/consent")):
        call(way[0], f"{begun}{way[1]}", who="quan", status=404)
    call("PUT", f"{begun}/consent", {"digest": "0" * 64}, who="quan", status=404)
    for way in ("/proofs", "/filing"):
        call("POST", f"{begun}{way}", who="quan", status=404)
    made = call("POST", "/drafts", {"procedure": HELP}, who="quan", status=201)
    mine = f"/drafts/{made['id']}"
    assert made["may_agree"] is False
    digest = call("GET", f"{mine}/statement", who="quan")["digest"]
    told = call("PUT", f"{mine}/consent", {"digest": digest}, who="quan", status=403)
    assert told["code"] == "dossiers.nobody-to-ask"


def test_what_a_clerk_fills_in_for_others_is_not_agreed_to_by_a_program(call, huong, monkeypatch):
    add_office(WARD, "Bộ phận một cửa", by=SYSTEM, at=now())
    clerk = official()
    monkeypatch.setattr(bearer, "_resolvers", [lambda secret, scope, at: clerk])
    present = Present(number=HUONG, name="Nguyễn Thị Hương", document="card")
    made = begin_counter(HELP, present, Way(offices_of(WARD)[0].id), by=clerk, at=now())
    call("GET", f"/drafts/{made}", status=404)
    call("PUT", f"/drafts/{made}/consent", {"digest": "0" * 64}, status=404)
