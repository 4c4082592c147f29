"""What is refused: at which character, and with which cure."""

import pytest

from motcua.forms.queries.expressions import BadExpression, Name, Type, compiled, flaws, parse
from motcua.forms.tests.expressions import SCOPE

BOOLEAN, NUMBER, TEXT, DATE = Type.BOOLEAN, Type.NUMBER, Type.TEXT, Type.DATE


@pytest.mark.parametrize(
    ("text", "wanted", "column", "says"),
    [
        ("", BOOLEAN, 1, "ends too early"),
        ("area >", BOOLEAN, 7, "ends too early"),
        ("> 3", BOOLEAN, 1, "before “>”"),
        ("area > 100 area", BOOLEAN, 12, "“area” does not fit here"),
        ("0,5", NUMBER, 2, "0.5"),
        ("1.000.000", NUMBER, 1, "1000000 or 0.5"),
        ("1000d", NUMBER, 1, "1000000 or 0.5"),
        ("0.1234567", NUMBER, 1, "six after the point"),
        ("1000000000000000", NUMBER, 1, "too large"),
        ('note = "a', BOOLEAN, 8, 'close it with "'),
        ("note = “a”", BOOLEAN, 8, "straight quotes"),
        ("tuổi > 3", BOOLEAN, 3, "a to z"),
        ("Area > 3", BOOLEAN, 1, "a to z"),
        ("area ≥ 3", BOOLEAN, 6, "Write >= instead of ≥"),
        ("declared && late", BOOLEAN, 10, "Write and instead of &"),
        ("area # 3", BOOLEAN, 6, "The character # means nothing"),
        ("area == 3", BOOLEAN, 7, "Write one ="),
        ("1 < area < 3", BOOLEAN, 10, "a < b and b < c"),
        ("note in ('a') in ('b')", BOOLEAN, 15, "a < b and b < c"),
        ('note not in ("a")', BOOLEAN, 6, "in front of the comparison"),
        ('note in "a"', BOOLEAN, 9, "in brackets"),
        ("note in (note)", BOOLEAN, 10, "in brackets"),
        ("1 + if late then 1 else 2", NUMBER, 5, "begins with “if”"),
        ("if late then 1", NUMBER, 15, "Write “else” at the end"),
        ("if late 1", NUMBER, 9, "Write “then” here, before “1”"),
        ("(area", NUMBER, 6, "Write “)” at the end"),
        ("(" * 17 + "area" + ")" * 17, NUMBER, 17, "More than 16 levels"),
        ("not " * 17 + "late", BOOLEAN, 65, "More than 16 levels"),
        ("areaa", NUMBER, 1, "Did you mean area?"),
        ("xyzzy", NUMBER, 1, "check the ids"),
        ("tomorrow_", NUMBER, 1, "asked later"),
        ("price > 3", BOOLEAN, 1, "a column of goods"),
        ("sum(goods, prise)", NUMBER, 12, "Did you mean price?"),
        ("count > 3", BOOLEAN, 1, "write count(x)"),
        ("case_ = 'a'", BOOLEAN, 1, "Did you mean case?"),
        ('relation = "moter"', BOOLEAN, 12, "Did you mean mother?"),
        ('"xyz" = relation', BOOLEAN, 1, "father, guardian, mother"),
        ('kinds contains "beer"', BOOLEAN, 16, "alcohol, tobacco"),
        ('relation in ("mother", "fathr")', BOOLEAN, 24, "Did you mean father?"),
        ('note = ""', BOOLEAN, 8, "present("),
        ("area", BOOLEAN, 1, "compare it with something"),
        ("late", NUMBER, 1, "Here a number is needed, and this is a condition"),
        ('area = "3"', BOOLEAN, 8, "a number is compared with a text"),
        ("late < declared", BOOLEAN, 1, "compare them with ="),
        ("goods = 3", BOOLEAN, 1, "a table of rows"),
        ("today + 1", DATE, 1, "plus_days(d, n)"),
        ("note + 'a'", NUMBER, 1, "join(a, b)"),
        ("today * 2", NUMBER, 1, "Here a number is needed"),
        ("-note", NUMBER, 2, "Here a number is needed"),
        ("not area", BOOLEAN, 5, "Here a condition is needed"),
        ("late or area", BOOLEAN, 9, "Here a condition is needed"),
        ("if area then 1 else 2", NUMBER, 4, "Here a condition is needed"),
        ("if late then 1 else note", NUMBER, 21, "make all branches the same"),
        ("if late then goods else 1", None, 14, "a table of rows"),
        ("area contains 'a'", BOOLEAN, 1, "a list of chosen values is needed"),
        ("jon(note, note)", TEXT, 1, "Did you mean join?"),
        ("frobnicate(note)", TEXT, 1, "the functions are present, count"),
        ("join(note)", TEXT, 1, "write join(a, b, …)"),
        ("count()", NUMBER, 1, "count(x) / count(rows, condition)"),
        ("count(area)", NUMBER, 7, "Only rows"),
        ("min(area, today)", NUMBER, 11, "a number and a date"),
        ("min(note, area)", NUMBER, 5, "Here a number is needed"),
        ('date("2026-02-30")', DATE, 6, "a date that exists"),
        ("date(note)", DATE, 6, "a date that exists"),
        ("sum(area, 3)", NUMBER, 5, "a table of rows is needed"),
        ("sum(goods, new)", NUMBER, 12, "Here a number is needed"),
        ("sum(goods, count(goods, new))", NUMBER, 12, "cannot stand in each other"),
    ],
)
def test_a_flaw_has_its_place_and_its_cure(text, wanted, column, says):
    found = flaws(text, SCOPE, wanted, later={"tomorrow_"})
    assert [flaw.column for flaw in found] == [column]
    assert says in str(found[0])


