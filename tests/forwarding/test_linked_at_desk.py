"""Linked filings that a desk takes, of which other portals process parts."""

from datetime import date

import pytest
from django.contrib.auth import get_user_model

from motcua.agencies.operations.agencies import add_office
from motcua.agencies.queries.agencies import offices_of
from motcua.dossiers.models import Dossier, LinkedFiling, Transition
from motcua.dossiers.operations.claiming import NotForThemToClaim, claim
from motcua.dossiers.operations.counter import Present, Way, begin_counter, file_counter_linked
from motcua.dossiers.operations.counter_at_once import Filled, file_linked_at_counter
from motcua.dossiers.operations.drafts import attach, save_answers
from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.queries.counter import linked_counter_slip
from motcua.dossiers.rules.lifecycle import State, Step
from motcua.dossiers.tests.conftest import MONDAY, SYSTEM, WARD, a_file, refused
from motcua.dossiers.tests.counter import check_shape, text_of
from motcua.dossiers.tests.linked import PACKS, answers, dossier_of, states
from motcua.exchange.tests.wire import now
from motcua.forwarding.models import Given, Handed
from motcua.forwarding.operations.following import ask_how_it_stands
from motcua.forwarding.operations.handing_on import hand_on
from motcua.forwarding.operations.telling import tell_given_out
from motcua.forwarding.rules.states import Handing
from motcua.kernel.actors import Actor
from motcua.packs.operations.publishing import publish_folder
from motcua.payments.models import Bill
from motcua.payments.tests.conftest import SILENT, options
from tests.forwarding.desk import DESK, DONE, GRANNY
from tests.forwarding.test_fees import bills_of, transferred
from tests.forwarding.test_linked_parts import SETTLED, mixed, part, settle

__all__ = ["mixed", "settle"]


def at_desk(counter, code, name="hub-clerk"):
    """Return a page of the desk that took it."""
    page = counter.client(name).get(code)
    check_shape(page)
    return text_of(page)


def test_what_a_desk_takes_as_one_is_handed_on_part_by_part_as_the_desk_took_it(
    counter, begun_linked, settle
):
    code = begun_linked()
    first = part(code, "first")
    clerk = counter.actor("hub-clerk")
    assert (first.desk, first.clerk, len(first.claim)) == (DESK, clerk.id, 6)
    receipt = at_desk(counter, f"/ban-lam-viec/quay/xong/{code}/")
    for words in (code, first.code, first.claim, "Cổng khác"):
        assert words in receipt
    assert first.code in at_desk(counter, f"/ban-lam-viec/chuyen/{first.code}/")
    settle(first)
    assert states(code) == {"first": "opened", "second": "opened", "third": "opened"}
    there = Dossier.objects.get(code=Handed.objects.get(pk=first.pk).there)
    assert (there.channel, there.office_id, there.applicant_name) == (1, None, GRANNY.name)
    page = at_desk(counter, f"/ban-lam-viec/{there.code}/", "clerk")
    for words in ("Bản chính", clerk.name, "Bộ phận một cửa của Bộ"):
        assert words in page
    second = part(code, "second")
    assert (second.desk, second.clerk, second.filer) == (DESK, clerk.id, first.filer)
    hand_on(second.code, at=now())
    second.refresh_from_db()
    assert second.handing == Handing.TAKEN
    receipt = at_desk(counter, f"/ban-lam-viec/quay/xong/{code}/")
    assert all(part(code, name).code in receipt for name in ("first", "second", "third"))


def like_lan(counter):
    """Return Lan as a desk writes her down that does not know of her account."""
    number = get_user_model().objects.get(pk=counter.actor("lan").id).personal_id
    return Present(number, "Lê Thị Khác", date(1990, 1, 1), document="card")


