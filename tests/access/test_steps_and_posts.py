"""Every step, at every place of the way, by everybody: only the post that holds it takes it."""

import json

import pytest
from django.core.cache import cache
from django.utils.timezone import now

from motcua.agencies.operations.posts import end_post
from motcua.agencies.queries.posts import posts_held
from motcua.dossiers.jobs import do_bulk
from motcua.dossiers.models import Dossier
from motcua.dossiers.operations.charging import BillLine, ask_payment
from motcua.dossiers.operations.results import issue_result
from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.tests.conftest import MONDAY, SYSTEM
from motcua.dossiers.tests.counter import WHY
from motcua.dossiers.web.desk.actions import SLUGS
from motcua.kernel.money import Dong
from tests.access.world import OFFICIALS, STRANGERS

ASK = {"ask_supplement", "ask_payment"}
BY_THEMSELVES = {"transfer", "reappoint", "consult", "reopen", "ask_payment", "waive"}
"""Steps with pages and addresses of their own: no program takes one without what it needs."""
SITUATIONS = {
    "just filed": (
        (),
        {"clerk": {"accept", "refuse", "transfer"} | ASK, "leader": {"transfer"}},
    ),
    "accepted": (
        (Step.ACCEPT,),
        {
            "clerk": {"forward", "stop", "transfer", "reappoint"} | ASK,
            "leader": {"transfer", "reappoint"},
        },
    ),
    "with the specialist": (
        (Step.ACCEPT, Step.FORWARD),
        {
            "specialist": {"propose", "stop", "reappoint", "consult"} | ASK,
            "leader": {"transfer", "reappoint"},
        },
    ),
    "with the leader": (
        (Step.ACCEPT, Step.FORWARD, Step.PROPOSE),
        {"leader": {"approve", "send_back", "stop", "transfer", "reappoint", "consult"} | ASK},
    ),
    "waiting for the citizen": (
        (Step.ACCEPT, Step.FORWARD, Step.ASK_SUPPLEMENT),
        {"specialist": {"stop"}},
    ),
    "waiting for a further fee": (
        (Step.ACCEPT, Step.FORWARD, Step.ASK_PAYMENT),
        {"specialist": {"stop"}, "leader": {"waive"}},
    ),
    "approved": (
        (Step.ACCEPT, Step.FORWARD, Step.PROPOSE, Step.APPROVE),
        {"clerk": {"return"}, "leader": {"reopen"}},
    ),
    "returned": (
        (Step.ACCEPT, Step.FORWARD, Step.PROPOSE, Step.APPROVE, Step.RETURN),
        {"leader": {"reopen"}},
    ),
    "refused": ((Step.REFUSE,), {"leader": {"reopen"}}),
}
"""How it came there, and who may do what then; written from the procedure, not from the code."""

OPEN = set(SITUATIONS) - {"approved", "returned", "refused"}
EVERYBODY = (*OFFICIALS, *STRANGERS, "nam")


def come_to(world, situation):
    """Bring a new dossier of Lan's there, and return its code."""
    code = world.counter.file().code
    for step in SITUATIONS[situation][0]:
        if step is Step.RETURN:
            issue_result(code, by=SYSTEM, at=MONDAY)
        if step is Step.ASK_SUPPLEMENT:
            asked = {"papers": ["proof"], "fields": ["full_name"]}
            specialist = world.counter.actor("specialist")
            take_step(code, step, by=specialist, at=MONDAY, reason=WHY, details=asked)
        elif step is Step.ASK_PAYMENT:
            fee = BillLine("Phí thẩm định", Dong(5_000), "Appraisal fee", "TT 1/2020/TT-BTC")
            specialist = world.counter.actor("specialist")
            ask_payment(code, [fee], reason=WHY, by=specialist, at=MONDAY)
        else:
            world.counter.walk(code, step)
    if situation == "approved":
        issue_result(code, by=SYSTEM, at=MONDAY)
    return code


@pytest.fixture(params=SITUATIONS)
def situation(request):
    return request.param


def send(client, world, who, path, body, version):
    headers = {
        "Authorization": f"Bearer {world.token(who)}",
        "Idempotency-Key": f"{who}-{body['step']}",
        "If-Match": f'"{version}"',
    }
    return client.post(path, json.dumps(body), content_type="application/json", headers=headers)


def test_a_program_takes_only_the_steps_of_its_owner_s_post(world, client, situation):
    code = come_to(world, situation)
    version = Dossier.objects.get(code=code).version
    path, may = f"/api/v1/dossiers/{code}", SITUATIONS[situation][1]
    for who in EVERYBODY:
        theirs = may.get(who, set()) - BY_THEMSELVES
        for step in sorted({str(each) for each in Step} - theirs):
            body = {"step": step, "reason": WHY, "papers": ["proof"], "fields": ["full_name"]}
            answer = send(client, world, who, f"{path}/steps", body, version)
            assert answer.status_code in {403, 404, 409, 422}, (who, step)
    assert Dossier.objects.get(code=code).version == version


