"""A dossier filed at a hub while things fail: nothing is lost, nothing is there twice."""

import json
import re
import time
from contextlib import closing
from datetime import UTC, datetime

import httpx
import pytest

from motcua.config.federation import federate, houses_under
from motcua.config.federation_places import HUE, once
from motcua.config.federation_walk import (
    CITIZEN,
    CLERK,
    PDF,
    walk,
)
from motcua.payments.rules.signatures import SigningKey
from tests.faults.handed import (
    ADMINISTRATOR,
    BORN,
    HUB_CLERK,
    filed_as_one,
    filed_at,
    is_taken,
    moved,
    rows,
    shown,
    taken_at_the_counter,
    there,
)
from tests.faults.waiting import until
from tests.portals import free_ports

KEY = SigningKey("motcua", "k" * 40)
BANK = {
    "url": "http://127.0.0.1:9",
    "key_id": KEY.id,
    "secret": KEY.secret,
    "bin": "970400",
    "bank": "Ngân hàng thử",
    "number": "0000000000",
    "holder": "TAI KHOAN THU",
}
FEE = {"name": "Phí thẩm định", "amount": 20_000, "legal": "Điều 5"}


@pytest.fixture(scope="module")
def portals(folder):
    """The hub and both provinces, as `motcua demo-federation` starts and joins them."""
    with pytest.MonkeyPatch.context() as given:
        given.setenv("PAYMENT_PROVIDERS", json.dumps({"sandbox": BANK}))
        yield from _joined(folder)


@pytest.fixture(scope="module")
def houses(portals):
    hub, _hanoi, hue = portals
    return hub, hue


def _joined(folder):
    houses = houses_under(folder, 8000)
    for house, port in zip(houses, free_ports(3), strict=True):
        house.port = port
    try:
        federate(*houses)
        yield houses
    finally:
        for house in houses:
            house.stop()


def test_a_dossier_walks_through_two_portals_and_its_result_comes_back(houses):
    hub, hue = houses
    journey = walk(hub, hue, born=BORN)
    assert there(hue, journey.code) == [journey.there]
    entries = "SELECT count(*) > 0 FROM exchange_logentry WHERE service = 'forwarding.v1'"
    assert rows(hub, entries) == rows(hue, entries) == [(True,)]
    told = "SELECT count(*) FROM sync_status WHERE code = %s AND status = 10"
    until(lambda: rows(hub, told, journey.there) == [(1,)], what="the last status was pushed")


def test_one_filing_has_parts_in_both_provinces_and_the_result_of_one_opens_the_other(portals):
    hub, hanoi, hue = portals
    whole = filed_as_one(hub)
    parts = "SELECT part, dossier FROM dossiers_linkedpart WHERE dossier <> '' AND filing_id = "
    parts += "(SELECT id FROM dossiers_linkedfiling WHERE code = %s)"
    birth = dict(rows(hub, parts, whole))["birth"]
    until(lambda: there(hue, birth), what="the birth is in Huế")
    assert there(hanoi, birth) == []
    (theirs,) = there(hue, birth)
    moved(hue, "mot-cua", "thuan-hoa", theirs, "accept", "forward")
    moved(hue, "chuyen-vien", "thuan-hoa", theirs, "propose")
    moved(hue, "lanh-dao", "thuan-hoa", theirs, "approve")
    until(lambda: len(rows(hub, parts, whole)) == 3, what="the result opened the other parts")
    opened = dict(rows(hub, parts, whole))
    for part in ("residence", "health_card"):
        until(lambda part=part: there(hanoi, opened[part]), what=f"{part} is in Hà Nội")
        assert there(hue, opened[part]) == []
    (home,) = there(hanoi, opened["residence"])
    page = shown(hub, CITIZEN, f"/ho-so/lien-thong/{whole}/")
    assert all(code in page for code in opened.values())
    moved(hanoi, "mot-cua", "hoan-kiem", home, "accept")
    address = f"/ho-so/chuyen/{opened['residence']}/"
    until(lambda: "Đã tiếp nhận" in shown(hub, CITIZEN, address), what="the hub knows from Hà Nội")


def test_a_fee_that_the_province_asks_for_is_read_and_paid_at_the_hub(houses):
    hub, hue = houses
    code = filed_at(hub)
    until(lambda: is_taken(hub, code), what="it was handed on")
    (theirs,) = there(hue, code)
    with hue.as_program(CLERK) as api:
        version = api.get(f"/dossiers/{theirs}").raise_for_status().json()["version"]
        asked = {"reason": "Cần thẩm định thêm tại chỗ.", "fees": [FEE]}
        seen = once() | {"if-match": f'"{version}"'}
        api.post(f"/dossiers/{theirs}/fees", json=asked, headers=seen).raise_for_status()
    page = f"/ho-so/chuyen/{code}/"
    with closing(hub.as_person(CITIZEN)) as citizen:
        link = re.compile(rf'href="({page}nop-phi/[0-9a-f-]{{36}}/)"')
        until(lambda: link.search(citizen.get(page).text), what="the bill is at the hub")
        bill = link.search(citizen.get(page).text)[1]
        assert "0000000000" in citizen.page(bill)
        for _twice in range(2):
            assert call_back(hue, theirs).is_success
        until(lambda: "Đã nộp 20.000" in citizen.page(bill), what="the hub knows")
    received = "SELECT received, refund_due FROM payments_bill WHERE subject = %s"
    assert rows(hue, received, theirs) == [(20_000, 0)]
    assert rows(hub, received, theirs) == rows(hub, received, code) == []


