"""What a person tells about themselves, brought to one form and checked."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import phonenumbers

from motcua.kernel.personal_id import FLAW_MESSAGES, Flaw, Sex, flaw_in
from motcua.kernel.text import N_

LANGUAGES = ("vi", "en")
EARLIEST = date(1900, 1, 1)
_EMAIL = re.compile(
    r"[^@\s\"(),:;<>\[\\\]]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}"
)
_BETWEEN_DIGITS = str.maketrans("", "", " .-\u00a0\t")

NAME_NEEDED = N_("Enter your full name, as on your ID card.")
BIRTH_DATE_WRONG = N_("Enter a birth date that is a real day in the past, such as 14/3/1995.")
SEX_NEEDED = N_("Choose the sex that is on your ID card.")
PHONE_WRONG = N_("Enter a phone number that can be called, such as 0912 345 678.")
EMAIL_WRONG = N_("Enter an e-mail address such as ten@example.vn.")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to correct: the field it stands at, and an English translation key."""

    at: str
    message: str


@dataclass(frozen=True, slots=True)
class Details:
    """A person as typed or as kept; ``tidy`` makes the one of the other."""

    personal_id: str
    name: str
    birth_date: date | None
    sex: str
    phone: str
    email: str
    language: str = "vi"


def tidy(typed: Details) -> Details:
    """Return ``typed`` in the one form in which it is compared and kept."""
    return replace(
        typed,
        personal_id=digits_of(typed.personal_id),
        name=" ".join(unicodedata.normalize("NFC", typed.name).split()),
        phone=phone_of(typed.phone) or typed.phone.strip(),
        email=email_of(typed.email),
        language=typed.language if typed.language in LANGUAGES else LANGUAGES[0],
    )


def digits_of(text: str) -> str:
    """Return a number without the spaces, dots and hyphens that people group it by."""
    return text.translate(_BETWEEN_DIGITS)


def email_of(text: str) -> str:
    """Return an address in the one spelling by which it is looked up."""
    return unicodedata.normalize("NFC", text).strip().lower()


def phone_of(text: str) -> str | None:
    """Return a Vietnamese or international number as E.164, ``None`` when it cannot be called."""
    try:
        number = phonenumbers.parse(text, "VN")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def problems_of(person: Details, *, on: date) -> Iterator[Problem]:
    """Yield everything wrong with tidied details, in the order in which they are asked."""
    if len(person.name) < 2 or len(person.name) > 200 or any(c.isdigit() for c in person.name):
        yield Problem("name", NAME_NEEDED)
    flaw = flaw_in(person.personal_id)
    if flaw is not None:
        yield Problem("personal_id", FLAW_MESSAGES[flaw])
    if person.birth_date is None or not EARLIEST <= person.birth_date <= on:
        yield Problem("birth_date", BIRTH_DATE_WRONG)
    elif flaw is None and flaw_in(person.personal_id, birth_date=person.birth_date):
        yield Problem("birth_date", FLAW_MESSAGES[Flaw.BIRTH_YEAR])
    if person.sex not in set(Sex):
        yield Problem("sex", SEX_NEEDED)
    elif flaw is None and flaw_in(person.personal_id, sex=person.sex):
        yield Problem("sex", FLAW_MESSAGES[Flaw.SEX])
    yield from problems_of_contact(person.phone, person.email)


def problems_of_contact(phone: str, email: str) -> Iterator[Problem]:
    """Yield what is wrong with a tidied phone number and e-mail address."""
    if phone_of(phone) != phone:
        yield Problem("phone", PHONE_WRONG)
    if len(email) > 254 or not _EMAIL.fullmatch(email):
        yield Problem("email", EMAIL_WRONG)
