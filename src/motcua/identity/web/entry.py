"""What happens at the door: every way of signing in ends here."""

from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import perform_login
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import now

from motcua.backbone.languages import OF_ACCOUNT
from motcua.identity.adapters.passphrases import PassphraseBackend
from motcua.identity.queries.acting import capacities
from motcua.identity.web.actors import ACTING_FOR
from motcua.kernel.actors import Actor

DESK = "/ban-lam-viec/"
HOME = "/"
BACKEND = "motcua.identity.adapters.passphrases.PassphraseBackend"


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """What allauth asks of us after it has let somebody in."""

    def post_login(
        self, request: HttpRequest, user: Any, *, redirect_url: str | None, **rest: Any
    ) -> HttpResponse:
        """Remember language and agency in the new session, and send officials to their desk."""
        me = Actor(id=str(user.pk), name=user.name)
        choices = capacities(by=me, at=now())
        request.session[OF_ACCOUNT] = user.language
        request.session[ACTING_FOR] = choices[0].agency if choices else ""
        onward = redirect_url or (DESK if choices else HOME)
        if len(choices) > 1:
            onward = f"{reverse('identity:act')}?{urlencode({'next': onward})}"
        answer: HttpResponse = super().post_login(request, user, redirect_url=onward, **rest)
        return answer

    def add_message(self, *_: Any, **__: Any) -> None:
        """Say nothing: our own pages do."""


def let_in(request: HttpRequest, account: Any, back: str, *, new: bool = False) -> HttpResponse:
    """Sign an account in, in a session with a new key, and lead on to ``back``."""
    answer: HttpResponse = perform_login(request, account, redirect_url=back or None, signup=new)
    return answer


def let_in_new(request: HttpRequest, account_id: str, back: str) -> HttpResponse:
    """Sign in the owner of an account that was opened just now."""
    account: Any = PassphraseBackend().get_user(account_id)
    account.backend = BACKEND
    return let_in(request, account, back, new=True)


def keep_session(request: HttpRequest, account_id: str) -> None:
    """Let this session go on, with a new key, after its owner's passphrase was changed."""
    update_session_auth_hash(request, PassphraseBackend().get_user(account_id))  # type: ignore[arg-type]
