from datetime import timedelta

import pytest

from motcua.backbone.models import Entry
from motcua.identity.models import Account
from motcua.identity.operations.proving import CardSeen, ClerksProve, NotProven, prove_identity
from motcua.identity.queries.people import person
from motcua.identity.queries.proving import proof_code
from motcua.identity.tests.conftest import HUONG, LAN, MINISTRY, NOON, QUAN, refused
from motcua.kernel.actors import Actor, Role

pytestmark = pytest.mark.django_db
CARD = CardSeen(HUONG.personal_id, HUONG.name, HUONG.birth_date)


@pytest.fixture
def code(huong):
    return proof_code(by=Actor(huong, HUONG.name), at=NOON)


def seen(account):
    return person(account, by=Actor(account, "x"), at=NOON).proven_at


def test_an_account_is_proven_by_card_face_and_the_code_of_its_owner(huong, code):
    assert seen(huong) is None
    written = CardSeen("046 195 000 123", "nguyen thi huong", HUONG.birth_date)
    later = NOON + timedelta(minutes=9)
    assert prove_identity(written, f"{code[:4]} {code[4:]}", by=LAN, at=later) == HUONG.name
    assert seen(huong) == later
    assert Entry.objects.filter(name="identity.identity-proven", subject=huong).count() == 1
    assert prove_identity(CARD, code, by=LAN, at=later) == HUONG.name
    assert Entry.objects.filter(name="identity.identity-proven").count() == 1


def test_who_opened_an_account_under_anothers_number_does_not_get_it_proven(huong, quan, code):
    of_another = proof_code(by=Actor(quan, QUAN.name), at=NOON)
    for typed in ("", "00000000", of_another):
        with refused(NotProven):
            prove_identity(CARD, typed, by=LAN, at=NOON)
    with refused(NotProven):
        prove_identity(CARD, code, by=LAN, at=NOON + timedelta(minutes=21))
    assert seen(huong) is None


def test_the_card_must_say_what_the_account_says(code):
    for card in (
        CardSeen(QUAN.personal_id, HUONG.name, HUONG.birth_date),
        CardSeen(HUONG.personal_id, QUAN.name, HUONG.birth_date),
        CardSeen(HUONG.personal_id, HUONG.name, QUAN.birth_date),
        CardSeen(HUONG.personal_id, HUONG.name, None),
    ):
        with refused(NotProven):
            prove_identity(card, code, by=LAN, at=NOON)


def test_only_a_clerk_confirms_and_not_their_own_account(huong, code):
    own = Actor(huong, HUONG.name, MINISTRY, frozenset({Role.CLERK}))
    leader = Actor("boss", "Boss", MINISTRY, frozenset({Role.LEADER}))
    for by in (own, leader, Actor(huong, HUONG.name)):
        with refused(ClerksProve):
            prove_identity(CARD, code, by=by, at=NOON)
    assert not Account.objects.filter(proven_at__isnull=False).exists()


def test_the_owner_reads_the_code_on_their_page_until_it_is_confirmed(client, enter, huong):
    enter("huong@example.vn")
    page = client.get("/tai-khoan/danh-tinh/").content.decode()
    assert "mc-num" in page
    Account.objects.filter(pk=huong).update(proven_at=NOON, proven_agency=MINISTRY)
    page = client.get("/tai-khoan/danh-tinh/").content.decode()
    assert "mc-num" not in page
    assert "23/11/2026" in page


def test_the_clerks_page_keeps_what_was_typed_and_says_what_to_compare(enter, clerk, client):
    enter("quan@example.vn")
    typed = {"number": "046195000123", "name": "Ai Đó", "code": "12345678", "born-day": "14"}
    answer = client.post("/tai-khoan/xac-nhan-danh-tinh/", typed)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="Ai Đó"' in page
    assert 'value="14"' in page
    assert "12345678" not in page
