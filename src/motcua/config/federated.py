"""One portal of a federation to try: what it knows, whom it joins, what it agrees to."""

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError
from django.utils.timezone import now

from motcua.catalogue.operations.demo import load_demo_catalogue
from motcua.config.federated_agencies import agencies_at
from motcua.config.federation_places import HANOI, HUB, HUE
from motcua.config.registers import offer
from motcua.exchange.operations.demo import (
    ask_elsewhere,
    grant_what_is_asked,
    is_in_force,
    seed_members,
)
from motcua.exchange.operations.inviting import invite_portal
from motcua.exchange.operations.joining import ask_to_join, join
from motcua.exchange.operations.members import NewMember
from motcua.exchange.operations.telling import read_peer
from motcua.identity.operations.demo import open_demo_accounts
from motcua.identity.operations.tokens import issue_token
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Refusal
from motcua.sync.operations.parents import ParentThere, add_parent

__all__ = ["agree", "invite", "join_hub", "load", "tokens"]

BY = Actor.system("demo-federation")
FORWARDING, TELLING = "forwarding.v1", "dossiers.v1"
PATIENCE = 120.0
"""Seconds in which the portals of one machine hear of each other, also where it is busy."""
NAMES = {
    HUB: ("Cổng Dịch vụ công quốc gia", "National public-service portal"),
    HANOI: ("Ủy ban nhân dân thành phố Hà Nội", "Ha Noi People's Committee"),
    HUE: ("Ủy ban nhân dân thành phố Huế", "Hue People's Committee"),
}


def load(member: str, *, at: datetime) -> None:
    """Load the catalogue, agencies and accounts of a member's portal; again changes nothing."""
    load_demo_catalogue(by=BY, at=at)
    open_demo_accounts(agencies=agencies_at(member), by=BY, at=at)
    if member == HUB:
        hub = NewMember(HUB, *NAMES[HUB], HUB, settings.BASE_URL)
        seed_members((hub,), address=settings.BASE_URL, by=BY, at=at)
        offer(TELLING, HUB, at=at)


def tokens(member: str, *, at: datetime) -> dict[str, str]:
    """Return secrets by which the walk acts as each account, by its e-mail address."""
    accounts = open_demo_accounts(agencies=agencies_at(member), by=BY, at=at)
    return {
        each.email: issue_token(
            each.id,
            name="demo-federation",
            days=1,
            scopes=("read", "write"),
            agency=each.agency,
            by=BY,
            at=at,
        )
        for each in accounts
    }


def invite(member: str, *, at: datetime) -> str:
    """Return the code with which a member's portal joins the hub's."""
    return invite_portal(NewMember(member, *NAMES[member]), by=BY, at=at)


def join_hub(member: str, address: str, code: str) -> None:
    """Join the hub, offer to take dossiers, and ask to tell it of them."""
    _kid, joined = ask_to_join(address, code, member, own_address=settings.BASE_URL)
    join(joined, by=BY, at=now())
    offer(FORWARDING, member, at=now())


def agree(member: str, others: list[str]) -> None:
    """
    Ask and grant, until a member has agreed with each of the others; a province then tells the hub.

    :raises TimeoutError: if they do not hear of each other
    """
    for other in others:
        asks = (FORWARDING, "settle-dossier") if member == HUB else (TELLING, "synchronise")
        _until(lambda other=other, asks=asks: _agreed(member, other, *asks))  # type: ignore[misc]
        if member != HUB:
            with suppress(ParentThere):
                add_parent(member, other, by=BY, at=now())


def _agreed(member: str, other: str, service: str, purpose: str) -> bool:
    """Ask for what we need, grant what the other needs; tell whether both are in force."""
    at = now()
    read_peer(other, by=BY, at=at)
    ask_elsewhere(member, other, service, purpose, at=at)
    grant_what_is_asked(member, at=at)
    theirs = TELLING if service == FORWARDING else FORWARDING
    return is_in_force(member, other, service) and is_in_force(other, member, theirs)


def _until(done: Callable[[], bool]) -> None:
    """Try until it is so; what the other's worker does at the same moment may come between."""
    limit, last = time.monotonic() + PATIENCE, ""
    while time.monotonic() < limit:
        try:
            if done():
                return
        except (Refusal, IntegrityError) as trouble:
            last = f"{type(trouble).__name__} {trouble}"
        time.sleep(0.5)
    raise TimeoutError(last)
