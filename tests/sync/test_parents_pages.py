"""What a member's officials see of whom they tell, and what they can do about it."""

from datetime import timedelta

import pytest

from motcua.dossiers.tests.conftest import CITY, definition, ward
from motcua.dossiers.tests.counter import Counter, check_shape, text_of
from motcua.exchange.adapters.sending import close_breakers
from motcua.exchange.tests.conftest import PORTAL, _own_files, refused, wire
from motcua.exchange.tests.places import HANOI, POLICE
from motcua.exchange.tests.wire import agreement, now, offered
from motcua.kernel.actors import Actor, Role
from motcua.notices.queries.mine import my_notices
from motcua.sync.api.gateway import SERVICE, answer
from motcua.sync.models import Parent, Untaken
from motcua.sync.operations.parents import NotItself, NotOurs, ParentThere, add_parent, tell_now
from motcua.sync.operations.telling import tell_parent
from motcua.sync.operations.warning import warn_of_stuck
from motcua.sync.rules.access import NotYourParents

__all__ = ["_own_files", "definition", "ward", "wire"]
PAGE = "/quan-tri/dong-bo/noi-nhan/"


@pytest.fixture
def counter(definition):
    made = Counter(definition).open()
    for name, role in (("admin", Role.ADMINISTRATOR), ("auditor", Role.AUDITOR)):
        made._official(name, role, CITY)
    return made


@pytest.fixture
def parent(wire, counter):
    agreement("synchronise", service=offered(answer, SERVICE))
    return add_parent(HANOI, POLICE, by=PORTAL, at=now())


def test_an_administrator_adds_a_parent_and_sees_how_far_it_is(wire, counter):
    code = counter.file().code
    admin = counter.client("admin")
    page = admin.get(PAGE)
    check_shape(page)
    assert "Chưa báo hồ sơ của ta cho ai" in text_of(page)
    refused = admin.post(PAGE, {"to": HANOI})
    assert refused.status_code == 422
    shown = admin.post(PAGE, {"to": POLICE}, follow=True)
    check_shape(shown)
    assert "Bộ Công an" in text_of(shown)
    row = Parent.objects.get()
    assert (row.member, row.to) == (HANOI, POLICE)
    tell_parent(row.pk, clock=now)
    assert "Cần có thỏa thuận" in text_of(admin.get(PAGE)) or "thỏa thuận" in text_of(
        admin.get(f"{PAGE}{row.pk}/")
    )
    Untaken.objects.create(parent=row, code=code, reason="foreign", example='{"k"', at=now())
    page = admin.get(f"{PAGE}{row.pk}/")
    check_shape(page)
    assert code in text_of(page)
    assert "Mã thuộc thành viên khác" in text_of(page)


def test_each_button_does_what_it_says(parent, counter):
    counter.file()
    admin = counter.client("admin")
    for step, held in (("tam-dung", True), ("tiep-tuc", False)):
        admin.post(f"{PAGE}{parent}/{step}/")
        assert (Parent.objects.get().paused_at is not None) == held
        assert ("Đang tạm dừng" in text_of(admin.get(PAGE))) == held
    tell_parent(parent, clock=now)
    assert "Đã báo đủ" in text_of(admin.get(PAGE))
    admin.post(f"{PAGE}{parent}/ke-lai/")
    assert Parent.objects.get().step == 0
    Parent.objects.update(try_at=now() + timedelta(hours=1))
    admin.post(f"{PAGE}{parent}/thu-ngay/")
    assert Parent.objects.get().try_at is None
    assert admin.post(f"{PAGE}{parent}/khac/").status_code == 404


def test_an_auditor_looks_and_a_stranger_does_not(parent, counter):
    page = counter.client("auditor").get(f"{PAGE}{parent}/")
    assert page.status_code == 200
    assert "Tạm dừng" not in text_of(page)
    assert counter.client("auditor").post(f"{PAGE}{parent}/tam-dung/").status_code == 403
    assert counter.client("clerk").get(PAGE).status_code == 403
    assert counter.client("auditor").get(f"{PAGE}999/").status_code == 404
    hue = Actor("x", "X", "000.00.00.H57", frozenset({Role.ADMINISTRATOR}))
    with pytest.raises(NotYourParents):
        add_parent(HANOI, POLICE, by=hue, at=now())


def test_who_is_told_must_make_sense(parent):
    for member, to, why in (
        ("000.00.00.H57", POLICE, NotOurs),
        (HANOI, HANOI, NotItself),
        (HANOI, POLICE, ParentThere),
    ):
        with refused(why):
            add_parent(member, to, by=PORTAL, at=now())


def test_those_who_look_after_the_portal_are_warned_once_it_is_stuck(parent, counter, work, wire):
    counter.file()
    later = now() + timedelta(hours=2)
    assert warn_of_stuck(by=PORTAL, at=now()) == 0
    Parent.objects.update(paused_at=now())
    assert warn_of_stuck(by=PORTAL, at=later) == 0, "who paused it knows that it waits"
    Parent.objects.update(paused_at=None)
    assert "Chưa có gì bị từ chối" in text_of(counter.client("admin").get(f"{PAGE}{parent}/"))
    assert warn_of_stuck(by=PORTAL, at=later) == 1
    assert warn_of_stuck(by=PORTAL, at=later) == 0
    work()
    (told,) = [
        each
        for each in my_notices(by=counter.actor("admin")).notices
        if "chưa được báo" in each.title
    ]
    assert told.link == f"{PAGE}{parent}/"
    tell_now(parent, by=PORTAL)
    close_breakers()
    tell_parent(parent, clock=now)
    assert Parent.objects.get().warned_at is None
