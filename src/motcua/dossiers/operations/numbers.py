"""Numbers for new dossiers: one row an agency and day, never a global lock."""

from datetime import datetime

from django.db import connection
from django.utils.timezone import localtime

from motcua.dossiers.rules.codes import dossier_code

_NEXT = """
INSERT INTO dossiers_daynumber (agency, day, last) VALUES (%s, %s, 1)
ON CONFLICT (agency, day) DO UPDATE SET last = dossiers_daynumber.last + 1
RETURNING last
"""


def next_code(agency: str, *, at: datetime) -> str:
    """Return the agency's next dossier code of the day; it is taken back if filing fails."""
    day = localtime(at).date()
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [agency, day])
        (number,) = cursor.fetchone() or (0,)
    return dossier_code(agency, day, number)
