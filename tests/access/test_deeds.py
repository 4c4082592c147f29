"""Each deed of the table of roles, on its page and by its call: done by whom it says, else not."""

import json

import pytest
from django.core.cache import cache
from django.db import transaction
from tools.roles import DEEDS as TABLE
from tools.roles import ROLE_OF, Who

from motcua.dossiers.jobs import do_bulk
from motcua.dossiers.models import (
    Bulk,
    BulkItem,
    Dossier,
    Draft,
    HandOver,
    HandOverItem,
    Mark,
    Note,
    Opinion,
    PaperCheck,
    Question,
    Rating,
)
from motcua.identity.models import Authority
from tests.access.deeds import DEEDS, people

PERSON = {
    Who.CITIZEN: "lan",
    Who.REPRESENTATIVE: "agent",
    Who.OTHER_AGENCY: "stranger-leader",
    Who.ANOTHER_CITIZEN: "nam",
    **{who: role.value for who, role in ROLE_OF.items()},
}
KINDS = (Dossier, Draft, PaperCheck, Mark, Note, HandOver, HandOverItem, Question, Rating)
KINDS += (Opinion, Authority)
RUNS = (Bulk, BulkItem)
"""Whoever works on dossiers may begin a run; what it may do to each is judged by the dossiers."""
RUNNERS = {"clerk", "specialist", "leader", "stranger", "stranger-specialist", "stranger-leader"}
CASES = [
    pytest.param(deed, number, id=f"{deed.what} {number + 1}")
    for deed in TABLE
    for number in range(len(DEEDS[deed.what]))
]


@pytest.fixture
def populated(world):
    people(world)
    return world


def everything(kinds=KINDS):
    return [list(kind.objects.order_by("pk").values()) for kind in kinds]


def is_done(send, *, runs):
    """
    Tell whether what was sent changed anything, with the jobs it left; then undo it all.

    Who may begin no runs leaves nothing of one either.
    """
    mark, before, begun = transaction.savepoint(), everything(), everything(RUNS)
    answer = send()
    assert answer.status_code < 500, answer.content
    assert runs or everything(RUNS) == begun
    for run in Bulk.objects.filter(items__state="waiting").distinct():
        do_bulk(run.pk)
    changed = everything() != before
    transaction.savepoint_rollback(mark)
    cache.clear()
    assert not (changed and answer.status_code >= 400)
    return changed


def test_each_deed_of_the_table_has_its_situations():
    assert {deed.what for deed in TABLE} == set(DEEDS)


@pytest.mark.parametrize(("deed", "number"), CASES)
def test_a_deed_is_done_by_those_of_the_table_and_nobody_else(populated, deed, number):
    world, tried = populated, DEEDS[deed.what][number](populated)
    assert tried.may <= {PERSON[who] for who in deed.may}
    page, call = (path.format(**tried.things) for path in (deed.page, f"/api/v1{deed.call}"))
    program = world.client("nobody")
    names = [*PERSON.values(), "stranger", "stranger-specialist"]
    browsers = {name: world.client(name) for name in names}
    headers = {name: {"Authorization": f"Bearer {world.token(name)}"} for name in names}
    version = Dossier.objects.get(code=tried.seen).version if tried.seen else 1
    more = {"Idempotency-Key": "k", "If-Match": f'"{version}"'}
    for name in names:
        runs = name in RUNNERS
        by_page = is_done(lambda name=name: browsers[name].post(page, tried.form), runs=runs)
        by_call = is_done(
            lambda name=name: program.post(
                call,
                json.dumps(tried.body),
                content_type="application/json",
                headers=headers[name] | more,
            ),
            runs=runs,
        )
        assert (by_page, by_call) == (name in tried.may,) * 2, name


def test_whom_the_table_names_can_do_it_somewhere(populated):
    for deed in TABLE:
        somewhere = {who for situation in DEEDS[deed.what] for who in situation(populated).may}
        assert somewhere == {PERSON[who] for who in deed.may}, deed.what


def test_nobody_who_is_not_signed_in_does_anything(populated):
    nobody = populated.client("nobody")
    for deed in TABLE:
        tried = DEEDS[deed.what][0](populated)
        page, call = (path.format(**tried.things) for path in (deed.page, f"/api/v1{deed.call}"))
        assert not is_done(lambda page=page, tried=tried: nobody.post(page, tried.form), runs=False)
        headers = {"Idempotency-Key": "k", "If-Match": '"1"'}
        answer = nobody.post(
            call, json.dumps(tried.body), content_type="application/json", headers=headers
        )
        assert answer.status_code == 401, call
