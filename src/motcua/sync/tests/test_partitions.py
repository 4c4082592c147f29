"""A year put away and taken back: nothing lost, nothing twice."""

from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.db import connection

from motcua.kernel.actors import Actor
from motcua.sync.models import Dossier, Refusal, Status
from motcua.sync.operations.partitions import (
    NoSuchYear,
    YearInUse,
    archive_year,
    attach_year,
    keep_house,
    years_here,
)
from motcua.sync.tests.streams import AT, code_of, dossier, send, status, tables

pytestmark = pytest.mark.django_db
BY = Actor.system("test")


def old(number):
    return code_of(number, day="200917")


def test_a_year_is_archived_and_attached_with_what_came_meanwhile():
    rows = [dossier(1, code=old(1)), status(1, 2, code=old(1)), dossier(2), status(2)]
    send(rows)
    assert archive_year(2020, by=BY, at=AT) == ["sync_dossier_2020", "sync_status_2020"]
    assert list(Dossier.objects.values_list("code", flat=True)) == [code_of(2)]
    later = [
        dossier(1, code=old(1), hours=5, title="Mới"),
        dossier(3, code=old(3)),
        status(1, 2, code=old(1)),
        status(1, 9, code=old(1)),
    ]
    assert send(later, stream="b").dossiers_new == 2
    assert attach_year(2020, by=BY, at=AT) == 3
    assert Dossier.objects.get(code=old(1)).title == "Mới"
    assert Status.objects.filter(code=old(1)).count() == 2
    before = tables()
    send([*rows, *later], stream="c")
    assert tables() == before


def test_only_a_year_long_over_that_is_there_is_archived():
    with pytest.raises(YearInUse):
        archive_year(2026, by=BY, at=AT)
    for act in (archive_year, attach_year):
        with pytest.raises(NoSuchYear):
            act(1999, by=BY, at=AT)
    with pytest.raises(NoSuchYear):
        attach_year(2020, by=BY, at=AT)


def test_each_night_next_year_is_made_ready_and_old_refusals_go():
    in_2030 = datetime(2030, 12, 30, tzinfo=UTC)
    send(
        [dossier(1, code=code_of(1, day="310203")), status(1, code=code_of(1, day="310203")), b"{"]
    )
    keep_house(by=BY, at=in_2030)
    keep_house(by=BY, at=in_2030)
    assert 2031 in years_here()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sync_status_2031")
        assert cursor.fetchone() == (1,)
    assert Dossier.objects.get().year == 2031
    assert not Refusal.objects.exists()


def test_the_command_says_how_to_have_the_year_back(capsys):
    send([status(1, code=old(1))])
    call_command("sync", "archive", "2020")
    told = capsys.readouterr().out
    assert "pg_dump" in told
    assert "motcua sync attach 2020" in told
    assert not Status.objects.exists()
    call_command("sync", "attach", "2020")
    assert "2020 is attached; 0 rows" in capsys.readouterr().out
    assert Status.objects.count() == 1


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("sync_dossier", ["year", "member"]),
        ("sync_status", ["year", "member"]),
        ("sync_block", ["member"]),
    ],
)
def test_every_unique_key_of_the_country_s_tables_begins_so_that_they_can_be_cut_up(table, columns):
    """A part by year, and within it by member, needs these columns in each unique key."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT array(SELECT attname::text FROM unnest(indkey) WITH ORDINALITY k (n, at) "
            "JOIN pg_attribute ON attrelid = indrelid AND attnum = k.n ORDER BY k.at) "
            "FROM pg_index WHERE indrelid = %s::regclass AND indisunique",
            [table],
        )
        keys = [key for (key,) in cursor.fetchall()]
    assert keys
    assert all(key[: len(columns)] == columns for key in keys)
