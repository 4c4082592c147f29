"""What who left, or stood in, had in hand is anybody's; a deputy hears of the absent one's work."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.utils.timezone import now

from motcua.agencies.operations.absence import end_absence, note_absence
from motcua.agencies.operations.posts import end_post
from motcua.agencies.queries.posts import posts_held
from motcua.backbone.models import Entry
from motcua.dossiers import jobs
from motcua.dossiers.events import DossierMoved, QuestionAsked
from motcua.dossiers.handlers.opinions import tell_asked
from motcua.dossiers.handlers.questions import tell_those_who_answer
from motcua.dossiers.handlers.warnings import warn
from motcua.dossiers.models import Dossier, Opinion
from motcua.dossiers.operations.asking import ask
from motcua.dossiers.operations.bulk import Asked, begin_bulk
from motcua.dossiers.operations.holding import (
    NobodyInTheirPlace,
    assign,
    forward_to,
    lay_down_idle,
    take_in_hand,
)
from motcua.dossiers.operations.opinions import ask_opinion
from motcua.dossiers.operations.remarks import write_note
from motcua.dossiers.queries.desk import worklist
from motcua.dossiers.queries.desk_views import Wanted, Whose
from motcua.dossiers.rules.bulk import What
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.tests.conftest import MONDAY, OTHER, SYSTEM, WARD, refused
from motcua.dossiers.tests.counter import Counter, check_shape, text_of
from motcua.dossiers.tests.test_opinions import ASK, TWO
from motcua.kernel.actors import Role

DAY = timedelta(days=1)
TO_LEADER = (Step.ACCEPT, Step.FORWARD, Step.PROPOSE)


@pytest.fixture
def counter(definition):
    return Counter(definition).open()


def holder_of(code):
    return Dossier.objects.get(code=code).holder


def for_the_post(by):
    return [each.line.code for each in worklist(Wanted(whose=Whose.POST), by=by, at=MONDAY)]


def away(counter, who, deputy, until=None):
    pair = (counter.actor(who).id, counter.actor(deputy).id)
    return note_absence(WARD, *pair, MONDAY, until or MONDAY + 30 * DAY, by=SYSTEM, at=MONDAY)


def deputy_of(counter, who, name):
    """Return a deputy as they act: with the roles of whom they stand in for."""
    one = counter.actor(name)
    return replace(one, roles=one.roles | counter.actor(who).roles)


def test_what_a_colleague_who_left_had_in_hand_is_anybodys(counter, work):
    left, kept = counter.file().code, counter.file().code
    for code in (left, kept):
        counter.walk(code, Step.ACCEPT, Step.FORWARD)
    specialist = counter.actor("specialist")
    take_in_hand(left, by=specialist, at=MONDAY)
    counter.walk(kept, Step.PROPOSE)
    take_in_hand(kept, by=counter.actor("leader"), at=MONDAY)
    work()
    assert holder_of(left) == specialist.id
    (post,) = posts_held(specialist.id, at=MONDAY)
    end_post(post.id, by=SYSTEM, at=MONDAY + DAY)
    work()
    assert holder_of(left) == ""
    assert holder_of(kept) == counter.actor("leader").id
    new = replace(specialist, id="somebody-new", name="Người mới")
    assert for_the_post(new) == [left]
    told = Entry.objects.get(name="dossiers.assigned")
    assert (told.subject, told.facts["holder_before"]) == (left, specialist.id)
    assert lay_down_idle(WARD, by=SYSTEM, at=MONDAY + DAY) == 0


def test_what_a_deputy_took_goes_back_to_the_post_when_the_colleague_is_back(counter, work):
    taken, own = counter.file().code, counter.file().code
    counter.walk(taken, *TO_LEADER)
    counter.walk(own, Step.ACCEPT, Step.FORWARD)
    absence = away(counter, "leader", "specialist")
    for code in (taken, own):
        take_in_hand(code, by=deputy_of(counter, "leader", "specialist"), at=MONDAY)
    assert lay_down_idle(WARD, by=SYSTEM, at=MONDAY) == 0
    end_absence(absence, by=SYSTEM, at=MONDAY + DAY)
    work()
    assert (holder_of(taken), holder_of(own)) == ("", counter.actor("specialist").id)
    assert for_the_post(counter.actor("leader")) == [taken]


def test_it_goes_back_too_where_the_absence_ends_by_itself(counter, monkeypatch):
    code = counter.file().code
    counter.walk(code, *TO_LEADER)
    away(counter, "leader", "specialist", until=MONDAY + DAY)
    take_in_hand(code, by=deputy_of(counter, "leader", "specialist"), at=MONDAY)
    monkeypatch.setattr(jobs, "now", lambda: MONDAY + DAY - timedelta(seconds=1))
    jobs.warn_agency(WARD)
    assert holder_of(code) == counter.actor("specialist").id
    monkeypatch.setattr(jobs, "now", lambda: MONDAY + DAY)
    jobs.warn_agency(WARD)
    assert holder_of(code) == ""


def told(person, kind):
    return apps.get_model("notices", "Notice").objects.filter(person=person.id, kind=kind).count()


def tell_of_a_question(counter, code, at):
    ask(code, "Khi nào tôi nhận được kết quả?", by=counter.actor("lan"), at=at)
    facts = Entry.objects.filter(name="dossiers.question-asked").latest("id")
    tell_those_who_answer(QuestionAsked(subject=code, **facts.facts), at)


def tell_of_an_opinion(code, number, at):
    details = {"opinion": [number], "agency": [WARD]}
    facts = {"step": Step.CONSULT, "before": "in-process", "state": "in-process"}
    asked = DossierMoved(
        subject=code, **facts, agency=OTHER, applicant="", reason=ASK, details=details
    )
    tell_asked(asked, at)


def test_a_deputy_hears_of_the_absent_colleagues_work_while_it_lasts(counter):
    code = counter.file().code
    counter.walk(code, Step.ACCEPT, Step.FORWARD)
    ask_opinion(code, OTHER, ASK, [], TWO, by=counter.actor("specialist"), at=MONDAY)
    Opinion.objects.update(agency=WARD, asking=OTHER)
    Dossier.objects.update(stage_role=Role.LEADER, holder=counter.actor("leader").id)
    deputy, leader = counter.actor("clerk"), counter.actor("leader")
    kinds = ("near-due", "opinions-due", "opinion-asked", "question-asked")
    heard = {}
    away(counter, "leader", "clerk", until=MONDAY + 8 * DAY)
    for when in (MONDAY + 7 * DAY, MONDAY + 8 * DAY):
        warn(WARD, at=when)
        tell_of_an_opinion(code, f"opinion-{when:%d}", when)
        tell_of_a_question(counter, code, when)
        heard[when] = [
            (told(leader, f"dossiers.{kind}"), told(deputy, f"dossiers.{kind}")) for kind in kinds
        ]
    assert list(heard.values()) == [[(1, 1)] * 4, [(2, 1)] * 4]


def test_a_deputy_hears_of_what_nobody_in_the_absent_colleagues_post_has(counter):
    code = counter.file().code
    counter.walk(code, *TO_LEADER)
    assert holder_of(code) == ""
    away(counter, "leader", "clerk", until=MONDAY + 8 * DAY)
    warn(WARD, at=MONDAY + 7 * DAY)
    assert told(counter.actor("clerk"), "dossiers.near-due") == 1
    assert told(counter.actor("specialist"), "dossiers.near-due") == 0


def alone(counter, who, deputy):
    """Let somebody be away, and their deputy leave: nobody stands in any more."""
    away(counter, who, deputy)
    for post in posts_held(counter.actor(deputy).id, at=MONDAY):
        if not post.for_name:
            end_post(post.id, by=SYSTEM, at=MONDAY)


def given(counter, what, code, to):
    """Give a dossier in each way there is: one by one, passed on, in a run."""
    clerk = counter.actor("clerk")
    if what == "assign":
        assign(code, to, by=clerk, at=MONDAY)
    elif what == "forward":
        forward_to(code, to, by=clerk, at=MONDAY)
    else:
        begin_bulk(Asked(What(what), [code], {code: to}), uuid4(), by=clerk, at=MONDAY)


WAYS = [
    ("assign", "thu", ()),
    (What.ASSIGN, "thu", ()),
    ("forward", "specialist", (Step.ACCEPT,)),
    (What.FORWARD, "specialist", (Step.ACCEPT,)),
]


@pytest.mark.parametrize(("what", "to", "steps"), WAYS)
def test_nothing_is_given_to_who_is_away_with_nobody_in_their_place(counter, what, to, steps):
    for name in ("thu", "tam"):
        counter._official(name, Role.CLERK, WARD)
    code = counter.file().code
    counter.walk(code, *steps)
    alone(counter, to, "tam")
    with refused(NobodyInTheirPlace):
        given(counter, what, code, counter.actor(to).id)
    dossier = Dossier.objects.get(code=code)
    assert dossier.holder != counter.actor(to).id
    assert dossier.state == ("received" if steps else "new")


def test_who_stands_in_is_told_of_work_given_to_the_absent_once_a_day(counter, work):
    for name in ("thu", "tam"):
        counter._official(name, Role.CLERK, WARD)
    codes = [counter.file().code for _ in range(3)]
    absent = counter.actor("thu").id
    absence_now(counter, "thu", "tam")
    for code in codes:
        given(counter, "assign", code, absent)
    work()
    assert [holder_of(code) for code in codes] == [absent] * 3
    assert told(counter.actor("tam"), "dossiers.given-for") == 1
    given(counter, "assign", codes[0], counter.actor("tam").id)
    work()
    assert told(counter.actor("tam"), "dossiers.given-for") == 1


def test_who_stands_in_for_somebody_named_in_a_note_is_told_but_not_of_their_own(counter, work):
    code, own = counter.file().code, counter.file(by="specialist").code
    away(counter, "leader", "specialist")
    for each in (code, own):
        write_note(each, "@Cán bộ leader xem giúp", by=counter.actor("clerk"), at=MONDAY)
    work()
    assert told(counter.actor("leader"), "dossiers.mentioned") == 2
    assert told(counter.actor("specialist"), "dossiers.mentioned-for") == 1
    written = write_note(code, "@Cán bộ leader", by=counter.actor("specialist"), at=MONDAY)
    work()
    assert [each.deputy_name for each in written.away] == ["Cán bộ specialist"]
    assert told(counter.actor("specialist"), "dossiers.mentioned-for") == 1


def absence_now(counter, who, deputy):
    pair = (counter.actor(who).id, counter.actor(deputy).id)
    return note_absence(WARD, *pair, now(), now() + 30 * DAY, by=SYSTEM, at=now())


def test_pages_say_beside_the_name_who_is_away_before_anything_is_given(counter):
    for name in ("thu", "tam", "nga"):
        counter._official(name, Role.CLERK, WARD)
    code, clerk = counter.file().code, counter.client("clerk")
    absence_now(counter, "thu", "nga")
    absence_now(counter, "nga", "tam")
    chosen = {"viec": "assign", "hs": [code]}
    pages = [
        clerk.get(f"/ban-lam-viec/{code}/giao/"),
        clerk.post("/ban-lam-viec/hang-loat/", chosen),
    ]
    for page in pages:
        check_shape(page)
        assert text_of(page).count("không có người làm thay") == 1
        assert text_of(page).count("Cán bộ tam làm thay") == 1
        box = page.content.decode().split(f'value="{counter.actor("thu").id}"')[1]
        assert box.split(">")[0].strip() == "disabled"
    case = text_of(clerk.get(f"/ban-lam-viec/{code}/"))
    assert "Cán bộ thu: vắng mặt đến" in case
    asked = {"viec": "assign", "hs": [code], "nguoi": counter.actor("thu").id}
    refused_ = clerk.post("/ban-lam-viec/hang-loat/bat-dau/", asked)
    assert refused_.status_code == 409
    assert "Cán bộ thu đang vắng mặt" in text_of(refused_)


def test_work_is_shared_out_to_nobody_who_is_away_unless_ticked(counter):
    for name in ("thu", "tam"):
        counter._official(name, Role.CLERK, WARD)
    code, leader = counter.file().code, counter.client("leader")
    take_in_hand(code, by=counter.actor("clerk"), at=MONDAY)
    absence_now(counter, "thu", "tam")
    page = leader.get("/ban-lam-viec/phan-cong/", {"cua": counter.actor("clerk").id})
    boxes = page.content.decode().split('name="cho"')[1:]
    ticked = {
        box.split('value="')[1].split('"')[0]: "checked" in box.split(">")[0] for box in boxes
    }
    assert ticked == {counter.actor("thu").id: False, counter.actor("tam").id: True}


def test_a_note_says_which_of_those_it_names_do_not_read_it(counter):
    code, clerk = counter.file().code, counter.client("clerk")
    absence_now(counter, "leader", "specialist")
    counter._official("thu", Role.CLERK, WARD)
    (left,) = posts_held(counter.actor("thu").id, at=now())
    end_post(left.id, by=SYSTEM, at=now())
    words = {"loi": "@Cán bộ leader và @Cán bộ thu xem giúp"}
    page = text_of(clerk.post(f"/ban-lam-viec/{code}/ghi-chu/", words, follow=True))
    assert "Cán bộ specialist cũng được báo." in page
    assert "Cán bộ thu hiện không giữ chức danh nào ở đây nên không được báo." in page
