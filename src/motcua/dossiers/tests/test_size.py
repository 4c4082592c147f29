"""Among many dossiers every list and every search goes by an index, never through all of them."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localtime

from motcua.agencies.queries.calendars import calendar_of
from motcua.dossiers.models import Dossier
from motcua.dossiers.operations import seeding
from motcua.dossiers.operations.seeding import Place, seed_dossiers
from motcua.dossiers.queries.answered import Answer, answered
from motcua.dossiers.queries.answered import answers as answers_of
from motcua.dossiers.queries.desk import worklist
from motcua.dossiers.queries.desk_counts import counts
from motcua.dossiers.queries.desk_views import Wanted
from motcua.dossiers.queries.dossiers import dossier
from motcua.dossiers.queries.lines import my_dossiers
from motcua.dossiers.tests.conftest import CITY, CLERK, WARD, answers
from motcua.dossiers.tests.test_believable import NOW, OFFICIALS
from motcua.identity.queries.relatives import near_to
from motcua.kernel.actors import Actor
from motcua.kernel.folding import fold

MANY = 20_000


@pytest.fixture
def crowd(definition, monkeypatch):
    """Make dossiers of two agencies, one of them with most."""

    def seeded(number):
        _seed(definition, number)

    monkeypatch.setattr(seeding, "BATCH", MANY)
    return seeded


def _seed(definition, number):
    places = [
        Place(WARD, calendar_of(WARD), OFFICIALS, weight=1),
        Place(CITY, calendar_of(CITY), OFFICIALS, weight=9),
    ]
    packs = [(definition, answers())]
    told = []
    seed_dossiers(
        number, places=places, packs=packs, applicants=2_000, now=NOW, progress=told.append
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE dossiers_dossier")
        cursor.execute("ANALYZE dossiers_transition")
    assert told == [number]


def plans_of(question):
    """
    Return how the database answers every statement that a question asks about dossiers.

    Of a prepared one it is the plan for any values, which the server may keep for good.
    """
    with CaptureQueriesContext(connection) as asked:
        question()
    plans = []
    with connection.cursor() as cursor:
        for query in asked.captured_queries:
            if "dossiers_dossier" in query["sql"] and "%s" not in query["sql"]:
                kind = "(GENERIC_PLAN)" if "$1" in query["sql"] else ""
                cursor.execute(f"EXPLAIN {kind} " + query["sql"].replace("%", "%%"), [])
                plans.append("\n".join(line for (line,) in cursor.fetchall()))
    assert plans
    return "\n".join(plans)


def test_every_list_and_search_goes_by_its_index(crowd, django_assert_num_queries):
    crowd(MANY)
    code = Dossier.objects.filter(agency=WARD).values_list("code", flat=True)[7]
    someone = Actor("seed-0000007", "Ai đó")
    everything = Wanted(finished=True)
    questions = {
        "dossier_open_by_due": lambda: worklist(Wanted(), by=CLERK, at=NOW),
        "dossier_of_agency": lambda: worklist(everything, by=CLERK, at=NOW),
        "dossier_of_applicant": lambda: my_dossiers(by=someone, at=localtime(NOW)),
        "one_dossier_per_code": lambda: worklist(
            Wanted(finished=True, text=code), by=CLERK, at=NOW
        ),
        "dossier_words": lambda: worklist(
            Wanted(finished=True, text="Nguyễn Thị Lan"), by=CLERK, at=NOW
        ),
        "dossier_digits": lambda: worklist(Wanted(finished=True, text="987654"), by=CLERK, at=NOW),
    }
    for index, question in questions.items():
        plan = plans_of(question)
        assert index in plan, plan
        assert "Seq Scan on dossiers_dossier" not in plan, plan
    since = NOW - timedelta(days=28)
    figures = partial(answers_of, WARD, since=since, at=NOW)
    behind = partial(answered, [WARD], since=since, until=NOW, at=NOW, limit=51)
    for question in (figures, *(partial(behind, each) for each in Answer)):
        plan = plans_of(question)
        assert "transition_milestone" in plan, plan
        assert "Seq Scan" not in plan, plan
    plan = plans_of(lambda: counts(by=CLERK, at=NOW))
    assert "Seq Scan on dossiers_dossier" not in plan, plan
    near_to(CLERK.id)  # remembered for a while by each process
    with django_assert_num_queries(1):
        assert dossier(code, by=CLERK, at=NOW).code == code


def test_a_name_is_found_among_many_however_it_is_looked_for(crowd):
    crowd(2_000)
    known = Dossier.objects.filter(agency=WARD).order_by("id")[3]
    *_, middle, given = known.applicant_name.split()
    for text in (known.applicant_name, f"{middle} {given}", f"{given} {middle[:1]}", given):
        wanted = Wanted(finished=True, text=text)
        found = worklist(wanted, by=CLERK, at=NOW, limit=MANY)
        assert known.code in {x.line.code for x in found}
        ours = list(Dossier.objects.filter(agency=WARD))
        assert {x.line.code for x in found} == fitting(ours, text)


def fitting(dossiers, text):
    """Tell by plain words which should be found: by whole words before the last, where any has."""
    *whole, last = fold(text).split()
    having = [x for x in dossiers if set(whole) <= set(x.sought.split()) and begins(x, [last])]
    return {x.code for x in having or [x for x in dossiers if begins(x, [*whole, last])]}


def begins(x, parts):
    words = x.sought.split()
    return all(any(word.startswith(part) for word in words) for part in parts)
