"""What a linked filing keeps of the counter it was filed at, for the parts that open later."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.dossiers.models import LinkedFiling
from motcua.dossiers.operations.carrying import goes_elsewhere
from motcua.dossiers.operations.filing_checks import AtDesk, Filing, ForWhom, competent
from motcua.dossiers.rules.returning import ReturnBy
from motcua.identity.queries.authorities import known_authority
from motcua.kernel.actors import Actor, Role
from motcua.packs.queries.packs import Channel


def noted_at_counter(filing: Filing, *, by: Actor) -> dict[str, Any] | None:
    """Return what to keep of who stood there, who received it and how the results go back."""
    whose = filing.for_whom
    if whose is None or not by.is_official:
        return None
    filer, filer_name = filing.filer or (whose.applicant, whose.name)
    return {
        "clerk": by.id,
        "clerk_name": by.name,
        "agency": by.agency,
        "office": filing.office,
        "channel": filing.channel.value,
        "applicant": whose.applicant,
        "filer": filer,
        "filer_name": filer_name,
        "agent": whose.agent,
        "authority": str(whose.authority) if whose.authority else "",
        "claimable": whose.claimable,
        "arrived": filing.arrived.isoformat() if filing.arrived else "",
        "return_by": int(filing.return_by),
        "return_to": dict(filing.return_to) if filing.return_to else None,
        "desk": asdict(filing.desk) if filing.desk else None,
    }


def who_filed(linked: LinkedFiling) -> Actor:
    """Return in whose name parts are opened: the applicant's, or the clerk's who filed it."""
    noted = linked.counter
    if noted is None:
        return Actor(linked.applicant, linked.applicant_name)
    return Actor(noted["clerk"], noted["clerk_name"], noted["agency"], frozenset({Role.CLERK}))


def at_counter(
    filing: Filing, linked: LinkedFiling, sources: Mapping[str, object], *, at: datetime
) -> Filing:
    """
    Return a part's filing as it stands after the whole was filed at a counter; else as it is.

    Where another portal processes it, that is told which desk took it, and how.

    :param sources: by paper of the part, which paper of the whole it is
    Nobody acts by an authority that has ended since, and whoever took the whole over has the parts
    that open later in their account. Only a letter's first parts count from when it arrived.
    """
    noted = linked.counter
    if noted is None:
        return filing
    standing = known_authority(noted["authority"], at=at) if noted["authority"] else None
    holds = standing is not None and standing.holds
    same = linked.applicant == noted["applicant"]
    arrived = noted["arrived"] if at == linked.filed_at else ""
    by_themselves = not same and noted["filer"] == noted["applicant"]
    filer = (linked.applicant, linked.applicant_name)
    place = competent(filing, at=at).id
    is_carried = goes_elsewhere(place, at=at)
    return replace(
        filing,
        channel=Channel(noted["channel"]),
        for_whom=ForWhom(
            linked.applicant,
            linked.applicant_name,
            authority=UUID(noted["authority"]) if holds else None,
            agent=noted["agent"] if holds else "",
            claimable=noted["claimable"] and same,
        ),
        filer=filer if by_themselves else (noted["filer"], noted["filer_name"]),
        office=noted["office"] if is_carried or place == noted["agency"] else None,
        desk=_desk(noted, filing, sources) if is_carried else None,
        return_by=ReturnBy(noted["return_by"]),
        return_to=noted["return_to"],
        arrived=datetime.fromisoformat(arrived) if arrived else None,
    )


def _desk(noted: Mapping[str, Any], filing: Filing, sources: Mapping[str, object]) -> AtDesk | None:
    """Return how the desk took the whole, with the papers that go to this part."""
    if noted.get("desk") is None:
        return None
    desk = AtDesk(**noted["desk"])
    forms = {
        paper: desk.papers[str(source)]
        for paper, source in sources.items()
        if filing.papers.get(paper) and source in desk.papers
    }
    return replace(desk, papers=forms)
