"""What waits to be sent of a dossier handed on goes even where its job was lost."""

from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from motcua.backbone.jobs import jobs
from motcua.dossiers.models import Dossier, Transition
from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.tests.conftest import WARD, a_file
from motcua.dossiers.tests.counter import WHY, check_shape, text_of
from motcua.exchange.tests.wire import now
from motcua.forwarding.models import Given, Handed, Supplement
from motcua.forwarding.operations.answering import answer, hand_answer_on
from motcua.forwarding.operations.at_desk import Shown, give_out
from motcua.forwarding.operations.following import ask_how_it_stands
from motcua.forwarding.operations.handing_on import hand_on
from motcua.forwarding.operations.sending import StillWaiting
from motcua.forwarding.queries import waiting as queries
from motcua.forwarding.rules.states import Handing
from motcua.kernel.actors import Role
from tests.forwarding.conftest import down
from tests.forwarding.desk import GRANNY
from tests.forwarding.test_desk_later import SETTLED

OURS = [
    "forwarding.hand-on",
    "forwarding.hand-answer-on",
    "forwarding.tell-given-out",
]


@pytest.fixture
def sweep(work):
    """Lose every job that sends, let two hours go by, and have the round of the worker done."""

    def sweeping(*, losing=True):
        sending = ProcrastinateJob.objects.filter(task_name__in=OURS)
        if losing:
            sending.delete()
        before = set(sending.values_list("id", flat=True))
        for table in (Handed, Supplement, Given):
            table.objects.update(next_at=now() - timedelta(hours=2))
        jobs.tasks["forwarding.remember"].func(timestamp=0)
        return sending.exclude(id__in=before).count()

    return sweeping


@pytest.fixture
def answered(handed_in, counter):
    """The unit asked for a paper, and its applicant has answered at the hub."""
    row = handed_in()
    hand_on(row.code, at=now())
    row.refresh_from_db()
    wanted = {"papers": ["proof"], "fields": []}
    clerk = counter.actor("clerk")
    take_step(row.there, Step.ASK_SUPPLEMENT, by=clerk, at=now(), reason=WHY, details=wanted)
    ask_how_it_stands(row.code, at=now())
    lan = counter.actor("lan")
    answer(row.code, {"proof": [a_file(lan, now())]}, "", by=lan, at=now())
    return row


@pytest.fixture
def given(taken, counter, work):
    """A desk of the hub gave the unit's result out."""
    hand_on(taken.code, at=now())
    taken.refresh_from_db()
    counter.walk(taken.there, *SETTLED)
    work()
    ask_how_it_stands(taken.code, at=now())
    shown = Shown("card", GRANNY.number)
    give_out(taken.code, shown, by=counter.actor("hub-clerk"), at=now())
    return taken


@pytest.fixture
def operator(counter, settings):
    """Who looks after the portal."""
    counter._official("keeper", Role.ADMINISTRATOR, WARD)
    settings.OPERATING_AGENCIES = (WARD,)
    return counter.actor("keeper")


def test_an_answer_whose_job_was_lost_reaches_the_unit_once(answered, sweep, work):
    assert sweep() == 1
    assert sweep(losing=False) == 0
    work()
    work()
    assert Supplement.objects.get().handing == Handing.TAKEN
    assert Dossier.objects.get().transitions.filter(step=Step.SUPPLY).count() == 1
    assert sweep() == 0


def test_that_a_result_was_given_out_is_told_once_though_its_job_was_lost(given, sweep, work):
    assert sweep() == 1
    work()
    work()
    assert Given.objects.get().handing == Handing.TAKEN
    assert Transition.objects.filter(step=Step.RETURN).count() == 1
    assert sweep() == 0


def test_a_dossier_whose_job_was_lost_reaches_the_unit_once(handed_in, sweep, work):
    handed_in()
    assert sweep() == 1
    work()
    assert Dossier.objects.count() == 1
    assert sweep() == 0


def test_what_is_in_a_job_gets_no_second_one(answered, handed_in, sweep):
    handed_in("2")
    assert sweep(losing=False) == 0
    ProcrastinateJob.objects.filter(task_name="forwarding.hand-answer-on").update(status="failed")
    assert sweep(losing=False) == 1


def test_what_waits_is_seen_with_what_went_wrong_and_tried_at_once(
    work, answered, operator, counter, agreed
):
    agreed.on_request = down
    with pytest.raises(StillWaiting):
        hand_answer_on(Supplement.objects.get().pk, at=now())
    client = counter.client("keeper")
    page = client.get("/quan-tri/chuyen-ho-so/")
    check_shape(page)
    for words in (answered.code, "Phần bổ sung cơ quan yêu cầu", "đã thử 1 lần", "member-down"):
        assert words in text_of(page)
    agreed.on_request = lambda message: message
    sending = ProcrastinateJob.objects.filter(task_name="forwarding.hand-answer-on")
    sending.update(attempts=9, scheduled_at=now() + timedelta(minutes=15))
    assert client.post(f"/quan-tri/chuyen-ho-so/{answered.code}/thu-lai/").status_code == 302
    assert sending.get().scheduled_at <= now()
    work()
    assert "Không có gì đang chờ" in text_of(client.get("/quan-tri/chuyen-ho-so/"))


def test_all_that_waits_is_read_page_by_page_the_oldest_first(answered, operator, monkeypatch):
    monkeypatch.setattr(queries, "PAGE", 1)
    row = Handed.objects.get()
    row.pk, row.code, row.there, row.handing, row.reference = None, "later", "", "waiting", "2"
    row.filed_at = now()
    row.save(force_insert=True)
    first, second = queries.waiting(by=operator)
    assert [each.code for each in (first, second)] == [answered.code, "later"]
    assert [each.code for each in queries.waiting(by=operator, after=first.cursor)] == ["later"]
    assert queries.waiting(by=operator, after=second.cursor) == ()
