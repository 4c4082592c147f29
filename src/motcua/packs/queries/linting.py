"""Lint: everything that is wrong with a pack, with file, line and column."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import get_language, gettext, override

from motcua.kernel.scope import public
from motcua.packs.queries.folders import Source
from motcua.packs.queries.packs import newest_pack
from motcua.packs.queries.trying import drawing_flaws, example_flaws
from motcua.packs.rules.document import pack_from
from motcua.packs.rules.flaws import Finding, Flaw
from motcua.packs.rules.lint.linked import Others, linked_flaws
from motcua.packs.rules.lint.whole import flaws_of
from motcua.packs.rules.source import errors

__all__ = ["Finding", "Flaw", "errors_in", "findings_in", "findings_in_text", "flaws_in", "said"]


@public
def findings_in(source: Source, *, others: Others | None = None) -> tuple[Finding, ...]:
    """
    Return what is wrong with a pack, in the order of its files and lines.

    Templates are drawn and examples tried once the files are otherwise right.

    :param others: finds the packs that a linked pack links; the newest published if left out
    """
    found = flaws_of(source)
    if not errors_in(source):
        found = (*found, *_tried(source, others or newest_pack))
    placed = (source.finding(flaw) for flaw in found)
    return tuple(sorted(placed, key=lambda each: (each.file, each.line, each.column)))


def _tried(source: Source, others: Others) -> tuple[Flaw, ...]:
    pack = pack_from(source.document, version="")
    if wrong := tuple(linked_flaws(pack, others=others)):
        return wrong
    drawn = tuple(drawing_flaws(pack, on=date(2026, 1, 5)))
    return (*drawn, *example_flaws(pack, source.document, others=others))


@public
def findings_in_text(source: Source) -> tuple[Finding, ...]:
    """Return the same as far as files alone say it: nothing is drawn, no example tried."""
    return tuple(source.finding(flaw) for flaw in flaws_of(source))


@public
def errors_in(source: Source) -> bool:
    """Tell whether a pack cannot be tried: errors in its files beside words left to be written."""
    return any(flaw.rule != "todo" for flaw in errors(flaws_of(source)))


@public
def said(flaw: Flaw, language: str | None = None) -> str:
    """
    Return a flaw as a sentence, in the reader's language unless another is named.

    A fact that is itself a word has its Vietnamese beside it (``got`` and ``got_vi``).
    """
    language = language or get_language() or "vi"
    with override(language):
        return gettext(flaw.message).format(**_facts_in(flaw.facts, language))


def _facts_in(facts: Mapping[str, Any], language: str) -> dict[str, Any]:
    if language != "vi":
        return dict(facts)
    return {name: facts.get(f"{name}_vi", fact) for name, fact in facts.items()}


@public
def flaws_in(source: Source) -> tuple[Flaw, ...]:
    """Return what a pack's files alone say is wrong: nothing is drawn, no example is tried."""
    return flaws_of(source)
