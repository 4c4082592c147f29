"""A linked filing goes on by itself: parts open when their turn comes, or are dropped."""

from datetime import datetime

from django.db import transaction

from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.dossiers.events import LinkedPartDropped, LinkedPartStuck
from motcua.dossiers.models import Dossier, LinkedFiling, LinkedPart
from motcua.dossiers.models.hot import locked_row
from motcua.dossiers.operations.linked_desk import who_filed
from motcua.dossiers.operations.linked_opening import open_part
from motcua.dossiers.operations.steps import move
from motcua.dossiers.queries.carried_parts import carried_parts
from motcua.dossiers.rules.lifecycle import LIFECYCLE, State, Step
from motcua.dossiers.rules.linked import (
    WAITS,
    WITHDRAWN,
    Before,
    PartState,
    hold_of,
    next_of,
)
from motcua.files.operations.keeping import forget
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Conflict, NotFound, Refusal
from motcua.kernel.text import N_


class NoSuchLinkedFiling(NotFound):
    code = "dossiers.no-such-linked-filing"
    message = N_("There is no linked filing {filing} that you may see. Check the code.")


class NothingToWithdraw(Conflict):
    code = "dossiers.nothing-to-withdraw"
    message = N_("Nothing of it can be withdrawn any more. See what became of each part.")


def go_on_after(dossier: str, *, by: Actor, at: datetime) -> None:
    """Let the filing that a dossier is part of go on, if it is part of one."""
    code = LinkedPart.objects.filter(dossier=dossier).values_list("filing__code", flat=True).first()
    if code is not None:
        go_on(code, by=by, at=at)


@one_transaction
def go_on(code: str, *, by: Actor, at: datetime, again: bool = False) -> None:
    """
    Open every part whose turn has come, drop every part that can never come. Twice is as once.

    :param again: try parts that are stuck as well
    :raises NoSuchLinkedFiling: if there is none
    """
    linked = _held(LinkedFiling.objects.select_for_update().filter(code=code).first(), code)
    _settle(linked, by=by, at=at, again=again)


@one_transaction
def withdraw_linked(code: str, *, by: Actor, at: datetime, reason: str = "") -> None:
    """
    Withdraw everything of a filing that can be: dossiers not decided yet, parts not opened yet.

    What another portal processes is withdrawn there.

    :raises NoSuchLinkedFiling: if the actor has none such
    :raises NothingToWithdraw: if all of it is decided, ended or dropped
    """
    linked = _own(code, by=by)
    done = False
    for part in linked.parts.order_by("number"):
        if part.state in WAITS:
            _drop(linked, part, WITHDRAWN, "", by=by, at=at)
            done = True
        elif part.state == PartState.OPENED:
            dossier = locked_row(part.dossier, by)
            if dossier is not None and Step.WITHDRAW in LIFECYCLE[State(dossier.state)]:
                move(dossier, Step.WITHDRAW, by=by, at=at, reason=reason)
                done = True
    if not done:
        raise NothingToWithdraw(filing=code)


@one_transaction
def withdraw_part(code: str, part: str, *, by: Actor, at: datetime) -> None:
    """
    Withdraw a part that was not opened yet, and those that wait for it.

    One that was opened is withdrawn as the dossier it is.

    :raises NoSuchLinkedFiling: if the actor has no such filing or part
    :raises NothingToWithdraw: if it was opened or dropped before
    """
    linked = _own(code, by=by)
    found = linked.parts.filter(part=part).first()
    if found is None:
        raise NoSuchLinkedFiling(filing=code)
    if found.state not in WAITS:
        raise NothingToWithdraw(filing=code)
    _drop(linked, found, WITHDRAWN, "", by=by, at=at)
    _settle(linked, by=by, at=at)


def _own(code: str, *, by: Actor) -> LinkedFiling:
    own = LinkedFiling.objects.visible_to(by).select_for_update()
    return _held(own.filter(code=code).first(), code)


def _held(found: LinkedFiling | None, code: str) -> LinkedFiling:
    if found is None:
        raise NoSuchLinkedFiling(filing=code)
    return found


def _settle(linked: LinkedFiling, *, by: Actor, at: datetime, again: bool = False) -> None:
    """Go through the parts in order; those before one are settled before it."""
    parts = {part.part: part for part in linked.parts.order_by("number")}
    tried = WAITS if again else {PartState.PLANNED}
    if not any(part.state in tried for part in parts.values()):
        return
    known = _known(parts)
    for name, part in parts.items():
        if part.state not in tried:
            continue
        following = next_of(part.after, known)
        if following.why:
            _drop(linked, part, following.why, following.of, by=by, at=at)
            known[name] = Before(PartState.DROPPED)
        elif following.opens:
            _try(linked, part, by=by, at=at)


def _known(parts: dict[str, LinkedPart]) -> dict[str, Before]:
    codes = [part.dossier for part in parts.values() if part.dossier]
    found = {
        code: (State(state), result is not None)
        for code, state, result in Dossier.objects.filter(code__in=codes).values_list(
            "code", "state", "result"
        )
    }
    elsewhere = carried_parts([code for code in codes if code not in found])
    found |= {code: (x.state, bool(x.result)) for code, x in elsewhere.items()}
    return {
        name: Before(PartState(part.state), *found.get(part.dossier, (None, False)))
        for name, part in parts.items()
    }


def _try(linked: LinkedFiling, part: LinkedPart, *, by: Actor, at: datetime) -> None:
    """Open a part; where it is refused, it stands with the reason, to be tried again."""
    try:
        with transaction.atomic():
            open_part(linked, part, by=by, at=at)
    except Refusal as refusal:
        part.refresh_from_db()
        reason = _told(refusal)
        if part.state == PartState.STUCK and part.reason == reason:
            return
        part.state, part.reason = PartState.STUCK, reason
        part.save(update_fields=["state", "reason"])
        stuck = LinkedPartStuck(
            subject=linked.code, part=part.part, applicant=linked.applicant, reason=refusal.code
        )
        announce(stuck, by=by, at=at)


def _told(refusal: Refusal) -> dict[str, object]:
    facts = {name: str(fact) for name, fact in refusal.facts.items() if not isinstance(fact, list)}
    problems = refusal.facts.get("problems")
    listed = [each["message"] for each in problems] if isinstance(problems, list) else []
    return {"message": refusal.message, "facts": facts, "problems": listed}


def _drop(
    linked: LinkedFiling, part: LinkedPart, why: str, of: str, *, by: Actor, at: datetime
) -> None:
    """Drop a part and forget the files that were held for it."""
    names = linked.parts.filter(part=of).values_list("name", "name_en").first() or ("", "")
    for files in part.papers.values():
        for file in files if isinstance(files, list) else ():
            hold = hold_of(linked.code, part.part)
            forget(file, by=who_filed(linked), at=at, held_by=hold)
    part.state, part.ended_at = PartState.DROPPED, at
    part.reason = {"message": why, "facts": {"part": names[0], "part_en": names[1]}}
    part.save(update_fields=["state", "ended_at", "reason"])
    dropped = LinkedPartDropped(
        subject=linked.code, part=part.part, applicant=linked.applicant, asked=why == WITHDRAWN
    )
    announce(dropped, by=by, at=at)
