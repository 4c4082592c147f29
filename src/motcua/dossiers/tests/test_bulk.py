"""One thing done to many dossiers: each for itself, once, whatever dies or is pressed twice."""

from uuid import uuid4

import pytest
from django.core.cache import cache
from django.utils.timezone import now
from hypothesis import given
from hypothesis import strategies as st

from motcua.agencies.operations.posts import end_post
from motcua.agencies.queries.posts import posts_held
from motcua.dossiers.jobs import do_bulk
from motcua.dossiers.models import Bulk, BulkItem, Dossier
from motcua.dossiers.operations.bulk import (
    Asked,
    NobodyNamed,
    NoSuchRun,
    NothingChosen,
    NotUndoable,
    StillAtWork,
    TakenBack,
    TooManyChosen,
    begin_bulk,
    do_next,
    retry_bulk,
    undo_bulk,
)
from motcua.dossiers.operations.holding import assign
from motcua.dossiers.queries.bulk import UnknownRun, posts_of, run_named, runs
from motcua.dossiers.queries.dossiers import dossier
from motcua.dossiers.rules.access import NotYourStep
from motcua.dossiers.rules.bulk import MOST, What, share
from motcua.dossiers.rules.lifecycle import State, Step
from motcua.dossiers.tests.conftest import MONDAY, SYSTEM, WARD, refused
from motcua.dossiers.tests.counter import Counter, check_shape, text_of
from motcua.kernel.actors import Role

DESK = "/ban-lam-viec/"


@pytest.fixture
def counter(definition):
    counter = Counter(definition).open()
    for name in ("thu", "tam"):
        counter._official(name, Role.CLERK, WARD)
    return counter


def see(counter, code):
    return dossier(code, by=counter.actor("clerk"), at=MONDAY)


def begin(counter, what, codes, who="clerk", holder="", key=None):
    holders = dict.fromkeys(codes, holder) if holder else {}
    asked = Asked(what, codes, holders)
    return begin_bulk(asked, key or uuid4(), by=counter.actor(who), at=MONDAY)


def outcomes(counter, run, who="clerk"):
    seen = run_named(run, by=counter.actor(who))
    return {each.code: (each.state, each.why) for each in seen.outcomes}


def test_a_bad_one_stops_nobody_and_says_why(counter, work):
    good, unpaid, also = counter.file().code, counter.file(copies=1).code, counter.file().code
    run = begin(counter, What.ACCEPT, [good, unpaid, "khong-co", also, good])
    work()
    told = outcomes(counter, run)
    assert told[good] == told[also] == ("done", "")
    assert told[unpaid][0] == "refused"
    assert "Phí chưa được nộp" in told[unpaid][1]
    assert see(counter, good).holder_name == "Cán bộ clerk"
    (seen,) = runs(by=counter.actor("clerk"))
    assert (seen.total, seen.done, seen.refused, seen.waiting) == (3, 2, 1, 0)


def test_a_form_sent_twice_and_a_job_done_twice_do_it_once(counter, work):
    codes, key = [counter.file().code for _ in range(3)], uuid4()
    run = begin(counter, What.ACCEPT, codes, key=key)
    assert begin(counter, What.ACCEPT, codes, key=key) == run
    work()
    do_bulk(run)
    assert not do_next(run, at=MONDAY)
    assert [len(see(counter, code).history) for code in codes] == [2, 2, 2]
    assert Bulk.objects.count() == 1


def test_what_was_refused_is_tried_again_and_only_that(counter, work):
    good, unpaid = counter.file().code, counter.file(copies=1).code
    run = begin(counter, What.ACCEPT, [good, unpaid])
    work()
    see_paid(unpaid)
    assert retry_bulk(run, by=counter.actor("clerk")) == 1
    work()
    assert {state for state, _why in outcomes(counter, run).values()} == {"done"}
    assert len(see(counter, good).history) == 2
    assert retry_bulk(run, by=counter.actor("clerk")) == 0


def see_paid(code):
    Dossier.objects.filter(code=code).update(paid_at=MONDAY)


def test_a_fault_in_one_dossier_stops_none_of_the_others(counter, work, monkeypatch):
    bad, good = counter.file().code, counter.file().code
    from motcua.dossiers.operations import bulk

    real = bulk.take_step

    def broken(code, *args, **more):
        if code == bad:
            raise ZeroDivisionError
        return real(code, *args, **more)

    monkeypatch.setattr(bulk, "take_step", broken)
    run = begin(counter, What.ACCEPT, [bad, good])
    work()
    told = outcomes(counter, run)
    assert told[bad][0] == "refused"
    assert told[good] == ("done", "")


