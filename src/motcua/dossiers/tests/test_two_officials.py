"""Two officials at one dossier: one step is taken, the other official is told, on page and API."""

import json
from threading import Barrier, Thread

import pytest
from django.db import connections
from django.test import Client
from django.utils.timezone import now

from motcua.backbone.models import Entry
from motcua.dossiers.models import Dossier, Transition
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.tests.conftest import WARD
from motcua.dossiers.tests.counter import Counter, check_shape, text_of
from motcua.identity.operations.tokens import issue_token
from motcua.kernel.actors import Role

pytestmark = pytest.mark.django_db(transaction=True)
DESK = "/ban-lam-viec/"
WHY = "Giấy chứng minh bị mờ, không đọc được."
ON_PAGE = "Hồ sơ đã thay đổi sau khi bạn mở. Chưa làm gì cả."
TOLD = "Đã có người thay đổi nội dung này từ lúc bạn mở"


@pytest.fixture
def counter(definition):
    opened = Counter(definition).open()
    opened._official("second", Role.CLERK, WARD)
    return opened


def at_once(*deeds):
    """Do all in threads that start together; return what each gave."""
    start, given = Barrier(len(deeds)), [None] * len(deeds)

    def work(number):
        try:
            start.wait()
            given[number] = deeds[number]()
        finally:
            connections.close_all()

    threads = [Thread(target=work, args=(number,)) for number in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return given


def by_page(counter, who, code, slug="tiep-nhan", seen="1"):
    client = counter.client(who)
    typed = {"seen": seen, "reason": WHY, "papers": "proof"}
    return lambda: client.post(f"{DESK}{code}/{slug}/", typed)


def by_api(counter, who, code, key, step="accept", seen=1):
    actor = counter.actor(who)
    scope = {"scopes": ["read", "write"], "agency": actor.agency, "days": 1}
    token = issue_token(actor.id, name=key, by=actor, at=now(), **scope)
    headers = {
        "Authorization": f"Bearer {token}",
        "Idempotency-Key": key,
        "If-Match": f'"{seen}"',
    }
    body = json.dumps({"step": step, "reason": WHY})
    address, kind = f"/api/v1/dossiers/{code}/steps", "application/json"
    return lambda: Client().post(address, body, content_type=kind, headers=headers)


def taken(code):
    """The steps after filing, which the journal and the version agree with."""
    steps = list(Transition.objects.filter(dossier__code=code).order_by("id"))[1:]
    assert Dossier.objects.get(code=code).version == 1 + len(steps)
    assert Entry.objects.filter(name="dossiers.moved", subject=code).count() == len(steps)
    return [step.step for step in steps]


def test_two_officials_accept_by_page_at_once(counter):
    code = counter.file().code
    answers = at_once(by_page(counter, "clerk", code), by_page(counter, "second", code))
    assert sorted(answer.status_code for answer in answers) == [302, 412]
    late = next(answer for answer in answers if answer.status_code == 412)
    check_shape(late)
    assert ON_PAGE in text_of(late)
    assert taken(code) == [Step.ACCEPT]


def test_one_accepts_by_page_while_the_other_refuses_and_the_reason_typed_is_kept(counter):
    code = counter.file().code
    yes, no = at_once(
        by_page(counter, "clerk", code), by_page(counter, "second", code, slug="tu-choi")
    )
    assert sorted((yes.status_code, no.status_code)) == [302, 412]
    assert len(taken(code)) == 1
    if no.status_code == 412:
        assert ON_PAGE in text_of(no)
        assert WHY in text_of(no)


def test_two_officials_accept_by_api_at_once(counter):
    code = counter.file().code
    answers = at_once(
        by_api(counter, "clerk", code, "one"), by_api(counter, "second", code, "another")
    )
    assert sorted(answer.status_code for answer in answers) == [200, 412]
    late = next(answer for answer in answers if answer.status_code == 412).json()
    assert late["code"] == "stale-version"
    assert TOLD in late["title"]
    assert taken(code) == [Step.ACCEPT]


def test_a_page_and_a_program_at_once(counter):
    code = counter.file().code
    page, program = at_once(
        by_page(counter, "clerk", code), by_api(counter, "second", code, "program")
    )
    assert (page.status_code, program.status_code) in {(302, 412), (412, 200)}
    if page.status_code == 412:
        assert ON_PAGE in text_of(page)
    else:
        assert TOLD in program.json()["title"]
    assert taken(code) == [Step.ACCEPT]


def test_a_button_pressed_five_times_at_once_takes_one_step(counter):
    code = counter.file().code
    press = by_page(counter, "clerk", code)
    answers = at_once(*[press] * 5)
    assert sorted(answer.status_code for answer in answers) == [302, 412, 412, 412, 412]
    assert taken(code) == [Step.ACCEPT]


def test_a_program_that_sends_the_same_step_five_times_at_once_gets_one_answer(counter):
    code = counter.file().code
    send = by_api(counter, "clerk", code, "the same")
    answers = at_once(*[send] * 5)
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert sum("Idempotency-Replayed" in answer for answer in answers) == 4
    assert taken(code) == [Step.ACCEPT]


def test_a_stale_program_is_told_and_a_stale_page_too(counter):
    code = counter.file().code
    counter.walk(code, Step.ACCEPT, Step.ASK_SUPPLEMENT)
    for answer in (
        by_page(counter, "clerk", code, slug="yeu-cau-bo-sung", seen="2")(),
        by_page(counter, "clerk", code, slug="chuyen", seen="x")(),
    ):
        assert answer.status_code in {404, 412}
    program = by_api(counter, "second", code, "late", step="forward", seen=1)()
    assert (program.status_code, program.json()["code"]) == (412, "stale-version")
    assert taken(code) == [Step.ACCEPT, Step.ASK_SUPPLEMENT]


def test_a_step_that_is_over_is_told_in_words_even_from_a_fresh_page(counter):
    code = counter.file().code
    counter.walk(code, Step.ACCEPT)
    program = by_api(counter, "clerk", code, "again", seen=2)()
    assert (program.status_code, program.json()["code"]) == (409, "dossiers.step-not-allowed")
    page = by_page(counter, "clerk", code, seen="2")()
    assert page.status_code == 409
    check_shape(page)
    for told in (program.json()["title"], text_of(page)):
        assert "hồ sơ" in told.lower()
    assert taken(code) == [Step.ACCEPT]
