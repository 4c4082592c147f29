"""Whether those who are told of our dossiers have heard of them."""

from collections.abc import Iterator

from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _

from motcua.backbone.sentences import say
from motcua.config.findings import Finding
from motcua.config.probes import unapplied_migrations
from motcua.kernel.actors import Actor
from motcua.sync.queries.parents import ParentStanding, parents

BY = Actor.system("doctor")


def parents_told() -> Iterator[Finding]:
    """Look at each parent: how many steps wait, since when, why, and whether we can sign in."""
    if not unapplied_migrations():
        for each in parents(by=BY, at=now()):
            yield _found(each)


def _found(each: ParentStanding) -> Finding:
    name = f"{each.member} → {each.to}"
    facts = {"name": name, "count": each.waiting, "to": each.to}
    if each.lacks_password:
        seen = _("{name}: this machine has no password for it").format(**facts)
        advice = _(
            "Where a worker runs here: motcua sync parent password {to}; or restore the file."
        )
        return Finding(well=False, seen=seen, advice=advice.format(**facts))
    if each.paused_at is not None:
        seen = _("{name}: paused; {count} steps wait").format(**facts)
        return Finding(well=True, seen=seen)
    if not each.is_stuck or each.since is None:
        return Finding(well=True, seen=_("{name}: {count} steps wait").format(**facts))
    facts["moment"] = f"{localtime(each.since):%d/%m/%Y %H:%M}"
    seen = _("{name}: stuck, {count} steps wait since {moment}").format(**facts)
    why = f" {say(each.error, each.facts)}" if each.error else ""
    advice = _("Mend its cause, then run: motcua sync parent push-now {to}.").format(**facts)
    return Finding(well=False, seen=f"{seen}.{why}", advice=advice)
