"""From the wish to have an account to the account: the e-mail address is shown to be one's own."""

from dataclasses import asdict
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db.models import F, Q
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.timezone import localdate

from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.identity.events import AccountOpened, RegistrationAsked
from motcua.identity.models import Account, Registration
from motcua.identity.operations.passphrases import PassphraseRefused, check_strength
from motcua.identity.rules.persons import Details, problems_of, tidy
from motcua.kernel.actors import ANONYMOUS, Actor
from motcua.kernel.errors import Conflict, Invalid, NotFound
from motcua.kernel.text import N_

__all__ = [
    "AlreadyKnown",
    "Details",
    "NoRegistration",
    "NotThisPerson",
    "WrongCode",
    "ask_account",
    "ask_code_again",
    "confirm_account",
    "forget_registrations",
    "register",
]

CODE_LIFE = timedelta(hours=1)
TRIES = 5
WRONG_CODE = N_("This code is not right. Check the latest e-mail, or ask for a new code.")


class NotThisPerson(Invalid):
    """The fact ``problems`` lists what does not fit."""

    code = "identity.not-this-person"


class AlreadyKnown(Conflict):
    code = "identity.already-known"
    message = N_("There is an account with this number, phone or e-mail address. Sign in instead.")


class NoRegistration(NotFound):
    code = "identity.no-registration"
    message = N_("The code is too old or was mistyped too often. Start the registration again.")


class WrongCode(Invalid):
    code = "identity.wrong-code"
    message = WRONG_CODE


@one_transaction
def register(details: Details, *, passphrase: str, by: Actor, at: datetime) -> str:
    """
    Open an account for somebody whose data an official or the portal itself vouches for.

    :returns: the id of the account
    :raises NotThisPerson: if the details contradict each other or the passphrase is too weak
    :raises AlreadyKnown: if number, phone or e-mail address belong to an account
    """
    person, spelled = _checked(details, passphrase, at=at)
    return _open(person, make_password(spelled), by=by, at=at)


@one_transaction
def ask_account(details: Details, *, passphrase: str, at: datetime) -> str:
    """
    Keep what a person gave and have a code mailed to them; tells nobody whether they are known.

    :returns: the id of the registration, for the session of the person only
    :raises NotThisPerson: if the details contradict each other or the passphrase is too weak
    """
    person, spelled = _checked(details, passphrase, at=at)
    asked = Registration.objects.create(**asdict(person), password=make_password(spelled), at=at)
    announce(RegistrationAsked(subject=str(asked.pk)), by=ANONYMOUS, at=at)
    return str(asked.pk)


@one_transaction
def ask_code_again(registration: str, *, at: datetime) -> None:
    """
    Have the code mailed once more.

    :raises NoRegistration: if it is too late for that
    """
    asked = _alive(registration, at=at)
    announce(RegistrationAsked(subject=str(asked.pk)), by=ANONYMOUS, at=at)


def confirm_account(registration: str, code: str, *, at: datetime) -> str:
    """
    Open the account: the code shows that the e-mail address is the person's own.

    Each try is counted before the code is compared, so that a hundred tries at once are five.

    :returns: the id of the account
    :raises NoRegistration: after an hour or five tries
    :raises WrongCode: if the code is another
    :raises AlreadyKnown: if number, phone or e-mail address came to belong to an account
    """
    asked = _alive(registration, at=at)
    if not Registration.objects.filter(pk=asked.pk, tries__lt=TRIES).update(tries=F("tries") + 1):
        raise NoRegistration
    if not constant_time_compare(code_of(asked), "".join(code.split())):
        raise WrongCode(problems=[{"at": "code", "message": WRONG_CODE}])
    return _confirmed(asked, at=at)


@one_transaction
def _confirmed(asked: Registration, *, at: datetime) -> str:
    person = Details(**{field: getattr(asked, field) for field in Details.__slots__})
    account_id = _open(person, asked.password, by=ANONYMOUS, at=at)
    Registration.objects.filter(email=asked.email).delete()
    return account_id


@one_transaction
def forget_registrations(*, before: datetime) -> int:
    """Delete what was never confirmed, and return how many there were."""
    return Registration.objects.filter(at__lt=before).delete()[0]


def code_of(asked: Registration) -> str:
    """Return the six digits that are mailed; they follow from the key, so they are kept nowhere."""
    digest = salted_hmac("identity.registration", str(asked.pk), algorithm="sha256").digest()
    return f"{int.from_bytes(digest[:8]) % 1_000_000:06}"


def owners_of(person: Details | Registration) -> list[Account]:
    """Return the accounts that a registration would collide with."""
    return list(
        Account.objects.filter(
            Q(personal_id=person.personal_id) | Q(phone=person.phone) | Q(email=person.email)
        )
    )


def _checked(details: Details, passphrase: str, *, at: datetime) -> tuple[Details, str]:
    person = tidy(details)
    problems = [asdict(p) for p in problems_of(person, on=localdate(at))]
    spelled = ""
    try:
        about = Account(
            name=person.name, email=person.email, phone=person.phone, personal_id=person.personal_id
        )
        spelled = check_strength(passphrase, about)
    except PassphraseRefused as weak:
        found = weak.facts["problems"]
        problems += found if isinstance(found, list) else []
    if problems:
        raise NotThisPerson(problems=problems)
    return person, spelled


def _open(person: Details, password: str, *, by: Actor, at: datetime) -> str:
    account = Account(**asdict(person), password=password, opened_at=at)
    Account.objects.bulk_create([account], ignore_conflicts=True)
    kept = Account.objects.filter(personal_id=person.personal_id, password=password).first()
    if kept is None:
        raise AlreadyKnown
    announce(AccountOpened(subject=str(kept.pk)), by=by, at=at)
    return str(kept.pk)


def _alive(registration: str, *, at: datetime) -> Registration:
    try:
        key = UUID(registration)
    except ValueError:
        raise NoRegistration from None
    fresh = Registration.objects.filter(pk=key, at__gt=at - CODE_LIFE, tries__lt=TRIES)
    asked = fresh.first()
    if asked is None:
        raise NoRegistration
    return asked
