"""Laws that hold of every expression and every answer."""

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from motcua.forms.queries.expressions import BadExpression, Type, compiled, flaws, parse
from motcua.forms.rules.expressions import nodes as n
from motcua.forms.rules.expressions.lexing import LONGEST
from motcua.forms.tests import answers as a
from motcua.forms.tests.expressions import SCOPE, TODAY, expressions, printed, words

KINDS = (Type.NUMBER, Type.TEXT, Type.BOOLEAN, Type.DATE)
any_expression = st.sampled_from(KINDS).flatmap(expressions)
condition, number = expressions(Type.BOOLEAN), expressions(Type.NUMBER)
asked = st.fixed_dictionaries({"answers": a.answers, "row": a.rows, "case": a.cases})
fragments = st.sampled_from(
    "and or not in contains if then else today true sum count ( ) , = != < >= + - * / ' 1 0.5 price"
    ' "a" … case relation area goods kinds born father.name'.split()
)


def made(node):
    text = printed(node)
    assume(len(text) <= LONGEST)
    return compiled(text, SCOPE)


def value(node, answers, row=None, case=None):
    return made(node).value(answers, today=TODAY, row=row, case=case)


def refusal_of(text):
    try:
        parse(text)
    except BadExpression as refused:
        return refused.flaw
    return None


@given(st.text() | st.lists(fragments).map(" ".join))
def test_every_text_is_read_or_refused_at_a_place_in_it(text):
    found = refusal_of(text)
    if found is not None:
        assert 1 <= found.column <= len(text) + 1
        assert str(found)
        return
    node = parse(text)
    assert parse(printed(node)) == node
    for flaw in flaws(text, SCOPE):
        assert 1 <= flaw.column <= len(text)
        assert str(flaw)


@given(any_expression)
def test_what_is_printed_reads_the_same(node):
    text = printed(node)
    assume(len(text) <= LONGEST)
    assert parse(text) == node


@given(st.sampled_from(KINDS).flatmap(lambda k: st.tuples(st.just(k), expressions(k))), asked)
def test_an_expression_without_flaws_has_a_value_of_its_type_of_any_answers(pair, asked):
    kind, node = pair
    found = value(node, **asked)
    of = {Type.NUMBER: Decimal, Type.TEXT: str, Type.BOOLEAN: bool, Type.DATE: date}[kind]
    assert found is None or type(found) is of
    assert found != ""


@given(any_expression, st.dictionaries(words() | st.sampled_from([*SCOPE]), a.garbage))
def test_garbage_never_raises(node, answers):
    value(node, answers, case="late")


@given(any_expression)
def test_flawless_expressions_have_no_flaws_and_a_tree_that_is_json(node):
    expression = made(node)
    assert flaws(expression.text, SCOPE, expression.type) == ()
    assert json.loads(json.dumps(expression.tree)) == expression.tree
    assert expression.names <= {*SCOPE, *SCOPE["goods"].columns}


@given(condition, condition, asked)
def test_de_morgan(p, q, asked):
    both, either = n.Logic("and", (p, q)), n.Logic("or", (n.Not(p), n.Not(q)))
    assert value(n.Not(both), **asked) is value(either, **asked)


@given(condition, number, number, asked)
def test_if_takes_the_branch_that_holds(p, then, otherwise, asked):
    chosen = value(n.Choose(((p, then),), otherwise), **asked)
    holds = made(p).holds(asked["answers"], today=TODAY, row=asked["row"], case=asked["case"])
    assert chosen == value(then if holds else otherwise, **asked)


@given(number, number, asked)
def test_comparisons_agree_with_each_other(left, right, asked):
    def says(sign):
        return value(n.Comparison(sign, left, right), **asked)

    known = value(left, **asked) is not None and value(right, **asked) is not None
    assert says("!=") is not says("=")
    assert says("<=") is (says("<") or says("="))
    assert [says("<"), says("="), says(">")].count(True) == (1 if known else 0)


@given(expressions(Type.BOOLEAN, 2, row=True), asked)
def test_rows_are_counted_and_added_as_one_by_one(p, asked):
    everything = n.Reference("goods")

    def of(function, *more):
        return value(n.Call(function, (everything, *more)), **asked)

    assert of("every", p) is not of("any", n.Not(p))
    assert of("any", p) is (of("count", p) > 0)
    assert of("count", p) + of("count", n.Not(p)) == of("count")
    assert of("sum", n.Number(10**6)) == of("count")


@pytest.mark.parametrize("sign", ["+", "-", "*", "/"])
@given(st.integers(0, 10**21 - 1), st.integers(0, 10**21 - 1))
def test_numbers_are_exact_to_the_sixth_place(sign, a, b):
    from fractions import Fraction

    text = printed(n.Chain(n.Number(a), ((sign, n.Number(b)),)))
    found = compiled(text, SCOPE).value({}, today=TODAY)
    x, y = Fraction(a, 10**6), Fraction(b, 10**6)
    if sign == "/" and not b:
        assert found is None
        return
    true = {"+": x + y, "-": x - y, "*": x * y, "/": x / (y or 1)}[sign]
    if found is None:
        assert abs(true) >= 10**15 - Fraction(1, 10**6)
    else:
        assert abs(Fraction(found) - true) <= Fraction(1, 2 * 10**6)
        assert found == round(found, 6)
