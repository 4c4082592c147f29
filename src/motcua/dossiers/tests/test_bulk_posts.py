"""Runs over many are for those whose post works on dossiers, and of what waits for them."""

import re
from uuid import uuid4

import pytest

from motcua.dossiers.jobs import do_bulk
from motcua.dossiers.models import Bulk
from motcua.dossiers.operations.bulk import Asked, begin_bulk, retry_bulk, undo_bulk
from motcua.dossiers.rules.access import NotYourStep
from motcua.dossiers.rules.bulk import What
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.tests.conftest import MONDAY, WARD, refused
from motcua.dossiers.tests.counter import Counter, check_shape, text_of
from motcua.dossiers.tests.test_bulk import DESK, begin
from motcua.kernel.actors import Actor, Role


@pytest.fixture
def counter(definition):
    return Counter(definition).open()


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR])
def test_who_does_not_work_on_dossiers_begins_no_run_and_goes_on_with_none(counter, role):
    counter._official("watcher", role, WARD)
    code, clerk = counter.file().code, counter.actor("clerk")
    mine = begin_bulk(Asked(What.ACCEPT, [code]), uuid4(), by=clerk, at=MONDAY)
    do_bulk(mine)
    watcher = Actor(clerk.id, clerk.name, WARD, frozenset({role}))
    for attack in (
        lambda: begin(counter, What.ACCEPT, [code], who="watcher"),
        lambda: begin(counter, What.ASSIGN, [code], who="watcher", holder=clerk.id),
        lambda: retry_bulk(mine, by=watcher),
        lambda: undo_bulk(mine, uuid4(), by=watcher, at=MONDAY),
    ):
        with refused(NotYourStep):
            attack()
    client = counter.client("watcher")
    posted = {"viec": "accept", "hs": code, "khoa": str(uuid4())}
    for place in ("hang-loat/", "hang-loat/bat-dau/"):
        assert client.post(f"{DESK}{place}", posted).status_code == 403
    assert list(Bulk.objects.values_list("pk", flat=True)) == [mine]


def test_a_run_is_offered_only_what_waits_for_it_and_says_where_the_others_stand(counter):
    new, passed, approving = (counter.file().code for _ in range(3))
    counter.walk(passed, Step.ACCEPT, Step.FORWARD)
    counter.walk(approving, Step.ACCEPT, Step.FORWARD, Step.PROPOSE)
    chosen, clerk = [new, passed, approving], counter.client("clerk")
    page = clerk.post(f"{DESK}hang-loat/", {"viec": "accept", "hs": chosen})
    check_shape(page)
    assert re.findall('name="hs" value="([^"]*)"', page.content.decode()) == [new]
    assert "2 hồ sơ đã chọn không chờ việc này" in text_of(page)
    assert "Đang giải quyết (Lãnh đạo): 1" in text_of(page)
    page = clerk.post(f"{DESK}hang-loat/", {"viec": "propose", "hs": chosen})
    assert re.findall('name="hs" value="([^"]*)"', page.content.decode()) == [passed]
    page = clerk.post(f"{DESK}hang-loat/", {"viec": "assign", "hs": chosen})
    assert re.findall('name="hs" value="([^"]*)"', page.content.decode()) == chosen
    none = clerk.post(f"{DESK}hang-loat/", {"viec": "forward", "hs": chosen})
    check_shape(none)
    assert "Không hồ sơ nào đã chọn chờ việc này" in text_of(none)
    assert "hang-loat/bat-dau/" not in none.content.decode()
