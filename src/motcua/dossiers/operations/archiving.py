"""How long a finished dossier is kept, and what happens to it then."""

from datetime import datetime

from django.conf import settings

from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.archiving import kept_until
from motcua.dossiers.rules.clock import day_of
from motcua.dossiers.rules.lifecycle import ENDED, State
from motcua.packs.queries.packs import pack


def keep_for_archive(dossier: Dossier, *, at: datetime) -> None:
    """Note until when a dossier that has just ended is kept; clear it for one opened again."""
    if State(dossier.state) not in ENDED:
        dossier.archive_on, dossier.archive_action = None, ""
        return
    definition = pack(dossier.pack)
    years = definition.retention_years or settings.DOSSIER_KEPT_YEARS
    kept = kept_until(day_of(at), years=years, forever=definition.keep_forever)
    dossier.archive_on, dossier.archive_action = kept.on, kept.action
