"""Passphrases: one spelling of each, checked in the same time whether the account exists or not."""

import unicodedata
from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from motcua.identity.models import Account


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
        return Account.objects.filter(pk=user_id, is_active=True).first()
