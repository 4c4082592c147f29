"""How a person wants to be reached."""

from dataclasses import asdict
from datetime import datetime

from django.db.models import Q

from motcua.backbone.jobs import jobs
from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.identity.adapters.passphrases import one_spelling
from motcua.identity.events import ContactChanged
from motcua.identity.models import Account
from motcua.identity.operations.passphrases import WRONG_PASSPHRASE
from motcua.identity.rules.persons import LANGUAGES, email_of, phone_of, problems_of_contact
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Invalid
from motcua.kernel.text import N_

NOT_FREE = N_("We cannot use this phone number or e-mail address. Give another one.")


class ContactRefused(Invalid):
    """The fact ``problems`` says at which field and why."""

    code = "identity.contact-refused"


@one_transaction
def change_contact(*, phone: str, email: str, passphrase: str, by: Actor, at: datetime) -> None:
    """
    Change the actor's own phone number and e-mail address, by which they also sign in.

    :param passphrase: the present one: an open screen is not enough to take over an account
    :raises ContactRefused: if one of them is wrong or belongs to another account
    """
    account = Account.objects.select_for_update().get(pk=by.id)
    phone, email = phone_of(phone) or phone.strip(), email_of(email)
    problems = [asdict(p) for p in problems_of_contact(phone, email)]
    if not account.check_password(one_spelling(passphrase)):
        problems.append({"at": "passphrase", "message": WRONG_PASSPHRASE})
    elif not problems and _taken(account, phone, email):
        problems.append({"at": "phone", "message": NOT_FREE})
    if problems:
        raise ContactRefused(problems=problems)
    changed = [
        field
        for field, new in (("phone", phone), ("email", email))
        if getattr(account, field) != new
    ]
    if not changed:
        return
    for address in {account.email, email}:
        jobs.configure_task("identity.mail-contact-changed").defer(
            name=account.name, language=account.language, to=address
        )
    account.phone, account.email = phone, email
    account.save(update_fields=["phone", "email"])
    announce(ContactChanged(subject=by.id, fields=changed), by=by, at=at)


@one_transaction
def choose_language(language: str, *, by: Actor, at: datetime) -> None:
    """
    Write to the actor and show them the portal in ``language`` from now on.

    :raises ContactRefused: if it is not ``vi`` or ``en``
    """
    if language not in LANGUAGES:
        raise ContactRefused(problems=[{"at": "language", "message": N_("Choose a language.")}])
    if Account.objects.filter(pk=by.id).exclude(language=language).update(language=language):
        announce(ContactChanged(subject=by.id, fields=["language"]), by=by, at=at)


def _taken(account: Account, phone: str, email: str) -> bool:
    others = Account.objects.exclude(pk=account.pk)
    return others.filter(Q(phone=phone) | Q(email=email)).exists()
