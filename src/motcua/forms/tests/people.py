"""What people type in the boxes of a form, and what programs send instead of answers."""

from hypothesis import strategies as st

from motcua.forms.rules.definition import Kind
from motcua.forms.rules.schema import PARTS, parts_of
from motcua.forms.tests.every_kind import EVERY, RIGHT

BOXES = ("day", "month", "year")
UNTYPED = (Kind.COMPUTED, Kind.NOTE)
typing = st.one_of(
    st.sampled_from(
        "|1|31|2|02|2026|yes|no|046192003718|0912345678|46|12,5|1.250|1,250.5|-3|10.7769, 106.7009"
        "|10,7|0100233488001|a|b|c|fresh|dry|19786|970436|1 234 567|an@example.vn|f1|1/2"
        "|M1,2".split("|")
    ),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
)
junk = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["\ud800", "2026-01-31", "1960", "x" * 5000, 10**400, float("nan")]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


def names_of(field, at=""):
    """Return the posted names of a field's boxes, without those of rows."""
    name = f"{at}{field.id}"
    if field.kind in UNTYPED:
        return []
    if field.kind is Kind.DATE:
        return [f"{name}-{box}" for box in BOXES]
    if field.kind is Kind.POINT:
        return [f"{name}.lat", f"{name}.lng"]
    if field.kind not in PARTS:
        return [name]
    names = []
    for part in parts_of(field):
        own = f"{name}.{part}"
        names += [f"{own}-{box}" for box in BOXES] if part == "birth_date" else [own]
    return names


@st.composite
def posted_pages(draw):
    """A page of the form of every kind, as somebody posts it: right, wrong, empty or absurd."""
    step = draw(st.sampled_from(EVERY.steps))
    posted = {}
    for field in step.fields:
        names = names_of(field)
        if field.rows:
            count = draw(st.integers(0, 3))
            posted[f"{field.id}.rows"] = [str(count)]
            names = [
                name
                for row in range(count)
                for column in field.rows.columns
                for name in names_of(column, f"{field.id}.{row}.")
            ]
        posted |= {name: draw(st.lists(typing, min_size=1, max_size=2)) for name in names}
    return step, posted


def _somewhere(answers):
    return st.sampled_from(sorted(answers)).flatmap(lambda n: st.tuples(st.just(n), junk))


@st.composite
def any_answers(draw):
    """Answers as a program might send them: some right, some left out, some of a wrong shape."""
    kept = draw(st.sets(st.sampled_from(sorted(RIGHT))))
    answers = {name: RIGHT[name] for name in kept}
    answers |= draw(st.dictionaries(st.sampled_from([*sorted(RIGHT), "x"]), junk, max_size=4))
    for table in ("goods", "children"):
        rows = answers.get(table)
        if isinstance(rows, list) and draw(st.booleans()):
            columns = {"item": junk, "price": junk, "quantity": junk, "who": junk, "story": junk}
            more = draw(st.lists(st.fixed_dictionaries({}, optional=columns), max_size=3))
            answers[table] = [*rows, *more, *draw(st.lists(junk, max_size=1))]
    return answers
