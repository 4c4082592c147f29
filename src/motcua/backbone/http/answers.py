"""Answers to machines on the hot paths: written once, by the quickest writer of JSON."""

from typing import Any

import msgspec
from django.http import HttpResponse

_write = msgspec.json.encode


def json_answer(facts: Any, *, status: int = 200, **headers: str) -> HttpResponse:
    """
    Return facts as JSON: times as RFC 3339, enumerations as their values.

    What an endpoint says it answers with (``response=`` of its route) is for its description; a
    test holds the two together. Headers are given with ``_`` for ``-``.
    """
    answer = HttpResponse(_write(facts), status=status, content_type="application/json")
    for name, value in headers.items():
        answer[name.replace("_", "-")] = value
    return answer
