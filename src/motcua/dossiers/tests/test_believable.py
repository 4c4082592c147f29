"""Made-up dossiers obey the same law as real ones."""

from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from motcua.agencies.queries.calendars import calendar_of
from motcua.dossiers.models import DayNumber, Dossier, Transition
from motcua.dossiers.operations.seeding import seed_dossiers
from motcua.dossiers.rules.believable import Place, a_story
from motcua.dossiers.rules.lifecycle import LIFECYCLE, State, Step
from motcua.dossiers.tests.conftest import HERE, WARD, answers
from motcua.kernel.actors import Role
from motcua.kernel.worktime import STANDARD_WEEK, Limit, Unit, WorkingCalendar

NOW = datetime(2026, 11, 20, 15, 0, tzinfo=HERE)
OFFICIALS = {role: (f"o-{role}", role.title()) for role in Role}


@given(st.integers(0, 10**9), st.integers(0, 20))
def test_every_story_is_one_legal_path_in_time_s_order(seed, days):
    place = Place(WARD, WorkingCalendar(STANDARD_WEEK), OFFICIALS)
    limit = Limit(Decimal(days), Unit.WORKING_DAYS if days else Unit.SAME_DAY)
    since = NOW - timedelta(days=365)
    story = a_story(Random(seed), place, limit, applicant="c", since=since, now=NOW)
    assert story.history[0].step is Step.FILE
    assert since <= story.filed_at <= story.history[-1].at <= NOW
    for one, two in pairwise(story.history):
        assert LIFECYCLE[State(one.state)][two.step] is two.state
        assert two.before == one.state
        assert one.at <= two.at


def test_a_crowd_is_written_in_bulk_and_real_numbers_go_on_from_it(definition, file):
    place = Place(WARD, calendar_of(WARD), OFFICIALS)
    heard = []
    seed_dossiers(
        300,
        places=[place],
        packs=[(definition, answers())],
        applicants=10,
        now=NOW,
        progress=heard.append,
    )
    assert heard == [300]
    assert Dossier.objects.count() == 300
    assert Transition.objects.filter(step=Step.FILE).count() == 300
    day = DayNumber.objects.order_by("-last").first()
    at = datetime(day.day.year, day.day.month, day.day.day, 12, tzinfo=HERE)
    assert file(at=at).code.endswith(f"-{day.last + 1:04d}")
