"""The tables that grow with the country can be cut up by agency and by year as they are."""

import re
from datetime import timedelta

import pytest
from django.db import connection

from motcua.dossiers.models import Dossier, Transition
from motcua.dossiers.models.hot import whole, write_opened
from motcua.dossiers.queries.desk import Wanted, worklist
from motcua.dossiers.queries.lines import my_dossiers
from motcua.dossiers.queries.milestones import tallies
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.tests.walks import WALKER
from motcua.kernel.actors import Actor, Role
from tests.reporting.conftest import AWAY, CITY, MONDAY, NOW, OTHER, WARD, official

PARTS = 8
EVERY = (CITY, WARD, OTHER, AWAY)
SINCE, UNTIL = MONDAY - timedelta(days=60), NOW
LAN = Actor("a", "Nguyễn Thị Hương")
GROWS = {
    "dossiers_dossier": ("(agency, id)", "HASH (agency)"),
    "dossiers_transition": ("(agency, id)", "HASH (agency)"),
}


def ask(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


def cut_up(table, key, by, parts):
    """Put a partitioned table with the same rows and the same indexes in the place of a table."""
    ask("SET CONSTRAINTS ALL IMMEDIATE")
    indexes = ask(f"""
        SELECT pg_get_indexdef(indexrelid) FROM pg_index
        WHERE indrelid = '{table}'::regclass AND NOT indisunique""")
    ask(f"ALTER TABLE {table} RENAME TO {table}_whole")
    ask(f"""CREATE TABLE {table} (LIKE {table}_whole INCLUDING DEFAULTS INCLUDING IDENTITY,
        PRIMARY KEY {key}) PARTITION BY {by}""")
    for name, bounds in parts:
        ask(f"CREATE TABLE {table}_{name} PARTITION OF {table} FOR VALUES {bounds}")
    for (made,) in indexes:
        before, _on, rest = made.partition(" ON ")
        name = before.split()[-1]
        ask(f"CREATE INDEX {name}_p ON {rest.replace(f'{table}_whole', table)}")
    ask(f"INSERT INTO {table} OVERRIDING SYSTEM VALUE SELECT * FROM {table}_whole")
    last = f"(SELECT max(id) FROM {table})"
    ask(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {last})")
    ask(f"ANALYZE {table}")


def by_agency():
    hashes = [(f"h{n}", f"WITH (MODULUS {PARTS}, REMAINDER {n})") for n in range(PARTS)]
    for table, (key, by) in GROWS.items():
        cut_up(table, key, by, hashes)


def read_all():
    """Return what the hot statements say."""
    leader = official(Role.LEADER, WARD)
    found = whole("w0", leader)
    return {
        "worklist": worklist(Wanted(), by=leader, at=NOW),
        "mine": my_dossiers(by=LAN, at=NOW),
        "one": found and (found[0].code, found[1]),
        "report": sorted(tallies(EVERY, since=SINCE, until=UNTIL), key=str),
    }


def parts_read(ask_it, table):
    """Return the parts of a table that the plans of what is asked would read."""
    asked, found = [], set()

    def listen(execute, sql, params, many, context):
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        ask_it()
    with connection.cursor() as cursor:
        for sql, params in asked:
            cursor.execute(f"EXPLAIN {sql}", params)
            for (line,) in cursor.fetchall():
                found |= set(re.findall(rf"Scan.* on ({table}_h\d+)\b", line))
    return found


def test_cut_up_by_agency_every_hot_statement_says_the_same(dossiers):
    before = read_all()
    by_agency()
    assert read_all() == before


def test_what_one_agency_asks_touches_one_part(dossiers):
    by_agency()
    leader = official(Role.LEADER, WARD)
    asked = parts_read(lambda: worklist(Wanted(), by=leader, at=NOW), "dossiers_dossier")
    assert len(asked) == 1, asked
    assert len(parts_read(lambda: my_dossiers(by=LAN, at=NOW), "dossiers_dossier")) == PARTS


def test_a_dossier_is_filed_moves_on_and_changes_its_agency_among_the_parts(dossiers):
    by_agency()
    row = Dossier.objects.get(code="w0")
    row.pk, row.code, row.reference = None, "new", "new"
    made = write_opened(row, Transition.of(row, Step.FILE, by=WALKER, at=NOW, before=""))
    assert whole("new", official(Role.LEADER, WARD)) is not None
    Dossier.objects.filter(pk=made.pk).update(agency=AWAY)
    assert whole("new", official(Role.LEADER, WARD)) is None
    assert whole("new", official(Role.LEADER, AWAY)) is not None
    assert Dossier.objects.filter(code="new").count() == 1


def test_a_year_is_archived_by_detaching_it(dossiers):
    years = [
        (f"y{y}", f"FROM ('{y}-01-01 00:00+07') TO ('{y + 1}-01-01 00:00+07')")
        for y in (2025, 2026)
    ]
    Transition.objects.filter(dossier__code="x0").update(at=MONDAY - timedelta(days=400))
    cut_up("dossiers_transition", "(at, id)", "RANGE (at)", years)
    before = set(tallies((CITY, WARD, OTHER), since=SINCE, until=UNTIL))
    ((there,),) = ask("SELECT count(*) FROM dossiers_transition_y2025")
    assert there > 0
    ask("ALTER TABLE dossiers_transition DETACH PARTITION dossiers_transition_y2025")
    assert not Transition.objects.filter(dossier__code="x0").exists()
    assert ask("SELECT count(*) FROM dossiers_transition_y2025") == [(there,)]
    assert set(tallies((CITY, WARD, OTHER), since=SINCE, until=UNTIL)) == before


@pytest.mark.parametrize("table", sorted(GROWS))
def test_tables_that_grow_carry_their_agency(table, db):
    columns = {
        row.name
        for row in connection.introspection.get_table_description(connection.cursor(), table)
    }
    assert "agency" in columns
