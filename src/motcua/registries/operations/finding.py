"""Look for a record in a national registry, and tell whoever was found that somebody did."""

from datetime import datetime

from django.db import transaction

from motcua.backbone.looks import record_looks
from motcua.exchange.operations.subjects import known_persons
from motcua.exchange.queries.agreements import PURPOSES
from motcua.kernel.actors import Actor
from motcua.registries.adapters.base import Asking
from motcua.registries.adapters.registry import registry
from motcua.registries.operations.asking import LOOKED_AT, NotSaidWhy
from motcua.registries.queries.answers import Fact, PersonsFound, Register
from motcua.registries.queries.finding import Finding
from motcua.registries.queries.questions import Answer, NotKnown


def find(
    question: Finding[Fact],
    *,
    purpose: str,
    reference: str = "",
    by: Actor,
    at: datetime,
    timeout: float = 2.0,
) -> Answer[Fact] | NotKnown:
    """
    Look for records whose key is not known; each person found has the look in their own list.

    Never inside a transaction. Unlike a question about somebody, the look can be written down only
    once it is known whom it is about.

    :param purpose: why, a code of the exchange's purposes that the owner takes for looking around
    :param reference: what it belongs to, such as a dossier code
    :param timeout: seconds the registry may take
    :raises NotSaidWhy: if there is no such purpose
    :raises NoSuchRegistry: if this portal does not ask that registry
    :raises Unavailable: if the registry does not answer, refuses, or is not to be trusted
    """
    if purpose not in PURPOSES:
        raise NotSaidWhy
    told = registry(question.register).ask(question, Asking(purpose, at, timeout))
    if isinstance(told, Answer) and isinstance(told.value, PersonsFound):
        _note(told.value, PURPOSES[purpose], reference, by=by, at=at)
    return told


@transaction.atomic(durable=True)
def _note(found: PersonsFound, why: str, reference: str, *, by: Actor, at: datetime) -> None:
    accounts = known_persons([each.id for each in found.persons])
    whom = [accounts.get(each.id, each.id) for each in found.persons]
    what = LOOKED_AT[Register.POPULATION]
    record_looks(whom, what, purpose=why, by=by, at=at, reference=reference)
