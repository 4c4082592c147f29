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
