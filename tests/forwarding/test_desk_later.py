"""Who filed at a counter comes back: the desk answers, tells the fee and gives the result out."""

import re
from datetime import timedelta

import httpx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.backbone.models import Entry, Look
from motcua.dossiers.models import Dossier, Transition
from motcua.dossiers.operations.counter import file_counter
from motcua.dossiers.operations.drafts import save_answers
from motcua.dossiers.operations.reopening import reopen
from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.rules.lifecycle import State, Step
from motcua.dossiers.tests.conftest import PDF, a_file, refused
from motcua.dossiers.tests.counter import WHY, check_shape, text_of
from motcua.exchange.models import LogEntry
from motcua.exchange.tests.wire import now
from motcua.files.queries.kept import content_for_room
from motcua.forwarding.models import Given, Handed, Supplement
from motcua.forwarding.operations.answering import NotAsked, hand_answer_on
from motcua.forwarding.operations.at_desk import (
    NearToThem,
    NothingToGive,
    NotTheirs,
    Shown,
    answer_at_desk,
    give_out,
)
from motcua.forwarding.operations.following import ask_how_it_stands
from motcua.forwarding.operations.handing_on import hand_on
from motcua.forwarding.operations.sending import StillWaiting
from motcua.forwarding.operations.telling import tell_given_out
from motcua.forwarding.queries.handed import NotHanded
from motcua.forwarding.rules.states import Handing
from motcua.identity.operations.relatives import declare_relative
from motcua.identity.operations.tokens import issue_token
from motcua.notices.models import Notice
from tests.forwarding.conftest import down
from tests.forwarding.desk import DESK, DONE, GRANNY

CARD = Shown("card", GRANNY.number)
SETTLED = (Step.ACCEPT, Step.FORWARD, Step.PROPOSE, Step.APPROVE)


@pytest.fixture
def asked(taken, counter):
    """The province asks for a paper again, and the hub knows."""
    hand_on(taken.code, at=now())
    taken.refresh_from_db()
    wanted = {"papers": ["proof"], "fields": []}
    clerk = counter.actor("clerk")
    take_step(taken.there, Step.ASK_SUPPLEMENT, by=clerk, at=now(), reason=WHY, details=wanted)
    ask_how_it_stands(taken.code, at=now())
    taken.refresh_from_db()
    return taken


@pytest.fixture
def settled(taken, counter, work):
    """The province has approved, and the result is at the hub."""
    hand_on(taken.code, at=now())
    taken.refresh_from_db()
    counter.walk(taken.there, *SETTLED)
    work()
    ask_how_it_stands(taken.code, at=now())
    taken.refresh_from_db()
    return taken


def scanned(clerk):
    return {"proof": [a_file(clerk, now())]}


def test_the_desk_takes_the_answer_and_the_province_reads_which_desk_did(asked, counter):
    client, address = counter.client("hub-clerk"), f"/ban-lam-viec/chuyen/{asked.code}/"
    page = client.get(address)
    check_shape(page)
    assert WHY in text_of(page)
    check_shape(client.get(f"{address}bo-sung/"))
    file = SimpleUploadedFile("moi.pdf", PDF, "application/pdf")
    typed = {"file-proof": file, "note": "Đã chụp lại", "send": "1", "document": "card"}
    wrong = client.post(f"{address}bo-sung/", typed | {"proof": "001190000000"})
    assert wrong.status_code == 422
    assert "không phải của ai trong hồ sơ này" in text_of(wrong)
    (kept,) = re.findall(r'name="file-proof" value="([0-9a-f-]{36})"', wrong.content.decode())
    right = {"file-proof": kept, "note": "Đã chụp lại", "send": "1"}
    right |= {"document": "card", "proof": GRANNY.number}
    done = client.post(f"{address}bo-sung/", right, follow=True)
    check_shape(done)
    assert hand_answer_on(Supplement.objects.get().pk, at=now()) is Handing.TAKEN
    there = Dossier.objects.get()
    assert there.state == State.NEW
    said = there.transitions.get(step=Step.SUPPLY).reason
    for words in ("Đã chụp lại", "Bộ Công an", counter.actor("hub-clerk").name, "Thẻ căn cước"):
        assert words in said
    assert Entry.objects.get(name="forwarding.answered-at-desk").by == counter.actor("hub-clerk").id


