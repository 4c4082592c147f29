"""What is Lan's stays Lan's: her dossier, draft, files, bill, notices, and looks at her data."""

import json

import pytest

from motcua.dossiers.tests.conftest import answers
from motcua.dossiers.tests.counter import text_of
from tests.access.addresses import addresses
from tests.access.world import OFFICIALS, STRANGERS

HERS = ("code", "draft", "draft_id", "bill", "id", "file", "number", "look", "authority")
FOREIGN = "000.00.99.H26-261102-9999"
FORM = {
    "send": "1",
    "declared": "1",
    "score": "1",
    "comment": "xấu",
    "reason": "Tôi muốn phá hồ sơ này.",
    "papers": "proof",
    "fields": "full_name",
    "paper": "proof",
    "provider": "sandbox",
    "seen": "1",
    "text": "Tôi hỏi thay cho người khác.",
    "question": "1",
    "shown": "full_name",
    "full_name": "Kẻ Khác",
}
"""Whatever a page of hers might take."""


def hers():
    """Return the addresses that name something of a person's; a pack's code is nobody's."""
    public = ("nop/", "thu-tuc/", "tra-cuu/", "quan-tri/goi/", "api/")
    return [
        each
        for each in addresses()
        if set(each.names) & set(HERS) and not each.route.startswith(public)
    ]


def test_her_own_things_are_there_for_her(world):
    """Else the refusals below would prove nothing."""
    lan, clerk = world.client("lan"), world.client("clerk")
    for path in ("ho-so/{code}/", "ho-so/{code}/giay-hen/", "khai/{draft}/case/", "tep/{id}/"):
        assert lan.get("/" + path.format(**world.things)).status_code == 200, path
    for path in ("thanh-toan/{bill}/", "tep/{id}/anh-nho/", "ho-so/{code}/tep/{file}/"):
        assert lan.get("/" + path.format(**world.things)).status_code == 200, path
    assert lan.get("/thong-bao/{number}/".format(**world.things)).status_code == 302
    assert clerk.get("/ban-lam-viec/{code}/".format(**world.things)).status_code == 200


@pytest.mark.parametrize("who", ["nam", *STRANGERS])
def test_nobody_else_sees_or_changes_them(world, who):
    browser, before = world.client(who), world.everything()
    for address in hers():
        path = address.of(world.things)
        for answer in (browser.get(path), browser.post(path, FORM)):
            assert answer.status_code in {403, 404, 405}, path
            assert "Nguyễn Thị Lan" not in answer.content.decode(errors="replace"), path
    assert world.everything() == before


@pytest.mark.parametrize("who", OFFICIALS)
def test_officials_of_her_ward_do_nothing_in_her_name(world, who):
    browser, before = world.client(who), world.everything()
    for address in hers():
        if address.route.startswith(("ban-lam-viec/", "thanh-toan/")):
            continue  # theirs: the desk also takes the fee of who comes in person
        path = address.of(world.things)
        answer = browser.post(path, FORM)
        assert answer.status_code in {403, 404, 405, 409, 422}, path
    assert world.everything() == before


@pytest.mark.parametrize("who", [*OFFICIALS, *STRANGERS, "nam"])
def test_what_she_has_not_handed_in_is_for_her_eyes_only(world, who):
    browser = world.client(who)
    for path in ("khai/{draft}/", "khai/{draft}/kiem-tra/", "tep/{id}/", "tep/{id}/anh-nho/"):
        assert browser.get("/" + path.format(**world.things)).status_code == 404, path


@pytest.mark.parametrize("path", ["ho-so/{}/", "ho-so/{}/giay-hen/", "ho-so/{}/bo-sung/"])
def test_a_dossier_of_hers_and_one_that_never_was_get_the_same_answer(world, path):
    nam = world.client("nam")
    codes = (world.things["code"], FOREIGN)
    shown = [nam.get("/" + path.format(code)) for code in codes]
    assert [answer.status_code for answer in shown] == [404, 404]
    first, second = (text_of(a).replace(c, "") for a, c in zip(shown, codes, strict=True))
    assert without_id(first, shown[0]) == without_id(second, shown[1])


def without_id(text, answer):
    return text.replace(answer["X-Request-ID"], "")


def test_a_try_is_written_to_the_log_with_who_it_was(world, caplog):
    world.client("nam").get("/ho-so/{code}/".format(**world.things))
    assert refusals(caplog, world, "nam") == ["dossiers.unknown-dossier"]
    caplog.clear()
    world.client("stranger").post(
        "/ban-lam-viec/{code}/tiep-nhan/".format(**world.things), {"seen": "1"}
    )
    assert "dossiers.unknown-dossier" in refusals(caplog, world, "stranger")


def refusals(caplog, world, who):
    """Return the codes of refusals that the log lays at somebody's door."""
    lines = [record.msg for record in caplog.records if isinstance(record.msg, dict)]
    mine = [line for line in lines if line.get("by") == world.counter.actor(who).id]
    return [line["code"] for line in mine if line["event"] == "refused"]


@pytest.fixture
def call(world, client):
    """Send a program's request in somebody's name."""

    def calling(who, method, path, body=None, **headers):
        sent = {"Authorization": f"Bearer {world.token(who)}", "Idempotency-Key": "k-1"}
        return client.generic(
            method,
            f"/api/v1{path}",
            json.dumps(body or {}),
            content_type="application/json",
            headers=sent | {name.replace("_", "-"): value for name, value in headers.items()},
        )

    return calling


@pytest.mark.parametrize("who", ["nam", *STRANGERS])
def test_programs_of_others_find_nothing_of_hers(world, call, who):
    before, path = world.everything(), "/dossiers/{code}".format(**world.things)
    assert call(who, "GET", path).status_code == 404
    step = {"step": "withdraw", "reason": FORM["reason"]}
    assert call(who, "POST", f"{path}/steps", step, If_Match='"1"').status_code == 404
    assert call(who, "GET", "/dossiers").json()["items"] == []
    assert world.everything() == before


@pytest.mark.parametrize("file", ["id", "file"])
def test_nobody_files_with_a_paper_of_hers(world, call, file):
    papers = {"proof": [world.things[file]]}
    body = {"procedure": "9.000001", "answers": answers(), "papers": papers}
    before = world.everything()
    assert call("nam", "POST", "/dossiers", body).status_code in {404, 422}
    assert world.everything() == before


def test_the_key_of_another_s_request_does_not_give_their_answer(world, call):
    sent = {"procedure": "9.000001", "answers": answers(), "papers": {}}
    lan = {**sent, "papers": {"proof": [world.things["id"]]}}
    filed = call("lan", "POST", "/dossiers", lan)
    assert filed.status_code == 201
    replayed = call("nam", "POST", "/dossiers", lan)
    assert replayed.status_code in {404, 422}
    assert filed.json()["code"] not in replayed.content.decode()
    assert "Idempotency-Replayed" not in replayed


def test_a_session_is_no_token_and_a_token_no_session(world, client):
    assert world.client("lan").get("/api/v1/dossiers").status_code == 401
    sent = {"Authorization": f"Bearer {world.token('lan')}"}
    assert client.get("/ho-so/", headers=sent).status_code == 302
