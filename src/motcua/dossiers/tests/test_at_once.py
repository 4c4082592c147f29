"""Many at once: nothing lost, nothing doubled, no code shared."""

from itertools import pairwise
from random import Random
from threading import Barrier, Thread

import pytest
from django.db import connection, connections

from motcua.backbone.models import Entry
from motcua.dossiers.models import Dossier, HandOver, Transition
from motcua.dossiers.operations.drafts import attach, begin_draft, save_answers
from motcua.dossiers.operations.filing import Filing, file_dossier, file_draft
from motcua.dossiers.operations.handovers import NothingToHandOver, hand_over
from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.rules.lifecycle import LIFECYCLE, State, Step
from motcua.dossiers.tests.conftest import CLERK, LAN, MONDAY, a_file, answers
from motcua.dossiers.tests.test_engine_machine import (  # noqa: F401 (a fixture)
    MOVES,
    PEOPLE,
    elsewhere,
    look,
)
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Refusal

pytestmark = pytest.mark.django_db(transaction=True)


class Lost(str):
    """What a thread raised that is no refusal."""


STORM = sorted({*MOVES} - {"paid", "cash back", "supplied", "result"})
"""Steps and what goes with them; what only the bank or a job does is left out."""


def at_once(count, do):
    """Run ``do(n)`` in ``count`` threads that start together; return what each gave or raised."""
    start, outcomes = Barrier(count), [None] * count

    def work(n):
        start.wait()
        try:
            outcomes[n] = do(n)
        except Refusal as refusal:
            outcomes[n] = refusal
        except Exception as other:  # noqa: BLE001 (told by the test, not lost in its thread)
            outcomes[n] = Lost(repr(other))
        finally:
            connections.close_all()

    threads = [Thread(target=work, args=(n,)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_a_draft_submitted_twenty_times_at_once_is_one_dossier(definition):
    draft = begin_draft(definition.code, by=LAN, at=MONDAY)
    save_answers(draft, answers(copies=2), by=LAN, at=MONDAY)
    attach(draft, "proof", a_file(), by=LAN, at=MONDAY)
    filed = at_once(20, lambda _: file_draft(draft, by=LAN, at=MONDAY))
    assert len({each.code for each in filed}) == 1
    assert Dossier.objects.count() == 1
    assert Entry.objects.filter(name="dossiers.filed").count() == 1


def test_eight_people_filing_in_one_agency_get_codes_without_a_gap(definition):
    def file_five(n):
        me = Actor(id=f"c-{n}", name=f"Người {n}")
        codes = []
        for k in range(5):
            papers = {"proof": [a_file(by=me)]}
            filing = Filing(definition, answers(), papers, "test", f"{n}-{k}")
            codes.append(file_dossier(filing, by=me, at=MONDAY).code)
        return codes

    codes = [code for found in at_once(8, file_five) for code in found]
    assert sorted(code[-4:] for code in codes) == [f"{k:04d}" for k in range(1, 41)]


def test_a_storm_of_steps_leaves_one_legal_path(file):
    code = file().code
    storm = [Step.ACCEPT, Step.REFUSE, Step.ACCEPT, Step.ASK_SUPPLEMENT, Step.FORWARD, Step.ACCEPT]
    at_once(
        len(storm),
        lambda n: take_step(code, storm[n], by=CLERK, at=MONDAY, reason="Giấy tờ chưa đầy đủ."),
    )
    path = list(Transition.objects.order_by("id"))
    for before, taken in pairwise(path):
        assert taken.before == before.state
        assert Step(taken.step) in LIFECYCLE[State(taken.before)]
    final = Dossier.objects.get()
    assert final.state == path[-1].state
    assert final.version == len(path)


def test_lists_of_the_same_dossiers_made_at_once_are_one(file):
    codes = [file(reference=str(n)).code for n in range(2)]
    for code in codes:
        for step in (Step.ACCEPT, Step.FORWARD):
            take_step(code, step, by=CLERK, at=MONDAY)
    made = at_once(6, lambda _: hand_over(codes, "", by=CLERK, at=MONDAY))
    assert sum(isinstance(x, NothingToHandOver) for x in made) == 5
    assert HandOver.objects.count() == 1


@pytest.mark.usefixtures("elsewhere")
@pytest.mark.parametrize("seed", range(4))
def test_after_any_storm_of_steps_each_dossier_has_one_legal_path(file, seed):
    """Officials of two agencies, the applicant and the portal all press at once, six times over."""
    rng, codes = Random(seed), [file(reference=str(n)).code for n in range(2)]
    for code, far in zip(codes, (1, 2), strict=True):
        for step in (Step.ACCEPT, Step.FORWARD)[:far]:
            take_step(code, step, by=CLERK, at=MONDAY)
    for _gust in range(6):
        presses = [
            (rng.choice(codes), rng.choice(STORM), rng.choice(PEOPLE)) for _press in range(12)
        ]

        def press(n, presses=presses):
            code, name, who = presses[n]
            return MOVES[name](code, MONDAY, who)

        assert not [x for x in at_once(len(presses), press) if isinstance(x, Lost)]
        for code in codes:
            look(code, set())


def test_filing_needs_few_statements(definition, django_assert_max_num_queries):
    papers = {"proof": [a_file()]}
    filing = Filing(definition, answers(), papers, "test", "1")
    file_dossier(filing, by=LAN, at=MONDAY)
    again = Filing(definition, answers(), {"proof": [a_file()]}, "test", "2")
    with django_assert_max_num_queries(8, connection=connection) as seen:
        file_dossier(again, by=LAN, at=MONDAY)
    assert sum('INSERT INTO "dossiers_dossier"' in q["sql"] for q in seen.captured_queries) == 1


def test_a_step_needs_few_statements(file, django_assert_max_num_queries):
    code = file().code
    with django_assert_max_num_queries(6, connection=connection):
        take_step(code, Step.ACCEPT, by=CLERK, at=MONDAY)
