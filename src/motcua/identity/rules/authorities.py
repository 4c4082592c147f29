"""Who may act for whom, on what basis, and for how long."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from motcua.identity.rules.parties import PartyKind, Principal
from motcua.identity.rules.persons import Problem
from motcua.kernel.text import N_, letters


class AuthorityKind(StrEnum):
    """What lets somebody act for another."""

    PARENT = "parent"
    GUARDIAN = "guardian"
    ATTORNEY = "attorney"
    REPRESENTATIVE = "representative"


class Standing(StrEnum):
    """How far an authority can be relied on; one that was only offered cannot be used yet."""

    OFFERED = "offered"
    DECLARED = "declared"
    CONFIRMED = "confirmed"
    ENDED = "ended"


KIND_WRONG = N_("Choose what lets you act: parent, guardian, power of attorney, representative.")
NOT_A_CHILD = N_("A parent acts for a child who is not of age. An adult gives you a power.")
PERSON_NEEDED = N_("A parent or a guardian acts for a person. Choose a person.")
ORGANISATION_ONLY = N_("A representative acts for an organisation. Choose an organisation.")
BASIS_NEEDED = N_("Say what it rests on, such as the birth certificate and its number.")
UNTIL_PAST = N_("Choose a last day that is today or later.")
UNTIL_TOO_LATE = N_("Choose an earlier last day: this kind of authority may not last so long.")


@dataclass(frozen=True, slots=True)
class Limits:
    """
    How long an authority may last: whole years from its first day; a parent's until ``adult_at``.

    A power of attorney that names no period is good for one year (Civil Code 2015 art. 563);
    ``paper_years`` holds for one that an official has seen and that says otherwise.
    """

    adult_at: int = 18
    attorney_years: int = 1
    representative_years: int = 5
    guardian_years: int = 5
    paper_years: int = 10


STANDARD = Limits()


def years_after(day: date, years: int) -> date:
    """Return the same date ``years`` later; 28 February for the 29th where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def last_day(
    kind: AuthorityKind,
    *,
    since: date,
    born: date | None,
    seen: bool = False,
    limits: Limits = STANDARD,
) -> date:
    """
    Return the last day on which an authority that begins on ``since`` may still hold.

    :param born: the birth date of a person acted for; a parent's and a child's guardian's
        authority ends on the day before the child is of age
    :param seen: an official has the paper before them, which may say otherwise
    """
    grown = years_after(born, limits.adult_at) - timedelta(days=1) if born else None
    if kind is AuthorityKind.PARENT:
        return grown or since
    if kind is AuthorityKind.GUARDIAN and grown and grown >= since:
        return grown
    years = {
        AuthorityKind.GUARDIAN: limits.guardian_years,
        AuthorityKind.ATTORNEY: limits.attorney_years,
        AuthorityKind.REPRESENTATIVE: limits.representative_years,
    }[kind]
    if seen and kind is AuthorityKind.ATTORNEY:
        years = limits.paper_years
    return years_after(since, years)


def holds(*, since: date, until: date, ended: bool, on: date) -> bool:
    """Tell whether an authority may be used on a day; ``until`` is its last one, to midnight."""
    return not ended and since <= on <= until


def problems_of_authority(
    kind: AuthorityKind,
    principal: Principal,
    *,
    since: date,
    until: date,
    basis: str,
    seen: bool,
    limits: Limits = STANDARD,
) -> Iterator[Problem]:
    """Yield what is wrong with an authority somebody wants to have recorded."""
    person = principal.kind is PartyKind.PERSON
    if kind in (AuthorityKind.PARENT, AuthorityKind.GUARDIAN) and not person:
        yield Problem("kind", PERSON_NEEDED)
        return
    if kind is AuthorityKind.REPRESENTATIVE and person:
        yield Problem("kind", ORGANISATION_ONLY)
        return
    last = last_day(kind, since=since, born=principal.born, seen=seen, limits=limits)
    if kind is AuthorityKind.PARENT and last < since:
        yield Problem("kind", NOT_A_CHILD)
        return
    if letters(basis) < 5 or len(basis) > 500:
        yield Problem("basis", BASIS_NEEDED)
    if until < since:
        yield Problem("until", UNTIL_PAST)
    elif until > last:
        yield Problem("until", UNTIL_TOO_LATE)
