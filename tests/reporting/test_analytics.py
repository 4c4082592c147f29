"""Figures from exported files are the reporting room's own, on DuckDB and on Spark alike."""

import json
import random
import shutil
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from motcua.backbone.models import Entry
from motcua.dossiers.queries.milestones import tallies
from motcua.dossiers.rules.lifecycle import Step, StepNotAllowed
from motcua.dossiers.tests.conftest import MONDAY, SYSTEM
from motcua.dossiers.tests.walks import filed
from motcua.kernel.actors import Role
from motcua.reporting.adapters.analytics import figures
from motcua.reporting.adapters.analytics.engines import on_duckdb, on_spark
from motcua.reporting.operations.exporting import OtherFolder, export_journal
from motcua.reporting.queries.form06 import Asked, Kind, Period, form_06
from motcua.reporting.queries.load import BACK, load
from motcua.reporting.rules.leaving import facts_that_leave, member_of, pseudonym
from motcua.reporting.rules.periods import first_moment
from tests.reporting.conftest import AWAY, CITY, LEADER, NOW, OTHER, WARD, official

pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")
"""Ibis 12 asks DuckDB 2 by an older name."""

KEY = b"a key of this test"
AGENCIES = (CITY, WARD, OTHER, AWAY)
NAMES = ("online", "direct", "carried", "early", "on_time", "late", "within", "overdue")
HOUR = timedelta(hours=1)


@pytest.fixture
def walked(city):
    """Sixty dossiers that walk anyhow for two months: settled, opened again, handed on, moved."""
    dice = random.Random(11)
    for number in range(60):
        at = MONDAY - timedelta(days=dice.randrange(45), minutes=dice.randrange(600))
        due_at = at + timedelta(days=dice.randrange(1, 20))
        walk = filed(
            f"r{number}",
            agency=dice.choice(AGENCIES),
            at=at,
            due_at=due_at,
            channel=dice.choice((1, 2, 3)),
            procedure=dice.choice(("p1", "p2", "p3")),
        )
        for _step in range(dice.randrange(9)):
            at += timedelta(minutes=dice.randrange(1, 4000))
            if at > NOW - timedelta(days=1):
                break
            anyhow(walk, dice, at)


def anyhow(walk, dice, at):
    steps = sorted(set(Step) - {Step.FILE})
    dice.shuffle(steps)
    if dice.random() < 0.15:
        walk.move_due(timedelta(days=dice.randrange(-3, 9)), at=at)
    for step in steps:
        try:
            agency = dice.choice(AGENCIES) if step is Step.TRANSFER else ""
            walk.take(step, at=at, agency=agency, late=dice.random() < 0.1)
        except (StepNotAllowed, KeyError):
            continue
        return


def export(folder, since=date(2026, 1, 1), key=KEY):
    return export_journal(folder, key=key, since=since, by=SYSTEM, at=NOW)


def counted(expression):
    rows = expression.to_pyarrow().to_pylist()
    keys = [name for row in rows[:1] for name, value in row.items() if isinstance(value, str)]
    return {
        tuple(row[k] for k in keys): {k: v for k, v in row.items() if k not in keys} for row in rows
    }


def ours(period):
    found = {}
    for each in tallies(AGENCIES, since=period.since, until=period.until):
        line = found.setdefault((each.agency, each.procedure), dict.fromkeys(NAMES, 0))
        for name in NAMES:
            line[name] += getattr(each, name)
    return {key: line for key, line in found.items() if any(line.values())}


PERIODS = [Period.of(Kind.MONTH, 2026, n) for n in (10, 11)]
WEEK = Period.between(date(2026, 11, 2), date(2026, 11, 8))


def every_figure(tables):
    """Return all figures of an engine, to be compared with another's."""
    periods = [*PERIODS, WEEK]
    since = first_moment(NOW, BACK)
    return {
        "form06": [counted(figures.form_06(tables, first=p.first, last=p.last)) for p in periods],
        "fields": counted(
            figures.form_06_by_field(tables, first=WEEK.first, last=WEEK.last, until=WEEK.until)
        ),
        "served": counted(figures.served(tables)),
        "filed": counted(figures.filed(tables)),
        "bottlenecks": counted(figures.bottlenecks(tables, agency=WARD, since=since)),
    }


