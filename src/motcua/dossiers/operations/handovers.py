"""Handing dossiers over by a list: one official gives, another confirms each or refuses it."""

from collections.abc import Mapping, Sequence, Set
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import F, Max, Q, QuerySet
from django.utils.timezone import localtime

from motcua.agencies.queries.posts import posts_held
from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.dossiers.events import HandOverMade, HandOverSettled
from motcua.dossiers.models import Dossier, HandOver, HandOverItem
from motcua.dossiers.operations.holding import check_somebody_there
from motcua.dossiers.operations.standing import check_stranger
from motcua.dossiers.operations.step_checks import held
from motcua.dossiers.rules.access import WORKERS, NotYourStep, receives_for
from motcua.dossiers.rules.left_out import LeftOut, Why, kept, problems_of
from motcua.dossiers.rules.lifecycle import State
from motcua.kernel.actors import Actor, Role
from motcua.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from motcua.kernel.text import N_

MOST = 100
"""How many dossiers stand on one list."""


PASSED_ON = "Hồ sơ đã chuyển sang cơ quan khác."
"""Why a dossier no longer waits on a list: data of the list."""


class NothingToHandOver(Invalid):
    code = "dossiers.nothing-to-hand-over"
    message = N_("Choose dossiers that are being processed and stand on no open list yet.")


class NotAReceiver(Conflict):
    code = "dossiers.not-a-receiver"
    message = N_("This colleague holds no post in your agency. Choose another, or anybody.")


class NoSuchHandOver(NotFound):
    code = "dossiers.no-such-hand-over"
    message = N_("There is no such hand-over list in your agency.")


class NotYourHandOver(Forbidden):
    code = "dossiers.not-your-hand-over"
    message = N_(
        "This list was made out to a colleague, or by you. The receiver confirms it, or who stands "
        "in for them."
    )


class WhyNotTaken(Invalid):
    code = "dossiers.why-not-taken"
    message = N_("Say why you do not take over {dossier}, so that it can be put right.")


@one_transaction
def hand_over(codes: Sequence[str], receiver: str, *, by: Actor, at: datetime) -> int:
    """
    Make a list of dossiers that are being processed and hand them to a colleague; return its id.

    What cannot stand on it is left out, and the list names it with the reason.

    :param receiver: the colleague's account; empty for whoever in the agency takes it
    :raises NotYourStep: if the actor's post does not work on dossiers
    :raises NothingToHandOver: if none of the dossiers can stand on a list
    :raises NotAReceiver: if the colleague holds no post in the agency
    :raises NobodyInTheirPlace: if the colleague is away and nobody stands in for them
    """
    agency, asked = by.agency or "", list(dict.fromkeys(codes))
    _check_works(by)
    name = _name_of(receiver, agency, by=by, at=at) if receiver else ""
    _one_at_a_time(agency)
    here = Dossier.objects.filter(agency=agency, code__in=asked[:MOST])
    _take_off(HandOverItem.objects.filter(dossier__in=here), by=by, at=at)
    free = here.filter(state=State.IN_PROCESS).exclude(pk__in=_waiting())
    ids = list(free.select_for_update().order_by("pk"))
    on = [each.code for each in ids]
    left = _left_out(asked, here, set(on))
    if not ids:
        raise NothingToHandOver(problems=problems_of(left))
    day = localtime(at).date()
    made = HandOver.objects.create(
        agency=agency,
        day=day,
        number=_next_number(agency, day),
        giver=by.id,
        giver_name=by.name,
        receiver=receiver,
        receiver_name=name,
        left_out=kept(left),
        given_at=at,
    )
    HandOverItem.objects.bulk_create(HandOverItem(hand_over=made, dossier=each) for each in ids)
    told = HandOverMade(subject=str(made.pk), agency=agency, receiver=receiver, dossiers=on)
    announce(told, by=by, at=at)
    return made.pk


@one_transaction
def settle_hand_over(
    list_id: int,
    taken: Sequence[str],
    refused: Mapping[str, str],
    *,
    by: Actor,
    at: datetime,
) -> None:
    """
    Confirm dossiers of a list, or refuse them, each with a remark; the others stay pending.

    The receiver does, or who stands in for them. Whoever confirms a dossier has it in hand from
    then on, where it is their post's.

    :raises NoSuchHandOver: if the agency has no such list
    :raises NotYourStep: if the actor's post does not work on dossiers
    :raises NotYourHandOver: if it is made out to somebody else, or the actor made it
    :raises OwnDossier: if one confirmed is the actor's own, `ConflictOfInterest` if a relative's:
        they refuse it
    :raises WhyNotTaken: if one is refused without a remark
    """
    found = HandOver.objects.select_for_update().filter(pk=list_id, agency=by.agency or "").first()
    if found is None:
        raise NoSuchHandOver
    _check_works(by)
    if by.id == found.giver or found.receiver not in receives_for(by):
        raise NotYourHandOver
    pending = {x.dossier.code: x for x in _pending(found)}
    for code, item in pending.items():
        if code in refused:
            _refuse(item, refused[code], by=by, at=at)
        elif code in taken:
            _take(item, by=by, at=at)
    if not _pending(found):
        found.receiver, found.receiver_name = by.id, by.name
        _end(found, by=by, at=at)