def test_what_they_show_must_be_theirs(asked, counter):
    clerk = counter.actor("hub-clerk")
    papers = scanned(clerk)
    for shown in (
        Shown("card", "001190000000"),
        Shown("card", ""),
        Shown("card", asked.claim),
        Shown("receipt", "222222"),
        Shown("receipt", ""),
    ):
        with refused(NotTheirs):
            answer_at_desk(asked.code, shown, papers, "", by=clerk, at=now())
    assert not Supplement.objects.exists()
    by_receipt = Shown("receipt", f" {asked.claim.lower()} ")
    answer_at_desk(asked.code, by_receipt, papers, "", by=clerk, at=now())
    with refused(NotAsked):
        answer_at_desk(asked.code, CARD, scanned(clerk), "", by=clerk, at=now())


def test_a_receipt_whose_secret_was_used_opens_nothing(asked, counter):
    clerk, claim = counter.actor("hub-clerk"), asked.claim
    Handed.objects.update(claim="", applicant=counter.actor("lan").id)
    with refused(NotTheirs):
        answer_at_desk(asked.code, Shown("receipt", claim), scanned(clerk), "", by=clerk, at=now())
    with refused(NotTheirs):
        answer_at_desk(asked.code, Shown("receipt", ""), scanned(clerk), "", by=clerk, at=now())
    answer_at_desk(asked.code, CARD, scanned(clerk), "", by=clerk, at=now())


def test_only_the_desk_that_took_it_and_nobody_near(asked, counter):
    clerk, papers = counter.actor("hub-clerk"), scanned(counter.actor("hub-clerk"))
    for name in ("clerk", "hub-leader", "lan"):
        other = counter.actor(name)
        with refused(NotHanded):
            answer_at_desk(asked.code, CARD, scanned(other), "", by=other, at=now())
        with refused(NotHanded):
            give_out(asked.code, CARD, by=other, at=now())
    declare_relative(GRANNY.number, GRANNY.name, "parent", by=clerk, at=now())
    with refused(NearToThem):
        answer_at_desk(asked.code, CARD, papers, "", by=clerk, at=now())


def test_a_clerk_may_not_try_secrets_for_ever(asked, counter):
    client = counter.client("hub-clerk")
    address = f"/ban-lam-viec/chuyen/{asked.code}/trao/"
    typed = {"document": "receipt", "proof": "AAAAAA"}
    answers = [client.post(address, typed).status_code for _ in range(11)]
    assert answers[-1] == 429


def test_the_bill_is_shown_to_be_paid_on_the_spot_and_asked_after(counter, begun, work):
    clerk, draft = counter.actor("hub-clerk"), begun()
    save_answers(draft, {"copies": 3}, by=clerk, at=now())
    code = file_counter(draft, DONE, by=clerk, at=now()).code
    hand_on(code, at=now())
    ask_how_it_stands(code, at=now())
    client, address = counter.client("hub-clerk"), f"/ban-lam-viec/chuyen/{code}/"
    page = client.get(address)
    check_shape(page)
    assert "Phải nộp: 24.000 đồng" in text_of(page)
    Handed.objects.update(told_at=None)
    asked = client.post(f"{address}kiem-tra/", follow=True)
    assert "Đã hỏi cơ quan" in text_of(asked)
    assert Handed.objects.get().told_at is not None


def test_the_result_is_given_out_and_the_province_has_it_returned_once(settled, counter):
    client, address = counter.client("hub-clerk"), f"/ban-lam-viec/chuyen/{settled.code}/"
    page = client.get(address)
    check_shape(page)
    (kept,) = settled.results.values()
    there = content_for_room(str(Dossier.objects.get().result))
    assert client.get(f"{address}tep/{kept}/").content == there
    assert counter.client("clerk").get(f"{address}tep/{kept}/").status_code == 404
    wrong = client.post(f"{address}trao/", {"document": "card", "proof": "1"})
    assert wrong.status_code == 403
    check_shape(wrong)
    typed = {"document": "card", "proof": GRANNY.number}
    for _twice in range(2):
        page = client.post(f"{address}trao/", typed, follow=True)
    check_shape(page)
    assert GRANNY.name in text_of(page)
    given = Given.objects.get()
    for _twice in range(2):
        assert tell_given_out(given.pk, at=now()) is Handing.TAKEN
    assert Dossier.objects.get().state == State.RETURNED
    step = Transition.objects.get(step=Step.RETURN)
    assert step.details["to_whom"] == [GRANNY.name]
    assert "Bộ Công an" in step.details["document"][0]
    assert Entry.objects.filter(name="forwarding.given-out").count() == 1
    calls = LogEntry.objects.filter(service="forwarding.v1", side="provider")
    assert calls.count() == len({x.id for x in calls})
    ask_how_it_stands(settled.code, at=now())
    assert "Cơ quan giải quyết đã ghi nhận" in text_of(client.get(address))