def check_against_the_room(found):
    for period, lines in zip([*PERIODS, WEEK], found["form06"], strict=True):
        assert lines == ours(period), period
    whole = form_06(Asked(WEEK), by=LEADER, at=NOW).total
    in_city = [line for (a, _f), line in found["fields"].items() if a != AWAY]
    assert sum(line["online"] for line in in_city) == whole.online
    for period in PERIODS:
        settled = {k: v for k, v in found["served"].items() if k[2] == period.code}
        for (agency, procedure), line in ours(period).items():
            theirs = settled.get((agency, procedure, period.code), dict.fromkeys(NAMES, 0))
            assert [theirs[n] for n in NAMES[3:6]] == [line[n] for n in NAMES[3:6]]
    assert sum(line["filed"] for line in found["filed"].values()) == 60
    room = {x.work.value: x for x in load(by=official(Role.LEADER, WARD), at=NOW).bottlenecks}
    assert found["bottlenecks"], "something was worked on"
    for (work,), line in found["bottlenecks"].items():
        assert line["done"] == room[work].done
        assert timedelta(microseconds=line["median"]) == room[work].median
        assert timedelta(microseconds=line["ninety"]) == room[work].ninety


def test_on_duckdb_every_figure_is_the_reporting_rooms_own(walked, tmp_path):
    export(tmp_path)
    check_against_the_room(every_figure(on_duckdb(tmp_path)))


SMALL = {
    "spark.ui.enabled": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
}
"""What spares a short run the work that pays in a long one: compiling, cutting up, a page."""


def java():
    return shutil.which("java") is not None


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
@pytest.mark.skipif(not java(), reason="Spark needs Java 17 or later, and there is no java here")
def test_on_spark_every_figure_is_the_same(walked, tmp_path):
    sql = pytest.importorskip(
        "pyspark.sql", reason="the extra “spark” is not installed: pip install motcua[spark]"
    )
    export(tmp_path)
    builder = sql.SparkSession.builder.master("local[1]")
    for name, value in SMALL.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    try:
        found = every_figure(on_spark(tmp_path, spark))
    finally:
        spark.stop()
    assert found == every_figure(on_duckdb(tmp_path))
    check_against_the_room(found)


def test_a_later_run_adds_what_is_new_and_nothing_twice(walked, tmp_path):
    first = export(tmp_path)
    assert export(tmp_path).steps == 0
    walk = filed("later", agency=WARD, at=NOW - HOUR, due_at=NOW)
    walk.take(Step.REFUSE, at=NOW - HOUR)
    assert export(tmp_path).steps == 2
    assert on_duckdb(tmp_path).steps.count().to_pyarrow().as_py() == first.steps + 2


def test_a_run_cut_off_before_it_noted_its_batch_leaves_nothing_twice(walked, tmp_path):
    export(tmp_path)
    before = every_figure(on_duckdb(tmp_path))
    noted = json.loads((tmp_path / "_progress.json").read_text())
    (tmp_path / "_progress.json").write_text(json.dumps(noted | {"steps": 0, "moves": 0}))
    export(tmp_path)
    assert every_figure(on_duckdb(tmp_path)) == before


def test_other_pseudonyms_or_days_need_another_folder(walked, tmp_path):
    export(tmp_path)
    for other in ({"key": b"another"}, {"since": date(2025, 1, 1)}):
        with pytest.raises(OtherFolder):
            export(tmp_path, **other)


def test_files_lie_by_year_month_and_first_level_agency(walked, tmp_path):
    export(tmp_path)
    places = {str(p.parent.relative_to(tmp_path)) for p in tmp_path.glob("steps/**/*.parquet")}
    assert "steps/year=2026/month=11/member=000.00.00.H26" in places
    assert {p.rsplit("=", 1)[1] for p in places} == {
        *(member_of(CITY), member_of(AWAY)),
        "none",
    }


def test_no_name_no_free_text_and_no_code_of_a_dossier_leaves(walked, tmp_path):
    Entry.objects.create(
        name="dossiers.moved",
        subject="r1",
        by="o-1",
        agency=WARD,
        at=NOW,
        facts={
            "step": "refuse",
            "applicant": "c-lan",
            "reason": "Nguyễn Thị Hương thiếu giấy",
            "state": "Nguyễn Thị Hương",
            "details": {"papers": ["x"]},
        },
    )
    export(tmp_path)
    rows = [
        row
        for p in tmp_path.glob("journal/**/*.parquet")
        for row in parquet.read_table(p).to_pylist()
    ]
    (moved,) = [row for row in rows if row["name"] == "dossiers.moved"]
    assert json.loads(moved["facts"]) == {
        "applicant": pseudonym("c-lan", key=KEY),
        "step": "refuse",
    }
    assert moved["subject"] == pseudonym("r1", key=KEY)
    everything = json.dumps(rows, default=str, ensure_ascii=False)
    assert "Hương" not in everything
    assert "c-lan" not in everything


@given(st.dictionaries(st.text(max_size=12), st.text(max_size=30)), st.binary(min_size=1))
def test_a_fact_nobody_named_stays_and_ids_never_leave_as_they_are(facts, key):
    for name, value in facts_that_leave(facts | {"applicant": "c-lan"}, key=key).items():
        assert name == "applicant" or name in facts
        assert value != "c-lan"
