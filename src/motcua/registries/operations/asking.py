"""Ask the national registries: for a purpose, within a time, with the look written down."""

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from datetime import datetime
from time import monotonic

from django.db import connections, transaction

from motcua.backbone.aside import aside
from motcua.backbone.looks import record_look
from motcua.exchange.operations.subjects import known_person
from motcua.exchange.queries.agreements import PURPOSES
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Invalid, Unavailable
from motcua.kernel.text import N_
from motcua.registries.adapters.base import Asking, RegistryNotAnswering
from motcua.registries.adapters.registry import NoSuchRegistry, registry
from motcua.registries.queries.answers import Fact, Register
from motcua.registries.queries.questions import Answer, NotKnown, Question

__all__ = ["LOOKED_AT", "About", "NoSuchRegistry", "NotSaidWhy", "Outcome", "ask", "ask_all"]

AT_ONCE = 4
"""Questions one process asks a registry at once; one that drips its answers holds up no other."""
LOOKED_AT = {
    Register.POPULATION: N_("National population database"),
    Register.LAND: N_("National land database"),
    Register.ENTERPRISE: N_("National enterprise register"),
    Register.FINANCE: N_("National finance database"),
    Register.INSURANCE: N_("National insurance database"),
}
"""How a person's own access log names what was looked at."""

Outcome = Answer[Fact] | NotKnown | Unavailable
_pools = {each: ThreadPoolExecutor(AT_ONCE, thread_name_prefix=each) for each in Register}


class NotSaidWhy(Invalid):
    code = "registries.not-said-why"
    message = N_("Say what the registry is asked for: choose one of the purposes of the exchange.")


@dataclass(frozen=True, slots=True)
class About:
    """
    Whom and what questions are about, for the access log.

    ``person`` is the id of the account concerned, empty where there is none: then the look stands
    under the personal id. ``reference`` is what it belongs to, such as a dossier code.
    """

    person: str = ""
    reference: str = ""


def ask(
    question: Question[Fact],
    *,
    purpose: str,
    about: About,
    by: Actor,
    at: datetime,
    timeout: float = 2.0,
) -> Answer[Fact] | NotKnown:
    """
    Ask one question; the look is in the person's access log before the registry is asked.

    Never inside a transaction. Nothing of the answer is kept: whoever needs a proof keeps it.

    :param purpose: a code of ``exchange.queries.agreements.PURPOSES``
    :param timeout: seconds after which one goes on without an answer
    :raises NotSaidWhy: if there is no such purpose
    :raises NoSuchRegistry: if this portal does not ask that registry
    :raises Unavailable: if the registry does not answer in time, refuses, or is not to be trusted
    """
    registry(question.register)
    (found,) = ask_all([question], purpose=purpose, about=about, by=by, at=at, within=timeout)
    if isinstance(found, Unavailable):
        raise found
    return found


def ask_all(
    questions: Sequence[Question[Fact]],
    *,
    purpose: str,
    about: About,
    by: Actor,
    at: datetime,
    within: float = 2.0,
) -> list[Outcome]:
    """
    Ask several questions at once; return what became of each, in their order, within the time.

    Who has not answered by then is left out: its place holds the `Unavailable` that says so. One
    that is slow or down takes nothing from the others.

    :raises NotSaidWhy: if there is no such purpose
    """
    end = monotonic() + within
    _note(questions, purpose=purpose, about=about, by=by, at=at)
    under_way = [
        _pools[each.register].submit(
            _asked, each, Asking(purpose, at, within, _person(about, each.about)), end
        )
        for each in questions
    ]
    with aside():
        wait(under_way, timeout=max(0.0, end - monotonic()))
    return [
        _outcome(question, future) for question, future in zip(questions, under_way, strict=True)
    ]


def _asked(question: Question[Fact], asking: Asking, end: float) -> Outcome:
    left = end - monotonic()
    if left <= 0:
        return _too_late(question)
    try:
        return registry(question.register).ask(question, replace(asking, timeout=left))
    except Unavailable as problem:
        return problem
    except NoSuchRegistry:
        return _too_late(question)
    finally:
        for connection in connections.all(initialized_only=True):
            connection.close_if_unusable_or_obsolete()


def _outcome(question: Question[Fact], future: "Future[Outcome]") -> Outcome:
    if not future.done():
        future.cancel()
        return _too_late(question)
    return future.result()


def _person(about: About, key: str) -> str:
    """Return under whose id the look stands: the account's, else the number asked for."""
    return about.person or known_person(key) or key


def _looker(by: Actor, person: str) -> Actor:
    """Return who looks; one's own look is the portal's, so that it is written down too."""
    own = by.is_anonymous or by.id == person
    return Actor.system("registries") if own else by


def _too_late(question: Question[Fact]) -> RegistryNotAnswering:
    return RegistryNotAnswering(registry=str(question.register))


@transaction.atomic(durable=True)
def _note(
    questions: Sequence[Question[Fact]], *, purpose: str, about: About, by: Actor, at: datetime
) -> None:
    """Write the looks down, one a register; also one's own, which the portal makes for one."""
    if purpose not in PURPOSES:
        raise NotSaidWhy
    for register, key in {q.register: q.about for q in reversed(questions)}.items():
        record_look(
            _person(about, key),
            LOOKED_AT[register],
            purpose=PURPOSES[purpose],
            by=_looker(by, _person(about, key)),
            at=at,
            reference=about.reference,
        )
