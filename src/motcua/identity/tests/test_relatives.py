from datetime import date

import pytest

from motcua.backbone.models import Entry
from motcua.identity.models import Relative
from motcua.identity.operations.authorities import record_authority
from motcua.identity.operations.parties import register_party
from motcua.identity.operations.relatives import (
    DeclaredAlready,
    NoPost,
    NoSuchRelative,
    RelativeRefused,
    declare_relative,
    forget_relative,
)
from motcua.identity.queries.authorities import AuthorityKind
from motcua.identity.queries.relatives import forget_related, related, relatives_of_mine
from motcua.identity.rules.parties import PartyKind, Principal
from motcua.identity.tests.conftest import (
    BORN,
    CHILD,
    CHILD_NUMBER,
    HUONG,
    LAN,
    MINISTRY,
    NOON,
    QUAN,
    refused,
)
from motcua.kernel.actors import Actor, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def official(clerk):
    return Actor(clerk, QUAN.name, MINISTRY, frozenset({Role.CLERK}))


def declare(by, number=HUONG.personal_id, name=HUONG.name, relation="spouse", at=NOON):
    return declare_relative(number, name, relation, by=by, at=at)


def test_an_official_is_near_to_whom_they_declared_under_whatever_id(official, huong):
    assert not related(official.id, huong)
    party = register_party(
        "person", HUONG.personal_id, HUONG.name, born=HUONG.birth_date, by=LAN, at=NOON
    )
    declare(official, number="046 195 000 123")
    assert related(official.id, huong)
    assert related(official.id, party.id)
    assert not related(official.id, LAN.id)
    (one,) = relatives_of_mine(by=official)
    assert (one.number, one.relation) == (HUONG.personal_id, "spouse")


def test_an_official_is_near_to_themselves_and_to_the_party_with_their_number(official):
    own = register_party(
        "person", QUAN.personal_id, QUAN.name, born=QUAN.birth_date, by=LAN, at=NOON
    )
    assert related(official.id, official.id)
    assert related(official.id, own.id)
    assert related("somebody", "somebody")
    assert not related("somebody", own.id)


def test_it_counts_for_both_of_them(official, huong):
    """An official whose relative declared them keeps away from that relative's dossiers too."""
    declare(official)
    assert related(huong, official.id)


def test_an_official_is_near_to_whom_they_act_for(official):
    child = Principal(PartyKind.PERSON, CHILD_NUMBER, CHILD, BORN)
    record_authority(
        child,
        kind=AuthorityKind.PARENT,
        until=date(2030, 1, 1),
        basis="Giấy khai sinh",
        document=None,
        procedures=frozenset(),
        by=Actor(official.id, QUAN.name),
        at=NOON,
    )
    party = register_party("person", CHILD_NUMBER, CHILD, born=BORN, by=LAN, at=NOON)
    assert related(official.id, party.id)
    assert related(party.id, official.id)


def test_what_is_taken_back_counts_no_more_and_stays_in_the_record(official, huong):
    number = declare(official)
    forget_relative(number, by=official, at=NOON)
    assert not related(official.id, huong)
    assert relatives_of_mine(by=official) == ()
    assert Relative.objects.get().forgotten_at == NOON
    with refused(NoSuchRelative):
        forget_relative(number, by=official, at=NOON)
    assert declare(official) != number
    names = [name for name in Entry.objects.values_list("name", flat=True) if "relative" in name]
    assert sorted(names) == [
        "identity.relative-declared",
        "identity.relative-declared",
        "identity.relative-forgotten",
    ]


def test_nobody_takes_back_what_another_declared(official, for_huong):
    number = declare(official)
    with refused(NoSuchRelative):
        forget_relative(number, by=for_huong, at=NOON)


def test_only_officials_declare_and_each_relative_once(official, for_huong):
    for citizen in (for_huong, LAN):
        with refused(NoPost):
            declare(citizen, QUAN.personal_id, QUAN.name)
    declare(official)
    later = NOON.replace(minute=1)
    with refused(DeclaredAlready):
        declare(official, at=later)


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"number": "1"}, "number"),
        ({"number": QUAN.personal_id}, "number"),
        ({"name": "H"}, "name"),
        ({"relation": "friend"}, "relation"),
    ],
)
def test_what_cannot_be_right_is_refused_where_it_stands(changed, where, official):
    with refused(RelativeRefused) as refusal:
        declare(official, **changed)
    assert [problem["at"] for problem in refusal.value.facts["problems"]] == [where]


def test_who_is_near_is_asked_once_in_thirty_seconds(official, huong, django_assert_num_queries):
    forget_related()
    with django_assert_num_queries(1):
        related(official.id, huong)
        related(official.id, "another")
