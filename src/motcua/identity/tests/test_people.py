from datetime import UTC, date, datetime

import pytest

from motcua.backbone.looks import looks_at_me
from motcua.identity.models import Account
from motcua.identity.queries.people import (
    NoSuchPerson,
    PurposeNeeded,
    actor_for,
    contact_of,
    person,
)
from motcua.kernel.actors import Actor, Role

NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)
CLERK = Actor("clerk", "Phạm Thu Hà", "H57.01", frozenset({Role.CLERK}))

pytestmark = pytest.mark.django_db


@pytest.fixture
def huong():
    return Account.objects.create(
        personal_id="046195000123",
        name="Nguyễn Thị Hương",
        birth_date=date(1995, 3, 14),
        sex="female",
        phone="+84912345678",
        email="huong@example.vn",
        opened_at=NOON,
    )


def test_the_database_makes_a_time_ordered_key(huong):
    assert huong.pk.version == 7


def test_a_person_reads_their_own_data_and_nothing_is_written_down(huong):
    me = actor_for(str(huong.pk))
    assert person(me.id, by=me, at=NOON).personal_id == "046195000123"
    assert looks_at_me(by=me) == []


def test_an_official_states_a_purpose_and_the_person_can_read_it(huong):
    key = str(huong.pk)
    with pytest.raises(PurposeNeeded):
        person(key, by=CLERK, at=NOON)
    assert person(key, by=CLERK, purpose="Accept a dossier", at=NOON).name == huong.name
    (look,) = looks_at_me(by=actor_for(key))
    assert (look.by_name, look.purpose) == ("Phạm Thu Hà", "Accept a dossier")


def test_a_citizen_cannot_tell_whether_another_account_exists(huong):
    stranger = Actor("0193a000-0000-7000-8000-000000000000", "Ai đó")
    for key in (str(huong.pk), "0193a000-0000-7000-8000-000000000001", "not a key"):
        with pytest.raises(NoSuchPerson):
            person(key, by=stranger, purpose="curiosity", at=NOON)


def test_rooms_learn_how_to_reach_a_person(huong):
    assert contact_of(str(huong.pk)).email == "huong@example.vn"
    for ask in (contact_of, actor_for):
        with pytest.raises(NoSuchPerson):
            ask("not a key")
