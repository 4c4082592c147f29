"""The cases and the papers of a pack that is begun from a record."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from motcua.studio.rules.record import Sheet, Situation, clean, id_of, left_to_do, words

MOST_CASES = 40
MOST_PAPERS = 100
MOST_COPIES = 20

UNCLEAR = left_to_do(
    "Bản chính hay bản sao, mấy bản: hãy sửa forms và count.",
    "Original or copy, and how many: correct forms and count.",
)
TOO_MANY_CASES = left_to_do(
    f"Danh mục có hơn {MOST_CASES} trường hợp: hãy gộp lại, rồi bỏ dòng này.",
    f"The record has more than {MOST_CASES} cases: join some, then take this out.",
)
TOO_MANY_PAPERS = left_to_do(
    f"Danh mục có hơn {MOST_PAPERS} giấy tờ: hãy gộp lại, rồi bỏ dòng này.",
    f"The record has more than {MOST_PAPERS} papers: join some, then take this out.",
)


@dataclass(slots=True)
class _Asked:
    """A paper under one name, as often as the record asks for it."""

    sheets: list[Sheet] = field(default_factory=list)
    cases: list[str] = field(default_factory=list)
    always: bool = False


def cases_and_papers(
    situations: Sequence[Situation],
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[dict[str, str]]]:
    """Return cases, papers and remarks; a paper asked in several cases stands there once."""
    named = list(dict.fromkeys(clean(each.name) for each in situations if each.name.strip()))
    named = [name for name in named if name]
    remarks = [TOO_MANY_CASES] if len(named) > MOST_CASES else []
    named = named[:MOST_CASES] if len(named) > 1 else []
    ids = {name: f"case_{number}" for number, name in enumerate(named, 1)}
    cases: list[dict[str, Any]] = [{"id": ids[name], "name": words(name)} for name in named]
    for case in cases[:-1]:
        case["when"] = f'situation = "{case["id"]}"'
    asked = _asked(situations, ids)
    if len(asked) > MOST_PAPERS:
        remarks.append(TOO_MANY_PAPERS)
    taken: set[str] = set()
    papers = [
        _paper(name, each, len(cases), taken) for name, each in list(asked.items())[:MOST_PAPERS]
    ]
    return cases, papers, remarks


def _asked(situations: Sequence[Situation], ids: dict[str, str]) -> dict[str, _Asked]:
    found: dict[str, _Asked] = {}
    spelt: dict[str, str] = {}
    for situation in situations:
        case = ids.get(clean(situation.name))
        for sheet in situation.papers:
            name = clean(sheet.name)
            if not name:
                continue
            each = found.setdefault(spelt.setdefault(name.casefold(), name), _Asked())
            each.sheets.append(sheet)
            each.always = each.always or case is None
            if case and case not in each.cases:
                each.cases.append(case)
    return found


def _paper(name: str, asked: _Asked, cases: int, taken: set[str]) -> dict[str, Any]:
    originals = max((sheet.originals or 0 for sheet in asked.sheets), default=0)
    copies = max((sheet.copies or 0 for sheet in asked.sheets), default=0)
    forms = [kind for kind, some in (("original", originals), ("copy", copies)) if some]
    made: dict[str, Any] = {"id": id_of(name, taken, "paper"), "name": words(name)}
    if not forms:
        made["hint"] = UNCLEAR
    if asked.cases and not asked.always and len(asked.cases) < cases:
        made["cases"] = asked.cases
    made["forms"] = forms or ["original", "copy"]
    count = min(max(originals, copies), MOST_COPIES)
    if count > 1:
        made["count"] = count
    if template := next(filter(None, (clean(sheet.form, 200) for sheet in asked.sheets)), ""):
        made["template"] = template
    return made
