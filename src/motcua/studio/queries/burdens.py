"""The burden of one pack, published or being written: its red tape in words, and its cost."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django.utils.translation import get_language

from motcua.catalogue.queries.procedures import NoSuchProcedure, procedure
from motcua.forms.queries.forms import Words
from motcua.kernel.actors import Actor, Role
from motcua.kernel.errors import Conflict, NotFound
from motcua.kernel.text import N_
from motcua.packs.queries.burden import Cost, Typed, cost_of
from motcua.packs.queries.folders import pack_in, read_files
from motcua.packs.queries.linting import errors_in
from motcua.packs.queries.packs import Pack, definition_of, pack_for
from motcua.packs.queries.redtape import Finding, Record, Told, linked_by, record_of, redtape, told
from motcua.studio.queries.drafts import draft


class NoPublishedPack(NotFound):
    code: ClassVar[str] = "studio.no-published-pack"
    message: ClassVar[str] = N_(
        "No service pack of {procedure} is in force today. See the list of packs."
    )


class NotYetReckonable(Conflict):
    code: ClassVar[str] = "studio.not-yet-reckonable"
    message: ClassVar[str] = N_("This draft still has errors. Correct them, then see its burden.")


@dataclass(frozen=True, slots=True)
class Demand:
    """Something that could be left out, and what it is called."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Burden:
    """A pack's red tape and its cost, with its own figures and with those somebody typed."""

    code: str
    title: Words
    findings: tuple[Told, ...]
    demands: tuple[Demand, ...]
    own: Cost
    cost: Cost


def published_burden(code: str, typed: Typed, *, on: date, by: Actor) -> Burden:
    """
    Return the burden of the pack of a procedure that is in force ``on`` a day.

    :raises NoPublishedPack: if there is none, or the actor is no administrator
    """
    found = pack_for(code, on=on) if Role.ADMINISTRATOR in by.roles else None
    if found is None:
        raise NoPublishedPack(procedure=code[:40])
    return _burden(found, definition_of(found.version), typed, on)


def draft_burden(draft_id: UUID, typed: Typed, *, on: date, by: Actor) -> Burden:
    """
    Return the burden of a draft.

    :raises UnknownDraft: if there is none the actor may see
    :raises NotYetReckonable: if its files have errors
    """
    source = read_files(draft(draft_id, by=by).files)
    if errors_in(source):
        raise NotYetReckonable
    return _burden(pack_in(source), source.document, typed, on)


def _burden(pack: Pack, document: dict[str, Any], typed: Typed, on: date) -> Burden:
    findings = redtape(pack, on=on, parts=linked_by(pack), record=_record(pack.code))
    own = cost_of(pack, document, findings, typed=Typed(case=typed.case))
    cost = cost_of(pack, document, findings, typed=typed)
    names = dict(_names(findings))
    return Burden(
        pack.code,
        pack.title,
        tuple(told(each) for each in findings),
        tuple(Demand(key, names[key]) for key in cost.sparable),
        own,
        cost,
    )


def _record(code: str) -> Record:
    """Return the limits that the catalogue publishes, if it knows the procedure."""
    try:
        channels = procedure(code).reading.channels
    except NoSuchProcedure:
        return {}
    return record_of((each.way.value, each.limit) for each in channels if each.limit)


def _names(findings: tuple[Finding, ...]) -> Iterator[tuple[str, str]]:
    """Yield what can be spared with its name; a part of a person is named after them."""
    language = get_language() or "vi"
    for finding in findings:
        said = [finding.facts.get(key) for key in ("paper", "field", "part")]
        name = ": ".join(each[language] for each in said if isinstance(each, Words))
        for key in finding.spares:
            yield key, name
