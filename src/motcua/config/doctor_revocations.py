"""Whether it is known what outside authorities of the exchange have revoked."""

from collections.abc import Iterator

from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _

from motcua.config.findings import Finding
from motcua.config.probes import unapplied_migrations
from motcua.exchange.queries.revocations import (
    TROUBLES,
    ListKnown,
    authorities_without_list,
    lists_known,
)
from motcua.exchange.queries.statuses import statuses_known
from motcua.kernel.actors import Actor

BY = Actor.system("doctor")


def revocations_read() -> Iterator[Finding]:
    """Look at each list that is wanted, and for authorities of which none was ever read."""
    if unapplied_migrations():
        return
    for each in (*lists_known(by=BY), *statuses_known(by=BY)):
        yield _found(each)
    for name in authorities_without_list(by=BY):
        seen = _("what {name} revokes was never read").format(name=name)
        advice = _("Name its list in EXCHANGE_REVOCATIONS: an address, or a file.")
        yield Finding(well=False, seen=seen, advice=advice)


def _found(each: ListKnown) -> Finding:
    why = _(TROUBLES.get(each.trouble, each.trouble)) if each.trouble else _("no newer one came")
    moment = f"{localtime(each.believed_until):%d/%m/%Y %H:%M}"
    facts = {"place": each.where, "moment": moment, "why": why}
    standing = each.standing(now())
    if standing == "good" and not each.trouble:
        return Finding(well=True, seen=_("revoked keys: read from {place}").format(**facts))
    if standing == "too-old":
        seen = _("revoked keys: {place} is too old ({why}); keys are refused since {moment}")
    else:
        seen = _("revoked keys: {place} not read ({why}); keys are believed until {moment}")
    advice = _("Let {place} be reached, or name a newer list in EXCHANGE_REVOCATIONS.")
    return Finding(well=False, seen=seen.format(**facts), advice=advice.format(**facts))
