"""Who had a dossier and passed it on is told so, and nothing of what happened since."""

from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils.timezone import now

from motcua.agencies.operations.agencies import Level, open_agency
from motcua.agencies.queries.agencies import agency
from motcua.backbone.models import Look
from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.operations.transferring import transfer
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.tests.conftest import MONDAY, OTHER, SYSTEM, WARD, committee
from motcua.dossiers.tests.counter import Counter, check_shape, text_of
from motcua.identity.operations.tokens import issue_token
from motcua.kernel.actors import Role

WHY = "Thẩm quyền thuộc nơi khác theo địa giới mới."
LATER = "Bản sao chưa có chứng thực, cần gửi lại."
HOUR = timedelta(hours=1)
THIRD = "000.00.63.H26"
WHAT = "That a dossier was passed on to another agency, and why"


@pytest.fixture
def counter(definition):
    opened = Counter(definition).open()
    open_agency(committee(THIRD, Level.COMMUNE, "00070"), by=SYSTEM, at=MONDAY)
    opened._official("third", Role.CLERK, THIRD)
    return opened


@pytest.fixture
def code(counter):
    """A dossier that the ward passed on, on which the other agency has worked since."""
    code = counter.file().code
    transfer(code, OTHER, reason=WHY, by=counter.actor("clerk"), at=MONDAY + HOUR)
    details = {"papers": ["proof"], "fields": []}
    step = {"by": counter.actor("stranger"), "at": MONDAY + 2 * HOUR, "reason": LATER}
    take_step(code, Step.ASK_SUPPLEMENT, **step, details=details)
    return code


def case(counter, who, code):
    return counter.client(who).get(f"/ban-lam-viec/{code}/")


def by_api(counter, who, code):
    actor = counter.actor(who)
    scope = {"scopes": ["read"], "agency": actor.agency, "days": 1}
    token = issue_token(actor.id, name="k", by=actor, at=now(), **scope)
    return Client().get(f"/api/v1/dossiers/{code}", headers={"Authorization": f"Bearer {token}"})


@pytest.mark.parametrize("who", ["clerk", "specialist"])
def test_the_old_agency_reads_where_it_went_when_by_whom_and_why_and_no_more(counter, code, who):
    page = case(counter, who, code)
    assert page.status_code == 200
    check_shape(page)
    said = unescape(text_of(page))
    for known in (agency(OTHER).name, "10:00", "02/11/2026", "Cán bộ clerk", WHY, code):
        assert known in said
    for later in (LATER, "bổ sung", "Cán bộ stranger", "Nguyễn Thị Lan"):
        assert later not in said


def test_its_applicant_sees_that_they_looked(counter, code):
    case(counter, "clerk", code)
    by_api(counter, "specialist", code)
    looks = Look.objects.filter(reference=code, person=counter.actor("lan").id, what=WHAT)
    told = set(looks.values_list("by_name", "agency", "purpose"))
    purpose = "Processing the dossier"
    assert told == {("Cán bộ clerk", WARD, purpose), ("Cán bộ specialist", WARD, purpose)}


def test_a_program_of_the_old_agency_is_told_the_same(counter, code):
    answer = by_api(counter, "clerk", code)
    told = answer.json()
    assert (answer.status_code, told["code"]) == (403, "dossiers.no-longer-here")
    assert (told["agency"], told["by_name"], told["reason"]) == (OTHER, "Cán bộ clerk", WHY)
    assert told["at"] == (MONDAY + HOUR).isoformat()
    assert WHY in told["title"]
    assert LATER not in answer.content.decode()


def test_its_papers_and_steps_stay_closed_to_the_old_agency(counter, code):
    clerk = counter.client("clerk")
    for part in ("tiep-nhan/", "yeu-cau-bo-sung/", "chuyen/"):
        answer = clerk.get(f"/ban-lam-viec/{code}/{part}")
        assert answer.status_code in {403, 404, 405}
        assert LATER not in answer.content.decode()
    posted = clerk.post(f"/ban-lam-viec/{code}/tiep-nhan/", {"seen": "1"})
    assert posted.status_code in {403, 404}


def test_who_never_had_it_still_learns_nothing(counter, code):
    for answer in (case(counter, "third", code), by_api(counter, "third", code)):
        assert answer.status_code == 404
        assert WHY not in answer.content.decode()
    assert not Look.objects.filter(by=counter.actor("third").id).exists()
    assert case(counter, "clerk", "000.00.61.H26-261102-9999").status_code == 404
    nam = counter.client("nam").get(f"/ho-so/{code}/")
    assert nam.status_code == 404


def test_each_agency_on_the_way_knows_its_own_part(counter, code):
    take_step(code, Step.STOP, by=counter.actor("stranger"), at=MONDAY + 3 * HOUR, reason=LATER)
    other = counter.file().code
    transfer(other, OTHER, reason=WHY, by=counter.actor("clerk"), at=MONDAY + HOUR)
    on = "Việc này thuộc phường thứ ba."
    transfer(other, THIRD, reason=on, by=counter.actor("stranger"), at=MONDAY + 2 * HOUR)
    first, second = (unescape(text_of(case(counter, x, other))) for x in ("clerk", "stranger"))
    assert WHY in first
    assert on not in first
    assert on in second
    assert WHY not in second
    assert case(counter, "third", other).status_code == 200


def test_an_agency_that_gets_it_back_has_it_whole(counter):
    code = counter.file().code
    transfer(code, OTHER, reason=WHY, by=counter.actor("clerk"), at=MONDAY + HOUR)
    transfer(code, WARD, reason=WHY, by=counter.actor("stranger"), at=MONDAY + 2 * HOUR)
    assert "Nguyễn Thị Lan" in text_of(case(counter, "clerk", code))
