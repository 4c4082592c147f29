"""What the portal does when something was announced."""

from datetime import datetime

from motcua.backbone.journal import listen
from motcua.kernel.text import N_
from motcua.notices.operations.kinds import Kind, register_kinds
from motcua.notices.operations.telling import tell
from motcua.portal.events import ExportReady

READY = Kind(
    "portal.export-ready",
    N_("Your data is ready to download"),
    N_("Everything we keep about you is in one file. It is kept until {until:moment}."),
    N_("Download it"),
)
register_kinds(READY)


@listen(ExportReady)
def tell_that_it_is_ready(event: ExportReady, now: datetime) -> None:
    """Tell a person that what they asked for is ready."""
    tell(
        event.person,
        READY.name,
        subject=event.subject,
        facts={"until": event.until},
        link="/du-lieu-cua-toi/tai-ve/",
        at=now,
    )