@one_transaction
def take_off_lists(code: str, *, by: Actor, at: datetime) -> None:
    """Let a dossier that was passed on to another agency wait on no list of the one before."""
    _take_off(HandOverItem.objects.filter(dossier__code=code), by=by, at=at)


def _check_works(by: Actor) -> None:
    if by.agency is None or not by.serves(by.agency, *WORKERS):
        raise NotYourStep(step="hand_over")


def _waiting() -> QuerySet[HandOverItem, Any]:
    return HandOverItem.objects.filter(state="pending").values("dossier")


def _left_out(asked: Sequence[str], here: QuerySet[Dossier], on: Set[str]) -> list[LeftOut]:
    """Return what was asked for and is not on the list; one statement, where there is any."""
    if len(on) == len(asked):
        return []
    known = dict(here.annotate(listed=Q(pk__in=_waiting())).values_list("code", "listed"))
    left = []
    for place, code in enumerate(asked):
        if place >= MOST:
            left.append(LeftOut(code, Why.TOO_MANY))
        elif code not in known:
            left.append(LeftOut(code, Why.UNKNOWN))
        elif code not in on:
            left.append(LeftOut(code, Why.LISTED if known[code] else Why.NOT_IN_PROCESS))
    return left


def _one_at_a_time(agency: str) -> None:
    """Let nobody else of the agency make a list meanwhile: what is on one is known, and numbers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"hand-over {agency}"])


def _next_number(agency: str, day: date) -> int:
    """Return the number of the agency's next list of a day."""
    last = HandOver.objects.filter(agency=agency, day=day).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _take_off(items: QuerySet[HandOverItem], *, by: Actor, at: datetime) -> None:
    """Take what is at another agency by now off its open lists; settle those that are done."""
    away = items.filter(state="pending").exclude(dossier__agency=F("hand_over__agency"))
    lists = HandOver.objects.filter(pk__in=away.values("hand_over"))
    for found in lists.select_for_update().order_by("pk"):
        away.filter(hand_over=found).update(state="refused", remark=PASSED_ON, at=at)
        if not _pending(found):
            _end(found, by=by, at=at)


def _end(found: HandOver, *, by: Actor, at: datetime) -> None:
    found.settled_at = at
    found.save(update_fields=["settled_at", "receiver", "receiver_name"])
    announce(HandOverSettled(subject=str(found.pk), agency=found.agency), by=by, at=at)


def _pending(found: HandOver) -> list[HandOverItem]:
    items = found.items.filter(state="pending").select_related("dossier")
    return list(items.select_for_update(of=("self", "dossier")).order_by("pk"))


def _refuse(item: HandOverItem, remark: str, *, by: Actor, at: datetime) -> None:
    remark = remark.strip()[:500]
    if len(remark) < 3:
        code = item.dossier.code
        raise WhyNotTaken(
            dossier=code, problems=[{"at": f"vi-sao-{code}", "message": WhyNotTaken.message}]
        )
    _settle(item, "refused", remark, by=by, at=at)


def _take(item: HandOverItem, *, by: Actor, at: datetime) -> None:
    dossier = item.dossier
    check_stranger(held(dossier), by=by, step="take")
    if by.serves(dossier.agency, Role(dossier.stage_role)):
        dossier.holder, dossier.holder_name = by.id, by.name
        dossier.save(update_fields=["holder", "holder_name"])
    _settle(item, "taken", "", by=by, at=at)


def _settle(item: HandOverItem, state: str, remark: str, *, by: Actor, at: datetime) -> None:
    item.state, item.remark, item.by, item.by_name, item.at = state, remark, by.id, by.name, at
    item.save(update_fields=["state", "remark", "by", "by_name", "at"])


def _name_of(receiver: str, agency: str, *, by: Actor, at: datetime) -> str:
    for post in posts_held(receiver, at=at):
        if post.agency == agency:
            check_somebody_there(agency, [receiver], by=by, at=at)
            return post.holder_name
    raise NotAReceiver