@pytest.fixture
def in_two_places(counter, begun_linked, mixed, work):
    """What a ward's desk took for Lan, unknown to it: one part is settled there, one elsewhere."""
    add_office(WARD, "Một cửa phường", by=SYSTEM, at=MONDAY)
    code = begun_linked(like_lan(counter), by="clerk", at=offices_of(WARD)[0].id)
    ours = dossier_of(code, "first")
    for step in SETTLED[1:]:
        names = {Step.PROPOSE: "specialist", Step.APPROVE: "leader"}
        take_step(ours.code, step, by=counter.actor(names.get(step, "clerk")), at=now())
    work()
    away = part(code, "third")
    assert (away.desk, len(away.claim)) == (WARD, 6)
    return code, ours, away


@pytest.mark.parametrize("by_the_receipt_of", ["ours", "away"])
def test_one_secret_takes_over_all_parts_wherever_they_are(
    counter, in_two_places, by_the_receipt_of
):
    code, ours, away = in_two_places
    lan, shown = counter.actor("lan"), {"ours": ours, "away": away}[by_the_receipt_of]
    claim(shown.code, shown.claim, by=lan, at=now())
    for row in (away, ours, LinkedFiling.objects.get(code=code)):
        row.refresh_from_db()
        assert row.applicant == lan.id
    assert (away.claim, ours.claim) == ("", "")
    page = text_of(counter.client("lan").get(f"/ho-so/lien-thong/{code}/"))
    assert ours.code in page
    assert away.code in page


def test_who_sees_a_secret_at_work_takes_over_nothing_with_it(counter, in_two_places):
    _, ours, away = in_two_places
    clerk = Actor(counter.actor("clerk").id, "Cán bộ")
    for row in (ours, away):
        with refused(NotForThemToClaim):
            claim(row.code, row.claim, by=clerk, at=now())


def test_a_program_files_at_the_counter_what_is_handed_on(counter, office):
    publish_folder(PACKS / "9.000010", by=SYSTEM, at=MONDAY)
    clerk = counter.actor("hub-clerk")
    filled = Filled(answers() | {"copies": 0}, {"proof": [a_file(clerk, now())]}, DONE)
    code = file_linked_at_counter(
        "9.000010", GRANNY, Way(office), filled, behalf=None, by=clerk, at=now()
    )
    told = linked_counter_slip(code, by=clerk)
    first = part(code, "first")
    assert told.slip.claim == first.claim
    (opened,) = [each for each in told.parts if each.dossier]
    assert (opened.dossier, opened.due_at, opened.own) == (first.code, None, False)
    assert opened.away == f"/ban-lam-viec/chuyen/{first.code}/"


def test_what_the_portal_refuses_at_a_counter_is_corrected_there_and_lets_go_what_waited(
    counter, begun_linked, work
):
    code = begun_linked()
    first = part(code, "first")
    line = first.manifest.replace('"full_name":"', '"full_name":"","was":"')
    Handed.objects.update(manifest=line)
    hand_on(first.code, at=now())
    work()
    assert states(code)["second"] == "dropped"
    assert first.code in at_desk(counter, f"/ban-lam-viec/chuyen/{first.code}/")


@pytest.fixture
def owing(counter, begun_linked, settle, settings):
    """The second part is in the province, which asks 16,000 dong for two copies; the hub knows."""
    settings.PAYMENT_PROVIDERS = {"sandbox": options(SILENT)}
    code = begun_linked(like_lan(counter), copies=2, last=True)
    settle(part(code, "first"))
    second = part(code, "second")
    assert FEE in at_desk(counter, f"/ban-lam-viec/quay/xong/{code}/")
    hand_on(second.code, at=now())
    ask_how_it_stands(second.code, at=now())
    second.refresh_from_db()
    return code, second


FEE, UNPAID, PAID = (
    f"Phí phải nộp: 16.000 đồng{each}" for each in ("", ", chưa thanh toán", ", đã nộp")
)
TO_PAY = "Bản thứ hai: nộp 16.000 đồng"


