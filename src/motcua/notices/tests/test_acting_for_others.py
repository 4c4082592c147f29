"""Who is acted for, and who acts, hear of it at once; so does who stands in for a colleague."""

from datetime import date, timedelta

import pytest
from django.utils.translation import override

from motcua.agencies.operations.absence import note_absence
from motcua.agencies.operations.agencies import Kind, Level, NewAgency, open_agency
from motcua.identity.operations.authorities import (
    confirm_authority,
    record_authority,
    revoke_authority,
)
from motcua.identity.operations.officials import make_official
from motcua.identity.queries.authorities import AuthorityKind
from motcua.identity.queries.parties import PartyKind, Principal
from motcua.kernel.actors import Actor, Role
from motcua.notices.models import Notice
from motcua.notices.queries.mine import my_notices
from motcua.notices.tests.conftest import NOON

pytestmark = pytest.mark.django_db
PORTAL = Actor.system("tests")


def record(by, name="Nguyễn Thị Hương", number="046195000121", kind=AuthorityKind.ATTORNEY):
    return record_authority(
        Principal(PartyKind.PERSON, number, name, date(1995, 3, 14)),
        kind=kind,
        until=date(2026, 12, 31),
        basis="Giấy ủy quyền số 5",
        document=None,
        procedures=frozenset(),
        by=by,
        at=NOON,
    )


def titles(person):
    with override("en"):
        return [each.title for each in my_notices(by=Actor(person)).notices]


def test_the_one_acted_for_is_told_and_both_hear_that_it_ended(work, huong, reader):
    number = record(Actor(reader, "Lê Thị Sáu"))
    work()
    assert titles(huong) == ["Lê Thị Sáu may act for you"]
    assert titles(reader) == []
    confirm_authority(number, Actor(huong, "Nguyễn Thị Hương"), NOON)
    work()
    assert titles(reader) == ["It is confirmed that you act for Nguyễn Thị Hương"]
    revoke_authority(number, "", Actor(huong, "Nguyễn Thị Hương"), NOON)
    work()
    ended = "Lê Thị Sáu no longer acts for Nguyễn Thị Hương"
    assert titles(huong)[0] == titles(reader)[0] == ended


def test_a_party_without_an_account_is_told_nothing(work, reader):
    record(Actor(reader, "Lê Thị Sáu"), "Ai Đó", "046195000199")
    work()
    assert not Notice.objects.exists()


def test_a_deputy_is_told_for_whom_and_how_long(work, huong, reader):
    opened = NewAgency(
        id="G03", name="Bộ", level=Level.MINISTRY, kind=Kind.MINISTRY, opened_on=NOON.date()
    )
    open_agency(opened, by=PORTAL, at=NOON)
    for who in (huong, reader):
        make_official(who, "G03", Role.CLERK, "Một cửa", by=PORTAL, at=NOON)
    note_absence("G03", huong, reader, NOON, NOON + timedelta(days=2), by=PORTAL, at=NOON)
    work()
    assert titles(reader) == ["You stand in for Nguyễn Thị Hương"]
