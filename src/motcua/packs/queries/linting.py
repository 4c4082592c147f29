"""Lint: everything that is wrong with a pack, with file, line and column."""

from django.utils.translation import gettext, override

from motcua.kernel.scope import public
from motcua.packs.queries.folders import Source
from motcua.packs.rules.flaws import Finding, Flaw
from motcua.packs.rules.lint.whole import flaws_of

__all__ = ["Finding", "Flaw", "findings_in", "said"]


@public
def findings_in(source: Source) -> tuple[Finding, ...]:
    """Return what is wrong with a pack, in the order of its files and lines."""
    found = (source.finding(flaw) for flaw in flaws_of(source))
    return tuple(sorted(found, key=lambda each: (each.file, each.line, each.column)))


@public
def said(flaw: Flaw, language: str | None = None) -> str:
    """Return a flaw as a sentence, in the reader's language unless another is named."""
    if language is None:
        return gettext(flaw.message).format(**flaw.facts)
    with override(language):
        return gettext(flaw.message).format(**flaw.facts)
