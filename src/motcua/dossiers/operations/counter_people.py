"""Who stands at the counter, and for whom they may come."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from motcua.dossiers.operations.standing import ActingEnded
from motcua.dossiers.rules.counter import Present
from motcua.identity.operations.authorities import AuthorityKind, record_authority
from motcua.identity.operations.parties import PartyRefused, register_party
from motcua.identity.queries.authorities import known_authority, may_act_for
from motcua.identity.queries.parties import PartyKind, Principal, find_organisation, find_person
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Invalid, Refusal
from motcua.kernel.folding import fold
from motcua.kernel.text import N_
from motcua.packs.queries.packs import Pack

PURPOSE = N_("File a dossier for the person at the counter")
BY_LETTER = frozenset({AuthorityKind.ATTORNEY, AuthorityKind.REPRESENTATIVE})
"""What a paper shown gives for what it was shown for, and no more."""


class FilerMayNoLonger(ActingEnded):
    code = "dossiers.filer-may-no-longer"
    message = N_(
        "{filer} may no longer act for {name}. Ask for a paper that holds, and begin anew with it."
    )


class BehalfRefused(Invalid):
    """The fact ``problems`` says what about the one acted for cannot be right."""

    code = "dossiers.behalf-refused"


@dataclass(frozen=True, slots=True)
class AuthoritySeen:
    """For whom somebody came, and by which papers they may: seen by the clerk."""

    kind: AuthorityKind
    principal_kind: PartyKind
    number: str
    name: str
    born: date | None
    until: date
    basis: str


@dataclass(frozen=True, slots=True)
class Known:
    """An account or a party, and by which authority somebody may act for them."""

    id: str
    name: str
    account: bool
    authority: str = ""


def who_is(present: Present, *, by: Actor, at: datetime) -> Known:
    """Return the account of who stands there, or the party they are registered as."""
    found = find_person(present.number, by=by, purpose=PURPOSE, at=at)
    same = found is not None and fold(found.name) == fold(present.name)
    if found is not None and same:
        return Known(found.id, found.name, found.has_account)
    party = register_party(
        PartyKind.PERSON,
        present.number,
        present.name,
        born=present.born,
        phone=present.phone,
        by=by,
        at=at,
    )
    return Known(party.id, party.name, account=False)


def for_whom(
    behalf: AuthoritySeen, filer: Known, definition: Pack, *, by: Actor, at: datetime
) -> Known:
    """
    Return whose dossier it is, and by which authority the one who came may act.

    A letter of attorney, or of a company, is recorded for this procedure alone, with all its parts.
    """
    procedure = definition.code
    person = Principal(behalf.principal_kind, behalf.number, behalf.name, behalf.born)
    of_kind = {PartyKind.PERSON: find_person, PartyKind.ORGANISATION: find_organisation}
    there = of_kind[behalf.principal_kind](behalf.number, by=by, purpose=PURPOSE, at=at)
    held = there and may_act_for(filer.id, there.id, procedure, at)
    if there is not None and held is not None:
        return Known(there.id, there.name, there.has_account, held.id)
    try:
        recorded = record_authority(
            person,
            kind=behalf.kind,
            until=behalf.until,
            basis=behalf.basis,
            document=None,
            procedures=_covered(definition) if behalf.kind in BY_LETTER else frozenset(),
            by=by,
            at=at,
            agent=filer.id,
        )
    except PartyRefused as wrong:
        raise BehalfRefused(problems=_of_behalf(wrong)) from wrong
    made = known_authority(recorded, at=at)
    assert made is not None
    account = there is not None and there.has_account and there.id == made.principal
    return Known(made.principal, made.principal_name, account, recorded)


def check_still_acts(counter: Mapping[str, Any], procedure: str, *, at: datetime) -> None:
    """
    Check that what let somebody come for another still does when it is filed.

    :param counter: what the draft keeps of who stood there

    :raises FilerMayNoLonger: if it was ended, expired or does not cover the procedure
    """
    if not counter["authority"]:
        return
    found = known_authority(counter["authority"], at=at)
    if found is None or not found.holds or not found.covers(procedure):
        raise FilerMayNoLonger(filer=counter["filer_name"], name=counter["name"])


def _covered(definition: Pack) -> frozenset[str]:
    return frozenset({definition.code, *(part.procedure for part in definition.parts)})


def _of_behalf(wrong: Refusal) -> list[dict[str, str]]:
    """Return what is wrong with the one acted for, at fields of their own."""
    found = wrong.facts["problems"]
    assert isinstance(found, list)
    return [{**each, "at": f"p{each['at']}"} for each in found]
