"""Choose, change and reset a passphrase."""

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.exceptions import ValidationError

from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.identity.adapters.passphrases import forget_failures, one_spelling
from motcua.identity.events import PassphraseChanged, ResetAsked
from motcua.identity.models import Account
from motcua.identity.rules.persons import email_of
from motcua.kernel.actors import ANONYMOUS, Actor
from motcua.kernel.errors import Invalid, NotFound
from motcua.kernel.text import N_

LONGEST = 200
WRONG_PASSPHRASE = N_("This is not your present passphrase. Type it again.")
TOO_LONG = N_("Use at most 200 characters.")
_links = PasswordResetTokenGenerator()


class PassphraseRefused(Invalid):
    """The fact ``problems`` says at which field and why; its messages are translated already."""

    code = "identity.passphrase-refused"


class LinkSpent(NotFound):
    code = "identity.link-spent"
    message = N_("This link has been used or is too old. Ask for a new one.")


def check_strength(passphrase: str, account: Account | None = None) -> str:
    """
    Return a passphrase as it is kept.

    :raises PassphraseRefused: if it is too easy to guess
    """
    spelled = one_spelling(passphrase)
    if len(spelled) > LONGEST:
        raise PassphraseRefused(problems=[{"at": "passphrase", "message": TOO_LONG}])
    try:
        validate_password(spelled, account)
    except ValidationError as error:
        raise PassphraseRefused(
            problems=[{"at": "passphrase", "message": text} for text in error.messages]
        ) from None
    return spelled


@one_transaction
def change_passphrase(old: str, new: str, *, by: Actor, at: datetime) -> None:
    """
    Change the actor's own passphrase; all their other sessions end.

    :raises PassphraseRefused: if ``old`` is wrong or ``new`` too easy to guess
    """
    account = Account.objects.select_for_update().get(pk=by.id)
    if not account.check_password(one_spelling(old)):
        raise PassphraseRefused(problems=[{"at": "old", "message": WRONG_PASSPHRASE}])
    _change(account, new, by=by, at=at)


@one_transaction
def ask_reset(email: str, *, at: datetime) -> None:
    """Have a link mailed to the owner of ``email``; nothing tells whether there is one."""
    key = Account.objects.filter(email=email_of(email), is_active=True).values_list("pk", flat=True)
    announce(ResetAsked(subject=str(key.first() or "-")), by=ANONYMOUS, at=at)


def reset_key_of(account: Account) -> str:
    """Return the secret part of a reset link: good for one change, within an hour."""
    return f"{account.pk}.{_links.make_token(account)}"


def check_reset_key(key: str) -> Account:
    """
    Return the account a reset link is for.

    :raises LinkSpent: if the link was used, is too old, or never was one
    """
    account_id, _, token = key.partition(".")
    account = Account.objects.known_as(account_id).filter(is_active=True).first()
    if account is None or not _links.check_token(account, token):
        raise LinkSpent
    return account


@one_transaction
def reset_passphrase(key: str, new: str, *, at: datetime) -> None:
    """
    Set a new passphrase by a mailed link; the link and all sessions end, a lock-out is lifted.

    :raises LinkSpent: if the link was used or is too old
    :raises PassphraseRefused: if ``new`` is too easy to guess
    """
    account = check_reset_key(key)
    Account.objects.select_for_update().get(pk=account.pk)
    _change(account, new, by=Actor(id=str(account.pk), name=account.name), at=at)
    forget_failures(str(account.pk))


def _change(account: Account, new: str, *, by: Actor, at: datetime) -> None:
    account.set_password(check_strength(new, account))
    account.save(update_fields=["password"])
    announce(PassphraseChanged(subject=str(account.pk)), by=by, at=at)
