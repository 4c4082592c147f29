"""What officials are told of the exchange: who, in which words, and once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core import mail

from motcua.agencies.operations.agencies import Kind, Level, NewAgency, open_agency
from motcua.exchange.events import (
    AgreementAsked,
    AgreementExpiring,
    AgreementMoved,
    CallsRefused,
    KeyExpiring,
    KeyRevoked,
    LogBreakAccepted,
    LogContradicted,
)
from motcua.exchange.operations.demo import seed_members
from motcua.exchange.operations.members import NewMember
from motcua.exchange.operations.services import NewService, open_service
from motcua.identity.operations.officials import make_official
from motcua.kernel.actors import Actor, Role
from motcua.notices.handlers import exchange as heard
from motcua.notices.queries.mine import my_notices
from motcua.notices.tests.conftest import NOON, account

pytestmark = pytest.mark.django_db
HANOI, POLICE = "000.00.00.H26", "000.00.00.G01"
OPENAPI = {"openapi": "3.1.0", "info": {"title": "P", "version": "1"}, "paths": {}}
BY = Actor.system("tests")
POSTS = (
    (1, "Vũ Thị Mai", HANOI, Role.ADMINISTRATOR),
    (2, "Bùi Đức Thắng", HANOI, Role.AUDITOR),
    (3, "Lê Quang Vinh", "G01", Role.LEADER),
    (4, "Nguyễn Thu Giang", "G01", Role.ADMINISTRATOR),
)
ABOUT = {"consumer": HANOI, "provider": POLICE, "service": "population.v1", "owner": "G01"}
MOVED = AgreementMoved(subject="a", **ABOUT, step="grant", after="seconded", reason="", version=2)


@pytest.fixture
def people(settings, tmp_path):
    """Return the ids of officials on both sides by their number in ``POSTS``."""
    settings.VAR, settings.EXCHANGE_MEMBERS = tmp_path, (HANOI,)
    for id_, name in ((HANOI, "Hà Nội"), ("G01", "Bộ Công an")):
        place = {"level": Level.PROVINCE, "kind": Kind.COMMITTEE}
        if id_ == "G01":
            place = {"level": Level.MINISTRY, "kind": Kind.MINISTRY}
        open_agency(
            NewAgency(id=id_, name=name, **place, opened_on=NOON.date().replace(year=2025)),
            by=BY,
            at=NOON,
        )
    seed_members(
        (NewMember(HANOI, "Hà Nội", "Ha Noi"), NewMember(POLICE, "Bộ Công an", agency="G01")),
        address="http://127.0.0.1:1",
        by=BY,
        at=NOON,
    )
    new = NewService(POLICE, "population.v1", "Dân cư", OPENAPI, "Population")
    open_service(new, by=BY, at=NOON)
    made = {number: account(number, name) for number, name, *_ in POSTS}
    for number, _name, agency, role in POSTS:
        make_official(made[number], agency, role, "Công chức", by=BY, at=NOON)
    return made


def told(people, number):
    """Return the titles and bodies that somebody was told, the newest first."""
    found = my_notices(by=Actor(people[number])).notices
    return [(each.title, each.body) for each in found]


def test_who_decides_is_asked_by_the_names_people_use(people):
    heard.tell_who_decides(AgreementAsked(subject="a", **ABOUT, purposes=[]), NOON)
    ((title, _body),) = told(people, 3)
    assert title == "Hà Nội đề nghị dữ liệu của bạn: Dân cư"
    assert told(people, 4)
    assert not told(people, 1)


DECISIONS = [
    ("grant", "seconded", "Một trong hai người đã đồng ý thỏa thuận về Dân cư"),
    ("grant", "in-force", "Thỏa thuận về Dân cư có hiệu lực"),
    ("refuse", "refused", "Thỏa thuận về Dân cư bị từ chối"),
    ("withdraw", "withdrawn", "Đề nghị về Dân cư đã được rút"),
    ("suspend", "suspended", "Thỏa thuận về Dân cư bị tạm ngừng"),
    ("resume", "in-force", "Thỏa thuận về Dân cư được tiếp tục"),
    ("end", "ended", "Thỏa thuận về Dân cư đã chấm dứt"),
]


@pytest.mark.parametrize(("step", "after", "title"), DECISIONS)
def test_both_sides_read_what_was_decided_and_why(people, work, step, after, title):
    event = replace(MOVED, step=step, after=after, reason="Cần rà soát")
    heard.tell_both_sides(event, NOON)
    heard.tell_both_sides(event, NOON + timedelta(minutes=1))
    work()
    for number in (1, 3, 4):
        ((said, body),) = told(people, number)
        assert said == title
        assert ("Cần rà soát" in body) == (step in {"refuse", "suspend", "end"})
    assert len(mail.outbox) == 3
    assert not told(people, 2)


def test_what_is_decided_a_second_time_is_told_a_second_time(people):
    for version in (3, 5):
        event = replace(MOVED, step="suspend", after="suspended", reason="x", version=version)
        heard.tell_both_sides(event, NOON)
    assert len(told(people, 1)) == 2


@pytest.mark.parametrize(("left", "days"), [(timedelta(days=40), 40), (timedelta(hours=30), 2)])
def test_the_days_that_are_left_are_told_and_not_the_step_of_the_warning(people, left, days):
    until = (NOON + left).isoformat()
    heard.tell_that_a_key_ends(
        KeyExpiring(subject=HANOI, kid="k", days=60, valid_until=until), NOON
    )
    heard.tell_that_it_ends(
        AgreementExpiring(subject="a", **ABOUT, days=60, valid_until=until), NOON
    )
    (agreement, _), (key, _) = told(people, 1)
    assert f"{days} ngày" in agreement
    assert f"{days} ngày" in key
    assert not told(people, 2)


def test_a_revoked_key_is_told_to_its_member_s_administrators(people):
    heard.tell_that_a_key_is_revoked(KeyRevoked(subject=HANOI, kid="k", reason="superseded"), NOON)
    assert len(told(people, 1)) == 1
    assert not told(people, 4)


def test_a_log_that_contradicts_itself_is_told_to_auditors_too(people):
    event = LogContradicted(subject=POLICE, size=1200, fault="not-the-same")
    heard.tell_that_a_log_contradicts_itself(event, NOON)
    for number in (1, 2, 4):
        ((title, body),) = told(people, number)
        assert "Bộ Công an" in title
        assert "1.200" in body
    assert not told(people, 3)


def test_a_decision_to_go_on_with_a_log_is_told_with_its_reason_to_the_same_people(people):
    event = LogBreakAccepted(subject=POLICE, size=1200, kept=1100, reason="Khôi phục bản sao lưu")
    heard.tell_that_it_was_decided_to_go_on(event, NOON)
    for number in (1, 2, 4):
        ((title, body),) = told(people, number)
        assert "Bộ Công an" in title
        assert "1.200" in body
        assert "Khôi phục bản sao lưu" in body
    assert not told(people, 3)


def test_what_is_known_of_nobody_here_is_called_by_its_id(people):
    stranger = ABOUT | {"consumer": "000.00.00.H57", "service": "gone.v1"}
    heard.tell_who_decides(AgreementAsked(subject="a", **stranger, purposes=[]), NOON)
    assert told(people, 3)[0][0] == "000.00.00.H57 đề nghị dữ liệu của bạn: gone.v1"


def test_refused_calls_are_told_to_the_member_s_administrators_and_to_who_runs_the_exchange(people):
    code = "exchange.expired-key"
    heard.tell_that_calls_are_refused(
        CallsRefused(subject=POLICE, code=code, calls=1200, day="2026-11-23"), NOON
    )
    ((title, body),) = told(people, 1)
    assert "Bộ Công an" in title
    assert "1.200" in body
    assert code in body
    assert told(people, 4)
    assert not told(people, 2)
    assert not told(people, 3)
