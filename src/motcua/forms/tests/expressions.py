"""What tests of expressions share: a scope, a printer, and makers of expressions and answers."""

from datetime import date
from functools import lru_cache

from hypothesis import strategies as st

from motcua.forms.rules.expressions import nodes as n
from motcua.forms.rules.expressions.types import Name, Type

TODAY = date(2026, 11, 24)
NUMBERS, TEXTS = ("area", "copies"), ("relation", "note", "father.name", "constructor")
TRUTHS, DATES = ("declared", "late"), ("born", "ended", "father.born")
GOODS = {
    "price": Name(Type.NUMBER, low=0),
    "quantity": Name(Type.NUMBER, low=0, high=100),
    "origin": Name(Type.TEXT),
    "bought": Name(Type.DATE),
    "new": Name(Type.BOOLEAN),
    "owner.name": Name(Type.TEXT),
}
SCOPE = {
    "area": Name(Type.NUMBER, low=0, high=1000),
    "copies": Name(Type.NUMBER, low=-5, high=9),
    "relation": Name(Type.TEXT, options=frozenset({"mother", "father", "guardian"})),
    "note": Name(Type.TEXT),
    "constructor": Name(Type.TEXT),
    "declared": Name(Type.BOOLEAN),
    "late": Name(Type.BOOLEAN),
    "born": Name(Type.DATE, partial=True),
    "ended": Name(Type.DATE),
    "kinds": Name(Type.TEXTS, options=frozenset({"alcohol", "tobacco"}), high=2),
    "papers": Name(Type.FILES),
    "goods": Name(Type.ROWS, columns=GOODS, high=30),
    "father": Name(Type.BLOCK),
    "father.name": Name(Type.TEXT),
    "father.born": Name(Type.DATE, partial=True),
    "case": Name(Type.TEXT, options=frozenset({"on_time", "late"})),
}
LEVELS = {n.Choose: 0, n.Not: 3, n.Comparison: 4, n.OneOf: 4, n.Minus: 7}


def level(node):
    match node:
        case n.Logic(word):
            return 1 if word == "or" else 2
        case n.Chain(_, ((sign, _), *_)):
            return 5 if sign in "+-" else 6
    return LEVELS.get(type(node), 8)


def printed(node, least=0):
    """Write ``node`` with the fewest brackets."""
    text = _PRINTED.get(type(node), _operator)(node)
    return f"({text})" if level(node) < least else text


def _operator(node):
    at = level(node) + 1
    match node:
        case n.Logic(word, parts):
            return f" {word} ".join(printed(each, at) for each in parts)
        case n.Chain(first, rest):
            return " ".join([printed(first, at), *(f"{s} {printed(each, at)}" for s, each in rest)])
        case n.Comparison(operator, left, right):
            return f"{printed(left, at)} {operator} {printed(right, at)}"
        case n.OneOf(left, values):
            return f"{printed(left, at)} in ({', '.join(map(printed, values))})"
        case n.Not(operand):
            return f"not {printed(operand, 3)}"
        case n.Minus(operand):
            return f"-{printed(operand, 7)}"


def _number(node):
    whole, rest = divmod(node.scaled, 10**6)
    return f"{whole}.{rest:06}".rstrip("0").rstrip(".")


_PRINTED = {
    n.Number: _number,
    n.Text: lambda node: f"'{node.value}'" if '"' in node.value else f'"{node.value}"',
    n.Truth: lambda node: "true" if node.value else "false",
    n.Today: lambda node: "today",
    n.Reference: lambda node: node.name,
    n.Call: lambda node: f"{node.function}({', '.join(map(printed, node.arguments))})",
    n.Choose: lambda node: " else ".join(
        [f"if {printed(c)} then {printed(v)}" for c, v in node.branches]
        + [printed(node.otherwise, 1)]
    ),
}


def words(**more):
    """Texts whose NFC every version of Unicode agrees on, also decomposed ones."""
    kept = st.characters(exclude_categories=("Cs", "Cn", "Co"), **more)
    known = st.sampled_from(
        ["mother", "father", "e\u0301", "Hồ", "Ho\u0302\u0300", "\U0001f600", "﹏"]
    )
    return known | st.text(kept, max_size=4)


def literal_texts():
    return words(exclude_characters="\"'").map(normal).filter(bool).map(n.Text)


def normal(text):
    import unicodedata

    return unicodedata.normalize("NFC", text)


def names(*known):
    return st.sampled_from(known).map(n.Reference)


def call(function, *arguments):
    return st.tuples(*arguments).map(lambda parts: n.Call(function, parts))


