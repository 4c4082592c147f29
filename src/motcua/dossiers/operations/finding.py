"""What a dossier is found by at the desk."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from motcua.backbone.transactions import one_transaction
from motcua.dossiers.models import Dossier
from motcua.forms.queries.forms import words_found_by
from motcua.kernel.folding import fold
from motcua.packs.queries.packs import Pack, pack, pack_for

MOST = 4000
"""The longest text that is looked through, in characters."""
_CHANGE = """
UPDATE dossiers_dossier SET sought = made.sought
FROM unnest(%s::bigint[], %s::text[]) AS made (id, sought) WHERE dossiers_dossier.id = made.id
"""


def sought_by(code: str, applicant: str, words: str) -> str:
    """Return the folded words of code, applicant's name and searchable answers, known as words."""
    return f" {' '.join(filter(None, (fold(code), fold(applicant), words)))}"[:MOST]


def sought_in(
    definition: Pack,
    answers: Mapping[str, Any],
    *,
    code: str,
    applicant: str,
    newest: Pack | None = None,
) -> str:
    """
    Return the folded words of code, applicant's name and searchable answers.

    :param newest: a later version, whose marks of what is searchable count too
    """
    found = words_found_by(definition.form, answers)
    if newest is not None and newest.version != definition.version:
        later = words_found_by(newest.form, answers)
        found = " ".join(dict.fromkeys(f"{found} {later}".split()))
    return sought_by(code, applicant, found)


@dataclass(frozen=True, slots=True)
class Looked:
    """A batch that was looked through: its last dossier, how many there were, and were changed."""

    last: int
    count: int
    changed: int


@one_transaction
def find_anew(after: int = 0, *, procedure: str = "", on: date, batch: int = 500) -> Looked | None:
    """
    Make anew what a batch of dossiers with ids above ``after`` is found by; None where none is.

    Besides what its own pack marks as searchable, a dossier is found by what the version in force
    ``on`` a day marks. Nothing is written where nothing differs, so it may be done again at will.
    """
    found = Dossier.objects.filter(pk__gt=after)
    if procedure:
        found = found.filter(procedure=procedure)
    rows = found.order_by("pk").values_list(
        "pk", "pack", "procedure", "answers", "code", "applicant_name", "sought"
    )
    some = list(rows.select_for_update()[:batch])
    if not some:
        return None
    changed: dict[int, str] = {}
    for id_, version, code_of_procedure, answers, code, applicant, sought in some:
        own, newest = pack(version), pack_for(code_of_procedure, on=on)
        made = sought_in(own, answers, code=code, applicant=applicant, newest=newest)
        if made != sought:
            changed[id_] = made
    if changed:
        with connection.cursor() as cursor:
            cursor.execute(_CHANGE, [list(changed), list(changed.values())])
    return Looked(some[-1][0], len(some), len(changed))
