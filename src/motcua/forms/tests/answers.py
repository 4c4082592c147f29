"""Answers that people, and programs that are not people, may send."""

from hypothesis import strategies as st

from motcua.forms.tests.expressions import SCOPE, Type, days, words

numbers = st.one_of(
    st.integers(-9, 9),
    st.sampled_from([0.5, -0.5, 1.0000005, 2.5e-6, 5e-7, -4e-7, 10**15, 10**15 - 1, 1e300, -0.0]),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-(10**9), 10**9).map(lambda i: i / 1000),
)
real_days = days()
dates = real_days | st.sampled_from(
    ["1960", "1960-05", "2026-02-30", "0000-01-01", "0000", "2026-13", "20260131", "2026-1-1"]
)
options = st.sampled_from(["mother", "father", "alcohol", "tobacco", "late"])
garbage = st.recursive(
    st.none() | st.booleans() | numbers | words() | dates,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words(), inner, max_size=3),
    max_leaves=6,
)
VALID = {
    Type.NUMBER: numbers,
    Type.TEXT: words() | options,
    Type.BOOLEAN: st.booleans(),
    Type.DATE: dates,
    Type.TEXTS: st.lists(options, max_size=3),
    Type.FILES: st.lists(words(), max_size=3),
}


def of(name):
    return st.one_of(VALID[name.type], VALID[name.type], VALID[name.type], garbage)


def objects(scope):
    """Make objects with some of the names of ``scope``, of which ``x.y`` is y of the block x."""
    whole = {key: of(name) for key, name in scope.items() if name.type in VALID and "." not in key}
    blocks = {key.partition(".")[0] for key in scope if "." in key}
    for block in blocks:
        parts = {k.partition(".")[2]: of(v) for k, v in scope.items() if k.startswith(block + ".")}
        whole[block] = st.fixed_dictionaries({}, optional=parts) | garbage
    tables = {key: name.columns for key, name in scope.items() if name.columns}
    for key, columns in tables.items():
        whole[key] = st.lists(objects(columns), max_size=3) | garbage
    return st.fixed_dictionaries({}, optional=whole)


answers = objects({key: name for key, name in SCOPE.items() if key != "case"})
rows = st.none() | objects({key: SCOPE[key] for key in ("area", "note", "father.name", "born")})
cases = st.none() | st.sampled_from(["late", "on_time", ""])
