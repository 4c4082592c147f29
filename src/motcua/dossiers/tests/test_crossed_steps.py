"""Two steps asked for at once: the one asked for first may have had to wait for the other."""

from datetime import timedelta

import pytest

from motcua.dossiers.models import Dossier
from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.operations.supplement import answer_supplement
from motcua.dossiers.queries.slips import control_slip
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.tests.conftest import CLERK, LAN, MONDAY, SPECIALIST

WHY = "Cần xác minh thêm tại địa phương."
EARLIER = timedelta(seconds=1)

pytestmark = pytest.mark.django_db


def test_an_answer_that_crossed_its_request_ends_a_wait_of_no_time(file):
    code = file().code
    asked = {"papers": [], "fields": ["full_name"]}
    take_step(code, Step.ASK_SUPPLEMENT, by=CLERK, at=MONDAY, reason=WHY, details=asked)
    answer_supplement(code, {"full_name": "Trần Thị Lan"}, by=LAN, at=MONDAY - EARLIER)
    kept = Dossier.objects.get(code=code)
    assert kept.waits == [[kept.waits[0][0]] * 2]
    assert kept.due_at == kept.promised_at
    take_step(code, Step.ACCEPT, by=CLERK, at=MONDAY)
    take_step(code, Step.FORWARD, by=CLERK, at=MONDAY)
    assert control_slip(code, by=CLERK, at=MONDAY).legs


def test_a_withdrawal_that_crossed_a_request_can_be_read_like_any_other(file):
    code = file().code
    asked = {"papers": ["proof"], "fields": []}
    take_step(code, Step.ACCEPT, by=CLERK, at=MONDAY)
    take_step(code, Step.FORWARD, by=CLERK, at=MONDAY)
    take_step(code, Step.ASK_SUPPLEMENT, by=SPECIALIST, at=MONDAY, reason=WHY, details=asked)
    take_step(code, Step.WITHDRAW, by=LAN, at=MONDAY - EARLIER)
    assert control_slip(code, by=CLERK, at=MONDAY).legs
