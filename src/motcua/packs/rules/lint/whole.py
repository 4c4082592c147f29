"""All checks of a pack together, the deeper ones only where the shallower found nothing."""

import re

import msgspec

from motcua.kernel.text import N_
from motcua.packs.rules.document import Document, pack_from
from motcua.packs.rules.flaws import Flaw
from motcua.packs.rules.lint.about import about_flaws
from motcua.packs.rules.lint.expressions import expression_flaws
from motcua.packs.rules.lint.form import form_flaws
from motcua.packs.rules.lint.procedure import procedure_flaws
from motcua.packs.rules.lint.schema import shape_flaws
from motcua.packs.rules.lint.templates import template_flaws
from motcua.packs.rules.lint.workflow import workflow_flaws
from motcua.packs.rules.places import Path
from motcua.packs.rules.source import Source, errors

NOT_A_PACK = N_("This does not fit: {problem}")


def flaws_of(source: Source) -> tuple[Flaw, ...]:
    """Return what is wrong with a pack, as far as its files alone can say."""
    if errors(source.flaws):
        return source.flaws
    found = (*source.flaws, *shape_flaws(source.document))
    if any(flaw.rule != "todo" for flaw in errors(found)):
        return found
    return (*found, *_deeper(source.document))


def _deeper(document: Document) -> tuple[Flaw, ...]:
    try:
        pack = pack_from(document, version="")
    except msgspec.ValidationError as error:
        return (_misfit(error),)
    found = (*form_flaws(document, pack), *procedure_flaws(pack), *workflow_flaws(pack))
    found = (*found, *about_flaws(document, pack))
    return (*found, *expression_flaws(pack), *template_flaws(pack))


def _misfit(error: msgspec.ValidationError) -> Flaw:
    """``Invalid date - at `$.valid_from` `` as a flaw at its place."""
    problem, _, way = str(error).partition(" - at `$")
    steps = re.findall(r"\.([a-z_]+)|\[(\d+)\]", way)
    inner: Path = tuple(name or int(number) for name, number in steps)
    top: Path = inner if inner[:1] == ("form",) else ("procedure", *inner)
    if inner[:1] == ("workflow",):
        top = ("workflow", "steps", *inner[1:])
    return Flaw("wrong-value", top, NOT_A_PACK, {"problem": problem})