def test_what_the_hubs_desk_took_is_settled_there_and_asked_for_a_file(houses):
    hub, hue = houses
    code = taken_at_the_counter(hub)
    until(lambda: is_taken(hub, code), what="it was handed on")
    (theirs,) = there(hue, code)
    assert "Văn phòng Chính phủ" in shown(hue, CLERK, f"/ban-lam-viec/{theirs}/")
    with hue.as_program(CLERK) as api:
        version = api.get(f"/dossiers/{theirs}").raise_for_status().json()["version"]
        asked = {
            "step": "ask_supplement",
            "reason": "Thiếu sơ đồ của ngôi nhà.",
            "fields": ["house_sketch"],
        }
        seen = once() | {"if-match": f'"{version}"'}
        api.post(f"/dossiers/{theirs}/steps", json=asked, headers=seen).raise_for_status()
    page = f"/ho-so/chuyen/{code}/"
    with closing(hub.as_person(CITIZEN)) as citizen:
        until(lambda: "Thiếu sơ đồ của ngôi nhà." in citizen.page(page), what="the hub knows")
        sketch = {"house_sketch": ("so-do.pdf", PDF, "application/pdf")}
        citizen.post(f"{page}bo-sung/", {"shown": "house_sketch", "send": "1"}, sketch)
        assert "so-do.pdf" in citizen.page(page)
    given = "SELECT jsonb_array_length(answers->'house_sketch') FROM dossiers_dossier WHERE code=%s"
    until(lambda: rows(hue, given, theirs) == [(1,)], what="the file is in the province")
    assert "so-do.pdf" in shown(hue, CLERK, f"/ban-lam-viec/{theirs}/?giay=house_sketch")
    assert code in shown(hub, HUB_CLERK, "/ban-lam-viec/chuyen/")


def call_back(house, purpose):
    """Tell a portal, as its bank does, that money came."""
    told = {"transaction": f"T-{purpose}"[:60], "reference": "", "amount": FEE["amount"]}
    paid_at = datetime.now(UTC).isoformat()
    told |= {"currency": "VND", "purpose": purpose, "paid_at": paid_at}
    body = json.dumps(told).encode()
    address = f"{house.url}/thanh-toan/goi-lai/sandbox/"
    return httpx.post(address, content=body, headers=KEY.sign(int(time.time()), body))


def test_while_the_province_is_down_the_citizen_files_and_it_goes_once_it_is_up(houses):
    hub, hue = houses
    hue.stop()
    code = filed_at(hub)
    page = shown(hub, CITIZEN, f"/ho-so/chuyen/{code}/")
    assert "Đã nộp, chờ chuyển đến Ủy ban nhân dân thành phố Huế" in page
    trouble = "SELECT trouble FROM forwarding_handed WHERE code = %s"
    until(lambda: rows(hub, trouble, code) == [("exchange.member-down",)], what="a try failed")
    assert code in shown(hub, ADMINISTRATOR, "/quan-tri/chuyen-ho-so/")
    listed = ("jobs", "list", "--about", code)
    until(lambda: "forwarding.hand-on" in hub.command(*listed), what="its job is to be tried again")

    hub.stop()
    hub.start()
    hue.start()
    hub.wait()
    hue.wait()
    until(lambda: is_taken(hub, code), what="it was handed on")
    assert len(there(hue, code)) == 1
    assert code not in shown(hub, ADMINISTRATOR, "/quan-tri/chuyen-ho-so/")


def test_an_answer_lost_after_acceptance_makes_no_second_dossier(houses):
    hub, hue = houses
    rows(
        hub,
        "CREATE FUNCTION lose() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF NEW.handing = 'taken' AND NEW.tries < 2 THEN RAISE 'the hub dies here'; END IF; "
        "RETURN NEW; END $$",
    )
    rows(
        hub,
        "CREATE TRIGGER lose BEFORE UPDATE ON forwarding_handed "
        "FOR EACH ROW EXECUTE FUNCTION lose()",
    )
    code = filed_at(hub)
    until(lambda: is_taken(hub, code), what="it was handed on at the second try")
    assert rows(hub, "SELECT tries FROM forwarding_handed WHERE code = %s", code)[0][0] >= 2
    assert len(there(hue, code)) == 1
    rows(hub, "DROP TRIGGER lose ON forwarding_handed")


def test_the_provinces_key_is_renewed_by_one_command_and_dossiers_go_on(houses):
    hub, hue = houses
    said = hue.command("exchange", "key", "rotate")
    assert said.startswith("✓")
    kid = said.split()[1]
    assert rows(hub, "SELECT member_id FROM exchange_certificate WHERE kid = %s", kid) == [(HUE,)]
    code = filed_at(hub)
    until(lambda: is_taken(hub, code), what="it was handed on with the new key")
    assert len(there(hue, code)) == 1
