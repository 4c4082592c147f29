"""Numbers for new dossiers: one row an agency and day, never a global lock."""

from datetime import datetime

from django.utils.timezone import localtime

from motcua.backbone.statements import Statement
from motcua.dossiers.rules.codes import dossier_code

_next = Statement("""
INSERT INTO dossiers_daynumber (agency, day, last) VALUES (%s, %s, 1)
ON CONFLICT (agency, day) DO UPDATE SET last = dossiers_daynumber.last + 1
RETURNING last
""")


def next_code(agency: str, *, at: datetime) -> str:
    """Return the agency's next dossier code of the day; it is taken back if filing fails."""
    day = localtime(at).date()
    (number,) = _next.first(agency, day) or (0,)
    return dossier_code(agency, day, number)
