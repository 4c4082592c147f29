"""Sentences kept as an English key and facts, said later in whatever language a reader has."""

from collections.abc import Mapping
from datetime import date, datetime
from string import Formatter
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from motcua.backbone import formats


class _Facts(Formatter):
    """``{until:moment}``, ``{on:day}``, ``{amount:dong}``, ``{count:number}``, else as it is."""

    def get_value(self, key: int | str, args: Any, kwargs: Mapping[str, Any]) -> Any:  # noqa: ARG002
        """Prefer the fact in the reader's language, ``procedure_en`` to ``procedure``."""
        return kwargs.get(f"{key}_{get_language()}", kwargs[str(key)])

    def format_field(self, value: Any, format_spec: str) -> str:
        """Write a fact as people write such facts."""
        match format_spec:
            case "moment":
                return formats.moment(datetime.fromisoformat(value))
            case "day":
                return formats.day(date.fromisoformat(value))
            case "dong":
                return formats.dong(int(value))
            case "number":
                return formats.number(int(value))
            case _:
                return str(value)


_facts = _Facts()


def say(message: str, facts: Mapping[str, str]) -> str:
    """
    Return the sentence ``message`` with its facts, in the language that is active.

    :param message: an English translation key with ``{fact}`` or ``{fact:kind}`` places
    :param facts: texts; moments and days as ISO 8601, amounts and counts as digits
    :raises KeyError: if a fact is missing
    """
    return _facts.vformat(_(message), (), facts)
