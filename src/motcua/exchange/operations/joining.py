"""Join the exchange that another portal runs, with the code it gave."""

from datetime import datetime
from pathlib import Path

import httpx
import msgspec
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding

from motcua.backbone.transactions import one_transaction
from motcua.exchange.adapters.keyfiles import (
    folder,
    keep_private,
    keep_public,
    private_key,
)
from motcua.exchange.models import Member, Peer
from motcua.exchange.operations.directories import merge_member
from motcua.exchange.operations.inviting import SHOWN
from motcua.exchange.operations.keys import import_certificate
from motcua.exchange.operations.members import NewMember, invite_member
from motcua.exchange.rules.authority import request_for
from motcua.exchange.rules.certificates import fingerprint, kid_of, trusted
from motcua.exchange.rules.directory import Joined, Joining, read_joined
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Conflict, Unavailable
from motcua.kernel.text import N_

__all__ = ["HubDown", "HubRefused", "NotThatHub", "ask_to_join", "join"]

TIMEOUT = 20.0


class HubDown(Unavailable):
    code = "exchange.hub-down"
    message = N_("The portal at {address} does not answer ({why}). Check the address, try again.")


class HubRefused(Conflict):
    code = "exchange.hub-refused"
    message = N_("The portal at {address} said no: {said}")


class NotThatHub(Conflict):
    code = "exchange.not-that-hub"
    message = N_(
        "The portal at {address} is not the one that gave this code: its authority is another. "
        "Check the address, and that nobody stands between."
    )


def ask_to_join(address: str, code: str, member: str, *, own_address: str) -> tuple[str, Joined]:
    """
    Make a key, send its request with the code, and return the key's name and the answer.

    Asked again with the same code, it sends the same key: the answer may have been lost.

    :raises HubDown: if there is no answer
    :raises HubRefused: if the portal says no
    :raises NotThatHub: if its authority is not the one that the code names
    """
    secret, _dot, shown = code.partition(".")
    place = folder(member) / "joining.key"
    private = _kept(place)
    joining = Joining(secret, member, own_address.rstrip("/"), request_for(member, private))
    url = f"{address.rstrip('/')}/trao-doi/.well-known/join/"
    try:
        answer = httpx.post(url, content=msgspec.json.encode(joining), timeout=TIMEOUT)
    except httpx.HTTPError as error:
        raise HubDown(address=address, why=str(error)) from error
    if answer.status_code != 200:
        raise HubRefused(address=address, said=_said(answer))
    joined = read_joined(answer.content)
    kid = kid_of(private.public_key())
    if not (folder(member) / f"{kid}.key").exists():
        keep_private(folder(member) / f"{kid}.key", private)
    return kid, msgspec.structs.replace(joined, anchors=_anchor_of(joined, shown, address))


@one_transaction
def join(joined: Joined, *, by: Actor, at: datetime) -> None:
    """
    Believe the authority of a hub that was asked to join, and take its certificate.

    :raises UntrustedIssuer: if a certificate is not of the hub's authority
    :raises CertificateOfAnother: if ours names somebody else
    """
    anchors = x509.load_pem_x509_certificates(joined.anchors.encode())
    you = joined.you
    trusted(joined.certificate, you.id, anchors=anchors, at=at)
    for anchor in anchors:
        place = folder("anchors") / f"{fingerprint(anchor)[:32]}.pem"
        keep_public(place, anchor.public_bytes(Encoding.PEM))
    merge_member(joined.hub, by=by, at=at)
    hub = Member.objects.get(pk=joined.hub.id)
    Peer.objects.update_or_create(member=hub, defaults={"hub": True, "since": at})
    if not Member.objects.filter(pk=you.id).exists():
        facts = (you.id, you.title, you.title_en, "", you.address)
        invite_member(NewMember(*facts), by=by, at=at)
    import_certificate(you.id, joined.certificate, by=by, at=at)
    (folder(you.id) / "joining.key").unlink(missing_ok=True)


def _kept(place: Path) -> Ed25519PrivateKey:
    known = private_key(place)
    if known is None:
        known = Ed25519PrivateKey.generate()
        keep_private(place, known)
    return known


def _anchor_of(joined: Joined, shown: str, address: str) -> str:
    """Return the one authority that the code names; what else came with it is not believed."""
    try:
        anchors = x509.load_pem_x509_certificates(joined.anchors.encode())
    except ValueError:
        anchors = []
    for each in anchors:
        if len(shown) >= SHOWN and fingerprint(each).startswith(shown):
            return each.public_bytes(Encoding.PEM).decode()
    raise NotThatHub(address=address)


def _said(answer: httpx.Response) -> str:
    try:
        problem = answer.json()
        return str(problem.get("detail") or problem.get("title"))
    except (ValueError, AttributeError):
        return f"HTTP {answer.status_code}"