def test_a_job_that_dies_in_the_middle_goes_on_where_it_was(counter):
    codes = [counter.file().code for _ in range(4)]
    run = begin(counter, What.ACCEPT, codes)
    assert do_next(run, at=MONDAY)
    assert do_next(run, at=MONDAY)
    assert BulkItem.objects.filter(state="waiting").count() == 2
    do_bulk(run)
    assert [see(counter, code).state for code in codes] == [State.RECEIVED] * 4


def test_passing_on_and_giving_and_taking_back(counter, work):
    codes = [counter.file().code for _ in range(2)]
    for code in codes:
        counter.walk(code, Step.ACCEPT)
    thu = counter.actor("thu").id
    given = begin(counter, What.ASSIGN, codes, who="leader", holder=thu)
    work()
    assert {see(counter, code).holder for code in codes} == {thu}
    assign(codes[1], counter.actor("tam").id, by=counter.actor("leader"), at=MONDAY)
    key = uuid4()
    back = undo_bulk(given, key, by=counter.actor("leader"), at=MONDAY)
    assert undo_bulk(given, key, by=counter.actor("leader"), at=MONDAY) == back
    with refused(NotUndoable):
        undo_bulk(given, uuid4(), by=counter.actor("leader"), at=MONDAY)
    work()
    told = outcomes(counter, back, "leader")
    assert told[codes[0]][0] == "done"
    assert told[codes[1]][0] == "refused"
    assert see(counter, codes[0]).holder == counter.actor("clerk").id
    assert see(counter, codes[1]).holder == counter.actor("tam").id


def test_a_run_is_taken_back_once_it_is_done_and_then_not_tried_again(counter, work):
    codes = [counter.file().code for _ in range(2)]
    for code in codes:
        counter.walk(code, Step.ACCEPT)
    leader, thu = counter.actor("leader"), counter.actor("thu").id
    given = begin(counter, What.ASSIGN, codes, who="leader", holder=thu)
    assert do_next(given, at=MONDAY)
    with refused(StillAtWork):
        undo_bulk(given, uuid4(), by=leader, at=MONDAY)
    work()
    BulkItem.objects.filter(dossier__code=codes[1]).update(state="refused")
    undo_bulk(given, uuid4(), by=leader, at=MONDAY)
    with refused(TakenBack):
        retry_bulk(given, by=leader)


def test_passing_on_to_a_colleague_and_proposing(counter, work):
    codes = [counter.file().code for _ in range(2)]
    for code in codes:
        counter.walk(code, Step.ACCEPT)
    specialist = counter.actor("specialist").id
    onward = begin(counter, What.FORWARD, codes, holder=specialist)
    work()
    assert {state for state, _why in outcomes(counter, onward).values()} == {"done"}
    assert see(counter, codes[0]).holder == specialist
    with refused(NotUndoable):
        undo_bulk(onward, uuid4(), by=counter.actor("clerk"), at=MONDAY)
    begin(counter, What.PROPOSE, codes, who="specialist")
    work()
    assert {see(counter, code).stage_role for code in codes} == {Role.LEADER}


def test_what_a_run_needs(counter):
    code = counter.file().code
    with refused(NothingChosen):
        begin(counter, What.ACCEPT, ["khong-co"])
    with refused(NothingChosen):
        begin(counter, What.ACCEPT, [code], who="stranger")
    with refused(NotYourStep):
        begin(counter, What.ACCEPT, [code], who="lan")
    with refused(TooManyChosen):
        begin(counter, What.ACCEPT, [str(n) for n in range(MOST + 1)])
    with refused(NobodyNamed):
        begin(counter, What.ASSIGN, [code])
    run = begin(counter, What.ACCEPT, [code])
    with refused(NoSuchRun):
        retry_bulk(run, by=counter.actor("leader"))
    with refused(UnknownRun):
        run_named(run, by=counter.actor("leader"))


def test_who_lost_the_post_meanwhile_does_nothing_any_more(counter, work):
    code = counter.file().code
    run = begin(counter, What.ACCEPT, [code])
    (post,) = posts_held(counter.actor("clerk").id, at=now())
    end_post(post.id, by=SYSTEM, at=now())
    cache.clear()
    work()
    assert outcomes(counter, run)[code][0] == "refused"
    assert see(counter, code).state is State.NEW


