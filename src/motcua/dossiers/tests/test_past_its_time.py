"""Of a dossier past its time nobody is told to do what would be refused."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from motcua.dossiers.handlers.warnings import OVERDUE
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.dossiers import dossier
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.tests.counter import Counter, check_shape, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def counter(definition):
    return Counter(definition).open()


@pytest.mark.parametrize(
    ("hours", "before", "says"),
    [
        (-1, 0, "đã quá giờ hẹn trả nên không hẹn lại được nữa"),
        (1, 2, "đã hẹn lại hai lần"),
        (1, 0, ""),
    ],
)
def test_a_new_appointment_is_offered_only_while_one_may_be_made(counter, hours, before, says):
    code = counter.file().code
    counter.walk(code, Step.ACCEPT, Step.FORWARD)
    due = now() + timedelta(hours=hours)
    Dossier.objects.filter(code=code).update(due_at=due, reappointments=before)
    leader = counter.client("leader")
    page = leader.get(f"/ban-lam-viec/{code}/")
    check_shape(page)
    path = f"/ban-lam-viec/{code}/hen-lai/"
    assert (path in page.content.decode()) == (not says)
    seen = dossier(code, by=counter.actor("leader"), at=now())
    assert (Step.REAPPOINT in seen.may) == (not says)
    for told in (text_of(page), text_of(leader.get(path))):
        assert says.lower() in told.lower()
    if says:
        assert "chỉ lãnh đạo" not in text_of(leader.get(path))


def test_the_desk_is_told_to_settle_what_is_overdue_first(counter):
    code = counter.file().code
    Dossier.objects.filter(code=code).update(due_at=now() - timedelta(hours=1))
    desk = text_of(counter.client("clerk").get("/ban-lam-viec/?xem=all"))
    assert "giải quyết trước, trả ngay" in desk
    assert "hẹn lại" not in desk
    assert "new appointment" not in OVERDUE.body
