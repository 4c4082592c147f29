"""A citizen's list for programs: what was handed on stands on it once, as on the page."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.dossiers.models import Dossier
from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.queries.elsewhere import Tab
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.tests.conftest import MONDAY
from motcua.dossiers.tests.counter import text_of
from motcua.exchange.tests.wire import now
from motcua.forwarding.models import Handed
from motcua.forwarding.operations.following import ask_how_it_stands
from motcua.forwarding.operations.handing_on import hand_on
from motcua.forwarding.queries.handed import page
from motcua.identity.operations.tokens import issue_token


@pytest.fixture
def listed(client, counter):
    """Return pages of somebody's list until the last, as a program reads them."""

    def listing(name, limit=20):
        actor = counter.actor(name)
        secret = issue_token(
            actor.id, name="list", days=1, scopes=["read"], agency="", by=actor, at=now()
        )
        pages, place = [], ""
        while place is not None:
            answer = client.get(
                "/api/v1/dossiers",
                {"limit": limit, **({"before": place} if place else {})},
                headers={"Authorization": f"Bearer {secret}"},
            )
            assert answer.status_code == 200, answer.content
            pages.append(answer.json()["items"])
            place = answer.json()["next"]
        return pages

    return listing


@pytest.fixture
def handed_on(handed_in, counter):
    """A dossier filed at the hub that the province has accepted; there it is nobody's account's."""

    def handing(reference):
        row = handed_in(reference)
        hand_on(row.code, at=now())
        row.refresh_from_db()
        take_step(row.there, Step.ACCEPT, by=counter.actor("clerk"), at=now())
        ask_how_it_stands(row.code, at=now())
        row.refresh_from_db()
        Dossier.objects.filter(code=row.there).update(applicant="somebody-else")
        return row

    return handing


def test_what_was_handed_on_is_listed_once_with_the_state_the_unit_told(handed_on, listed, counter):
    row = handed_on("1")
    (line,) = listed("lan")[0]
    assert (line["code"], line["id"], line["number"]) == (row.code, None, row.number)
    assert (line["state"], line["title"]) == ("received", row.title)
    assert line["held_by"]
    assert line["address"].endswith(f"/{row.code}/")
    page = text_of(counter.client("lan").get("/ho-so/"))
    assert page.count(row.code) == 1
    assert row.there not in page
    assert listed("nam") == [[]]


def test_a_list_of_both_is_read_to_its_end_with_each_once(counter, listed, request):
    ours = [counter.file().code for _ in range(3)]
    handed_on = request.getfixturevalue("handed_on")
    theirs = [handed_on(f"r{number}").code for number in range(3)]
    for hours, (here, there) in enumerate(zip(ours, theirs, strict=True)):
        filed = MONDAY + timedelta(hours=2 * hours)
        Dossier.objects.filter(code=here).update(filed_at=filed)
        Handed.objects.filter(code=there).update(filed_at=filed + timedelta(hours=1))
    whole = [line["code"] for line in listed("lan")[0]]
    assert whole == [theirs[2], ours[2], theirs[1], ours[1], theirs[0], ours[0]]
    for limit in (1, 2, 4):
        pages = listed("lan", limit=limit)
        assert [line["code"] for page in pages for line in page] == whole
        assert all(len(page) <= limit for page in pages)


def test_a_place_that_cannot_be_is_a_clear_problem(client, counter):
    actor = counter.actor("lan")
    secret = issue_token(
        actor.id, name="list", days=1, scopes=["read"], agency="", by=actor, at=now()
    )
    for place in ("x", "1~2", "~~", "99999999999999999999"):
        answer = client.get(
            "/api/v1/dossiers", {"before": place}, headers={"Authorization": f"Bearer {secret}"}
        )
        assert answer.status_code == 422, place


MANY = """
INSERT INTO forwarding_handed ({columns}, code, reference, there, filed_at)
SELECT {columns}, code || '-' || n, reference || n, '', filed_at - n * interval '1 minute'
FROM forwarding_handed, generate_series(1, 5000) n
"""


@pytest.fixture
def very_many(handed_in, counter):
    """Five thousand of Lan's own, and as many of somebody else's that she looks after."""
    lan = counter.actor("lan")
    _own, other = handed_in("o"), handed_in("t")
    Handed.objects.filter(pk=other.pk).update(applicant="somebody-else", agent=lan.id)
    apart = {"id", "code", "reference", "there", "filed_at"}
    columns = {field.column for field in Handed._meta.concrete_fields} - apart
    with connection.cursor() as cursor:
        cursor.execute(MANY.format(columns=", ".join(f'"{each}"' for each in sorted(columns))))
        cursor.execute("ANALYZE forwarding_handed")
    return lan


@pytest.mark.parametrize(
    ("tab", "whose", "index"),
    [(Tab.ALL, "o", "handed_of_applicant"), (Tab.OTHERS, "t", "handed_of_agent")],
)
def test_a_page_of_very_many_reads_no_more_than_it_shows(very_many, tab, whose, index):
    place, seen = "", []
    for _page in range(3):
        with CaptureQueriesContext(connection) as asked:
            looked = page(by=very_many, at=now(), before=place, text="", tab=tab, limit=20)
        assert len(asked) <= 3
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF) {asked[0]['sql']}")
            plan = "\n".join(row[0] for row in cursor.fetchall())
        assert index in plan, plan
        assert "Sort" not in plan, plan
        assert max(map(int, re.findall(r"rows=(\d+)", plan))) <= 20, plan
        assert max([0, *map(int, re.findall(r"Rows Removed by Filter: (\d+)", plan))]) <= 20, plan
        seen += [line.code for line in looked.lines]
        place = looked.upto
    listed = Handed.objects.filter(reference__startswith=whose).order_by("-filed_at", "-code")
    assert seen == list(listed.values_list("code", flat=True)[:60])
