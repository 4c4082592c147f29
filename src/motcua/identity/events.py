"""What happens to accounts. Subjects are account ids unless said otherwise."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationAsked(Event):
    """Somebody asked for an account, or for the code again; ``subject`` is the registration."""

    name: ClassVar[str] = "identity.registration-asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountOpened(Event):
    name: ClassVar[str] = "identity.account-opened"


@dataclass(frozen=True, slots=True, kw_only=True)
class ResetAsked(Event):
    """Somebody forgot a passphrase; ``subject`` is an account, or ``-`` when none was meant."""

    name: ClassVar[str] = "identity.reset-asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class PassphraseChanged(Event):
    name: ClassVar[str] = "identity.passphrase-changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactChanged(Event):
    """Phone, e-mail or language changed; ``fields`` names which, never the values."""

    name: ClassVar[str] = "identity.contact-changed"
    fields: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityProven(Event):
    """An official of ``agency`` compared the account with the person's card and face."""

    name: ClassVar[str] = "identity.identity-proven"
    agency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenIssued(Event):
    name: ClassVar[str] = "identity.token-issued"
    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LookQuestioned(Event):
    """A person asks ``agency`` why one of its officials looked at their data."""

    name: ClassVar[str] = "identity.look-questioned"
    look: int
    agency: str
    looked_by: str
    looked_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyRegistered(Event):
    """Somebody without an account is known from now on; ``subject`` is the party."""

    name: ClassVar[str] = "identity.party-registered"
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyCorrected(Event):
    """An official saw a party's papers; ``fields`` names what changed, never the values."""

    name: ClassVar[str] = "identity.party-corrected"
    fields: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityRecorded(Event):
    """
    ``agent`` may act for ``principal`` until the end of the day ``until``.

    ``subject`` is the authority; ``confirmed`` unless its agent alone declared it, or its principal
    ``offered`` it and it is still to be accepted.
    """

    name: ClassVar[str] = "identity.authority-recorded"
    kind: str
    principal: str
    agent: str
    until: str
    confirmed: bool
    offered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthoritySupported(Event):
    """Its agent showed the paper it rests on, ``document``, and said which procedures it covers."""

    name: ClassVar[str] = "identity.authority-supported"
    principal: str
    agent: str
    document: str
    procedures: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityConfirmed(Event):
    """An official or the other of the two says that it is right, or accepts what was offered."""

    name: ClassVar[str] = "identity.authority-confirmed"
    kind: str
    principal: str
    agent: str
    accepted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityLimited(Event):
    """
    A letter that was written down for all procedures covers ``procedures`` alone from now on.

    Where there is none, it only ends sooner: with the day ``until``.
    """

    name: ClassVar[str] = "identity.authority-limited"
    kind: str
    principal: str
    agent: str
    until: str
    procedures: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityEnded(Event):
    """
    ``agent`` may no longer act for ``principal`` by the authority ``subject``.

    ``reason`` is ``expired``, or why it was revoked, empty when one of the two gave none.
    """

    name: ClassVar[str] = "identity.authority-ended"
    kind: str
    principal: str
    agent: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RelativeDeclared(Event):
    """An official declared a relative; ``subject`` is the official."""

    name: ClassVar[str] = "identity.relative-declared"
    relation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RelativeForgotten(Event):
    """An official took a declared relative back; ``subject`` is the official."""

    name: ClassVar[str] = "identity.relative-forgotten"
    relation: str
