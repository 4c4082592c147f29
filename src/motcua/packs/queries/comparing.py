"""What changed between two versions of a pack, in words for a lawyer."""

from collections.abc import Iterable
from html import escape
from typing import Any

from motcua.kernel.scope import public
from motcua.packs.rules.diff_words import HIDDEN, key_said, value_said
from motcua.packs.rules.differences import Change, differences

__all__ = ["Change", "Told", "as_html", "as_markdown", "as_text", "differences", "told"]

Told = tuple[str, str, str]
"""A heading (part of the pack), what changed there, and how: ``8.000 đồng → 10.000 đồng``."""

ADDED = {"vi": "thêm", "en": "added"}
REMOVED = {"vi": "bỏ", "en": "removed"}
CHANGED = {"vi": "đã sửa", "en": "changed"}
MOVED = {"vi": "đổi thứ tự", "en": "in another order"}
ENGLISH = {"vi": "bản tiếng Anh", "en": "Vietnamese text"}
NOTHING = {"vi": "Không có gì thay đổi.", "en": "Nothing changed."}


@public
def told(change: Change, language: str = "vi") -> Told:
    """Return a change in words: where, what, how."""
    crumbs = [each for each in change.crumbs if not isinstance(each, str) or each not in HIDDEN]
    heading, *rest = [_crumb(each, language) for each in crumbs] or [""]
    where = " · ".join(filter(None, rest)) or heading
    return heading, where, _how(change, language)


def _crumb(crumb: Any, language: str) -> str:
    if isinstance(crumb, dict):
        return str(crumb.get(language) or next(iter(crumb.values()), ""))
    return key_said(str(crumb), language)


def _how(change: Change, language: str) -> str:
    key = str(change.path[-1]) if change.path else ""
    if change.moved:
        names = [
            [_crumb(each, language) for each in side] for side in (change.before, change.after)
        ]
        return f"{MOVED[language]}: {', '.join(names[0])} → {', '.join(names[1])}"
    if isinstance(change.after or change.before, dict) and "digest" in (
        change.after or change.before
    ):
        if change.before and change.after:
            return CHANGED[language]
        return (ADDED if change.after else REMOVED)[language]
    before, after = _sides(change, key, language)
    if change.before is None:
        return f"{ADDED[language]}: {after}"
    if change.after is None:
        return f"{REMOVED[language]}: {before}"
    return f"{before} → {after}"


def _sides(change: Change, key: str, language: str) -> tuple[str, str]:
    """Return both sides in words; words changed only in the other language are told in that."""
    sides = [value_said(key, side, language) for side in (change.before, change.after)]
    if sides[0] == sides[1]:
        other = "en" if language == "vi" else "vi"
        sides = [value_said(key, side, other) for side in (change.before, change.after)]
        sides[1] += f" ({ENGLISH[language]})"
    return sides[0], sides[1]


def _by_heading(changes: Iterable[Change], language: str) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for change in changes:
        heading, where, how = told(change, language)
        found.setdefault(heading, []).append((where, how))
    return found


@public
def as_text(changes: Iterable[Change], language: str = "vi") -> str:
    """Return the changes for a terminal."""
    parts = _by_heading(changes, language).items()
    blocks = ("\n".join([h, *(f"  {where}: {how}" for where, how in lines)]) for h, lines in parts)
    return "\n\n".join(blocks) or NOTHING[language]


@public
def as_markdown(changes: Iterable[Change], language: str = "vi") -> str:
    """Return the changes as Markdown."""
    parts = _by_heading(changes, language).items()
    blocks = (
        "\n".join([f"## {h}", "", *(f"- **{where}**: {how}" for where, how in lines)])
        for h, lines in parts
    )
    return "\n\n".join(blocks) or NOTHING[language]


@public
def as_html(changes: Iterable[Change], language: str = "vi") -> str:
    """Return the changes as HTML: headings and lists, everything escaped."""
    parts = _by_heading(changes, language).items()
    blocks = []
    for heading, lines in parts:
        items = "".join(f"<li><b>{escape(w)}</b>: {escape(how)}</li>" for w, how in lines)
        blocks.append(f"<h2>{escape(heading)}</h2>\n<ul>{items}</ul>")
    return "\n".join(blocks) or f"<p>{NOTHING[language]}</p>"
