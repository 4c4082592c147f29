from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from motcua.backbone.models import Entry
from motcua.catalogue.models.procedures import Phrase, Procedure, Version
from motcua.catalogue.operations import importing
from motcua.catalogue.operations.importing import ImportOutOfOrder, import_procedures
from motcua.catalogue.rules.sources import records_in
from motcua.catalogue.tests.records import portal_record, stream
from motcua.kernel.actors import Actor

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)
LATER = NOON + timedelta(days=1)
BY = Actor.system("test")
REAL = Path(__file__).parents[4].parent / "shared/data/catalogue/portal_records.jsonl.gz"


def take(*records, at=NOON, **options):
    return import_procedures(records_in(stream(*records)), source="a", by=BY, at=at, **options)


def test_the_same_file_twice_changes_nothing():
    assert take(portal_record()).counts["added"] == 1
    again = take(portal_record(), at=LATER)
    assert dict(again.counts) == {"same": 1, "added": 0, "changed": 0, "reread": 0}
    assert Version.objects.count() == 1
    assert Entry.objects.filter(name="catalogue.imported").count() == 2


def test_a_changed_record_is_a_new_version_and_the_old_keeps_its_period():
    take(portal_record())
    take(portal_record(title="Đăng ký khai sinh (mới)"), at=LATER)
    old, new = Version.objects.order_by("number")
    assert (old.valid_from, old.valid_to, new.valid_from, new.valid_to) == (
        NOON,
        LATER,
        LATER,
        None,
    )
    assert "Thủ tục đăng ký khai sinh" in old.original
    assert Procedure.objects.get().title == "Đăng ký khai sinh (mới)"


def test_the_past_is_not_rewritten():
    take(portal_record(), at=LATER)
    with pytest.raises(ImportOutOfOrder):
        take(portal_record(title="Khác"), at=NOON)


def test_a_dry_run_tells_and_writes_nothing():
    assert take(portal_record(), dry_run=True).counts["added"] == 1
    assert not Procedure.objects.exists()
    assert not Entry.objects.filter(name="catalogue.imported").exists()


def test_the_demo_never_overwrites_what_was_published():
    take(portal_record())
    take(portal_record(title="Bản mẫu"), at=LATER, only_new=True)
    assert Procedure.objects.get().title == "Đăng ký khai sinh"


def test_a_better_reader_reads_the_same_original_again_without_a_new_version():
    take(portal_record())
    Version.objects.update(reading={"reader": 0})
    assert take(portal_record(), at=LATER).counts["reread"] == 1
    assert Version.objects.get().reading["title"] == "Đăng ký khai sinh"


def test_new_words_of_our_own_reach_procedures_that_did_not_change():
    take(portal_record())
    Procedure.objects.update(keywords="", title_en="")
    assert take(portal_record(), at=LATER).counts["reread"] == 1
    row = Procedure.objects.get()
    assert (row.title_en, "giấy khai sinh" in row.keywords) == ("Birth registration", True)
    assert Version.objects.count() == 1


def test_a_code_that_comes_twice_is_taken_once_and_reported():
    report = take(portal_record(), portal_record(title="Khác"))
    assert report.counts["refused"] == 1
    assert report.doubts[-1].why == "the code came already at line 1"


def test_a_provinces_copy_is_listed_only_where_there_is_no_original():
    take(
        portal_record("1.000001.H19"), portal_record("1.000001.H56"), portal_record("1.000002.H19")
    )
    assert set(Procedure.objects.listed().values_list("code", flat=True)) == {
        "1.000001.H19",
        "1.000002.H19",
    }
    take(portal_record("1.000001"), at=LATER)
    assert set(Procedure.objects.listed().values_list("code", flat=True)) == {
        "1.000001",
        "1.000002.H19",
    }


def test_neighbouring_words_are_known_without_their_space():
    take(portal_record())
    assert Phrase.objects.get(text="khaisinh").words == "khai sinh"


def test_many_records_go_in_with_few_statements(django_assert_max_num_queries, monkeypatch):
    monkeypatch.setattr(importing, "BATCH", 50)
    records = [portal_record(f"1.{n:06}") for n in range(100)]
    with django_assert_max_num_queries(15):
        take(*records)


def test_the_command_reports_what_it_could_not_read(tmp_path, capsys):
    file, table = tmp_path / "a.jsonl", tmp_path / "doubts.csv"
    file.write_bytes(stream(portal_record(), {"ma_thu_tuc": "x"}).getvalue())
    call_command("import_catalogue", str(file), "--report", str(table))
    told = capsys.readouterr().out
    assert "1 procedures read, 1 records refused" in told
    assert "1 of 2 channel rows (50.0%)" in told
    assert "line 2" in table.read_text()


def test_the_command_refuses_a_file_it_cannot_open_or_read(tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_catalogue", str(tmp_path / "none"))
    (tmp_path / "b").write_bytes(b"nothing")
    with pytest.raises(CommandError, match="No record"):
        call_command("import_catalogue", str(tmp_path / "b"))


@pytest.mark.slow
@pytest.mark.skipif(not REAL.exists(), reason="the published records are not on this machine")
def test_every_published_record_goes_in_and_four_rows_in_five_get_their_limit():
    with REAL.open("rb") as file:
        report = import_procedures(records_in(file), source=REAL.name, by=BY, at=NOON)
    assert (report.counts["added"], report.counts["refused"]) == (2335, 0)
    assert report.rows_with_limit / report.rows >= 0.8
