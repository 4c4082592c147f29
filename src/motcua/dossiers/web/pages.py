"""Render a page of this room: the words of states and steps are known in every template."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from motcua.dossiers.queries.slips import SLIP_WORDS
from motcua.dossiers.rules import linked, words
from motcua.dossiers.web.paper_sizes import other_size
from motcua.registries.operations.asking import LOOKED_AT
from motcua.registries.queries.answers import Register


def register_words(register: str) -> str:
    """Return how people call a register of the State."""
    return _(LOOKED_AT[Register(register)])


WORDS: dict[str, Any] = {
    "state_words": words.STATE_WORDS,
    "state_look": words.STATE_LOOK,
    "state_means": words.STATE_MEANS,
    "action_words": words.ACTIONS,
    "role_words": words.ROLE_WORDS,
    "channel_words": words.CHANNEL_WORDS,
    "rating_words": words.RATING_WORDS,
    "reply_words": words.REPLY_WORDS,
    "slip_words": SLIP_WORDS,
    "part_words": linked.PART_WORDS,
    "part_look": linked.PART_LOOK,
    "register_words": register_words,
    "other_size": other_size,
}


def page(
    request: HttpRequest, template: str, facts: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Return a page of this room."""
    return render(request, f"dossiers/{template}.html", WORDS | facts, status=status)
