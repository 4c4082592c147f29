"""A person gives another a power of attorney online; it counts once it is accepted."""

from datetime import date, timedelta

import pytest

from motcua.backbone.models import Entry
from motcua.identity.operations.authorities import (
    AuthorityRefused,
    NotYourAuthority,
    OwnAuthority,
    RecordedAlready,
    confirm_authority,
    revoke_authority,
)
from motcua.identity.operations.giving_power import AttorneyUnknown, Given, give_power
from motcua.identity.queries.authorities import Standing, authorities_of_mine, may_act_for
from motcua.identity.tests.conftest import HUONG, LAN, NOON, QUAN, refused
from motcua.kernel.actors import Actor

pytestmark = pytest.mark.django_db

UNTIL = date(2027, 6, 30)
BIRTH = "1.001193"
FOR_QUAN = Given(
    QUAN.personal_id, QUAN.name, "Đăng ký khai sinh cho con tôi", UNTIL, frozenset({BIRTH})
)
MINE = "/uy-quyen/"


@pytest.fixture
def hers(huong):
    return Actor(huong, HUONG.name)


@pytest.fixture
def his(quan):
    return Actor(quan, QUAN.name)


def right(his, hers, procedure=BIRTH):
    return may_act_for(his.id, hers.id, procedure, NOON)


def test_it_cannot_be_used_before_it_is_accepted_and_then_only_as_far_as_it_goes(hers, his):
    power = give_power(FOR_QUAN, by=hers, at=NOON)
    assert right(his, hers) is None
    (seen,) = authorities_of_mine(by=his, at=NOON)
    assert (seen.standing, seen.holds) == (Standing.OFFERED, False)
    confirm_authority(power, his, NOON)
    assert right(his, hers).standing is Standing.CONFIRMED
    assert right(his, hers, "1.004222") is None
    told = {entry.name: entry.facts for entry in Entry.objects.filter(subject=power)}
    assert told["identity.authority-recorded"]["offered"]
    assert told["identity.authority-confirmed"]["accepted"]


def test_whoever_gave_it_cannot_accept_it_and_either_ends_it(hers, his):
    power = give_power(FOR_QUAN, by=hers, at=NOON)
    with refused(OwnAuthority):
        confirm_authority(power, hers, NOON)
    revoke_authority(power, "", his, NOON)
    assert right(his, hers) is None
    again = give_power(FOR_QUAN, by=hers, at=NOON + timedelta(hours=1))
    confirm_authority(again, his, NOON + timedelta(hours=1))
    revoke_authority(again, "", hers, NOON + timedelta(hours=2))
    assert right(his, hers) is None


def test_an_official_who_saw_the_paper_confirms_what_was_offered(hers, his):
    power = give_power(FOR_QUAN, by=hers, at=NOON)
    confirm_authority(power, LAN, NOON)
    assert right(his, hers).confirmed_by == LAN.name
    assert not Entry.objects.get(name="identity.authority-confirmed").facts["accepted"]


def test_a_wrong_name_and_an_unknown_number_are_refused_alike(hers, his):
    refusals = []
    for number, name in ((QUAN.personal_id, "Trần Văn Khác"), ("001090999999", QUAN.name)):
        with refused(AttorneyUnknown) as refusal:
            give_power(Given(number, name, "Đăng ký khai sinh", UNTIL), by=hers, at=NOON)
        refusals.append(refusal.value.facts)
    assert refusals[0] == refusals[1]


def test_what_cannot_be_given_is_refused(hers, his):
    with refused(AuthorityRefused):
        give_power(Given(HUONG.personal_id, HUONG.name, "Cho tôi", UNTIL), by=hers, at=NOON)
    for purpose, until in (
        ("", UNTIL),
        ("Đăng ký", date(2028, 1, 1)),
        ("Đăng ký", date(2026, 1, 1)),
    ):
        with refused(AuthorityRefused):
            give_power(Given(QUAN.personal_id, QUAN.name, purpose, until), by=hers, at=NOON)
    give_power(FOR_QUAN, by=hers, at=NOON)
    with refused(RecordedAlready):
        give_power(FOR_QUAN, by=hers, at=NOON + timedelta(minutes=1))
    for nobody in (LAN, Actor(""), Actor("0190a000-0000-7000-8000-000000000000")):
        with refused(NotYourAuthority):
            give_power(FOR_QUAN, by=nobody, at=NOON)


def test_the_one_it_is_offered_to_accepts_it_on_the_page(hers, his, client, enter):
    power = give_power(FOR_QUAN, by=hers, at=NOON)
    enter("quan@example.vn")
    page = client.get(MINE).content.decode()
    assert HUONG.name in page
    assert f"{MINE}{power}/xac-nhan/" in page
    assert "End it now" in client.get(f"{MINE}{power}/ket-thuc/").content.decode()
    assert client.post(f"{MINE}{power}/xac-nhan/").status_code == 302
    assert right(his, hers) is not None
