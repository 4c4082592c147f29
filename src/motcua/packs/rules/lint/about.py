"""Of whom a fact is: the applicant, or a person whom a question of the form names."""

from collections.abc import Iterator

from motcua.forms.rules.definition import Kind
from motcua.forms.rules.schema import parts_of
from motcua.kernel.text import N_
from motcua.packs.rules.definition import Pack
from motcua.packs.rules.document import Document
from motcua.packs.rules.flaws import Flaw
from motcua.packs.rules.lint.form import fields_with_paths
from motcua.packs.rules.places import Path

APPLICANT = "applicant"
"""Whose fact it is where the applicant is meant, whoever the form names."""
NOBODY = N_("Write applicant, or the id of a question of the kind person that asks the number")
ANOTHERS = N_("The question before it names a person: write about: {person}, or ask this before it")
OF_NOTHING = N_("Say in held_by what a registry holds of them, or take about away")


def about_flaws(document: Document, pack: Pack) -> Iterator[Flaw]:
    """
    Yield where ``about`` names nobody, stands where no registry holds anything, or is another's.

    A fact asked in a section after who somebody is, is theirs: of the applicant it would be told
    where the form is about their spouse or their client.
    """
    persons = {f.id for f in pack.form.fields if f.kind is Kind.PERSON and "id" in parts_of(f)}
    fields = [(raw.get("about", ""), raw, path) for raw, path in fields_with_paths(document)]
    papers = [
        (raw.get("about", ""), raw, ("procedure", "papers", n))
        for n, raw in enumerate(document["procedure"].get("papers", ()))
    ]
    for about, raw, path in (*fields, *papers):
        place: Path = (*path, "about")
        if about and about not in {APPLICANT, *persons}:
            yield Flaw("wrong-value", place, NOBODY)
        elif about and not raw.get("held_by"):
            yield Flaw("wrong-value", place, OF_NOTHING)
    yield from _of_another(document, persons)


def _of_another(document: Document, persons: set[str]) -> Iterator[Flaw]:
    asked: dict[Path, str] = {}
    for raw, path in fields_with_paths(document):
        section = path[:-1]
        if raw.get("id") in persons and not raw.get("show"):
            asked[section] = raw["id"]
        elif raw.get("about") == APPLICANT and section in asked:
            facts = {"person": asked[section]}
            yield Flaw("wrong-value", (*path, "about"), ANOTHERS, facts)