def test_the_fee_of_a_part_elsewhere_is_on_the_slip_until_it_came_there(counter, owing, work):
    code, second = owing
    slip, page = f"/ban-lam-viec/quay/xong/{code}/", f"/ban-lam-viec/chuyen/{second.code}/"
    told = linked_counter_slip(code, by=counter.actor("hub-clerk"))
    assert [each.fee for each in told.parts] == [0, 16_000, 8_000, 0]
    assert FEE in at_desk(counter, slip)
    assert "Phải nộp: 16.000 đồng" in at_desk(counter, page)
    (bill,) = bills_of(second)
    transferred(bill)
    work()
    done = counter.client("hub-clerk").post(f"{page}kiem-tra/", follow=True)
    check_shape(done)
    assert "Phải nộp" not in text_of(done)
    assert FEE not in at_desk(counter, slip)
    assert not Bill.objects.filter(subject__startswith=second.code).exists()


def test_who_takes_it_over_reads_at_the_whole_what_to_pay_and_that_it_is_withdrawn_there(
    counter, owing, work
):
    code, second = owing
    claim(second.code, second.claim, by=counter.actor("lan"), at=now())
    client, whole = counter.client("lan"), f"/ho-so/lien-thong/{code}/"
    page = client.get(whole)
    check_shape(page)
    assert TO_PAY in text_of(page)
    (bill,) = bills_of(second)
    address = f"/ho-so/chuyen/{second.code}/nop-phi/{bill.pk}/"
    assert f'href="{address}"' in page.content.decode()
    assert client.get(address).status_code == 200
    assert UNPAID in text_of(client.get(f"{whole}giay-hen/"))
    asked = client.get(f"{whole}rut/")
    check_shape(asked)
    assert "do cổng khác giải quyết" in text_of(asked)
    transferred(bill)
    work()
    ask_how_it_stands(second.code, at=now())
    assert TO_PAY not in text_of(client.get(whole))
    assert PAID in text_of(client.get(f"{whole}giay-hen/"))


def test_what_is_withdrawn_there_lets_go_what_waited_and_the_desk_reads_both(counter, owing, work):
    code, second = owing
    there = Dossier.objects.get(code=second.there)
    whose = Actor(there.applicant, there.applicant_name)
    take_step(there.code, Step.WITHDRAW, by=whose, at=now(), reason="Không cần nữa")
    work()
    ask_how_it_stands(second.code, at=now())
    work()
    opened = dict.fromkeys(("first", "second", "third"), "opened")
    assert states(code) == opened | {"last": "dropped"}
    page = at_desk(counter, f"/ban-lam-viec/chuyen/{second.code}/")
    assert "Người nộp đã rút" in page
    assert "Phải nộp" not in page
    assert FEE not in at_desk(counter, f"/ban-lam-viec/quay/xong/{code}/")


def test_the_desk_gives_out_the_result_of_each_part_which_the_province_notes_once(
    counter, begun_linked, settle
):
    code = begun_linked()
    shown = {"document": "card", "proof": GRANNY.number}
    for name in ("first", "second"):
        row = part(code, name)
        settle(row)
        row.refresh_from_db()
        client, address = counter.client("hub-clerk"), f"/ban-lam-viec/chuyen/{row.code}/"
        (kept,) = row.results.values()
        assert client.get(f"{address}tep/{kept}/").content.startswith(b"%PDF")
        for _twice in range(2):
            done = client.post(f"{address}trao/", shown, follow=True)
        check_shape(done)
        assert GRANNY.name in text_of(done)
        given = Given.objects.get(handed=row)
        assert tell_given_out(given.pk, at=now()) is Handing.TAKEN
        assert Dossier.objects.get(code=row.there).state == State.RETURNED
    assert Given.objects.count() == 2
    assert Transition.objects.filter(step=Step.RETURN).count() == 2


@pytest.fixture
def begun_linked(counter, office):
    publish_folder(PACKS / "9.000010", by=SYSTEM, at=MONDAY)

    def filing(present=GRANNY, *, by="hub-clerk", at=office, copies=0, last=False):
        clerk = counter.actor(by)
        draft = begin_counter("9.000010", present, Way(at), by=clerk, at=now())
        save_answers(draft, answers(last=last) | {"copies": copies}, by=clerk, at=now())
        attach(draft, "proof", a_file(clerk, now()), by=clerk, at=now())
        code = file_counter_linked(draft, DONE, by=clerk, at=now())
        assert file_counter_linked(draft, DONE, by=clerk, at=now()) == code
        return code

    return filing
