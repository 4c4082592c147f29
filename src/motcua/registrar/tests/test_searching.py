"""An official finds a record by its name, its address or its key, digits or not."""

import re
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.registrar.models import TABLES
from motcua.registrar.operations.recording import record
from motcua.registrar.queries.answering import record_on
from motcua.registrar.queries.owners import BOOKS, owner_of
from motcua.registrar.queries.searching import search
from motcua.registrar.tests.world import HUONG, NOON, SYSTEM, TODAY, official
from motcua.registries.queries.answers import Register

MANY = """
INSERT INTO registrar_{table} (key, name, folded, address, persons, facts, valid_from, by,
    recorded_at, reason)
SELECT 'k' || n, '', md5(n::text), md5('a' || n), '{{}}', '{{}}', '2000-01-01', '', now(), ''
FROM generate_series(1, 20000) n
"""


def found(register, words):
    by = official(owner_of(register).rpartition(".")[2])
    return search(BOOKS[register], words, purpose="supervise", on=TODAY, by=by, at=NOON).hits


def keys(register, words):
    return {hit.key for hit in found(register, words)}


def some(register):
    key = TABLES[register].objects.true_on(TODAY).order_by("key").first().key
    return record_on(register, key, on=TODAY)[0]


def test_a_name_with_a_number_in_it_is_found(town):
    firm = replace(some(Register.ENTERPRISE), name="Công ty cổ phần May 10", tax_code="0199999977")
    record(Register.ENTERPRISE, firm, since=TODAY, reason="thử", by=SYSTEM, at=NOON)
    assert keys(Register.ENTERPRISE, "may 10") == {"0199999977"}


def test_a_parcel_and_a_firm_are_found_by_their_address(town):
    parcel, firm = some(Register.LAND), some(Register.ENTERPRISE)
    here = f"{parcel.unit}-{parcel.sheet}-{parcel.number}"
    assert parcel.address.startswith("Số ")
    assert here in keys(Register.LAND, parcel.address)
    assert here in keys(Register.LAND, parcel.address.lower().replace("ố", "o"))
    assert firm.tax_code in keys(Register.ENTERPRISE, firm.address.detail)


def test_a_number_finds_the_key_that_begins_with_it(town):
    assert keys(Register.POPULATION, HUONG) == {HUONG}
    assert keys(Register.POPULATION, f"{HUONG[:6]} {HUONG[6:]}") == {HUONG}


def test_nobody_is_found_by_where_they_live(town):
    home = record_on(Register.POPULATION, HUONG, on=TODAY)[0].residence
    assert keys(Register.POPULATION, home.detail) == set()


@pytest.mark.parametrize("register", [Register.LAND, Register.ENTERPRISE])
def test_each_way_to_a_record_has_its_index(town, register):
    with CaptureQueriesContext(connection) as asked:
        found(register, "số 199")
    table = TABLES[register]._meta.model_name
    (sql,) = [each["sql"] for each in asked if f'FROM "registrar_{table}"' in each["sql"]]
    with connection.cursor() as cursor:
        cursor.execute(MANY.format(table=table))
        cursor.execute(f"ANALYZE registrar_{table}")
        cursor.execute(f"EXPLAIN {sql}")
        plan = "\n".join(row[0] for row in cursor.fetchall())
    used = set(re.findall(r"Bitmap Index Scan on (\w+)", plan))
    assert {f"{table}_words", f"{table}_address"} <= used, plan
    assert used & {f"{table}_by_key", f"{table}_one_truth_a_day"}, plan
