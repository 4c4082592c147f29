"""What happens to members, their keys, their services and the agreements between them."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberInvited(Event):
    """A member may join the exchange; ``subject`` is its id."""

    name: ClassVar[str] = "exchange.member-invited"
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberMoved(Event):
    """A member became active, was suspended or left, for a ``reason``; ``subject`` is its id."""

    name: ClassVar[str] = "exchange.member-moved"
    before: str
    after: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyCertified(Event):
    """A member has a new certificate; ``subject`` is the member. Times are ISO 8601."""

    name: ClassVar[str] = "exchange.key-certified"
    kid: str
    valid_from: str
    valid_until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRetired(Event):
    """A newer key signs; this one still holds until ``retires_at``; ``subject`` is the member."""

    name: ClassVar[str] = "exchange.key-retired"
    kid: str
    retires_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRevoked(Event):
    """What a key signs from now on is refused; ``subject`` is the member."""

    name: ClassVar[str] = "exchange.key-revoked"
    kid: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyExpiring(Event):
    """A member's last key ends in at most ``days``; ``subject`` is the member."""

    name: ClassVar[str] = "exchange.key-expiring"
    kid: str
    days: int
    valid_until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceOpened(Event):
    """A member offers a service, or has changed what it is; ``subject`` is ``member/code``."""

    name: ClassVar[str] = "exchange.service-opened"
    owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceClosed(Event):
    """A service is no longer offered; ``subject`` is ``member/code``."""

    name: ClassVar[str] = "exchange.service-closed"
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementAsked(Event):
    """A consumer asks to call a service; ``subject`` is the agreement."""

    name: ClassVar[str] = "exchange.agreement-asked"
    consumer: str
    provider: str
    service: str
    owner: str
    purposes: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementMoved(Event):
    """One step was taken on an agreement, which makes it a ``version``; ``subject`` is it."""

    name: ClassVar[str] = "exchange.agreement-moved"
    consumer: str
    provider: str
    service: str
    owner: str
    step: str
    after: str
    reason: str
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementExpiring(Event):
    """An agreement ends in at most ``days``; ``subject`` is the agreement."""

    name: ClassVar[str] = "exchange.agreement-expiring"
    consumer: str
    provider: str
    service: str
    owner: str
    days: int
    valid_until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UpstreamSet(Event):
    """A service is answered by a system at ``url``, or no longer; ``subject`` as for services."""

    name: ClassVar[str] = "exchange.upstream-set"
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LogContradicted(Event):
    """
    A member's log is not the one it showed before; ``subject`` is the member.

    ``size`` is that of the signed head that it contradicts.
    """

    name: ClassVar[str] = "exchange.log-contradicted"
    size: int
    fault: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LogBreakAccepted(Event):
    """
    Somebody decided, for a ``reason``, to go on with a member's log that contradicts its heads.

    ``subject`` is the member, ``size`` that of the largest head that it contradicts. A log kept
    here goes on from ``kept`` entries.
    """

    name: ClassVar[str] = "exchange.log-break-accepted"
    size: int
    kept: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallsRefused(Event):
    """
    ``calls`` of a member (``subject``) were refused in two days, for the reason ``code``.

    ``day`` is the second of them (ISO 8601).
    """

    name: ClassVar[str] = "exchange.calls-refused"
    code: str
    calls: int
    day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BodiesShown(Event):
    """Somebody was given what an exchange (``subject``) carried, and said ``why``."""

    name: ClassVar[str] = "exchange.bodies-shown"
    log: str
    parts: list[str]
    why: str
