from datetime import date

import pytest
from django.db import connection

from motcua.backbone.models import Entry, Look
from motcua.identity.models import Party as PartyRow
from motcua.identity.operations.parties import (
    KnownOtherwise,
    NotAtWork,
    PartyRefused,
    correct_party,
    register_party,
)
from motcua.identity.operations.registering import register
from motcua.identity.queries.parties import (
    NoSuchParty,
    NotForCitizens,
    find_person,
    name_of,
    party,
)
from motcua.identity.queries.people import PurposeNeeded
from motcua.identity.tests.conftest import (
    BORN,
    CHILD,
    CHILD_NUMBER,
    COMPANY,
    HUONG,
    LAN,
    MINISTRY,
    NOON,
    PASSPHRASE,
    PORTAL,
    TAX_CODE,
    refused,
)
from motcua.kernel.actors import Actor, Role

pytestmark = pytest.mark.django_db
WHY = "Nộp hồ sơ tại quầy"


def child(**changed):
    facts = {"kind": "person", "number": CHILD_NUMBER, "name": CHILD, "born": BORN}
    return register_party(**facts | {"by": LAN, "at": NOON} | changed)


def test_the_same_number_gives_the_same_party_however_it_is_typed():
    first = child()
    again = child(number="001 220 000 456", name="NGUYEN GIA  BAO")
    assert again.id == first.id
    assert first.checked
    assert Entry.objects.filter(name="identity.party-registered").count() == 1


def test_a_person_and_an_organisation_may_have_one_number():
    """A household's business has its head's personal id for a tax code."""
    person = child(number="001092023456", born=date(1992, 8, 2))
    firm = register_party("organisation", "001092023456", "Hộ kinh doanh Minh", by=LAN, at=NOON)
    assert person.id != firm.id


def test_a_number_that_is_another_name_is_refused_until_it_is_corrected():
    first = child()
    with refused(KnownOtherwise) as refusal:
        child(name="Nguyễn Gia Minh")
    assert refusal.value.facts["name"] == CHILD
    correct_party(first.id, name="Nguyễn Gia Minh", born=BORN, phone="", by=LAN, at=NOON)
    assert child(name="Nguyễn Gia Minh").id == first.id
    changed = Entry.objects.get(name="identity.party-corrected")
    assert changed.facts["fields"] == ["name"]


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"number": "12345"}, "number"),
        ({"name": "X"}, "name"),
        ({"name": "Bảo 2"}, "name"),
        ({"born": None}, "born"),
        ({"born": date(2019, 5, 4)}, "born"),
        ({"born": date(2030, 1, 1)}, "born"),
        ({"phone": "12"}, "phone"),
        ({"kind": "organisation", "number": "0100109107"}, "number"),
        ({"kind": "organisation", "number": TAX_CODE, "name": " "}, "name"),
    ],
)
def test_what_cannot_be_right_is_refused_where_it_stands(changed, where):
    with refused(PartyRefused) as refusal:
        child(**changed)
    assert where in {problem["at"] for problem in refusal.value.facts["problems"]}
    assert not PartyRow.objects.exists()


def test_a_branch_has_a_tax_code_of_thirteen_digits():
    branch = register_party("organisation", "0100109106001", COMPANY, by=LAN, at=NOON)
    assert branch.number == "0100109106-001"
    same = register_party("organisation", "0100109106-001", COMPANY, by=LAN, at=NOON)
    assert same.id == branch.id


@pytest.mark.parametrize("roles", [{Role.AUDITOR}, {Role.ADMINISTRATOR}])
def test_only_officials_who_work_on_dossiers_register_people(roles, for_huong):
    other = Actor("x", "X", MINISTRY, frozenset(roles))
    for actor in (other, for_huong):
        with refused(NotAtWork):
            child(by=actor)
        with refused(NotAtWork):
            correct_party("x", name=CHILD, born=BORN, phone="", by=actor, at=NOON)
    with refused(NoSuchParty):
        correct_party("x", name=CHILD, born=BORN, phone="", by=LAN, at=NOON)


def test_opening_an_account_with_the_number_of_a_party_takes_nothing_over():
    known = register_party(
        "person", HUONG.personal_id, HUONG.name, born=HUONG.birth_date, by=LAN, at=NOON
    )
    account = register(HUONG, passphrase=PASSPHRASE, by=PORTAL, at=NOON)
    assert account != known.id
    with refused(NoSuchParty):
        party(known.id, by=Actor(account, HUONG.name), purpose="", at=NOON)


def test_a_clerk_finds_an_account_before_a_party_and_each_look_is_written_down(huong):
    there = child()
    found = find_person(CHILD_NUMBER, by=LAN, purpose=WHY, at=NOON)
    assert (found.id, found.name, found.has_account) == (there.id, CHILD, False)
    assert find_person("046 195 000 123", by=LAN, purpose=WHY, at=NOON).has_account
    assert find_person("001092023456", by=LAN, purpose=WHY, at=NOON) is None
    looks = list(Look.objects.order_by("id").values_list("person", "purpose", "by"))
    assert looks == [(there.id, WHY, "lan"), (huong, WHY, "lan")]


def test_looking_people_up_is_for_officials_who_say_why(for_huong):
    with refused(NotForCitizens):
        find_person(CHILD_NUMBER, by=for_huong, purpose=WHY, at=NOON)
    with refused(PurposeNeeded):
        find_person(CHILD_NUMBER, by=LAN, purpose=" ", at=NOON)


def test_an_official_sees_a_party_with_a_purpose_and_a_stranger_never(for_huong):
    known = child(phone="0912 345 678")
    with refused(PurposeNeeded):
        party(known.id, by=LAN, purpose="", at=NOON)
    seen = party(known.id, by=LAN, purpose=WHY, reference="G03-1", at=NOON)
    assert (seen.number, seen.born, seen.phone) == (CHILD_NUMBER, BORN, "+84912345678")
    assert Look.objects.get().reference == "G03-1"
    for actor in (for_huong, Actor("")):
        with refused(NoSuchParty):
            party(known.id, by=actor, purpose=WHY, at=NOON)
    with refused(NoSuchParty):
        party("no id", by=LAN, purpose=WHY, at=NOON)


def test_a_name_is_found_for_accounts_and_parties_alike(huong):
    assert name_of(huong) == HUONG.name
    assert name_of(child().id) == CHILD
    assert name_of("nobody") is None


@pytest.mark.django_db(transaction=True)
def test_two_clerks_who_register_one_number_at_once_get_one_party():
    from concurrent.futures import ThreadPoolExecutor
    from threading import Barrier

    together = Barrier(4)

    def clerk(number):
        try:
            together.wait()
            return child(by=Actor(f"c{number}", "C", MINISTRY, frozenset({Role.CLERK}))).id
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(clerk, range(4)))) == 1
    assert Entry.objects.filter(name="identity.party-registered").count() == 1
