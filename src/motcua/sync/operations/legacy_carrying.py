"""Bringing a batch to a parent that speaks the old portal's interface."""

from collections.abc import Callable
from typing import Any

from motcua.agencies.queries.agencies import names_of
from motcua.kernel.errors import Unavailable
from motcua.kernel.text import N_
from motcua.sync.adapters.legacy import LegacyRefused, LegacySystem
from motcua.sync.adapters.passwords import password_of
from motcua.sync.models import Parent
from motcua.sync.queries.origins import codes_there
from motcua.sync.rules.legacy.writing import dossier_text, status_text, step_text
from motcua.sync.rules.outward import Batch, Carried, Kind, NotTaken, cut

__all__ = ["carry_legacy"]

GIVEN_UP = 8
"""Failures after which one thing that is refused by itself is set aside, so that others go on."""


class NoPassword(Unavailable):
    code = "sync.no-password"
    message = N_(
        "This machine has no password for {parent}. Give it one: motcua sync parent password"
    )


def carry_legacy(parent: Parent, batch: Batch) -> Carried:
    """
    Send a batch by the old verbs; what is not taken is set aside, the rest has arrived.

    Sent twice, it is an update there. Where everything is refused, nothing has arrived.

    :raises NoPassword: if there is none here
    :raises SystemAway: if there is no answer
    :raises LegacyRefused: if it refuses everything
    :raises NotToBeCalled: if its address may not be
    """
    password = password_of(parent.pk)
    if password is None:
        raise NoPassword(parent=parent.to)
    done = Carried(parent.sent)
    with LegacySystem(
        parent.address,
        username=parent.username,
        password=password,
        dstcode=parent.dstcode,
        unit=parent.member,
        inside=parent.inside,
    ) as system:
        if parent.kind == Kind.BELOW:
            _below(system, parent, batch, done)
        else:
            _above(system, parent, batch, done)
    return done


def _above(system: LegacySystem, parent: Parent, batch: Batch, done: Carried) -> None:
    names = names_of({said.dossier.agency for said in batch.dossiers})
    begun = {step.code for step in batch.steps if step.status == 1}
    dossiers = [
        dossier_text(said, agency_name=names.get(said.dossier.agency, said.dossier.agency))
        for said in batch.dossiers
    ]
    new = [each for each in dossiers if each["MaHoSo"] in begun]
    known = [each for each in dossiers if each["MaHoSo"] not in begun]
    for update, things in (("False", new), ("True", known)):
        _send(system, parent, "DongBoHoSoMC", things, done, isUpdating=update)
    steps = [step_text(*each) for each in zip(batch.steps, batch.times, strict=True)]
    _send(system, parent, "CapNhatTienDoHoSoMC", steps, done)


def _below(system: LegacySystem, parent: Parent, batch: Batch, done: Carried) -> None:
    persons = {said.dossier.code: said.dossier.person for said in batch.dossiers}
    there = codes_there(persons)
    for step in batch.steps:
        code = step.code
        told = status_text(step, person=persons.get(code, ""), there=there.get(code, ""))
        _each(
            *(parent, "DongBoTrangThaiHoSo", told, done),
            lambda thing: system.send("DongBoTrangThaiHoSo", thing, type="2"),
        )


def _send(
    system: LegacySystem,
    parent: Parent,
    verb: str,
    things: list[dict[str, Any]],
    done: Carried,
    **facts: str,
) -> None:
    """Send things in one call; where that is refused as a whole, one by one."""
    if not things:
        return
    try:
        untaken = system.send(verb, things, **facts)
    except LegacyRefused:
        if len(things) == 1 and parent.failures < GIVEN_UP:
            raise
        before = len(done.refused)
        for thing in things:
            _each(parent, verb, thing, done, lambda one: system.send(verb, [one], **facts))
        if len(done.refused) - before == len(things) and parent.failures < GIVEN_UP:
            raise
    else:
        done.sent += len(things)
        _note(untaken, done)


def _each(
    parent: Parent,
    verb: str,
    thing: dict[str, Any],
    done: Carried,
    send: Callable[[dict[str, Any]], list[tuple[str, str]]],
) -> None:
    try:
        untaken = send(thing)
    except LegacyRefused as refused:
        if verb == "DongBoTrangThaiHoSo" and parent.failures < GIVEN_UP:
            raise
        why = cut(str(refused.facts["said"]), 200)
        done.refused.append(NotTaken(thing["MaHoSo"], why, verb))
    else:
        done.sent += 1
        _note(untaken, done)


def _note(untaken: list[tuple[str, str]], done: Carried) -> None:
    """Set aside what their answer says was not taken."""
    done.refused += [NotTaken(code[:60], cut(why, 200), "") for code, why in untaken]
