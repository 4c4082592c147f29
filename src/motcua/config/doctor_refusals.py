"""Whose calls the exchange refuses."""

from collections.abc import Iterator

from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _

from motcua.config.findings import Finding
from motcua.config.probes import unapplied_migrations
from motcua.exchange.queries.refusals import REASON_OF, refused_lately
from motcua.kernel.actors import Actor

BY = Actor.system("doctor")


def calls_refused() -> Iterator[Finding]:
    """Name each member whose calls were refused more than twice since yesterday, and why."""
    if unapplied_migrations():
        return
    for each in refused_lately(by=BY, at=now()):
        seen = _("{count} calls of {member} refused since yesterday, the last {moment}: {code}")
        moment = f"{localtime(each.last_at):%d/%m/%Y %H:%M}"
        facts = {"count": each.calls, "member": each.member, "moment": moment, "code": each.code}
        reason = REASON_OF.get(each.code)
        advice = _(reason.do) if reason else _("Look at the member's page in the exchange.")
        yield Finding(well=False, seen=seen.format(**facts), advice=advice)
