"""Passphrases: one spelling of each, checked in the same time whether the account exists or not."""

import unicodedata
from datetime import datetime
from typing import Any

from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from axes.utils import reset
from django.contrib.auth.backends import BaseBackend
from django.db.models import Q
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from motcua.backbone.statements import Select
from motcua.identity.models import Account
from motcua.identity.rules.persons import digits_of, email_of, phone_of

_active = Select(Account, "WHERE id = %s AND is_active")


def one_spelling(passphrase: str) -> str:
    """Return a passphrase as it is kept: ``ế`` is the same however a keyboard made it."""
    return unicodedata.normalize("NFC", passphrase)


class PassphraseBackend(BaseBackend):
    """Knows an account by its key; finding the key from what was typed is the caller's work."""

    def authenticate(
        self,
        request: HttpRequest | None,  # noqa: ARG002
        username: str | None = None,
        password: str | None = None,
        **_: Any,
    ) -> Account | None:
        """Return the active account with the key ``username`` if ``password`` is its passphrase."""
        if username is None or password is None:
            return None
        spelled = one_spelling(password)
        account = Account.objects.known_as(username).first()
        if account is None:
            Account().set_password(spelled)
            return None
        return account if account.check_password(spelled) and account.is_active else None

    def get_user(self, user_id: Any) -> Account | None:
        """Return the account a session belongs to, while it is active."""
        return _active.first(user_id)


def key_of(typed: str) -> str:
    """
    Return the key of the account meant by a personal id number, e-mail address or phone number.

    What means no account gets a key as well, so that failures are counted alike for both.
    """
    number, phone, email = digits_of(typed), phone_of(typed), email_of(typed)
    wanted = Q(email=email) | Q(personal_id=number)
    if phone is not None:
        wanted |= Q(phone=phone)
    found = Account.objects.filter(wanted).values_list("pk", flat=True).first()
    return str(found or salted_hmac("identity.unknown", email).hexdigest()[:40])


def forget_failures(key: str) -> None:
    """Lift the lock-out of an account."""
    reset(username=key)


def locked_until(key: str, address: str) -> datetime | None:
    """Return when somebody at ``address`` may try this account again."""
    tries = AccessAttempt.objects.filter(username=key, ip_address=address or None)
    latest = tries.order_by("-attempt_time").values_list("attempt_time", flat=True).first()
    return latest + get_cool_off() if latest else None
