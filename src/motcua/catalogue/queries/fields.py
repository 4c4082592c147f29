"""The fields that procedures belonged to at a moment."""

from collections.abc import Collection
from datetime import datetime
from unicodedata import normalize

from motcua.backbone.database.reading import reading
from motcua.kernel.scope import public

_FIELDS = """
SELECT DISTINCT ON (procedure_id) procedure_id, reading ->> 'field' FROM catalogue_version
WHERE procedure_id = ANY(%(codes)s)
ORDER BY procedure_id, valid_from >= %(at)s,
    CASE WHEN valid_from < %(at)s THEN valid_from END DESC, valid_from
"""

_ALL = """
SELECT procedure_id, reading ->> 'field', valid_from FROM catalogue_version
ORDER BY procedure_id, valid_from
"""


@public
def fields_over_time() -> tuple[tuple[str, str, datetime], ...]:
    """Return each version of each procedure: its code, its field, since when; one statement."""
    with reading("catalogue").cursor() as cursor:
        cursor.execute(_ALL)
        return tuple((code, _tidy(field or ""), since) for code, field, since in cursor.fetchall())


@public
def fields_at(codes: Collection[str], *, at: datetime) -> dict[str, str]:
    """
    Return the field each procedure had just before ``at``, by code, in one statement.

    Of a procedure that the catalogue took in later, it is the first field it had there; one that
    is not in the catalogue is left out. So the answer for the past never changes.
    """
    with reading("catalogue").cursor() as cursor:
        cursor.execute(_FIELDS, {"codes": list(codes), "at": at})
        return {code: _tidy(field or "") for code, field in cursor.fetchall()}


def _tidy(field: str) -> str:
    """Return a field as one text, however the record composed its letters and spaces."""
    return " ".join(normalize("NFC", field).split())
