"""A member whose key another portal certifies has a new one certified over the exchange itself."""

from datetime import datetime, timedelta
from typing import Any

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction

from motcua.backbone.limits import check_rate
from motcua.exchange.adapters.keyfiles import authority, folder, keep_private, private_key
from motcua.exchange.models import Certificate, Peer
from motcua.exchange.operations.calling import call
from motcua.exchange.operations.keys import (
    OVERLAP,
    NoAuthority,
    certify_request,
    import_certificate,
)
from motcua.exchange.operations.members import check_administers, locked_member
from motcua.exchange.operations.serving import Call, Reply
from motcua.exchange.rules.authority import request_for
from motcua.exchange.rules.certificates import kid_of
from motcua.exchange.rules.directory import PURPOSE
from motcua.kernel.actors import Actor

__all__ = ["SERVICE", "answer_renewal", "certified_by_hub", "openapi", "renew_key"]

SERVICE = "certificates.v1"
TIMEOUT = 20.0
A_DAY = 10
"""How many keys a member may have certified in a day: whoever stole one must not make many."""


def answer_renewal(call: Call) -> Reply:
    """
    Answer ``certificates.v1``: certify the key in the body; the same again is answered alike.

    The caller's present key, which signed the call, vouches for it.

    :raises TooOften: at more than ten requests a day
    :raises NoAuthority: if this portal has no authority of its own
    :raises NotARequest: if it cannot be read, or its signature is wrong
    :raises RequestOfAnother: if it names somebody else than who signed the call
    """
    check_rate("exchange.renewal", call.consumer, times=A_DAY, seconds=86_400, at=call.at)
    request = call.body.read().decode(errors="replace")
    pem = certify_request(call.consumer, request, by=Actor.system("exchange"), at=call.at)
    return Reply(body=msgspec.json.encode({"certificate": pem}))


def renew_key(member: str, *, by: Actor, at: datetime, retire: timedelta = OVERLAP) -> str:
    """
    Make a key for a member of ours, have its hub certify it, and sign with it; return its name.

    The call is signed by the present key, which holds on for ``retire``. Asked again after an
    answer was lost, it sends the same key.

    :raises NoSuchMember: if there is no such member
    :raises NotYourMember: if the actor does not administer it
    :raises NoAuthority: if the member has joined no other portal's exchange
    :raises MemberDown: if the hub does not answer; nothing has changed
    :raises CallRefused: if the hub says no
    """
    with transaction.atomic():
        check_administers(locked_member(member), by=by)
    hub = Peer.objects.filter(hub=True).values_list("member_id", flat=True).first()
    if hub is None:
        raise NoAuthority(member=member)
    place = folder(member) / "renewing.key"
    private = private_key(place)
    if private is None:
        private = Ed25519PrivateKey.generate()
        keep_private(place, private)
    kid = kid_of(private.public_key())
    more: dict[str, Any] = {"content_type": "application/pkcs10", "timeout": TIMEOUT}
    request = request_for(member, private).encode()
    reply = call(hub, SERVICE, body=request, purpose=PURPOSE, at=at, consumer=member, **more)
    certificate = msgspec.json.decode(reply.body, type=dict[str, str])["certificate"]
    if private_key(folder(member) / f"{kid}.key") is None:
        keep_private(folder(member) / f"{kid}.key", private)
    if not Certificate.objects.filter(pk=kid).exists():
        import_certificate(member, certificate, by=by, at=at, retire=retire)
    place.unlink(missing_ok=True)
    return kid


def certified_by_hub() -> bool:
    """Tell whether a hub that we have joined certifies our keys: no authority of ours is here."""
    return authority() is None and Peer.objects.filter(hub=True).exists()


def openapi() -> dict[str, Any]:
    """Return the description of ``certificates.v1``."""
    answer = {"type": "object", "properties": {"certificate": {"type": "string"}}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "certificates", "version": "1"},
        "paths": {
            "/": {
                "post": {
                    "summary": "A member's own new key, as a PKCS #10 request in PEM",
                    "requestBody": {"content": {"application/pkcs10": {}}},
                    "responses": {
                        "200": {
                            "description": "Its certificate in PEM",
                            "content": {"application/json": {"schema": answer}},
                        }
                    },
                }
            }
        },
    }
