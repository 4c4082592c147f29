"""Further fees, for machines and apps: asked for, and taken back where it was a mistake."""

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now
from ninja import Router, Schema
from ninja.decorators import decorate_view
from pydantic import Field

from motcua.backbone.http.actors import actor_of
from motcua.backbone.http.once import once, version_seen
from motcua.dossiers.api.dossiers import Key, Match, MovedOut
from motcua.dossiers.api.further import AFTER, Reason, moved_out
from motcua.dossiers.operations.charging import DEAREST, BillLine, ask_payment
from motcua.dossiers.operations.waiving import waive_fee
from motcua.kernel.money import Dong

router = Router(tags=["dossiers"])


class FeeIn(Schema):
    """A further fee in dong, and the text of law behind it."""

    name: str = Field(max_length=300)
    amount: int = Field(ge=1, le=DEAREST)
    legal: str = Field(max_length=300)


class FeesIn(Schema):
    """Further fees; none to ask for what is owed already."""

    reason: Reason
    fees: list[FeeIn] = Field([], max_length=10)


class WaiverIn(Schema):
    """Why, and the bill of the further fee, such as ``CODE/2``; the one asked last when empty."""

    reason: Reason
    bill: str = Field("", max_length=60)


@router.post("/dossiers/{code}/fees", response=AFTER, summary="Ask for a fee")
@decorate_view(once)
def fees(
    request: HttpRequest,
    code: str,
    body: FeesIn,
    response: HttpResponse,
    key: Key,  # noqa: ARG001
    match: Match,  # noqa: ARG001
) -> MovedOut:
    """Ask the applicant for further fees, or for what is owed; the clock stands still."""
    seen, by, at = version_seen(request), actor_of(request), now()
    lines = [BillLine(fee.name, Dong(fee.amount), "", fee.legal) for fee in body.fees]
    return moved_out(
        ask_payment(code, lines, reason=body.reason, by=by, at=at, seen=seen), response
    )


@router.post("/dossiers/{code}/waivers", response=AFTER, summary="Take back a fee")
@decorate_view(once)
def waive(
    request: HttpRequest,
    code: str,
    body: WaiverIn,
    response: HttpResponse,
    key: Key,  # noqa: ARG001
    match: Match,  # noqa: ARG001
) -> MovedOut:
    """Take back a further fee asked by mistake, as its leader; what came for it goes back."""
    seen, by, at = version_seen(request), actor_of(request), now()
    return moved_out(
        waive_fee(code, body.bill, reason=body.reason, by=by, at=at, seen=seen), response
    )
