"""What officials write to each other of a dossier reaches nobody near to it, by whatever way."""

from decimal import Decimal
from io import BytesIO

import pytest
from django.contrib.auth import get_user_model
from pypdf import PdfReader

from motcua.backbone.http import bearer
from motcua.dossiers.models import Dossier
from motcua.dossiers.operations.handovers import hand_over, settle_hand_over
from motcua.dossiers.operations.opinions import View, ask_opinion, give_opinion
from motcua.dossiers.operations.remarks import Finding, check_paper, write_note
from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.queries.opinions import opinions_to_answer
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.rules.remarks import Verdict
from motcua.dossiers.tests.conftest import MONDAY, OTHER, WARD
from motcua.dossiers.tests.counter import Counter
from motcua.identity.operations.relatives import declare_relative
from motcua.identity.queries.relatives import forget_related
from motcua.kernel.actors import Role
from motcua.kernel.worktime import Limit, Unit

INNER = "nghikhaisai"
SAID = f"Nội bộ: {INNER}, chưa rõ nhân thân."
TWO = Limit(Decimal(2), Unit.WORKING_DAYS)
DESK = "/ban-lam-viec/"
TOLD = {
    "{code}/",
    "{code}/yeu-cau-bo-sung/",
    "ban-giao/{list}/",
    "ban-giao/{list}.pdf/",
    "y-kien/?cho",
    "api dossiers/{code}",
    "api dossiers/{code}/remarks",
    "api dossiers/{code}/opinions",
    "api opinions?which=awaited",
    "api hand-overs/{list}",
}
"""Where a leader who is a stranger to it reads such words."""
OTHERS = {
    *("", "?q={code}", "?q=lan&trong=tat-ca", "{code}/giao/", "{code}/danh-dau/{file}/"),
    *("{code}/hoi/", "{code}/kiem-soat.pdf/", "{code}/du-thao.pdf/", "so-theo-doi/"),
    *("so-theo-doi.pdf/", "ban-giao/", "y-kien/", "hang-loat/", "phan-cong/", "/thong-bao/"),
    *("api dossiers/{code}/questions", "api dossiers", "api hand-overs", "api opinions"),
    *("api dossiers/{code}/answers", "/ho-so/{code}/to-khai.csv/", "/ho-so/{code}/giay-hen/"),
}
"""Where nobody reads them."""


@pytest.fixture
def counter(definition):
    found = Counter(definition).open()
    found._official("colleague", Role.LEADER, WARD)
    found._official("expert", Role.SPECIALIST, OTHER)
    found._official("relative", Role.SPECIALIST, OTHER)
    lan = found.actor("lan")
    number = get_user_model().objects.get(pk=lan.id).personal_id
    for name in ("leader", "relative"):
        declare_relative(number, lan.name, "sibling", by=found.actor(name), at=MONDAY)
    forget_related()
    return found


@pytest.fixture
def things(counter):
    """A dossier of which colleagues wrote wherever they can, and the ids to find it by."""
    code, specialist = counter.file().code, counter.actor("specialist")
    counter.walk(code, Step.ACCEPT, Step.FORWARD)
    made = hand_over([code], specialist.id, by=counter.actor("clerk"), at=MONDAY)
    settle_hand_over(made, [], {code: SAID}, by=specialist, at=MONDAY)
    check_paper(code, "proof", Finding(Verdict.WRONG, remark=SAID), by=specialist, at=MONDAY)
    write_note(code, f"{SAID} @Cán bộ leader @Cán bộ colleague", by=specialist, at=MONDAY)
    first = ask_opinion(code, OTHER, SAID, ["proof"], TWO, by=specialist, at=MONDAY)
    give_opinion(first, SAID, View.DISAGREES, by=counter.actor("expert"), at=MONDAY)
    opinion = ask_opinion(code, OTHER, SAID, ["proof"], TWO, by=specialist, at=MONDAY)
    file = Dossier.objects.get(code=code).papers["proof"][0]
    return {"code": code, "list": made, "opinion": opinion, "file": file}


def sent_back(counter, code):
    take_step(code, Step.PROPOSE, by=counter.actor("specialist"), at=MONDAY, reason=SAID)
    take_step(code, Step.SEND_BACK, by=counter.actor("colleague"), at=MONDAY, reason=SAID)


@pytest.fixture
def reads(counter, client, monkeypatch):
    """Tell whether somebody reads such words at a place."""

    def reading(who, place):
        if place.startswith("api "):
            by = counter.actor(who)
            monkeypatch.setattr(bearer, "_resolvers", [lambda secret, scope, at: by])
            path = f"/api/v1/{place.removeprefix('api ')}"
            answer = client.get(path, headers={"Authorization": "Bearer x"})
        else:
            path = place if place.startswith("/") else DESK + place
            answer = counter.client(who).get(path)
        assert answer.status_code < 500
        if answer["Content-Type"] != "application/pdf":
            return INNER in answer.content.decode()
        pages = PdfReader(BytesIO(answer.content)).pages
        return INNER in "".join(page.extract_text() for page in pages)

    return reading


@pytest.mark.parametrize(("who", "where"), [("colleague", TOLD), ("leader", set())])
def test_colleagues_read_them_and_a_relative_nowhere(work, things, reads, who, where):
    work()
    found = {place for place in TOLD | OTHERS if reads(who, place.format(**things))}
    assert found == where


@pytest.mark.parametrize("who", ["colleague", "leader"])
def test_reasons_of_steps_too_are_among_strangers(counter, reads, who):
    code = counter.file().code
    counter.walk(code, Step.ACCEPT, Step.FORWARD)
    sent_back(counter, code)
    places = (f"{code}/", f"api dossiers/{code}")
    assert [reads(who, place) for place in places] == [who == "colleague"] * 2


def test_a_relative_is_offered_no_step_by_a_program(counter, client, things, monkeypatch):
    for who in ("colleague", "leader"):
        by = counter.actor(who)
        monkeypatch.setattr(bearer, "_resolvers", [lambda secret, scope, at, by=by: by])
        path = f"/api/v1/dossiers/{things['code']}"
        may = client.get(path, headers={"Authorization": "Bearer x"}).json()["may"]
        assert bool(may) == (who == "colleague")


def test_the_agency_asked_tells_its_strangers_what_is_asked_and_no_relative(
    counter, work, things, reads
):
    work()
    places = (
        *(f"y-kien/{things['opinion']}/", "y-kien/", "y-kien/?xong", "/thong-bao/"),
        *("api opinions", "api opinions?which=ended"),
    )
    assert all(reads("expert", place) for place in places)
    assert not any(reads("relative", place) for place in places)
    asked = [opinions_to_answer(by=counter.actor(who)) for who in ("expert", "relative")]
    assert asked == [1, 0]
    shared = f"{DESK}y-kien/{things['opinion']}/tep/{things['file']}/"
    opened = [counter.client(who).get(shared).status_code for who in ("expert", "relative")]
    assert opened == [200, 404]


def test_who_is_near_is_told_of_no_note_that_names_them(counter, work, things):
    work()
    told = {
        who: things["code"] in counter.client(who).get("/thong-bao/").content.decode()
        for who in ("colleague", "leader")
    }
    assert told == {"colleague": True, "leader": False}
