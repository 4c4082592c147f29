"""Who stands near to an official: they neither confirm nor end an authority of theirs."""

import pytest

from motcua.identity.operations.authorities import (
    OwnAuthority,
    confirm_authority,
    revoke_authority,
)
from motcua.identity.operations.relatives import declare_relative
from motcua.identity.queries.authorities import AuthorityKind
from motcua.identity.tests.conftest import (
    CHILD,
    CHILD_NUMBER,
    HUONG,
    MINISTRY,
    NOON,
    QUAN,
    refused,
)
from motcua.identity.tests.test_authorities import NAM, QUAN_HIMSELF, only, record
from motcua.kernel.actors import Actor, Role

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("near", ["agent", "principal"])
def test_an_official_neither_confirms_nor_ends_one_of_a_relative(near, for_huong, clerk):
    official = Actor(clerk, QUAN.name, MINISTRY, frozenset({Role.CLERK}))
    number = record(for_huong)
    whose = {"agent": (HUONG.personal_id, HUONG.name), "principal": (CHILD_NUMBER, CHILD)}[near]
    declare_relative(*whose, "spouse" if near == "agent" else "child", by=official, at=NOON)
    with refused(OwnAuthority):
        confirm_authority(number, official, NOON)
    with refused(OwnAuthority):
        revoke_authority(number, "Giấy khai sinh không đúng người", official, NOON)
    assert only(for_huong).ended_at is None
    revoke_authority(number, "Giấy khai sinh không đúng người", NAM, NOON)


def test_an_official_ends_their_own_as_the_person_they_are(for_huong, clerk):
    official = Actor(clerk, QUAN.name, MINISTRY, frozenset({Role.CLERK}))
    number = record(for_huong, QUAN_HIMSELF, AuthorityKind.ATTORNEY)
    revoke_authority(number, "", official, NOON)
    assert only(for_huong).ended_at == NOON