def test_the_case_is_not_known_before_the_answers_are():
    scope = {key: name for key, name in SCOPE.items() if key != "case"}
    (flaw,) = flaws('case = "late"', scope, BOOLEAN)
    assert "the answers decide it" in str(flaw)


def test_many_offered_values_are_not_all_listed():
    scope = {"place": Name(TEXT, options=frozenset(map(str, range(100, 200))))}
    (flaw,) = flaws('place = "xyz"', scope, BOOLEAN)
    assert str(flaw).count(",") == 8
    assert str(flaw).endswith("…")


def test_all_flaws_are_told_in_the_order_of_the_text():
    found = flaws("areaa > 3 and (late + 1) > 2 and note", SCOPE, BOOLEAN)
    assert [flaw.column for flaw in found] == [1, 16, 34]


def test_a_flaw_hides_no_other_and_causes_none():
    assert len(flaws("areaa + 1 > 2 and not latee", SCOPE, BOOLEAN)) == 2
    assert len(flaws("if areaa then bb else 'a'", SCOPE, TEXT)) == 2
    assert len(flaws("min(aaa, bbb)", SCOPE, NUMBER)) == 2
    assert len(flaws("sum(nothing, price)", SCOPE, NUMBER)) == 1
    assert len(flaws("nobody = nothing", SCOPE, BOOLEAN)) == 2


def test_what_has_flaws_is_not_compiled():
    with pytest.raises(BadExpression) as refused:
        compiled("price > 3", SCOPE)
    assert refused.value.column == 1
    assert "a column of goods" in str(refused.value)
    assert refused.value.facts["column"] == 1


def test_types_are_said_in_the_readers_language():
    (flaw,) = flaws("late", SCOPE, NUMBER)
    assert flaw.facts["got_vi"] == "một điều kiện (đúng hoặc sai)"


@pytest.mark.parametrize(
    "text", ["(" * 1_000_000, "9" * 1_000_000, "a" * 1_000_000, "-" * 10_000, "'" + "x" * 10_000]
)
def test_what_is_too_long_is_refused_before_it_is_read(text):
    with pytest.raises(BadExpression) as refused:
        parse(text)
    assert refused.value.column == 1001


@pytest.mark.parametrize("text", ["(" * 1000, "9" * 1000, "-" * 1000, "not " * 250, "1*" * 499])
def test_what_is_long_enough_to_hurt_is_refused(text):
    with pytest.raises(BadExpression):
        parse(text)


def test_long_chains_are_no_deeper_than_short_ones():
    assert compiled("+".join(["1"] * 500), {}).value({}, today=None) == 500
    assert compiled(" or ".join(["true"] * 120), {}).value({}, today=None) is True
    brackets = "if area > 1 then 1 else " * 40 + "0"
    assert compiled(brackets, SCOPE).value({}, today=None) == 0


def test_lines_and_spaces_do_not_matter():
    assert parse("a\n\t and\r\n  b") == parse("a and b")