def test_a_page_takes_only_the_steps_of_its_reader_s_post(world, situation):
    code = come_to(world, situation)
    version = Dossier.objects.get(code=code).version
    may = SITUATIONS[situation][1]
    for who in EVERYBODY:
        browser = world.client(who)
        for step, slug in SLUGS.items():
            if step in may.get(who, set()):
                continue
            typed = {"seen": version, "reason": WHY, "papers": "proof"}
            answer = browser.post(f"/ban-lam-viec/{code}/{slug}/", typed)
            assert answer.status_code in {403, 404, 409, 422}, (who, step)
    assert Dossier.objects.get(code=code).version == version


def test_each_is_told_which_steps_are_theirs_and_no_others(world, client, situation, monkeypatch):
    monkeypatch.setattr("motcua.dossiers.api.dossiers.now", lambda: MONDAY)  # none is due yet
    code = come_to(world, situation)
    may = SITUATIONS[situation][1]
    hers = ({"withdraw"} if situation in OPEN else set()) | (
        {"supply"} if situation == "waiting for the citizen" else set()
    )
    for who in ("lan", *OFFICIALS):
        headers = {"Authorization": f"Bearer {world.token(who)}"}
        told = client.get(f"/api/v1/dossiers/{code}", headers=headers).json()["may"]
        assert set(told) == (hers if who == "lan" else may.get(who, set())), who


def test_choosing_many_takes_only_what_one_could_take(world):
    code = come_to(world, "just filed")
    mine = {"viec": "accept", "hs": [code, "000.00.61.H26-261102-9999"]}
    for who in ("auditor", "administrator"):
        assert world.client(who).post("/ban-lam-viec/hang-loat/bat-dau/", mine).status_code == 403
    for who in ("specialist", "leader"):
        begun = world.client(who).post("/ban-lam-viec/hang-loat/bat-dau/", mine)
        do_bulk(int(begun["Location"].rstrip("/").rpartition("/")[2]))
    assert world.client("nam").post("/ban-lam-viec/hang-loat/bat-dau/", mine).status_code == 403
    nothing = world.client("stranger").post("/ban-lam-viec/hang-loat/bat-dau/", mine)
    assert nothing.status_code == 422
    assert Dossier.objects.get(code=code).state == "new"


def test_nobody_takes_a_dossier_in_hand_that_is_not_with_their_post(world):
    code = come_to(world, "with the specialist")
    for who in EVERYBODY:
        if who != "specialist":
            answer = world.client(who).post(f"/ban-lam-viec/{code}/nhan-xu-ly/")
            assert answer.status_code in {403, 404}, who
    assert Dossier.objects.get(code=code).holder == ""


def test_an_official_does_not_process_a_dossier_of_their_own(world):
    code = world.counter.file(by="clerk").code
    typed = {"seen": "1", "reason": WHY}
    assert world.client("clerk").post(f"/ban-lam-viec/{code}/tiep-nhan/", typed).status_code == 403
    assert Dossier.objects.get(code=code).state == "new"


def test_only_the_leader_sees_what_would_be_issued(world):
    code = come_to(world, "with the leader")
    for who in EVERYBODY:
        answer = world.client(who).get(f"/ban-lam-viec/{code}/du-thao.pdf/")
        assert (answer.status_code == 200) == (who == "leader"), who


def test_only_administrators_change_their_own_agency_s_hours(world):
    for who in EVERYBODY:
        for path in ("/quan-tri/lich/", "/quan-tri/lich/gio/", "/quan-tri/lich/ngay/"):
            answer = world.client(who).get(path)
            ours = who.endswith("administrator")
            assert (answer.status_code == 200) == ours, (who, path)


def test_a_post_that_ended_opens_nothing_half_a_minute_later(world):
    clerk = world.counter.actor("clerk")
    browser, path = world.client("clerk"), f"/ban-lam-viec/{world.things['code']}/"
    assert browser.get(path).status_code == 200
    end_post(posts_held(clerk.id, at=now())[0].id, by=SYSTEM, at=now())
    cache.clear()  # each process remembers posts for half a minute
    assert browser.get(path).status_code == 403
    headers = {"Authorization": f"Bearer {world.token('clerk')}"}
    assert browser.get("/api/v1/dossiers/" + world.things["code"], headers=headers).status_code in {
        401,
        404,
    }
