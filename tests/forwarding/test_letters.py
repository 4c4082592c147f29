"""A letter that came to a desk of the hub is handed on; who wrote answers by letter, too."""

from datetime import timedelta

import pytest

from motcua.dossiers.models import Dossier
from motcua.dossiers.operations.counter import Way, begin_counter, file_counter
from motcua.dossiers.operations.drafts import attach, save_answers
from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.tests.conftest import a_file, answers, refused
from motcua.dossiers.tests.counter import WHY, check_shape, text_of
from motcua.exchange.models import LogEntry
from motcua.exchange.tests.wire import now
from motcua.forwarding.models import Handed, Supplement
from motcua.forwarding.operations.answering import hand_answer_on
from motcua.forwarding.operations.at_desk import NotTheirs, Shown, answer_at_desk, give_out
from motcua.forwarding.operations.following import ask_how_it_stands
from motcua.forwarding.operations.handing_on import hand_on
from motcua.forwarding.rules.states import Handing
from tests.forwarding.desk import CODE, DONE, GRANNY

WROTE = Shown("letter", "EA987654321VN")


@pytest.fixture
def letter(counter, office):
    """A letter that came three days ago is entered at the hub's desk."""
    clerk = counter.actor("hub-clerk")
    way = Way(office, "post", "EA123456789VN", now() - timedelta(days=3))
    draft = begin_counter(CODE, GRANNY, way, by=clerk, at=now())
    save_answers(draft, answers(), by=clerk, at=now())
    attach(draft, "proof", a_file(clerk, now()), by=clerk, at=now())
    return Handed.objects.get(code=file_counter(draft, DONE, by=clerk, at=now()).code)


def test_it_reaches_the_province_as_a_letter_and_its_time_runs_from_there(letter, counter):
    page = counter.client("hub-clerk").get(f"/ban-lam-viec/chuyen/{letter.code}/")
    check_shape(page)
    assert "Gửi trả giấy biên nhận" in text_of(page)
    for _twice in range(2):
        assert hand_on(letter.code, at=now()) is Handing.TAKEN
    there = Dossier.objects.get()
    assert (there.channel, there.entered_at, there.applicant_name) == (3, None, GRANNY.name)
    assert there.filed_at > letter.filed_at - timedelta(minutes=1)
    sides = LogEntry.objects.filter(service="forwarding.v1").values_list("side", flat=True)
    assert set(sides) == {"consumer", "provider"}
    check_shape(counter.client("clerk").get(f"/ban-lam-viec/{there.code}/"))


def test_who_wrote_answers_by_letter_and_takes_no_result_by_one(letter, counter):
    hand_on(letter.code, at=now())
    letter.refresh_from_db()
    clerk, wanted = counter.actor("hub-clerk"), {"papers": ["proof"], "fields": []}
    step = {"by": counter.actor("clerk"), "at": now(), "reason": WHY, "details": wanted}
    take_step(letter.there, Step.ASK_SUPPLEMENT, **step)
    ask_how_it_stands(letter.code, at=now())
    papers = {"proof": [a_file(clerk, now())]}
    with refused(NotTheirs):
        answer_at_desk(letter.code, Shown("letter", " "), papers, "", by=clerk, at=now())
    with refused(NotTheirs):
        give_out(letter.code, WROTE, by=clerk, at=now())
    answer_at_desk(letter.code, WROTE, papers, "", by=clerk, at=now())
    assert hand_answer_on(Supplement.objects.get().pk, at=now()) is Handing.TAKEN
    assert WROTE.proof in Dossier.objects.get().transitions.get(step=Step.SUPPLY).reason
