"""Each step of the table, on its page and by its call: taken by whom it says, in every place."""

import json

import pytest
from tools.roles import Who, cell

from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.tests.conftest import MONDAY, OTHER
from motcua.dossiers.tests.counter import WHY
from motcua.dossiers.web.desk.actions import SLUGS
from tests.access.deeds import (
    APPLICANTS,
    TO_SPECIALIST,
    Try,
    a_supplement,
    an_opinion,
    come_to,
    people,
)
from tests.access.test_deeds import PERSON, is_done
from tests.access.test_steps_and_posts import SITUATIONS
from tests.access.test_steps_and_posts import come_to as brought_to
from tests.access.test_steps_by_themselves import CALLS

PAGE_ASKS = {
    "transfer": {"agency": OTHER},
    "consult": {"agency": OTHER, "papers": "proof"},
    "reappoint": {"to-day": "6", "to-month": "11", "to-year": "2026", "to-time": "16:00"},
    "reopen": {"days": "2"},
    "ask_payment": {"fee-1": "Phí", "amount-1": "5000", "legal-1": "TT 1/2020/TT-BTC"},
    "return": {"way": "2"},
    "ask_supplement": {"papers": "proof"},
}
"""What the form of a step asks for besides its reason."""


def taken(world, who, page, form, call, body, version):
    """Tell whether somebody gets a step done on its page, and whether by its call."""
    browser, program = world.client(who), world.client("nobody")
    headers = {
        "Authorization": f"Bearer {world.token(who)}",
        "Idempotency-Key": "k",
        "If-Match": f'"{version}"',
    }
    sent = json.dumps(body)
    return (
        is_done(lambda: browser.post(page, {"seen": version, **form}), runs=True),
        is_done(
            lambda: program.post(
                f"/api/v1{call}", sent, content_type="application/json", headers=headers
            ),
            runs=True,
        ),
    )


@pytest.fixture
def monday(monkeypatch):
    """Let it be the day on which the dossiers came, when none is due yet."""
    for place in ("api.further", "api.fees", "api.holding", "api.dossiers", "web.desk.steps"):
        monkeypatch.setattr(f"motcua.dossiers.{place}.now", lambda: MONDAY)


@pytest.mark.usefixtures("monday")
@pytest.mark.parametrize("situation", SITUATIONS)
def test_an_official_takes_each_step_of_their_post_on_its_page_and_by_its_call(world, situation):
    code = brought_to(world, situation)
    version = Dossier.objects.get(code=code).version
    for who, steps in SITUATIONS[situation][1].items():
        for step in sorted(steps):
            page = f"/ban-lam-viec/{code}/{SLUGS[Step(step)]}/"
            form = {"reason": WHY, **PAGE_ASKS.get(step, {})}
            plain = {"step": step, "reason": WHY}
            plain |= {"papers": ["proof"]} if step == "ask_supplement" else {}
            place, body = CALLS.get(step, ("steps", plain))
            call = f"/dossiers/{code}/{place}"
            done = taken(world, who, page, form, call, body, version)
            assert done == (True, True), (who, step)


@pytest.fixture
def populated(world):
    people(world)
    return world


def withdrawn(world):
    code = come_to(world, *TO_SPECIALIST)
    return Try(APPLICANTS, {"reason": WHY}, {"step": "withdraw", "reason": WHY}, {"code": code})


def consulted(world):
    tried = an_opinion(world)
    form = {"text": WHY, "view": "agrees"}
    return Try(frozenset({"stranger-specialist", "stranger-leader"}), form, form, tried.things)


OUTSIDE = {
    Step.WITHDRAW: (withdrawn, "/ho-so/{code}/rut/", "/dossiers/{code}/steps"),
    Step.SUPPLY: (a_supplement, "/ho-so/{code}/bo-sung/", "/dossiers/{code}/supplement"),
    Step.CONSULTED: (consulted, "/ban-lam-viec/y-kien/{opinion}/", "/opinions/{opinion}"),
    Step.RECALL: (
        an_opinion,
        "/ban-lam-viec/{code}/y-kien/{opinion}/rut/",
        "/opinions/{opinion}/recall",
    ),
}
"""Steps of applicants, who acts for them, and other agencies; and one of any specialist's."""


@pytest.mark.parametrize("step", OUTSIDE)
def test_a_step_that_needs_no_dossier_in_hand_is_taken_by_those_whose_it_is_only(populated, step):
    situation, page, call = OUTSIDE[step]
    tried = situation(populated)
    version = Dossier.objects.get(code=tried.things["code"]).version
    paths = page.format(**tried.things), call.format(**tried.things)
    for who in sorted({*PERSON.values(), "stranger", "stranger-specialist"}):
        done = taken(populated, who, paths[0], tried.form, paths[1], tried.body, version)
        assert done == (who in tried.may,) * 2, who


def test_the_situations_try_every_cell_of_the_table_and_no_other(populated):
    tried = {
        (step, who) for _before, may in SITUATIONS.values() for who in may for step in may[who]
    }
    tried |= {(step, who) for step in OUTSIDE for who in OUTSIDE[step][0](populated).may}
    kinds = {person: who for who, person in PERSON.items()} | {
        "stranger-specialist": Who.OTHER_AGENCY
    }
    cells = {
        (step, who) for step in Step for who in Who if cell(step, who) and who is not Who.SYSTEM
    }
    assert {(step, kinds[person]) for step, person in tried} == cells
