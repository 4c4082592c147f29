"""Let a service be answered by a system of the agency's own, which only speaks HTTP."""

from datetime import datetime
from functools import partial
from urllib.parse import urlsplit

import httpx

from motcua.backbone.journal import announce
from motcua.backbone.remembered import Remembered
from motcua.backbone.transactions import one_transaction
from motcua.exchange.adapters.sending import Address, Outgoing, send
from motcua.exchange.events import UpstreamSet
from motcua.exchange.models import Service, Upstream
from motcua.exchange.operations.serving import Call, Handler, Reply
from motcua.exchange.rules.access import check_may_decide, is_portal
from motcua.exchange.rules.states import NoSuchService
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Invalid
from motcua.kernel.text import N_

KEPT = ("etag", "last-modified", "location", "retry-after")
_known: Remembered[tuple[str, str], tuple[tuple[str, float], ...]] = Remembered(seconds=5)


class NotAnAddress(Invalid):
    code = "exchange.not-an-address"
    message = N_("“{url}” is not the address of a web service. Write it like http://10.0.0.5/api.")


@one_transaction
def set_upstream(
    provider: str, service: str, url: str, *, by: Actor, at: datetime, timeout: float = 10.0
) -> None:
    """
    Forward the calls of a service to a system of the agency's own; with no ``url``, no longer.

    The system gets the body and the path as they came, and in ``Motcua-*`` headers who asks, under
    which agreement, for what, and the entry in the log. It must be reached by a private network:
    what comes from here has been checked, and is not signed again.

    :param timeout: how many seconds it is waited for
    :raises NoSuchService: if the member offers no such service
    :raises NotYourService: unless a leader or administrator of the data's owner, or the portal
    :raises NotAnAddress: if the address is not one
    """
    row = Service.objects.select_for_update().filter(provider=provider, code=service).first()
    if row is None:
        raise NoSuchService(provider=provider, service=service)
    if not is_portal(by):
        check_may_decide(row.owner, by=by)
    parts = urlsplit(url)
    if url and not (parts.scheme in {"http", "https"} and parts.hostname):
        raise NotAnAddress(url=url)
    if url:
        kept = {"url": url, "timeout": timeout, "changed_at": at, "changed_by": by.id}
        Upstream.objects.update_or_create(service=row, defaults=kept)
    else:
        Upstream.objects.filter(service=row).delete()
    announce(UpstreamSet(subject=f"{provider}/{service}", url=url), by=by, at=at)
    _known.forget()


def upstream_handler(provider: str, service: str) -> Handler | None:
    """Return what forwards a service's calls, as it was set five seconds ago at most."""
    found = _known.get((provider, service), lambda: _read(provider, service))
    return partial(_forward, *found[0]) if found else None


def _read(provider: str, service: str) -> tuple[tuple[str, float], ...]:
    rows = Upstream.objects.filter(service__provider=provider, service__code=service)
    return tuple(rows.values_list("url", "timeout"))


def _forward(url: str, timeout: float, call: Call) -> Reply:
    place = httpx.URL(f"{url.rstrip('/')}/{call.path}".rstrip("/"))
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
    )
    answer = send(outgoing, timeout=timeout)
    more = {name: answer.headers[name] for name in KEPT if name in answer.headers}
    kind = answer.headers.get("content-type", "application/octet-stream")
    return Reply(answer.status, answer.body, kind, more)
