"""When the unit is asked again: soon where something is about to happen, else rarely."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from motcua.forwarding.rules.answers import BillTold, ResultTold, Said, Standing
from motcua.forwarding.rules.asking import AGAIN, LONGEST, SOON, WATCHED, next_ask

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
RESULT = ResultTold("r", "ket-qua.pdf", "application/pdf", 1, "0" * 64)


def stands(number, since=timedelta(hours=3), **facts):
    steps = [Said("x", number, AT - since)]
    return Standing("a", number, "b", AT, **{"steps": steps} | facts)


def bill(state="open", since=timedelta(minutes=5)):
    return BillTold("1", "c", "d", 5, state, AT - since, AT + timedelta(days=3))


def test_a_dossier_under_way_is_asked_of_every_ten_minutes():
    assert next_ask(stands(4), at=AT) == AT + AGAIN
    assert next_ask(stands(4, steps=[]), at=AT) == AT + AGAIN


def test_a_bill_just_issued_is_watched_and_an_older_one_is_not():
    assert next_ask(stands(1, bills=[bill()]), at=AT) == AT + WATCHED
    assert next_ask(stands(1, bills=[bill(since=timedelta(days=1))]), at=AT) == AT + AGAIN
    assert next_ask(stands(1, bills=[bill("paid")]), at=AT) == AT + AGAIN


def test_what_is_just_being_made_is_asked_for_soon_and_not_for_ever():
    minute = timedelta(minutes=1)
    assert next_ask(stands(9, minute), at=AT) == AT + SOON
    assert next_ask(stands(9, minute, results=[RESULT]), at=AT) == AT + AGAIN
    assert next_ask(stands(9), at=AT) == AT + AGAIN
    assert next_ask(stands(3, minute, bills=[bill()]), at=AT) == AT + SOON
    assert next_ask(stands(3, bills=[bill()]), at=AT) > AT + SOON


@given(st.sampled_from([3, 7, 8, 10]), st.timedeltas(timedelta(0), timedelta(days=9999)))
def test_what_is_settled_is_asked_of_ever_more_rarely_at_least_once_a_week(number, since):
    after = next_ask(stands(number, since), at=AT) - AT
    assert AGAIN <= after <= LONGEST
    assert after in (AGAIN, since, LONGEST)
