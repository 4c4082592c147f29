"""What portals tell each other of members, services and agreements, and how it is read."""

from datetime import datetime
from typing import TypeVar

import msgspec

from motcua.exchange.rules.states import MemberState, Standing
from motcua.kernel.errors import Invalid
from motcua.kernel.reading import NotReadable, read_json
from motcua.kernel.text import N_

T = TypeVar("T")
SERVICE = "directory.v1"
PURPOSE = "synchronise"


class NotADirectory(Invalid):
    code = "exchange.not-a-directory"
    message = N_("This is not what a portal tells of its members: {problem}.")


class Certified(msgspec.Struct, frozen=True):
    """A certificate with what has become of it."""

    kid: str
    pem: str
    retires_at: datetime | None = None
    revoked_at: datetime | None = None
    revoked_reason: str = ""


class Known(msgspec.Struct, frozen=True):
    """A member."""

    id: str
    title: str
    state: MemberState
    since: datetime
    title_en: str = ""
    address: str = ""
    certificates: list[Certified] = []


class Offered(msgspec.Struct, frozen=True):
    """A service on offer."""

    provider: str
    code: str
    title: str
    title_en: str
    owner: str
    openapi: dict[str, object]


class Told(msgspec.Struct, frozen=True):
    """An agreement; officials are named, their ids mean something at home only."""

    id: str
    consumer: str
    provider: str
    service: str
    purposes: list[str]
    standing: Standing
    valid_from: datetime
    valid_until: datetime
    reason: str
    legal_basis: str
    asked_by: str
    asked_by_name: str
    asked_at: datetime
    per_day: int | None = None
    per_minute: int | None = None
    first_by: str = ""
    first_by_name: str = ""
    first_at: datetime | None = None
    second_by: str = ""
    second_by_name: str = ""
    second_at: datetime | None = None
    told: str = ""
    ended_at: datetime | None = None
    renews: str = ""


class Directory(msgspec.Struct, frozen=True):
    """All that one portal tells another."""

    members: list[Known] = []
    services: list[Offered] = []
    agreements: list[Told] = []


class Joining(msgspec.Struct, frozen=True):
    """What a portal sends to join: the code, who it is, where it answers, its request."""

    code: str
    member: str
    address: str
    request: str


class Joined(msgspec.Struct, frozen=True):
    """What it gets: who runs the exchange, its own certificate, and who is believed."""

    hub: Known
    you: Known
    certificate: str
    anchors: str


for _shape in (Directory, Joining, Joined):  # before two threads ask at once
    msgspec.json.Decoder(_shape)


def read_directory(text: bytes) -> Directory:
    """
    Read what a portal tells.

    :raises NotADirectory: if it is something else
    """
    return _read(text, Directory)


def read_joining(text: bytes) -> Joining:
    """
    Read what a portal sends to join.

    :raises NotADirectory: if it is something else
    """
    return _read(text, Joining)


def read_joined(text: bytes) -> Joined:
    """
    Read the answer to that.

    :raises NotADirectory: if it is something else
    """
    return _read(text, Joined)


def _read(text: bytes, kind: type[T]) -> T:
    try:
        return read_json(text, kind)
    except NotReadable as why:
        raise NotADirectory(problem=str(why)) from None
