"""The code by which a person at the counter shows that an account is in their hands."""

from datetime import datetime, timedelta

from django.utils.crypto import constant_time_compare, salted_hmac

from motcua.kernel.actors import Actor
from motcua.kernel.scope import for_rooms

WINDOW = timedelta(minutes=10)
"""A code is good until the end of the window after the one it was shown in."""
DIGITS = 8


def proof_code(*, by: Actor, at: datetime) -> str:
    """Return the actor's code of this moment: eight digits, good for ten to twenty minutes."""
    return _code(by.id, _window(at))


@for_rooms
def is_proof_code(account: str, typed: str, *, at: datetime) -> bool:
    """Tell whether a code is one that the account's owner was shown a moment ago."""
    digits = "".join(typed.split())
    good = [constant_time_compare(digits, _code(account, _window(at) - back)) for back in (0, 1)]
    return any(good)


def _window(at: datetime) -> int:
    return int(at.timestamp() // WINDOW.total_seconds())


def _code(account: str, window: int) -> str:
    made = salted_hmac("identity.proof-code", f"{account} {window}", algorithm="sha256")
    return f"{int(made.hexdigest(), 16) % 10**DIGITS:0{DIGITS}d}"
