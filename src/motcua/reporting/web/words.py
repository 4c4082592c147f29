"""What figures, levels and periods are called on pages and papers."""

from django.utils.translation import gettext as _

from motcua.kernel.text import N_
from motcua.reporting.queries.form06 import Answer, Column, Kind, Period

COLUMN_WORDS = {
    Column.RECEIVED: N_("Dossiers received"),
    Column.ONLINE: N_("Online"),
    Column.DIRECT: N_("At the counter and by post"),
    Column.CARRIED: N_("From the period before"),
    Column.SETTLED: N_("Settled"),
    Column.EARLY: N_("Early"),
    Column.ON_TIME: N_("On the due day"),
    Column.LATE: N_("Late"),
    Column.PENDING: N_("Being settled"),
    Column.WITHIN: N_("Within the limit"),
    Column.OVERDUE: N_("Overdue"),
}
"""The form's columns in its order; the first of each group is its total."""

NO_OFFICE = N_("Through no office: online, or from another system")
"""How what came in at no one-stop office is named."""

ANSWER_WORDS = {
    Answer.IN_TIME: N_("Answered in time"),
    Answer.LATE: N_("Answered late"),
    Answer.WAITS: N_("Still to be answered, in time"),
    Answer.OVERDUE: N_("Not answered, beyond the time"),
}
"""How what came in online stands to its answer."""

BEHIND_WORDS: dict[str, str] = dict(
    [*COLUMN_WORDS.items(), (Column.CAME, N_("Came in")), *ANSWER_WORDS.items()]
)
"""What the dossiers behind a figure are called: of the form, or of a day in the load."""

GROUPS = (
    (Column.RECEIVED, (Column.ONLINE, Column.DIRECT, Column.CARRIED)),
    (Column.SETTLED, (Column.EARLY, Column.ON_TIME, Column.LATE)),
    (Column.PENDING, (Column.WITHIN, Column.OVERDUE)),
)

LEVEL_WORDS = {
    "ministry": N_("Central level"),
    "province": N_("Province level"),
    "district": N_("District level"),
    "commune": N_("Commune level"),
}


def period_words(period: Period) -> str:
    """Return what a period is called, with its days."""
    names = {
        Kind.MONTH: _("Month %(number)s/%(year)s"),
        Kind.QUARTER: _("Quarter %(number)s/%(year)s"),
        Kind.HALF: _("Half %(number)s of %(year)s"),
        Kind.YEAR: _("Year %(year)s"),
        Kind.DATES: "",
    }
    days = f"{period.first:%d/%m/%Y} – {period.last:%d/%m/%Y}"
    name = names[period.kind] % {"number": period.number, "year": period.year}
    return f"{name} ({days})" if name else days


def field_words(field: str) -> str:
    """Return a field's name; procedures that the catalogue does not hold have none."""
    return field or _("Field not in the catalogue")
