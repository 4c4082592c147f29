"""A year put away and taken back: nothing lost, nothing twice."""

from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection

from motcua.agencies.queries.first_level import first_level_name
from motcua.kernel.actors import Actor
from motcua.sync.models import ArchivedYear, Detail, Dossier, Refusal, Status
from motcua.sync.models.details import keep_details
from motcua.sync.operations import partitions
from motcua.sync.operations.partitions import (
    NoSuchYear,
    YearBusy,
    YearInUse,
    archive_year,
    attach_year,
    keep_house,
    years_here,
)
from motcua.sync.queries.archives import put_away
from motcua.sync.rules.legacy.details import Detail as Said
from motcua.sync.tests.streams import AT, HUE, code_of, dossier, send, status, tables

pytestmark = pytest.mark.django_db
BY = Actor.system("test")


def old(number):
    return code_of(number, day="200917")


def test_a_year_is_archived_and_attached_with_what_came_meanwhile():
    rows = [dossier(1, code=old(1)), status(1, 2, code=old(1)), dossier(2), status(2)]
    send(rows)
    assert archive_year(2020, by=BY, at=AT) == [
        "sync_dossier_2020",
        "sync_status_2020",
        "sync_detail_2020",
    ]
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


def told(number, hours, **facts):
    """Have details of a dossier of 2020 told."""
    keep_details([(old(number), Said("", AT + timedelta(hours=hours), facts))], at=AT)


def kept():
    return {row.code: row.facts for row in Detail.objects.all()}


def test_what_was_told_besides_goes_along_and_comes_back_the_later_of_two():
    send([dossier(number, code=old(number)) for number in (1, 2, 3)])
    for number in (1, 2):
        told(number, 0, GhiChu="cũ")
    keep_details([(code_of(9), Said("", AT, {"GhiChu": "năm nay"}))], at=AT)
    archive_year(2020, by=BY, at=AT)
    assert kept() == {code_of(9): {"GhiChu": "năm nay"}}
    told(1, 1, GhiChu="mới")
    told(2, -1, GhiChu="cũ hơn")
    told(3, 0, GhiChu="khác")
    attach_year(2020, by=BY, at=AT)
    notes = {code: facts["GhiChu"] for code, facts in kept().items()}
    assert notes == {old(1): "mới", old(2): "cũ", old(3): "khác", code_of(9): "năm nay"}
    archive_year(2020, by=BY, at=AT)
    attach_year(2020, by=BY, at=AT)
    assert len(kept()) == 4


def test_a_year_that_was_carried_away_and_restored_is_attached_again():
    send([dossier(1, code=old(1)), status(1, code=old(1))])
    told(1, 0, GhiChu="cũ")
    before = tables(), kept()
    parts = archive_year(2020, by=BY, at=AT)
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA elsewhere")
        for part in parts:
            cursor.execute(f"CREATE TABLE elsewhere.{part} (LIKE {part} INCLUDING ALL)")
            cursor.execute(f"INSERT INTO elsewhere.{part} SELECT * FROM {part}")
            cursor.execute(f"DROP TABLE {part}")
            cursor.execute(f"ALTER TABLE elsewhere.{part} SET SCHEMA public")
    attach_year(2020, by=BY, at=AT)
    assert (tables(), kept()) == before
    assert 2020 in years_here()


@pytest.mark.django_db(transaction=True)
def test_a_year_in_use_is_left_as_it_is_and_that_is_said(monkeypatch):
    monkeypatch.setattr(partitions, "PATIENCE", "50ms")
    send([dossier(1, code=old(1))])
    with psycopg.connect(**connection.get_connection_params()) as other:
        other.execute("LOCK TABLE sync_dossier_2020 IN ROW EXCLUSIVE MODE")
        with pytest.raises(YearBusy):
            archive_year(2020, by=BY, at=AT)
    assert 2020 in years_here()
    assert not ArchivedYear.objects.exists()
    archive_year(2020, by=BY, at=AT)
    with psycopg.connect(**connection.get_connection_params()) as other:
        other.execute("LOCK TABLE sync_status_rest IN ROW EXCLUSIVE MODE")
        with pytest.raises(YearBusy):
            attach_year(2020, by=BY, at=AT)
    attach_year(2020, by=BY, at=AT)
    assert Dossier.objects.get().code == old(1)


def test_who_looks_up_a_dossier_of_that_year_is_told_whom_to_ask(client):
    send([dossier(1, code=old(1))])
    archive_year(2020, ask="Trung tâm Lưu trữ, 0234 123 456", by=BY, at=AT)
    page = client.get(f"/tra-cuu/{old(1)}/").content.decode()
    assert "2020" in page
    assert "Trung tâm Lưu trữ, 0234 123 456" in page
    assert "Không có hồ sơ" in client.get(f"/tra-cuu/{code_of(1)}/").content.decode()
    archive_year(2021, by=BY, at=AT)
    page = client.get(f"/tra-cuu/{code_of(1, day='210917')}/").content.decode()
    assert first_level_name("H57") in page
    attach_year(2020, by=BY, at=AT)
    assert "Trung tâm" not in client.get(f"/tra-cuu/{old(1)}/").content.decode()
    assert put_away(code_of(5, day="200917")) is None


def test_dossiers_of_our_own_are_never_said_to_be_put_away(settings):
    settings.EXCHANGE_MEMBERS = (HUE,)
    archive_year(2020, by=BY, at=AT)
    assert put_away(old(1)) is None


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
