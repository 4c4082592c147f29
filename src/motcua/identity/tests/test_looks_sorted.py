"""Looks at one's data are read by day and dossier, with the official's post, and taken away."""

import csv
from datetime import UTC, datetime
from io import StringIO

import pytest

from motcua.backbone.looks import record_look
from motcua.identity.queries.looks import lookers, looks
from motcua.kernel.actors import Actor

NOON = datetime(2026, 11, 2, 5, tzinfo=UTC)
HERS = "/du-lieu-cua-toi/ai-da-xem/"


@pytest.fixture
def looked(client, enter, huong):
    enter("huong@example.vn")
    me = Actor(huong, "Nguyễn Thị Hương")
    for agency, reference in (("A", "H-1"), ("A", "H-2"), ("B", "H-1"), ("B", "")):
        by = Actor(f"o-{agency}", f"=Cán bộ {agency}", agency)
        record_look(me.id, "Dossier", purpose="Tìm hiểu", by=by, at=NOON, reference=reference)
    record_look("other", "Dossier", purpose="x", by=Actor("o", "o", "C"), at=NOON)
    return client, me


def test_a_dossier_or_an_agency_alone(looked):
    _client, me = looked
    assert len(looks(by=me).looks) == 4
    assert {x.seen.agency for x in looks(by=me, dossier="H-1").looks} == {"A", "B"}
    assert {x.seen.reference for x in looks(by=me, agency="B").looks} == {"H-1", ""}
    assert [agency for agency, _name in lookers(by=me)] == ["A", "B"]


def test_the_page_groups_them_and_keeps_the_filter(looked, django_assert_max_num_queries):
    client, _me = looked
    client.get(HERS)
    with django_assert_max_num_queries(10):
        page = client.get(HERS).content.decode()
    assert page.count("H-1") == 1
    page = client.get(f"{HERS}?ho-so=H-2").content.decode()
    assert "Cán bộ A" in page
    assert "Cán bộ B" not in page


def test_they_are_taken_away_as_a_table_without_formulas(looked):
    client, _me = looked
    answer = client.get("/du-lieu-cua-toi/ai-da-xem.csv/?ho-so=H-1")
    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"), newline="")))
    assert len(rows) == 3
    assert {row[1] for row in rows[1:]} == {"'=Cán bộ A", "'=Cán bộ B"}
