"""What expressions say of answers, by the examples that packs are written from."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.forms.queries.expressions import Name, Type, compiled
from motcua.forms.rules.expressions.numbers import decimal_from, scaled_from
from motcua.forms.tests.expression_examples import EXAMPLES
from motcua.forms.tests.expressions import SCOPE, TODAY


def value(text, answers=None, **more):
    return compiled(text, SCOPE).value(answers or {}, today=TODAY, **more)


@pytest.mark.parametrize(("text", "answers", "expected"), EXAMPLES)
def test_an_expression_says_of_answers(text, answers, expected):
    found = value(text, answers)
    assert found == expected
    assert type(found) is not int


@pytest.mark.parametrize("answer", ["3", True, None, [3], {"a": 3}, 1e15, float("nan"), 10**15])
def test_what_is_no_number_is_empty_where_a_number_is_asked(answer):
    assert value("area", {"area": answer}) is None
    assert value("area < 10 or area >= 10", {"area": answer}) is False


@pytest.mark.parametrize("text", ["area", "note", "declared", "ended", "kinds", "goods", "father"])
@pytest.mark.parametrize("answer", [None, "", [], {}])
def test_nothing_is_not_present(text, answer):
    assert value(f"present({text})", {text: answer}) is False


@pytest.mark.parametrize("inner", ["price > 1", "price = price"])
def test_of_no_rows_every_condition_holds_and_none(inner):
    assert value(f"every(goods, {inner})") is True
    assert value(f"any(goods, {inner})") is False
    assert value("sum(goods, price)") == 0


def test_the_columns_of_the_row_come_before_the_answers():
    scope = {**SCOPE, "price": Name(Type.NUMBER)}
    rule = compiled("price > area and father.name = note", scope)
    answers = {"area": 5, "price": 1, "note": "An", "father": {"name": "Bình"}}
    assert rule.holds(answers, today=TODAY, row={"price": 6, "father": {"name": "An"}})
    assert not rule.holds(answers, today=TODAY, row={"father": {"name": "An"}})
    assert not rule.holds(answers, today=TODAY)


def test_an_aggregate_asks_its_own_rows_even_inside_a_row():
    scope = {**SCOPE, "price": Name(Type.NUMBER)}
    rule = compiled("copies = count(goods, price > area)", scope)
    goods = [{"price": 3}, {"price": 9}, {"area": 1}]
    assert rule.holds({"goods": goods, "area": 8}, today=TODAY, row={"copies": 1, "price": 0})


def test_the_case_is_asked_by_its_id():
    rule = compiled('case = "late"', SCOPE)
    assert rule.holds({}, today=TODAY, case="late")
    assert not rule.holds({"case": "late"}, today=TODAY)
    assert rule.names == frozenset()


def test_only_true_holds():
    assert not compiled("declared", SCOPE).holds({}, today=TODAY)
    assert not compiled("note", SCOPE).holds({"note": "x"}, today=TODAY)


def test_an_expression_is_compiled_once_and_knows_what_it_asks():
    first, again = (
        compiled("sum(goods, price) > father.name_", {**SCOPE, "father.name_": n})
        for n in (Name(Type.NUMBER), Name(Type.NUMBER))
    )
    assert first is again
    assert first.names == {"goods", "price", "father.name_"}
    assert first.tree[0] == ">"


MONTHS = [
    ("2024-01-31", "2024-02-28", 0),
    ("2024-01-31", "2024-02-29", 1),
    ("2023-01-31", "2023-02-28", 1),
    ("2023-01-30", "2023-02-28", 1),
    ("2023-01-31", "2023-03-30", 1),
    ("2023-01-31", "2023-03-31", 2),
    ("2024-02-29", "2025-02-27", 11),
    ("2024-02-29", "2025-02-28", 12),
    ("2023-05-15", "2023-05-15", 0),
]


@pytest.mark.parametrize(("start", "end", "expected"), MONTHS)
def test_months_end_on_the_same_day_or_the_last_of_a_shorter_month(start, end, expected):
    assert value(f'months(date("{start}"), date("{end}"))') == expected
    assert value(f'months(date("{end}"), date("{start}"))') == -expected


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        ("2020-02-29", "2026-02-27", 5),
        ("2020-02-29", "2026-02-28", 6),
        ("2020-02-29", "2024-02-28", 3),
        ("2020-02-29", "2024-02-29", 4),
        ("2026-02-28", "2020-02-29", -6),
    ],
)
def test_who_is_born_on_a_leap_day_is_a_year_older_on_the_last_of_february(born, day, age):
    assert value(f'years(date("{born}"), date("{day}"))') == age


def test_days_do_not_count_the_first():
    assert value('days(date("2024-02-28"), date("2024-03-01"))') == 2
    assert value("days(today, today)") == 0


@pytest.mark.parametrize(
    ("answer", "scaled"),
    [
        (0.1, 100000),
        (1.0000005, 1000001),
        (-1.0000005, -1000001),
        (5e-7, 1),
        (4e-7, 0),
        (-0.0, 0),
        (1e14, 10**20),
        (Decimal("0.000001"), 1),
        (Decimal("NaN"), None),
        (Decimal(10**15), None),
        (Decimal("999999999999999.9999999"), None),
        ("1", None),
    ],
)
def test_numbers_of_json_are_read_by_their_digits(answer, scaled):
    assert scaled_from(answer) == scaled


@pytest.mark.parametrize(("scaled", "text"), [(0, "0"), (-1, "-0.000001"), (10**7, "10")])
def test_a_number_is_written_without_an_exponent_or_needless_zeros(scaled, text):
    assert str(decimal_from(scaled)) == text


@given(st.floats(allow_nan=False) | st.integers(-(10**16), 10**16).map(lambda i: i / 10**6))
def test_a_float_is_the_decimal_it_is_written_as(answer):
    assert scaled_from(answer) == scaled_from(Decimal(repr(answer)))
