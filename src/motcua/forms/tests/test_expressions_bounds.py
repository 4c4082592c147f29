"""What can be proved of a number before anybody answers."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.forms.queries.expressions import Type, bounds, compiled
from motcua.forms.rules.expressions import nodes as n
from motcua.forms.tests.expressions import SCOPE, TODAY, expressions, leaf, printed


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("area", 0, 1000),
        ("nothing_known", None, None),
        ("case", None, None),
        ("area * 500 - 3", -3, 499997),
        ("-copies", -9, 5),
        ("copies * copies", -45, 81),
        ("sum(goods, price)", 0, None),
        ("sum(goods, quantity - 1)", -30, 2970),
        ("sum(nothing_known, 1)", 0, None),
        ("count(goods)", 0, 30),
        ("count(kinds)", 0, 2),
        ("count(papers)", 0, None),
        ("10 / copies", -10000000, 10000000),
        ("10 / 0", None, None),
        ("10 / (area + 1)", "0.00999", 10),
        ("max(0, copies)", 0, 9),
        ("min(100, area)", 0, 100),
        ("min(area, copies)", -5, 1000),
        ("max(area, 0) / 2", 0, 500),
        ("round(copies / 2)", -3, 5),
        ("floor(copies / 2)", -3, 4),
        ("ceil(copies / 2)", -2, 5),
        ("year(today)", 1, 9999),
        ("days(born, today)", -3652058, 3652058),
        ("years(born, today) - years(born, today)", -19996, 19996),
        ("if late then 200000 else 100000", 100000, 200000),
        ("if area > 100 then (area - 100) * 500 else 0", 0, 450000),
        ("if 100 < area then area - 100 else 0", 0, 900),
        ("if area <= 100 then 0 else area - 100", 0, 900),
        ("if area < 100 then 100 - area else 0", 0, 100),
        ("if area >= 100 and copies > 0 then copies else 1", 0, 9),
        ("if copies > 0 and copies < 5 then copies else 1", 0, 5),
        ("if copies > 0 or late then copies else 0", -5, 9),
        ("if copies < 0 or area < 1 then 0 else copies", 0, 9),
        ("if not copies < 0 then copies else 0", 0, 9),
        ("if not copies >= 0 then 0 else copies", 0, 9),
        ("if copies = 3 then copies else 1", 1, 3),
        ("if copies != 3 then 1 else copies", 1, 3),
        ("if copies != 3 then copies else 1", -5, 9),
        ("if copies = -3 then copies else 1", -3, 1),
        ("if present(area) then min(area, 3, copies) else 3", -5, 3),
        ("if present(area) then min(area, 3000) else 3", 0, 1000),
        ("if area > copies then area else 0", 0, 1000),
        ("if copies > 0 then sum(goods, quantity * copies) else 0", 0, 27000),
        ("if quantity < 0 then sum(goods, quantity) else 0", 0, 3000),
        ("if area < -9 then area else 7", 0, 7),
        ("if copies > 3 then 1 else min(copies, area)", -5, 1000),
        ("if copies <= 3 then min(copies, area) else 1", -5, 3),
        ("if area < 1 then area * 1000000 else 0", 0, 999999),
        ("if present(copies) then min(0 / copies, area) else 0", 0, 1000),
        ("if present(area) then min(3 / (area + 1), copies) else 0", -5, 3),
        ("if present(area) then max(area * 999999999999999, copies) else 0", -5, None),
        ("min(min(area, 3), copies)", -5, 3),
    ],
)
def test_a_number_lies_between(text, low, high):
    found = [None if end is None else float(end) for end in bounds(text, SCOPE)]
    assert found[0] == (None if low is None else pytest.approx(float(low), abs=1e-3))
    assert found[1] == (None if high is None else pytest.approx(float(high), abs=1e-3))


def valid(scope):
    """Make answers between the ends of their names."""
    whole = {k: st.integers(v.low, v.high or 10**6) for k, v in scope.items() if v.low is not None}
    if "goods" in scope:
        whole["goods"] = st.lists(valid(scope["goods"].columns), max_size=3)
    return st.fixed_dictionaries({}, optional=whole)


few = st.integers(-6, 10).map(
    lambda i: n.Number(i * 10**6) if i >= 0 else n.Minus(n.Number(-i * 10**6))
)
names = st.sampled_from(["copies", "area"]).map(n.Reference)
signs = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])
simple = (
    st.builds(n.Comparison, signs, names, few)
    | st.builds(n.Comparison, signs, few, names)
    | names.map(lambda name: n.Call("present", (name,)))
)
conditions = st.recursive(
    simple,
    lambda inner: (
        inner.map(n.Not)
        | st.builds(
            n.Logic,
            st.sampled_from(["and", "or"]),
            st.lists(inner, min_size=2, max_size=3).map(tuple),
        )
    ),
    max_leaves=4,
)
sums = expressions(Type.NUMBER, 1) | leaf(Type.NUMBER, False) | names
fees = st.builds(
    lambda branches, last: n.Choose(tuple(branches), last),
    st.lists(st.tuples(conditions, sums), min_size=1, max_size=3),
    sums,
)


@settings(max_examples=400)
@given(expressions(Type.NUMBER) | fees, valid(SCOPE))
def test_a_value_is_never_beyond_its_bounds(node, answers):
    text = printed(node)
    if len(text) > 1000:
        return
    found = compiled(text, SCOPE).value(answers, today=TODAY)
    low, high = bounds(text, SCOPE)
    if found is not None:
        assert low is None or low <= found
        assert high is None or found <= high
