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
from motcua.identity.tests.conftest import NOON
from motcua.kernel.actors import Actor, Role

CLERK = Actor("clerk", "Phạm Thu Hà", "H57.01", frozenset({Role.CLERK}))

pytestmark = pytest.mark.django_db


def test_the_database_makes_a_time_ordered_key(huong):
    assert Account.objects.get().pk.version == 7


def test_a_person_reads_their_own_data_and_nothing_is_written_down(huong):
    me = actor_for(huong)
    assert person(me.id, by=me, at=NOON).personal_id == "046195000123"
    assert looks_at_me(by=me) == []


def test_an_official_states_a_purpose_and_the_person_can_read_it(huong):
    with pytest.raises(PurposeNeeded):
        person(huong, by=CLERK, at=NOON)
    assert person(huong, by=CLERK, purpose="Accept a dossier", at=NOON).phone == "+84912345678"
    (look,) = looks_at_me(by=actor_for(huong))
    assert (look.by_name, look.purpose) == ("Phạm Thu Hà", "Accept a dossier")


def test_a_citizen_cannot_tell_whether_another_account_exists(huong, quan):
    for key in (huong, "0193a000-0000-7000-8000-000000000001", "not a key"):
        with pytest.raises(NoSuchPerson):
            person(key, by=actor_for(quan), purpose="curiosity", at=NOON)


def test_the_portal_itself_and_nobody_see_no_personal_data(huong):
    for actor in (Actor(""), Actor.system("job")):
        with pytest.raises(NoSuchPerson):
            person(huong, by=actor, purpose="job", at=NOON)


def test_rooms_learn_how_to_reach_a_person(huong):
    assert contact_of(huong).email == "huong@example.vn"
    for ask in (contact_of, actor_for):
        with pytest.raises(NoSuchPerson):
            ask("not a key")