@given(
    st.lists(st.text("abcdef0123456789", min_size=1), unique=True, max_size=40),
    st.dictionaries(st.sampled_from("xyzuvw"), st.integers(0, 30), min_size=1),
)
def test_shared_work_leaves_nobody_with_two_more_than_another_who_got_some(codes, loads):
    shared = share(codes, loads)
    assert list(shared) == codes
    after = {who: load + list(shared.values()).count(who) for who, load in loads.items()}
    got = [after[who] for who in set(shared.values())]
    assert not got or max(got) - min(after.values()) <= 1


def test_choosing_by_its_pages(counter):
    codes = [counter.file().code for _ in range(3)]
    clerk = counter.client("clerk")
    nothing = clerk.post(f"{DESK}hang-loat/", {"viec": "accept"}, follow=True)
    assert "Hãy chọn hồ sơ" in text_of(nothing)
    check_shape(clerk.get(f"{DESK}hang-loat/"))
    for what in What:
        check_shape(clerk.post(f"{DESK}hang-loat/", {"viec": what.value, "hs": codes}))
    whole = clerk.post(f"{DESK}hang-loat/", {"viec": "accept", "tat-ca": "1", "ds": "xem=new"})
    assert all(code in text_of(whole) for code in codes)
    nobody = clerk.post(f"{DESK}hang-loat/bat-dau/", {"viec": "assign", "hs": codes})
    assert nobody.status_code == 422


def test_a_run_by_its_pages(counter, work):
    codes, clerk = [counter.file().code for _ in range(3)], counter.client("clerk")
    form = {"viec": "accept", "hs": codes, "khoa": str(uuid4())}
    first = clerk.post(f"{DESK}hang-loat/bat-dau/", form)
    assert clerk.post(f"{DESK}hang-loat/bat-dau/", form)["Location"] == first["Location"]
    waiting = clerk.get(first["Location"])
    check_shape(waiting)
    assert "hx-trigger" in waiting.content.decode()
    work()
    done = clerk.get(first["Location"])
    check_shape(done)
    assert "hx-trigger" not in done.content.decode()
    assert clerk.get(f"{first['Location']}tien-do/").status_code == 200
    assert clerk.post(first["Location"], {"thu-lai": "1"})["Location"] == first["Location"]
    check_shape(clerk.get(f"{DESK}hang-loat/"))
    assert counter.client("leader").get(first["Location"]).status_code == 404


def test_giving_to_a_colleague_is_undone_by_one_press(counter, work):
    codes, clerk = [counter.file().code], counter.client("clerk")
    clerk.post(f"{DESK}{codes[0]}/nhan-xu-ly/")
    thu = counter.actor("thu").id
    given = clerk.post(
        f"{DESK}hang-loat/bat-dau/", {"viec": "assign", "hs": codes[:1], "nguoi": thu}
    )
    work()
    assert see(counter, codes[0]).holder == thu
    assert "Hoàn tác" in text_of(clerk.get(given["Location"]))
    clerk.post(given["Location"], {"hoan-tac": "1", "khoa": str(uuid4())})
    work()
    assert see(counter, codes[0]).holder == counter.actor("clerk").id


@pytest.mark.parametrize("address", ["hang-loat/", "hang-loat/bat-dau/"])
def test_an_unknown_deed_is_not_done(counter, address):
    answer = counter.client("clerk").post(f"{DESK}{address}", {"viec": "bay"})
    assert answer["Location"] == f"{DESK}hang-loat/"


def test_a_leader_shares_out_what_an_absent_colleague_has(counter, work):
    codes = [counter.file().code for _ in range(5)]
    counter.walk(codes[0], Step.ACCEPT)
    for code in codes:
        assign(code, counter.actor("clerk").id, by=counter.actor("leader"), at=MONDAY)
    leader, whose = counter.client("leader"), counter.actor("clerk").id
    check_shape(leader.get(f"{DESK}phan-cong/"))
    check_shape(leader.get(f"{DESK}phan-cong/", {"cua": whose}))
    nobody = leader.post(f"{DESK}phan-cong/", {"cua": whose})
    assert "ít nhất một đồng nghiệp" in text_of(nobody)
    ticked = [counter.actor(name).id for name in ("thu", "tam")]
    begun = leader.post(f"{DESK}phan-cong/", {"cua": whose, "cho": ticked})
    work()
    held = [see(counter, code).holder for code in codes]
    assert sorted(held.count(each) for each in ticked) == [2, 3]
    assert leader.get(begun["Location"]).status_code == 200
    assert counter.client("clerk").get(f"{DESK}phan-cong/").status_code == 403
    assert posts_of(codes, by=counter.actor("lan")) == ()
