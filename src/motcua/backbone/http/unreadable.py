"""What a request to the JSON API has in the wrong form, said in words of our own."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from motcua.kernel.text import N_

OTHER = N_("This is not what the description of the API asks for here.")
_NO_INTEGER = N_("Write a whole number here.")
_NO_NUMBER = N_("Write a number here.")
_NO_DAY = N_("Write a day here, such as 2026-11-24.")
_NO_MOMENT = N_("Write a day and time here, such as 2026-11-24T09:30:00+07:00.")
_NO_OBJECT = N_("Send an object here.")
_YES_OR_NO = N_("Write true or false here.")
_ONE_OF = N_("Choose one of these: {expected}.")

SENTENCES: dict[str, str] = {
    "missing": N_("This is missing."),
    "extra_forbidden": N_("Nothing is asked for by this name."),
    "json_invalid": N_("This is no JSON."),
    "json_type": N_("This is no JSON."),
    "string_type": N_("Write a text here."),
    "string_unicode": N_("Write a text here."),
    "string_too_short": N_("Write at least this many letters: {min_length}."),
    "string_too_long": N_("Write at most this many letters: {max_length}."),
    "string_pattern_mismatch": N_("Write it as this pattern has it: {pattern}"),
    "too_short": N_("Send at least this many: {min_length}."),
    "too_long": N_("Send at most this many: {max_length}."),
    "greater_than": N_("Send more than {gt}."),
    "greater_than_equal": N_("Send at least {ge}."),
    "less_than": N_("Send less than {lt}."),
    "less_than_equal": N_("Send at most {le}."),
    "finite_number": _NO_NUMBER,
    "float_type": _NO_NUMBER,
    "float_parsing": _NO_NUMBER,
    "int_type": _NO_INTEGER,
    "int_parsing": _NO_INTEGER,
    "int_parsing_size": _NO_INTEGER,
    "int_from_float": _NO_INTEGER,
    "bool_type": _YES_OR_NO,
    "bool_parsing": _YES_OR_NO,
    "literal_error": _ONE_OF,
    "enum": _ONE_OF,
    "date_type": _NO_DAY,
    "date_parsing": _NO_DAY,
    "date_from_datetime_parsing": _NO_DAY,
    "date_from_datetime_inexact": _NO_DAY,
    "datetime_type": _NO_MOMENT,
    "datetime_parsing": _NO_MOMENT,
    "datetime_object_invalid": _NO_MOMENT,
    "datetime_from_date_parsing": _NO_MOMENT,
    "timezone_aware": N_("Say the time zone with the time, such as +07:00."),
    "uuid_type": N_("Write an id here, as the API gave it."),
    "uuid_parsing": N_("Write an id here, as the API gave it."),
    "list_type": N_("Send a list here."),
    "dict_type": _NO_OBJECT,
    "mapping_type": _NO_OBJECT,
    "model_type": _NO_OBJECT,
    "model_attributes_type": _NO_OBJECT,
    "none_required": N_("Send nothing here."),
}
"""What to say of each kind of error that pydantic finds, by its type."""


def said_of(found: Mapping[str, Any]) -> str:
    """Return one error that pydantic found, in the reader's language."""
    sentence = _(SENTENCES.get(str(found["type"]), OTHER))
    facts = {name: str(fact) for name, fact in found.get("ctx", {}).items()}
    facts["expected"] = facts.get("expected", "").replace(" or ", ", ")
    return sentence.format(**facts)
