"""Linked packs: each part against the pack of its procedure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from motcua.forms.rules.definition import Field, Kind
from motcua.forms.rules.expressions.compiling import compiled
from motcua.forms.rules.expressions.flaws import BadExpression
from motcua.forms.rules.expressions.nodes import Text
from motcua.forms.rules.expressions.reading import parse
from motcua.forms.rules.expressions.types import Type
from motcua.forms.rules.places import fields_by_id
from motcua.forms.rules.schema import PARTS, required_parts
from motcua.forms.rules.scopes import scope_of
from motcua.kernel.text import N_
from motcua.packs.rules.asking import scope_with_case
from motcua.packs.rules.definition import Pack
from motcua.packs.rules.flaws import Flaw
from motcua.packs.rules.linking import plain_name
from motcua.packs.rules.places import Path
from motcua.packs.rules.work import Part, ResultOf

Others = Callable[[str], Pack | None]
"""Finds the newest pack of a procedure, if there is one."""

NO_PACK = N_("There is no pack of {code}: write it first, or correct the number")
NESTED = N_("{code} is a linked pack itself: name the procedures it links")
NO_TARGET = N_("The form of {code} has no field {field}: correct the name")
OTHER_TYPE = N_("{field} of {code} is a {wanted}, and this is a {got}: give what it asks")
NOT_OFFERED = N_("{field} of {code} does not offer {value}: write one of {offered}")
LACKS_PARTS = N_("{field} of {code} needs {parts}: name each part, or ask for it here")
NOT_GIVEN = N_("{field} of {code} must be answered: say where its answer comes from")
NO_SUCH_PAPER = N_("{code} asks for no paper {paper}: correct the name")
NO_OWN_PAPER = N_("This pack asks for no paper {paper}: correct the name")
PAPER_NOT_GIVEN = N_("{code} asks for the paper {paper}: say which one it is")
NOT_HELD = N_("{code} does not take that from a registry: see its held_by, or leave about out")
NOT_BEFORE = N_("{part} is no part before this one: name an earlier part")
NOT_AFTER = N_("The result of {part} is there only after it: name {part} in after")


def linked_flaws(pack: Pack, *, others: Others) -> Iterator[Flaw]:
    """Yield what is wrong with the parts of a linked pack."""
    before: list[str] = []
    for number, part in enumerate(pack.parts):
        path: Path = ("procedure", "parts", number)
        yield from _order(part, path, before)
        before.append(part.id)
        target = others(part.procedure)
        if target is None:
            facts = {"code": part.procedure}
            yield Flaw("unknown-pack", (*path, "procedure"), NO_PACK, facts)
        elif target.parts:
            yield Flaw("linked", (*path, "procedure"), NESTED, {"code": part.procedure})
        else:
            link = _Link(pack, part, target, path)
            yield from link.answers()
            yield from link.missing()
            yield from link.papers()


def _order(part: Part, path: Path, before: list[str]) -> Iterator[Flaw]:
    for number, name in enumerate(part.after):
        if name not in before:
            yield Flaw("unknown-part", (*path, "after", number), NOT_BEFORE, {"part": name})
    for paper, source in part.papers.items():
        if isinstance(source, ResultOf) and source.result_of not in part.after:
            facts = {"part": source.result_of}
            yield Flaw("unknown-part", (*path, "papers", paper), NOT_AFTER, facts)


@dataclass(frozen=True, slots=True)
class _Link:
    pack: Pack
    part: Part
    target: Pack
    path: Path

    def flaw(self, rule: str, key: str, name: str, message: str, **facts: str) -> Flaw:
        """Return a flaw of one line of the part."""
        return Flaw(rule, (*self.path, key, name), message, {"code": self.target.code, **facts})

    def answers(self) -> Iterator[Flaw]:
        """Yield answers to fields that are not there or of another type."""
        names = scope_of(self.target.form)
        for field, text in self.part.answers.items():
            if field not in names:
                yield self.flaw("unknown-field", "answers", field, NO_TARGET, field=field)
                continue
            try:
                got, node = compiled(text, scope_with_case(self.pack)).type, parse(text)
            except BadExpression:
                continue
            wanted, offered = names[field].type, names[field].options
            if got is not wanted:
                facts = {"field": field, "wanted": wanted.value, "got": got.value}
                yield self.flaw("wrong-type", "answers", field, OTHER_TYPE, **facts)
            elif offered and isinstance(node, Text) and node.value not in offered:
                facts = {"field": field, "value": node.value, "offered": ", ".join(sorted(offered))}
                yield self.flaw("wrong-value", "answers", field, NOT_OFFERED, **facts)
            elif wanted is Type.BLOCK and (lacking := self._lacking(field, plain_name(node) or "")):
                facts = {"field": field, "parts": ", ".join(lacking)}
                yield self.flaw("not-given", "answers", field, LACKS_PARTS, **facts)

    def _lacking(self, field: str, source: str) -> list[str]:
        """Return the parts a block must have that neither its source nor another line gives."""
        known, given = scope_of(self.pack.form), self.part.answers
        needed = required_parts(fields_by_id(self.target.form)[field])
        return [p for p in needed if f"{source}.{p}" not in known and f"{field}.{p}" not in given]

    def missing(self) -> Iterator[Flaw]:
        """Yield fields that every filing under the procedure must answer and this one does not."""
        given = self.part.answers.keys()
        for step in self.target.form.steps:
            for field in step.fields:
                if step.show or field.show or field.required is not True:
                    continue
                for name in _needed(field):
                    if name not in given and field.id not in given:
                        facts = {"code": self.target.code, "field": name}
                        path = (*self.path, "answers")
                        yield Flaw("not-given", path, NOT_GIVEN, facts, at_key=True)

    def papers(self) -> Iterator[Flaw]:
        """Yield papers that lead nowhere, and papers always asked that are not given."""
        asked = {paper.id: paper for paper in self.target.papers}
        own = {paper.id: paper for paper in self.pack.papers}
        for paper, source in self.part.papers.items():
            if paper not in asked:
                yield self.flaw("unknown-paper", "papers", paper, NO_SUCH_PAPER, paper=paper)
            if isinstance(source, str) and source not in own:
                yield self.flaw("unknown-paper", "papers", paper, NO_OWN_PAPER, paper=source)
            elif isinstance(source, str) and paper in asked and own[source].about:
                held = set(asked[paper].held_by)
                if not held or not held <= set(own[source].held_by):
                    yield self.flaw("not-held", "papers", paper, NOT_HELD)
        for name, each in asked.items():
            always = each.required is True and not (each.show or each.cases or each.spared_when)
            if always and name not in self.part.papers:
                facts = {"code": self.target.code, "paper": name}
                yield Flaw("not-given", self.path, PAPER_NOT_GIVEN, facts, at_key=True)


def _needed(field: Field) -> Iterator[str]:
    if field.kind in (Kind.COMPUTED, Kind.NOTE):
        return
    if field.kind in PARTS:
        yield from (f"{field.id}.{part}" for part in required_parts(field))
    else:
        yield field.id
