"""How a value of a pack's file is asked for: as one box, two languages, rows of boxes."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from motcua.forms.rules.definition import Field, Kind, Option, Rows, Words

Answers = dict[str, Any]
Path = tuple[str | int, ...]
"""The way to a value from the top of a document: keys and numbers of items."""
LANGUAGES = ("vi", "en")
NAMED = ("name", "not_future", "not_past")
"""Checks that have a name instead of a rule."""
_WHOLE = re.compile("0|[1-9][0-9]{0,14}")
_TONGUES = {"vi": ("tiếng Việt", "Vietnamese"), "en": ("tiếng Anh", "English")}


@dataclass(frozen=True, slots=True)
class Asking:
    """
    What one key of a node is called, how it is asked, and what there is to choose from.

    ``whole``: what is chosen is a number; ``empty``: choosing nothing is said as such.
    """

    key: str
    way: str
    label: Words
    hint: Words | None = None
    need: bool = False
    long: bool = False
    whole: bool = False
    empty: bool = False
    row: Words | None = None
    cells: tuple["Asking", ...] = ()
    options: tuple[Option, ...] = ()

    def fields(self, at: str, value: Any) -> Iterator[Field]:
        """Yield the fields that ask for it, under names that begin with ``at``."""
        if self.way == "words":
            yield from _words_fields(self, at, value)
        elif self.way == "need":
            yield from _need_fields(self, at)
        elif self.way in ("rows", "pairs", "checks"):
            given = value if isinstance(value, list) else []
            columns = tuple(
                field
                for cell in self.cells
                for field in cell.fields(
                    _under(at, cell.key),
                    "\n" if any(_lines_in(_cell(row, cell.key)) for row in given) else None,
                )
            )
            name = self.row or self.label
            rows = Rows(columns, name=name, most=100)
            yield Field(at, Kind.GROUP, self.label, self.hint, required=False, rows=rows)
        else:
            yield _one_field(self, at, value)

    def answers(self, value: Any, at: str) -> Answers:
        """Return what the fields of ``fields`` hold when the node has this value."""
        if value is None or value in ([], {}):
            return {at: "always"} if self.way == "need" else {}
        return _ANSWERS.get(self.way, _as_it_is)(self, value, at)

    def value(self, answers: Mapping[str, Any], at: str) -> Any:
        """Return the value that answers give; None where nothing was answered."""
        return _VALUES.get(self.way, _answered)(self, answers, at)

    def box(self, way: Path, at: str) -> str:
        """Return the name of the box where a flaw at ``way`` inside the value is told."""
        if self.way == "words":
            return _under(at, str(way[0]) if way and way[0] in LANGUAGES else "vi")
        if self.way == "need":
            return f"{at}_if"
        if self.way in ("rows", "checks") and len(way) > 1:
            cell = next((c for c in self.cells if c.key in (way[1], "")), self.cells[0])
            rest = way[2:] if cell.key else way[1:]
            return f"{at}.{way[0]}.{cell.box(rest, _under(at, cell.key))}"
        return at


def _under(at: str, key: str) -> str:
    return f"{at}_{key}" if key else at


def _cell(row: Any, key: str) -> Any:
    if not key:
        return row
    return row.get(key) if isinstance(row, Mapping) else None


def _lines_in(value: Any) -> bool:
    values = value.values() if isinstance(value, Mapping) else (value,)
    return any(isinstance(each, str) and "\n" in each for each in values)


_KINDS = {
    "expr": Kind.LONG_TEXT,
    "lines": Kind.LONG_TEXT,
    "int": Kind.NUMBER,
    "number": Kind.NUMBER,
    "dong": Kind.MONEY,
    "date": Kind.DATE,
    "flag": Kind.YES_NO,
    "one": Kind.CHOICE,
    "many": Kind.CHOICES,
}


def _one_field(asking: Asking, at: str, value: Any) -> Field:
    kind = _KINDS.get(asking.way, Kind.TEXT)
    if kind is Kind.TEXT and (asking.long or _lines_in(value)):
        kind = Kind.LONG_TEXT
    options = (*asking.options, *_unoffered(asking, value)) if asking.way in _CHOSEN else ()
    return Field(
        at,
        kind,
        asking.label,
        asking.hint,
        required=asking.need,
        options=options,
        decimals=3 if asking.way == "number" else 0,
    )


_CHOSEN = ("one", "many")


def _unoffered(asking: Asking, value: Any) -> Iterator[Option]:
    """Yield what was chosen and is not offered: it stays chosen until somebody takes it out."""
    offered = {option.value for option in asking.options}
    for each in value if isinstance(value, list) else [value]:
        if each is not None and str(each) not in offered:
            yield Option(str(each), Words(str(each), str(each)))


def _words_fields(asking: Asking, at: str, value: Any) -> Iterator[Field]:
    kind = Kind.LONG_TEXT if asking.long or _lines_in(value) else Kind.TEXT
    for tongue in LANGUAGES:
        vi, en = _TONGUES[tongue]
        label = Words(f"{asking.label.vi} ({vi})", f"{asking.label.en} ({en})")
        hint = asking.hint if tongue == "vi" else None
        yield Field(_under(at, tongue), kind, label, hint, required=asking.need)


ALWAYS, NEVER, WHEN = "always", "never", "when"
_NEEDS = (
    Option(ALWAYS, Words("Luôn bắt buộc", "Always")),
    Option(NEVER, Words("Không bắt buộc", "Never")),
    Option(WHEN, Words("Tùy câu trả lời", "It depends on answers")),
)


def _need_fields(asking: Asking, at: str) -> Iterator[Field]:
    yield Field(at, Kind.CHOICE, asking.label, asking.hint, options=_NEEDS)
    label = Words("Bắt buộc khi", "Required when")
    hint = Words('Biểu thức, ví dụ: relation = "other"', 'An expression, e.g. relation = "other"')
    yield Field(f"{at}_if", Kind.LONG_TEXT, label, hint, show=f'{at} = "{WHEN}"')


def _as_it_is(_asking: Asking, value: Any, at: str) -> Answers:
    return {at: value}


def _as_text(_asking: Asking, value: Any, at: str) -> Answers:
    return {at: str(value)}


def _words(_asking: Asking, value: Any, at: str) -> Answers:
    given = value if isinstance(value, Mapping) else {}
    return {_under(at, tongue): given[tongue] for tongue in LANGUAGES if tongue in given}


def _need(_asking: Asking, value: Any, at: str) -> Answers:
    if isinstance(value, bool):
        return {at: ALWAYS if value else NEVER}
    return {at: WHEN, f"{at}_if": value}


def _row(asking: Asking, value: Any, at: str) -> Answers:
    made: Answers = {}
    for cell in asking.cells:
        made |= cell.answers(_cell(value, cell.key), _under(at, cell.key))
    return made


def _rows(asking: Asking, value: Any, at: str) -> Answers:
    given: Sequence[Any] = value if isinstance(value, list) else ()
    return {at: [_row(asking, each, at) for each in given]} if given else {}


def _pairs(asking: Asking, value: Any, at: str) -> Answers:
    given = value if isinstance(value, Mapping) else {}
    told = [{"key": key, "value": _told(each)} for key, each in given.items()]
    return _rows(asking, told, at)


def _told(value: Any) -> Any:
    """``{result_of: birth}`` stands as ``result_of:birth``."""
    if isinstance(value, Mapping) and value.keys() == {"result_of"}:
        return f"result_of:{value['result_of']}"
    return value


def _checks(asking: Asking, value: Any, at: str) -> Answers:
    given = value if isinstance(value, list) else []
    told = [{"rule": each} if isinstance(each, str) else each for each in given]
    return _rows(asking, told, at)


_ANSWERS: Mapping[str, Callable[[Asking, Any, str], Answers]] = {
    "amount": _as_text,
    "lines": lambda _asking, value, at: {at: "\n".join(map(str, value))} if value else {},
    "one": lambda asking, value, at: {at: str(value) if asking.whole else value},
    "words": _words,
    "need": _need,
    "rows": _rows,
    "pairs": _pairs,
    "checks": _checks,
}


def _answered(_asking: Asking, answers: Mapping[str, Any], at: str) -> Any:
    return answers.get(at)


def _whole(_asking: Asking, answers: Mapping[str, Any], at: str) -> Any:
    """Return a whole number as such; anything else is an expression, or half a limit."""
    text = answers.get(at)
    return int(text) if isinstance(text, str) and _WHOLE.fullmatch(text) else text


def _listed(_asking: Asking, answers: Mapping[str, Any], at: str) -> Any:
    lines = str(answers.get(at) or "").split("\n")
    return [line.strip() for line in lines if line.strip()] or None


def _words_of(_asking: Asking, answers: Mapping[str, Any], at: str) -> Any:
    made = {tongue: answers.get(_under(at, tongue)) for tongue in LANGUAGES}
    return {tongue: text for tongue, text in made.items() if text is not None} or None


def _need_of(_asking: Asking, answers: Mapping[str, Any], at: str) -> Any:
    chosen = answers.get(at)
    if chosen == WHEN:
        return answers.get(f"{at}_if")
    return False if chosen == NEVER else None


def _rows_of(asking: Asking, answers: Mapping[str, Any], at: str) -> Any:
    rows = answers.get(at)
    made = [_row_of(asking, row, at) for row in rows] if isinstance(rows, list) else []
    return [each for each in made if each] or None


def _row_of(asking: Asking, row: Mapping[str, Any], at: str) -> Any:
    if asking.cells[0].key == "":
        return asking.cells[0].value(row, at)
    made = {cell.key: cell.value(row, _under(at, cell.key)) for cell in asking.cells}
    return {key: value for key, value in made.items() if value is not None}


def _pairs_of(asking: Asking, answers: Mapping[str, Any], at: str) -> Any:
    made = {
        each.get("key", ""): _untold(each.get("value", ""))
        for each in _rows_of(asking, answers, at) or ()
    }
    return made or None


def _untold(text: str) -> Any:
    head, mark, tail = text.partition("result_of:")
    return {"result_of": tail} if mark and not head else text


def _checks_of(asking: Asking, answers: Mapping[str, Any], at: str) -> Any:
    made = [
        each["rule"] if each.keys() == {"rule"} and each["rule"] in NAMED else each
        for each in _rows_of(asking, answers, at) or ()
    ]
    return made or None


_VALUES: Mapping[str, Callable[[Asking, Mapping[str, Any], str], Any]] = {
    "amount": _whole,
    "lines": _listed,
    "one": lambda asking, answers, at: (_whole if asking.whole else _answered)(asking, answers, at),
    "many": lambda asking, answers, at: answers.get(at) or ([] if asking.empty else None),
    "flag": lambda _asking, answers, at: answers.get(at) or None,
    "words": _words_of,
    "need": _need_of,
    "rows": _rows_of,
    "pairs": _pairs_of,
    "checks": _checks_of,
}
