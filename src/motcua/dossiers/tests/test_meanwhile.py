"""Who acts on a page that is old is told what truly happened since it was opened."""

import json
from datetime import date, timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils.timezone import localtime, now

from motcua.agencies.operations.calendars import clear_day, override_day
from motcua.backbone.formats import moment
from motcua.dossiers.models import Dossier
from motcua.dossiers.operations.calendars import follow_calendar
from motcua.dossiers.rules.lifecycle import State, Step
from motcua.dossiers.tests.conftest import MONDAY, SYSTEM, WARD
from motcua.dossiers.tests.counter import Counter, check_shape, text_of
from motcua.identity.operations.tokens import issue_token
from motcua.kernel.worktime import DAY_OFF

DESK = "/ban-lam-viec/"
WHY = "Giấy chứng minh bị mờ, không đọc được."
TUESDAY, WEDNESDAY = date(2026, 11, 3), date(2026, 11, 4)
MOVED, CHANGED = "chỉ có hạn trả thay đổi", "Hồ sơ đã thay đổi sau khi bạn mở"


@pytest.fixture
def counter(definition):
    return Counter(definition).open()


def day_off(day):
    override_day(WARD, day, DAY_OFF, reason="Nghỉ lễ của phường", by=SYSTEM, at=MONDAY)
    assert follow_calendar(WARD, by=SYSTEM, at=MONDAY) >= 1


def typed(client, code, slug="tu-choi", **more):
    return client.post(f"{DESK}{code}/{slug}/", {"seen": "1", "reason": WHY, **more})


def due_of(code):
    return localtime(Dossier.objects.get(code=code).due_at)


def test_a_new_day_off_is_told_as_what_it_is_and_one_press_repeats_the_step(counter):
    code, clerk = counter.file().code, counter.client("clerk")
    before = due_of(code)
    day_off(WEDNESDAY)
    page = typed(clerk, code)
    check_shape(page)
    assert page.status_code == 412
    said = unescape(text_of(page))
    assert MOVED in said
    assert f"{moment(before)} sang {moment(due_of(code))}" in said
    assert WHY in said
    assert "Hồ sơ đã được nộp" not in said
    html = page.content.decode()
    assert 'form="buoc"' in html
    assert typed(clerk, code, seen="2").status_code == 302
    assert Dossier.objects.get(code=code).state == State.REFUSED


def test_two_changes_of_the_calendar_are_told_as_one_way(counter):
    code, clerk = counter.file().code, counter.client("clerk")
    before = due_of(code)
    day_off(WEDNESDAY)
    day_off(TUESDAY)
    assert f"{moment(before)} sang {moment(due_of(code))}" in unescape(text_of(typed(clerk, code)))
    clear_day(WARD, TUESDAY, reason="Ghi nhầm ngày nghỉ", by=SYSTEM, at=MONDAY)
    follow_calendar(WARD, by=SYSTEM, at=MONDAY + timedelta(hours=1))
    assert MOVED in text_of(typed(clerk, code, seen="3"))


def test_a_step_taken_meanwhile_is_named_and_not_one_from_before(counter):
    code, clerk = counter.file().code, counter.client("clerk")
    counter.walk(code, Step.ACCEPT)
    day_off(WEDNESDAY)
    counter.walk(code, Step.FORWARD)
    said = unescape(text_of(typed(clerk, code, slug="yeu-cau-bo-sung", seen="2", papers="proof")))
    assert CHANGED in said
    assert MOVED not in said
    assert "Đã chuyển giải quyết, Cán bộ clerk" in said
    assert "Bộ phận Một cửa đã tiếp nhận" not in said
    assert "vì lịch làm việc của cơ quan thay đổi" in said
    assert 'form="buoc"' not in typed(clerk, code, seen="2").content.decode()


def test_what_changed_but_was_no_step_is_not_told_as_one(counter):
    code, clerk = counter.file().code, counter.client("clerk")
    counter.walk(code, Step.REFUSE)
    Dossier.objects.filter(code=code).update(version=3)
    said = unescape(text_of(typed(clerk, code, slug="mo-lai", seen="2")))
    assert "người nộp đã nhận hồ sơ về tài khoản" in said
    assert CHANGED in said


@pytest.mark.parametrize("seen", ["x", "99"])
def test_a_page_that_names_no_version_there_was_is_old(counter, seen):
    code = counter.file().code
    page = typed(counter.client("clerk"), code, seen=seen)
    assert page.status_code == 412
    assert CHANGED in text_of(page)


def test_a_program_is_told_what_changed_too(counter):
    code, clerk = counter.file().code, counter.actor("clerk")
    before = due_of(code)
    day_off(WEDNESDAY)
    scope = {"scopes": ["read", "write"], "agency": clerk.agency, "days": 1}
    token = issue_token(clerk.id, name="k", by=clerk, at=now(), **scope)
    headers = {
        "Authorization": f"Bearer {token}",
        "Idempotency-Key": "k",
        "If-Match": '"1"',
    }
    answer = Client().post(
        f"/api/v1/dossiers/{code}/steps",
        json.dumps({"step": "accept"}),
        content_type="application/json",
        headers=headers,
    )
    told = answer.json()
    assert (answer.status_code, told["code"]) == (412, "stale-version")
    assert MOVED in told["title"]
    due = {"was": before.isoformat(), "due_at": due_of(code).isoformat()}
    assert told["changes"] == [{"what": "due", **due}]
