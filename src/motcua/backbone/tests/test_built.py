"""Questions whose text is built once answer as the querysets do that they are written as."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import Count, Q
from django.utils.timezone import now

from motcua.backbone.built import Built
from motcua.backbone.models import Entry
from motcua.backbone.statements import Statement

pytestmark = pytest.mark.django_db
MOMENT = now()


@pytest.fixture(autouse=True)
def some_entries():
    for n, by in enumerate(["lan", "lan", "huy"]):
        at, facts = MOMENT + timedelta(days=n), {"n": n, "per": "100%"}
        Entry.objects.create(name=f"test.{n}", subject="s", facts=facts, by=by, at=at)


def test_rows_have_their_columns_by_name_and_json_read():
    ask = Built(lambda by: Entry.objects.filter(by=by).order_by("id").values_list("name", "facts"))
    found = ask.rows("lan")
    assert [(row.name, row.facts["n"]) for row in found] == [("test.0", 0), ("test.1", 1)]
    assert ask.first("huy").facts == {"n": 2, "per": "100%"}
    assert ask.first("nobody") is None


def test_each_shape_has_a_text_of_its_own():
    def ask(at, *, later):
        where = Q(at__gt=at) if later else Q(at__lte=at)
        return Entry.objects.filter(where, subject="s").order_by("id").values_list("name")

    built = Built(ask)
    for at in (MOMENT, MOMENT + timedelta(days=1)):
        for later in (True, False, True):
            names = [row.name for row in ask(at, later=later).values_list("name", named=True)]
            assert [row.name for row in built.rows(at, later=later)] == names


def test_figures_come_as_they_were_asked(django_assert_num_queries):
    @Built
    def ask(by):
        return Entry.objects.aggregate(
            all=Count("id"),
            theirs=Count("id", filter=Q(by=by)),
            full=Count("id", filter=Q(facts__per__contains="100%")),
        )

    for by, theirs in (("lan", 2), ("huy", 1)):
        with django_assert_num_queries(1):
            assert ask.first(by) == (3, theirs, 3)


def test_constants_stand_in_the_text_and_values_do_not():
    ask = Built(lambda by, id_: Entry.objects.filter(by=by, id__lt=id_, name="it's 5%"))
    assert ask.rows("lan", 9) == []
    (known,) = ask._known.values()
    assert "'it''s 5%%'" in known.text
    assert known.text.count("%s") == 2
    kept = Statement("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s")
    ask.rows("huy", 9)
    assert kept.first("%it''s 5\\%%") == (1,)


@pytest.mark.parametrize(
    "ask",
    [
        lambda value: Entry.objects.filter(by__contains=value),
        lambda value: Entry.objects.filter(by=f"{value}!"),
    ],
)
def test_what_is_made_of_a_value_is_refused_as_it_would_be_forgotten(ask):
    with pytest.raises(TypeError, match="as they are given"):
        Built(ask).rows("lan")


def test_a_moment_made_of_a_moment_is_refused():
    with pytest.raises(TypeError, match="as they are given"):
        Built(lambda at: Entry.objects.filter(at__gt=at + timedelta(days=1))).rows(MOMENT)


def test_building_leaves_the_connection_as_it_was():
    with pytest.raises(ZeroDivisionError):
        Built(lambda: 1 // 0).rows()
    assert not connection.execute_wrappers
    assert Entry.objects.count() == 3
