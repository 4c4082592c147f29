"""A system that speaks the old portal's interface: one session, then verbs."""

from hashlib import sha256
from http.client import HTTPException
from typing import Any, Self

import httpx
import msgspec

from motcua.backbone.reaching import Barred
from motcua.exchange.operations.outsiders import AnswerTooLarge, Outsider
from motcua.kernel.errors import Conflict, Forbidden, Unavailable
from motcua.kernel.reading import read_json
from motcua.kernel.text import N_
from motcua.sync.rules.legacy.answers import rows_of, untaken_in
from motcua.sync.rules.legacy.texts import texts_of

__all__ = ["LegacyRefused", "LegacySystem", "NotTheInterface", "NotToBeCalled", "SystemAway"]

TIMEOUT = 30.0
MOST_ANSWER = 8 << 20
SESSION_OVER = frozenset({"401", "-1", "session"})
"""What systems answer where a session is not known any more."""
_sessions: dict[tuple[str, str, str], str] = {}
"""Sessions of this process, by address, name and the password's hash; a refusal ends one."""


class SystemAway(Unavailable):
    code = "sync.system-away"
    message = N_("{system} does not answer. It is tried again.")


class NotTheInterface(SystemAway):
    code = "sync.not-the-interface"
    message = N_("{system} does not answer as the interface says. It is tried again.")


class NotToBeCalled(Forbidden):
    code = "sync.not-to-be-called"
    message = N_(
        "{system} is an address of this machine or a private network. If that is meant, tick so in "
        "its account."
    )


class LegacyRefused(Conflict):
    code = "sync.legacy-refused"
    message = N_("{system} refused {verb}: {said}")


class LegacySystem:
    """
    One such system, signed in to when first needed; a context manager that ends its connections.

    A session is used for as long as it is let: such systems count how often one signs in.

    :param address: base URL, before ``/auth`` and ``/service``
    :param dstcode: whom the messages are for, in the header of that name
    :param unit: what we call ourselves, ``madonvi``
    :param inside: whether it may be on a private network or this machine
    """

    def __init__(
        self,
        address: str,
        *,
        username: str,
        password: str,
        dstcode: str,
        unit: str,
        inside: bool,
    ) -> None:
        self._address = address.rstrip("/")
        self._who = {"username": username, "password": password}
        self._unit = unit
        self._key = (self._address, username, sha256(password.encode()).hexdigest())
        self._headers = {"content-type": "application/json", "dstcode": dstcode}
        self._system = Outsider(self._address, inside=inside, most=MOST_ANSWER)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._system.close()

    def send(
        self, verb: str, data: list[dict[str, Any]] | dict[str, Any], /, **facts: str
    ) -> list[tuple[str, str]]:
        """
        Send a list of things, or one, by a verb; sign in anew, once, where the session is over.

        Return the code of each that was not taken, and why.

        :raises SystemAway: if there is no answer of the right form
        :raises LegacyRefused: if it says no to all of it, or not what it says no to
        :raises NotToBeCalled: if its address may not be
        """
        things, told = [data] if isinstance(data, dict) else data, {**facts, "data": data}
        answer = self._served(verb, told)
        if str(answer.get("error_code")) in SESSION_OVER:
            _sessions.pop(self._key, None)
            answer = self._served(verb, told)
        untaken = untaken_in(answer, things)
        if untaken is None:
            if not rows_of(answer):
                _sessions.pop(self._key, None)
            raise LegacyRefused(system=self._address, verb=verb, said=_said(answer))
        return untaken

    def _served(self, verb: str, facts: dict[str, Any]) -> dict[str, Any]:
        session = _sessions.get(self._key) or self._signed_in()
        _sessions[self._key] = session
        body = {"session": session, "madonvi": self._unit, "service": verb, **facts}
        return self._asked("service", body)

    def _signed_in(self) -> str:
        answer = self._asked("auth", self._who)
        session = str(answer.get("session") or "")
        if str(answer.get("error_code")) != "0" or not session:
            raise LegacyRefused(system=self._address, verb="auth", said=_said(answer))
        return session

    def _asked(self, part: str, body: dict[str, Any]) -> dict[str, Any]:
        told = msgspec.json.encode(body)
        try:
            came = self._system.post(part, told, self._headers, timeout=TIMEOUT)
            found: dict[str, Any] = texts_of(read_json(came, dict))
        except Barred:
            raise NotToBeCalled(system=self._address) from None
        except (HTTPException, httpx.InvalidURL, OSError) as reason:
            raise SystemAway(system=self._address) from reason
        except (ValueError, AnswerTooLarge) as reason:
            raise NotTheInterface(system=self._address) from reason
        return found


def _said(answer: dict[str, Any]) -> str:
    return str(answer.get("message") or answer.get("error_code") or "?")[:300]
