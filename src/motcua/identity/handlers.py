"""Letters about accounts go out after the transaction, by the worker."""

from datetime import datetime

from motcua.backbone.journal import listen
from motcua.identity.events import PassphraseChanged, RegistrationAsked, ResetAsked
from motcua.identity.models import Account, Registration
from motcua.identity.operations.letters import (
    answer_registration,
    confirm_new_passphrase,
    send_reset_link,
)


@listen(RegistrationAsked)
def mail_code(event: RegistrationAsked, now: datetime) -> None:  # noqa: ARG001
    """Answer somebody who wants an account, while their registration is there."""
    asked = Registration.objects.filter(pk=event.subject).first()
    if asked is not None:
        answer_registration(asked)


@listen(ResetAsked)
def mail_reset_link(event: ResetAsked, now: datetime) -> None:  # noqa: ARG001
    """Mail the link, if the address that was typed is somebody's."""
    account = Account.objects.known_as(event.subject).first()
    if account is not None:
        send_reset_link(account)


@listen(PassphraseChanged)
def mail_that_the_passphrase_changed(event: PassphraseChanged, now: datetime) -> None:  # noqa: ARG001
    """Tell the owner, who may not have done it."""
    send = Account.objects.known_as(event.subject).first()
    if send is not None:
        confirm_new_passphrase(send)