def test_an_answer_lost_on_the_way_returns_it_once(settled, counter, agreed):
    give_out(settled.code, CARD, by=counter.actor("hub-clerk"), at=now())
    given = Given.objects.get().pk
    agreed.on_request = down
    with pytest.raises(StillWaiting):
        tell_given_out(given, at=now())

    def lose(message):
        raise httpx.ReadTimeout("lost")

    agreed.on_request, agreed.on_answer = (lambda message: message), lose
    with pytest.raises(StillWaiting):
        tell_given_out(given, at=now())
    agreed.on_answer = lambda message: message
    assert tell_given_out(given, at=now()) is Handing.TAKEN
    assert Transition.objects.filter(step=Step.RETURN).count() == 1


def test_a_result_that_is_being_corrected_is_not_noted_as_given(settled, counter):
    give_out(settled.code, CARD, by=counter.actor("hub-clerk"), at=now())
    reopen(settled.there, reason=WHY, by=counter.actor("leader"), at=now())
    assert tell_given_out(Given.objects.get().pk, at=now()) is Handing.REFUSED
    page = counter.client("hub-clerk").get(f"/ban-lam-viec/chuyen/{settled.code}/")
    assert "không ghi nhận việc trao này" in text_of(page)
    ask_how_it_stands(settled.code, at=now())
    with refused(NothingToGive):
        give_out(settled.code, CARD, by=counter.actor("hub-clerk"), at=now())


def test_nothing_is_given_out_before_there_is_a_result(asked, counter):
    with refused(NothingToGive):
        give_out(asked.code, CARD, by=counter.actor("hub-clerk"), at=now())


def test_looks_of_one_minute_are_one(settled, counter):
    client, address = counter.client("hub-clerk"), f"/ban-lam-viec/chuyen/{settled.code}/"
    Look.objects.all().delete()
    (kept,) = settled.results.values()
    for path in ("", f"tep/{kept}/", "bo-sung/"):
        client.get(f"{address}{path}")
    assert Look.objects.filter(reference=settled.code).count() == 1
    Look.objects.update(at=now() - timedelta(minutes=2))
    client.get(address)
    assert Look.objects.filter(reference=settled.code).count() == 2


def test_who_has_an_account_is_told_what_was_done_in_their_name(asked, counter, work):
    lan = counter.actor("lan")
    Handed.objects.update(claim="", applicant=lan.id)
    clerk = counter.actor("hub-clerk")
    answer_at_desk(asked.code, CARD, scanned(clerk), "", by=clerk, at=now())
    work()
    assert Notice.objects.filter(person=lan.id, kind="forwarding.answered-at-desk").exists()


def test_programs_of_the_desk_do_the_same(asked, counter, client):
    clerk = counter.actor("hub-clerk")
    secret = issue_token(
        *(clerk.id,), name="desk", days=1, scopes=["read", "write"], agency=DESK, by=clerk, at=now()
    )
    signed = {"Authorization": f"Bearer {secret}"}
    listed = client.get("/api/v1/forwarded-filings", headers=signed).json()
    assert [each["code"] for each in listed["items"]] == [asked.code]
    address = f"/api/v1/forwarded-filings/{asked.code}"
    read = client.get(address, headers=signed).json()
    assert (read["asked"]["papers"], read["asked"]["answered"]) == (["proof"], False)
    body = {"shown": {"document": "card", "proof": GRANNY.number}, "papers": scanned(clerk)}
    for _twice in range(2):
        done = client.post(
            f"{address}/supplement",
            body,
            "application/json",
            headers=signed | {"Idempotency-Key": "1"},
        )
        assert done.status_code == 202, done.content
    assert done.json()["asked"]["answered"]
    assert Supplement.objects.count() == 1
    too_early = client.post(
        f"{address}/handover",
        {"document": "card", "proof": GRANNY.number},
        "application/json",
        headers=signed | {"Idempotency-Key": "2"},
    )
    assert too_early.json()["code"] == "forwarding.nothing-to-give"