def leaf(kind, row):
    inside = row and [name for name, each in GOODS.items() if each.type is kind]
    written = {
        Type.NUMBER: st.one_of(
            st.integers(0, 12).map(lambda i: n.Number(i * 10**6)),
            st.integers(0, 10**21 - 1).map(n.Number),
            st.sampled_from([1, 500000, 10**21 - 1, 10**15]).map(n.Number),
        ),
        Type.TEXT: literal_texts() | st.just(n.Text("")),
        Type.BOOLEAN: st.booleans().map(n.Truth),
        Type.DATE: st.just(n.Today()) | days().map(lambda d: n.Call("date", (n.Text(d),))),
    }[kind]
    asked = {
        Type.NUMBER: NUMBERS,
        Type.TEXT: (*TEXTS, "case"),
        Type.BOOLEAN: TRUTHS,
        Type.DATE: DATES,
    }[kind]
    known = names(*asked)
    return st.one_of(known, known, written, *[names(*inside)] * 3 if inside else [])


def days():
    ends = ["2024-02-29", "2023-02-28", "2024-01-31", "2000-12-31", "0001-01-01", "9999-12-31"]
    return st.sampled_from(ends) | st.dates().map(date.isoformat)


@lru_cache(maxsize=256)
def expressions(kind, depth=3, *, row=False):
    """Make nodes without flaws of a type over `SCOPE`; ``row``: inside an aggregate."""
    if depth == 0:
        return leaf(kind, row)
    inner = {each: expressions(each, depth - 1, row=row) for each in OPERATIONS}
    number = inner[Type.NUMBER]
    choices = [leaf(kind, row), *OPERATIONS[kind](inner, number), choose(inner, kind)]
    if not row and kind in (Type.NUMBER, Type.BOOLEAN):
        choices += aggregates(kind, depth) * 3
    return st.one_of(*choices)


def choose(inner, kind):
    branches = st.lists(st.tuples(inner[Type.BOOLEAN], inner[kind]), min_size=1, max_size=2)
    return st.builds(lambda b, o: n.Choose(tuple(b), o), branches, inner[kind])


def aggregates(kind, depth):
    asked = {each: expressions(each, depth - 1, row=True) for each in (Type.NUMBER, Type.BOOLEAN)}
    rows = names("goods")
    if kind is Type.BOOLEAN:
        return [call(each, rows, asked[Type.BOOLEAN]) for each in ("any", "every")]
    return [
        call("sum", rows, asked[Type.NUMBER]),
        call("count", rows, asked[Type.BOOLEAN]),
        call("count", names("goods", "kinds", "papers")),
    ]


def chains(number, signs):
    rest = st.lists(st.tuples(st.sampled_from(signs), number), min_size=1, max_size=3)
    return st.builds(lambda first, more: n.Chain(first, tuple(more)), number, rest)


def _numbers(inner, number):
    dates = inner[Type.DATE]
    many = st.lists(number, min_size=2, max_size=3)
    return [
        *[chains(number, "+-"), chains(number, "*/")] * 4,
        number.map(n.Minus),
        *(call(each, number) for each in ("round", "floor", "ceil")),
        *(call(each, dates, dates) for each in ("years", "months", "days")),
        call("year", dates),
        *(many.map(lambda parts, f=f: n.Call(f, tuple(parts))) for f in ("min", "max")),
    ]


def _truths(inner, number):
    truth, text, day = inner[Type.BOOLEAN], inner[Type.TEXT], inner[Type.DATE]
    signs = ["=", "!=", "<", "<=", ">", ">="]
    compared = st.sampled_from([number, number, plain_text(text), day]).flatmap(
        lambda each: st.builds(n.Comparison, st.sampled_from(signs), each, each)
    )
    asked = names(*SCOPE) | number | text | day
    parts = st.lists(truth, min_size=2, max_size=3).map(tuple)
    values = st.lists(literal_texts(), min_size=1, max_size=3).map(tuple)
    return [
        *[compared] * 6,
        st.builds(n.Comparison, st.sampled_from(["=", "!="]), truth, truth),
        st.builds(n.Comparison, st.just("contains"), names("kinds"), choice("alcohol", "tobacco")),
        st.builds(n.OneOf, names("note", "father.name"), values),
        st.builds(n.OneOf, names("relation"), st.tuples(choice("mother", "guardian"))),
        truth.map(n.Not),
        st.builds(n.Logic, st.sampled_from(["and", "or"]), parts),
        call("present", asked),
        call("starts_with", text, text),
    ]


def choice(*values):
    return st.sampled_from(values).map(n.Text)


def plain_text(text):
    """Keep texts that may be compared: no empty literal, no choice against what it lacks."""
    return text.filter(
        lambda each: each != n.Text("") and each not in map(n.Reference, ("relation", "case"))
    )


def _texts(inner, number):
    text = inner[Type.TEXT]
    return [st.lists(text, min_size=2, max_size=3).map(lambda p: n.Call("join", tuple(p)))]


def _dates(inner, number):
    day = inner[Type.DATE]
    few = st.integers(0, 9999).map(lambda i: n.Number(i * 10**6))
    return [call("plus_days", day, number | few), call("min", day, day), call("max", day, day)]


OPERATIONS = {
    Type.NUMBER: _numbers,
    Type.BOOLEAN: _truths,
    Type.TEXT: _texts,
    Type.DATE: _dates,
}
