"""Whether message logs are what was signed."""

from collections.abc import Iterator

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from motcua.config.findings import Finding
from motcua.config.probes import unapplied_migrations
from motcua.exchange.queries.breaks import UNREADABLE, held_against_outside, open_breaks
from motcua.exchange.queries.members import kept_logs
from motcua.kernel.actors import Actor

BY = Actor.system("doctor")


def logs_borne_out() -> Iterator[Finding]:
    """Hold each log kept here against the head outside the database; name what else is open."""
    if unapplied_migrations():
        return
    for log in kept_logs():
        yield _log(log)
    for each in open_breaks(by=BY):
        if not each.ours or not held_against_outside(each.log).contradicted:
            seen = _("the log of {member} contradicted its head of {size} entries on {moment}")
            moment = f"{localtime(each.found_at):%d/%m/%Y %H:%M}"
            facts = {"member": each.log, "size": each.size, "moment": moment}
            yield Finding(well=False, seen=seen.format(**facts), advice=_decide(each.log))


def _log(log: str) -> Finding:
    try:
        outside = held_against_outside(log)
    except OSError as error:
        return Finding(well=False, seen=f"{log}: {error}", advice=_("See the cause beside it."))
    size = 0 if outside.head is None else outside.head.head.size
    if outside.contradicted:
        seen = _(
            "the log of {member} contradicts its signed head of {size} entries: none is signed"
        )
        advice = _decide(log)
    elif outside.fault == UNREADABLE:
        seen, advice = _("the head of the log of {member} cannot be read in its file"), _decide(log)
    else:
        seen, advice = _("the log of {member} bears out its signed head of {size} entries"), ""
    return Finding(not outside.fault, seen.format(member=log, size=size), advice)


def _decide(log: str) -> str:
    advice = _(
        "Keep a copy of the database, run motcua exchange verify, find out what happened. Then: "
        "motcua exchange log accept-break {member} --reason …"
    )
    return advice.format(member=log)
