"""Ask peers what they saw of our log, and see whether theirs only grew."""

from datetime import datetime

from motcua.exchange.operations.calling import call
from motcua.exchange.operations.witnessing import PURPOSE, SERVICE, compare, question_for
from motcua.exchange.queries.members import MemberState, members
from motcua.kernel.actors import Actor


def peers() -> tuple[str, ...]:
    """Return the active members that answer elsewhere."""
    everybody = members()
    ours = {each.address for each in everybody if each.ours}
    return tuple(
        each.id
        for each in everybody
        if not each.ours
        and each.state is MemberState.ACTIVE
        and each.address
        and each.address not in ours
    )


def compare_with(peer: str, *, log: str, by: Actor, at: datetime) -> tuple[str, ...]:
    """
    Exchange heads with a peer and return the faults found; each is kept, and announced once.

    :raises Unavailable: if the peer does not answer
    :raises CallRefused: if it refuses
    """
    question, checked = question_for(peer, log=log)
    answer = call(peer, SERVICE, body=question, purpose=PURPOSE, at=at, consumer=log, timeout=10.0)
    return compare(peer, answer.body, checked, log=log, by=by, at=at)
