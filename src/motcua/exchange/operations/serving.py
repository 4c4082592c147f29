"""Rooms above answer the calls of other members: they register what answers a service."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, BinaryIO
from uuid import UUID

from motcua.exchange.rules.states import NoSuchService
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Forbidden
from motcua.kernel.text import N_

__all__ = [
    "USUAL",
    "Call",
    "NoSuchService",
    "PurposeNotServed",
    "Reply",
    "Served",
    "serve",
    "served",
    "services_served",
]

USUAL = 4 * 2**20
"""The most bytes of a message to a service that reads it into memory."""


class PurposeNotServed(Forbidden):
    code = "exchange.purpose-not-served"
    message = N_("{service} does not answer this for the purpose “{purpose}”, only for: {served}.")


@dataclass(frozen=True, slots=True)
class Call:
    """
    A call by another member, whose signature, digest, agreement and quota hold.

    ``path`` is what follows the service, without a slash before it; ``query`` has no question
    mark. ``headers`` have names in lower case; only those that are signed are there. ``body`` is
    read from its beginning and has ``size`` bytes. ``entry`` names the call in our message log,
    ``at`` is when it came. ``by`` acts for the consumer: ``member:<id>``, without any role.

    A handler that takes long calls ``still`` now and then: it raises a refusal once the agreement
    or the key does not hold any more, five seconds after that at most.
    """

    consumer: str
    provider: str
    service: str
    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: BinaryIO
    size: int
    agreement: str
    purpose: str
    entry: UUID
    at: datetime
    by: Actor
    still: Callable[[], None] = lambda: None

    def check_purpose(self, served: Collection[str]) -> None:
        """
        Let what is asked be asked for these purposes only, whatever else the agreement names.

        :raises PurposeNotServed: if the call is for another one
        """
        if self.purpose not in served:
            said = ", ".join(sorted(served))
            raise PurposeNotServed(service=self.service, purpose=self.purpose, served=said)


@dataclass(frozen=True, slots=True)
class Reply:
    """
    The answer to a call. Status, type and body are signed; more ``headers`` are sent unsigned.

    :ivar body: the whole answer; large ones are asked for in parts
    """

    status: int = 200
    body: bytes = b""
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)


Handler = Callable[[Call], Reply]


@dataclass(frozen=True, slots=True)
class Served:
    """A service that this program can answer, for whichever member offers it; see `serve`."""

    code: str
    handler: Handler
    openapi: Callable[[], dict[str, Any]]
    title_vi: str
    title_en: str
    most: int | None = USUAL


_served: dict[str, Served] = {}


def serve(
    service: str,
    handler: Handler,
    *,
    openapi: Callable[[], dict[str, Any]],
    title_vi: str,
    title_en: str,
    most: int | None = USUAL,
) -> None:
    """
    Let calls of a service be answered by ``handler``; called in ``ready()`` of rooms above.

    The handler runs outside a transaction and opens its own; it may be given the same call twice
    by a consumer that never got the answer, under another signature, so it must be idempotent.
    What it raises of the five families of errors becomes a signed problem document.

    :param service: short words with a version, such as ``dossiers.v1``
    :param openapi: returns the service's description, without ``servers``
    :param most: how many bytes a message to it may have; ``None``: as many as the portal takes
    """
    _served[service] = Served(service, handler, openapi, title_vi, title_en, most)


def served(service: str) -> Served | None:
    """Return a service by its code, or nothing where this program has none."""
    return _served.get(service)


def services_served() -> tuple[Served, ...]:
    """Return every service that this program can answer, by code."""
    return tuple(_served[code] for code in sorted(_served))
