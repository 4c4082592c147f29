"""An answer is the dossier's: what the applicant put there their agent sends, and the reverse."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localdate, now

from motcua.dossiers.models import Dossier
from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.operations.supplement import Supplied
from motcua.dossiers.operations.supplement_at_desk import Shown, supply_at_desk
from motcua.dossiers.queries.dossiers import dossier
from motcua.dossiers.rules.lifecycle import State, Step
from motcua.dossiers.tests.conftest import MONDAY, PDF, a_file
from motcua.dossiers.tests.counter import WHY, Counter, text_of
from motcua.identity.operations.authorities import record_authority
from motcua.identity.queries.authorities import AuthorityKind
from motcua.identity.queries.parties import PartyKind, Principal

TWO = [("lan", "nam"), ("nam", "lan")]
"""Who puts a file there, and who sends the answer: the applicant and their agent."""


@pytest.fixture
def counter(definition):
    return Counter(definition).open()


@pytest.fixture
def code(counter):
    """A dossier of Lan's, in which Nam may act for her, and the desk wants a better paper."""
    code, lan, nam = counter.file().code, counter.actor("lan"), counter.actor("nam")
    person = get_user_model().objects.get(pk=lan.id)
    power = record_authority(
        Principal(PartyKind.PERSON, person.personal_id, person.name, person.birth_date),
        kind=AuthorityKind.ATTORNEY,
        until=localdate() + timedelta(days=300),
        basis="Giấy ủy quyền",
        document=None,
        procedures=frozenset(),
        by=nam,
        at=now(),
    )
    Dossier.objects.filter(code=code).update(agent=nam.id, authority=power)
    asked = {"papers": ["proof"], "fields": []}
    clerk = counter.actor("clerk")
    take_step(code, Step.ASK_SUPPLEMENT, by=clerk, at=MONDAY, reason=WHY, details=asked)
    return code


def put(counter, code, who, name):
    """Put a file there on the page, and return its id."""
    scan = SimpleUploadedFile(name, PDF, "application/pdf")
    sent = counter.client(who).post(f"/ho-so/{code}/bo-sung/", {"file-proof": [scan]})
    assert sent.status_code == 302
    return Dossier.objects.get(code=code).asked["given"]["proof"][-1]


def handed_in(counter, code):
    view = dossier(code, by=counter.actor("clerk"), at=MONDAY)
    return view.state, view.papers["proof"]


@pytest.mark.parametrize(("puts", "sends"), TWO)
def test_what_one_put_there_goes_along_when_the_other_sends(counter, code, puts, sends):
    file = put(counter, code, puts, "ban-ro.pdf")
    page = counter.client(sends).get(f"/ho-so/{code}/bo-sung/")
    assert "ban-ro.pdf" in page.content.decode()
    assert counter.client(sends).get(f"/ho-so/{code}/tep/{file}/").status_code == 200
    more = put(counter, code, sends, "trang-hai.pdf")
    sent = counter.client(sends).post(f"/ho-so/{code}/bo-sung/", {"send": "1"})
    assert sent.status_code == 302, text_of(sent)
    assert handed_in(counter, code) == (State.NEW, [file, more])
    for who in ("lan", "nam", "clerk"):
        assert counter.client(who).get(f"/ho-so/{code}/tep/{file}/").status_code == 200


@pytest.mark.parametrize(("puts", "takes"), TWO)
def test_what_one_put_there_the_other_can_take_away(counter, code, puts, takes):
    file, stays = (put(counter, code, puts, name) for name in ("nham.pdf", "dung.pdf"))
    browser, address = counter.client(takes), f"/ho-so/{code}/bo-sung/"
    assert browser.post(address, {"remove": f"proof:{file}"}).status_code == 302
    assert Dossier.objects.get(code=code).asked["given"]["proof"] == [stays]
    browser.post(address, {"send": "1"})
    assert handed_in(counter, code) == (State.NEW, [stays])


def test_what_the_agent_put_there_goes_along_when_the_applicant_comes_to_the_counter(counter, code):
    file, clerk = put(counter, code, "nam", "ban-ro.pdf"), counter.actor("clerk")
    number = get_user_model().objects.get(pk=counter.actor("lan").id).personal_id
    scan = a_file(clerk)
    supply_at_desk(
        code, Shown("card", number), Supplied({"proof": [scan]}, {}), by=clerk, at=MONDAY
    )
    assert handed_in(counter, code) == (State.NEW, [file, scan])


def test_a_file_of_an_answer_stays_out_of_another_dossier_of_theirs(counter, code):
    file = put(counter, code, "nam", "ban-ro.pdf")
    other = counter.file(by="nam").code
    asked = {"papers": ["proof"], "fields": []}
    clerk = counter.actor("clerk")
    take_step(other, Step.ASK_SUPPLEMENT, by=clerk, at=MONDAY, reason=WHY, details=asked)
    counter.client("nam").post(f"/ho-so/{other}/bo-sung/", {"file-proof": [file], "send": "1"})
    assert dossier(other, by=clerk, at=MONDAY).state is State.SUPPLEMENT
