"""Let a service be answered by a system of the agency's own, which only speaks HTTP."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from http.client import HTTPException
from urllib.parse import urlsplit

import httpx
from django.conf import settings

from motcua.backbone.journal import announce
from motcua.backbone.reaching import Barred
from motcua.backbone.remembered import Remembered
from motcua.backbone.transactions import one_transaction
from motcua.exchange.adapters.sending import Address, AnswerTooLarge, Outgoing, probe, send
from motcua.exchange.events import UpstreamSet
from motcua.exchange.models import Service, Upstream
from motcua.exchange.operations.serving import Call, Handler, Reply
from motcua.exchange.rules.access import check_may_decide, is_portal
from motcua.exchange.rules.paths import encoded
from motcua.exchange.rules.states import NoSuchService
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Invalid
from motcua.kernel.reach import is_near, is_never_called, literal_in
from motcua.kernel.text import N_

__all__ = [
    "NoUpstream",
    "System",
    "WrongSystem",
    "check_upstream",
    "set_upstream",
    "upstream_handler",
]

KEPT = ("etag", "last-modified", "location", "retry-after")
LONGEST_WAIT = 60.0
_URL = re.compile(r"https?://[A-Za-z0-9.:\[\]-]+(/[!\"$->@-~]*)?", re.ASCII)
USUAL_MOST = 16 * 2**20
WRONG_URL = N_("Write the address of a web service, such as http://10.0.0.5/api, and no more.")
NEAR_URL = N_(
    "This address is of a private network or of this machine. Confirm that it is meant: whoever "
    "may call the service reaches what answers there."
)
WRONG_WAIT = N_("Write how many seconds to wait: from 1 to {longest}.")
WRONG_MOST = N_("Write how large a message may be: from 1 kB to {most} MB.")
_known: Remembered[tuple[str, str], tuple["System", ...]] = Remembered(seconds=5)


class WrongSystem(Invalid):
    code = "exchange.wrong-system"
    message = N_("Some facts about this system are not right. Correct them and send them again.")


class NoUpstream(Invalid):
    code = "exchange.no-upstream"
    message = N_("No system is set for this service: this portal answers it. Set one first.")


@dataclass(frozen=True, slots=True)
class System:
    """
    An agency's own system.

    :ivar url: where it answers; the path of a call follows
    :ivar timeout: how many seconds it is waited for
    :ivar most: how many bytes a message to it may have
    :ivar inside: whether its address may be of a private network or of this machine
    """

    url: str
    timeout: float = 10.0
    most: int = USUAL_MOST
    inside: bool = False


@dataclass(frozen=True, slots=True)
class Checked:
    """What a test call met: a ``status``, or 0 and a ``trouble``; how long it took."""

    status: int
    trouble: str
    milliseconds: int


@one_transaction
def set_upstream(
    provider: str, service: str, system: System | None, *, by: Actor, at: datetime
) -> None:
    """
    Forward the calls of a service to a system of the agency's own; with none, no longer.

    The system gets the body and the path as they came, and in ``Motcua-*`` headers who asks, under
    which agreement, for what, and the entry in the log. What comes from here has been checked, and
    is not signed again: it must come by a network that nobody else writes to.

    :raises NoSuchService: if the member offers no such service
    :raises NotYourService: unless a leader or administrator of the data's owner, or the portal
    :raises WrongSystem: if the address is none, is near although that is not confirmed, or if a
        limit is none
    """
    row = _decided(provider, service, by=by)
    if system is None:
        Upstream.objects.filter(service=row).delete()
    else:
        system = replace(system, url=system.url.strip().rstrip("/"))
        _check(system)
        kept = {name: getattr(system, name) for name in System.__slots__}
        kept |= {"changed_at": at, "changed_by": by.id}
        Upstream.objects.update_or_create(service=row, defaults=kept)
    url = system.url if system else ""
    announce(UpstreamSet(subject=f"{provider}/{service}", url=url), by=by, at=at)
    _known.forget()


def check_upstream(provider: str, service: str, *, by: Actor) -> Checked:
    """
    Ask the address of a service's system with GET, as no call of a member.

    Any answer shows that somebody is there; it is not read. Never inside a transaction.

    :raises NoSuchService: if the member offers no such service
    :raises NotYourService: unless a leader or administrator of the data's owner, or the portal
    :raises NoUpstream: if no system is set
    """
    row = _decided(provider, service, by=by)
    known = next(iter(_read(provider, service)), None)
    if known is None:
        raise NoUpstream
    start = time.monotonic()
    try:
        status, trouble = probe(known.url, inside=known.inside, timeout=known.timeout), ""
    except TimeoutError:
        status, trouble = 0, "slow"
    except Barred:
        status, trouble = 0, "barred"
    except (OSError, HTTPException, AnswerTooLarge):
        status, trouble = 0, "away"
    assert row.pk
    return Checked(status, trouble, round((time.monotonic() - start) * 1000))


def upstream_handler(provider: str, service: str) -> tuple[Handler, int] | None:
    """Return what forwards a service's calls, and the most bytes of one; 5 s old at most."""
    found = _known.get((provider, service), lambda: _read(provider, service))
    return (partial(_forward, found[0]), found[0].most) if found else None


def _decided(provider: str, service: str, *, by: Actor) -> Service:
    row = Service.objects.filter(provider=provider, code=service).first()
    if row is None:
        raise NoSuchService(provider=provider, service=service)
    if not is_portal(by):
        check_may_decide(row.owner, by=by)
    return row


def _check(system: System) -> None:
    most = settings.EXCHANGE_MOST_BYTES
    checks: tuple[tuple[str, str, Callable[[], bool]], ...] = (
        ("url", WRONG_URL, lambda: _is_address(system.url)),
        ("inside", NEAR_URL, lambda: system.inside or not is_near(system.url)),
        ("timeout", WRONG_WAIT, lambda: 1 <= system.timeout <= LONGEST_WAIT),
        ("most", WRONG_MOST, lambda: 1024 <= system.most <= most),
    )
    limits = {"longest": f"{LONGEST_WAIT:g}", "most": f"{most // 2**20}"}
    wrong = [
        {"at": name, "message": message, **limits} for name, message, right in checks if not right()
    ]
    if wrong:
        raise WrongSystem(problems=wrong)


def _is_address(url: str) -> bool:
    try:
        httpx.URL(url)
        named = bool(_URL.fullmatch(url) and urlsplit(url).hostname)
    except (ValueError, httpx.InvalidURL):
        return False
    known = literal_in(url)
    return named and len(url) <= 300 and not (known is not None and is_never_called(known))


def _read(provider: str, service: str) -> tuple[System, ...]:
    rows = Upstream.objects.filter(service__provider=provider, service__code=service)
    return tuple(System(row.url, row.timeout, row.most, row.inside) for row in rows)


def _forward(system: System, call: Call) -> Reply:
    place = httpx.URL(f"{system.url}/{encoded(call.path)}".rstrip("/"))
    headers = {name: text for name, text in call.headers.items() if name != "content-digest"}
    outgoing = Outgoing(
        call.method,
        Address.of(place.copy_with(query=call.query.encode() or None)),
        headers
        | {
            "motcua-entry": str(call.entry),
            "accept-encoding": "identity",
        },
        call.body.read(),
        call.provider,
        call.service,
        system.inside,
    )
    answer = send(outgoing, timeout=system.timeout)
    more = {name: answer.headers[name] for name in KEPT if name in answer.headers}
    kind = answer.headers.get("content-type", "")
    kind = kind if kind and kind.isascii() else "application/octet-stream"
    return Reply(answer.status, answer.body, kind, more)
