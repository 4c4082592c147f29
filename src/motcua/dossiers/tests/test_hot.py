"""The statements of the hot paths show nobody more than the queryset does."""

from uuid import uuid4

import pytest

from motcua.dossiers.models import Dossier
from motcua.dossiers.models.hot import locked_row, whole
from motcua.dossiers.tests.conftest import CLERK, LAN, SYSTEM
from motcua.kernel.actors import ANONYMOUS, Actor, Role

STRANGER = Actor("stranger", "Người lạ")
AGENT = Actor("agent", "Người được ủy quyền")
ELSEWHERE = Actor("else", "Nơi khác", agency="000.00.99.H26", roles=frozenset({Role.LEADER}))
NAMED_LIKE_NOTHING = Actor("", "", agency=CLERK.agency, roles=frozenset({Role.CLERK}))


@pytest.mark.parametrize(
    "actor", [LAN, AGENT, CLERK, STRANGER, ELSEWHERE, ANONYMOUS, NAMED_LIKE_NOTHING]
)
def test_hot_statements_see_what_the_queryset_sees(file, actor):
    code = file().code
    Dossier.objects.filter(code=code).update(agent=AGENT.id)
    sees = Dossier.objects.visible_to(actor).filter(code=code).exists()
    assert (whole(code, actor) is not None) is sees
    assert (locked_row(code, actor) is not None) is sees


def test_a_dossier_read_whole_is_the_stored_one(file):
    stored = Dossier.objects.get(code=file().code)
    row, steps, rating = whole(stored.code, LAN)
    fields = [field.attname for field in Dossier._meta.concrete_fields]
    assert [getattr(row, f) for f in fields] == [getattr(stored, f) for f in fields]
    assert ([step[0] for step in steps], rating) == (["file"], None)


def test_the_portal_itself_may_hold_any_dossier(file):
    assert locked_row(file().code, SYSTEM) is not None
    assert locked_row(str(uuid4()), SYSTEM) is None
