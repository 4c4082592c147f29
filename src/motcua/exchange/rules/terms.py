"""What an agreement may say when it is asked for."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from motcua.exchange.rules.agreements import PURPOSES
from motcua.kernel.errors import Invalid
from motcua.kernel.text import N_, letters

LONGEST = timedelta(days=5 * 366)
MOST_CALLS = 1_000_000_000
WARN_BEFORE = (60, 30, 7)
"""Days before the end of a key or an agreement at which those who answer for it are warned."""

NO_PURPOSE = N_("Choose what the data is for.")
NO_REASON = N_("Write why you need it: those who grant it read this.")
NO_BASIS = N_("Name the law or decision that allows it, such as Decree 278/2025/NĐ-CP, Article 5.")
WRONG_TIME = N_("Choose a last day after the first, not past, and at most five years after it.")
WRONG_QUOTA = N_("Write a whole number from 1 up, or leave it empty for no limit.")


class WrongTerms(Invalid):
    code = "exchange.wrong-terms"
    message = N_("Something is missing in what you ask for. Complete it and send it again.")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a consumer asks a provider for; ``renews`` is the agreement it takes the place of."""

    consumer: str
    provider: str
    service: str
    purposes: tuple[str, ...]
    valid_from: datetime
    valid_until: datetime
    reason: str
    legal_basis: str
    per_day: int | None = None
    per_minute: int | None = None
    renews: str = ""


def check_terms(asked: Asked, *, at: datetime) -> None:
    """
    Check that what is asked for makes sense.

    :raises WrongTerms: if not; its problems say where and why
    """
    lasts = asked.valid_until - asked.valid_from
    wrong = [
        {"at": name, "message": message}
        for name, message, right in (
            ("purposes", NO_PURPOSE, asked.purposes and set(asked.purposes) <= PURPOSES.keys()),
            ("valid_until", WRONG_TIME, timedelta() < lasts <= LONGEST and asked.valid_until > at),
            ("per_day", WRONG_QUOTA, _is_quota(asked.per_day)),
            ("per_minute", WRONG_QUOTA, _is_quota(asked.per_minute)),
            ("reason", NO_REASON, letters(asked.reason) and len(asked.reason) <= 1000),
            ("legal_basis", NO_BASIS, letters(asked.legal_basis) and len(asked.legal_basis) <= 500),
        )
        if not right
    ]
    if wrong:
        raise WrongTerms(problems=wrong)


def warning_due(
    ends: datetime, warned: int | None, *, at: datetime, steps: Collection[int] = WARN_BEFORE
) -> int | None:
    """Return for how many days before the end to warn now; nothing where that was done."""
    left = ends - at
    due = min((days for days in steps if timedelta() < left <= timedelta(days=days)), default=None)
    return due if due is not None and (warned is None or due < warned) else None


def _is_quota(number: int | None) -> bool:
    return number is None or 1 <= number <= MOST_CALLS
