"""Our side of a registry on the exchange; its messages are in ``docs/registries.md``."""

from dataclasses import replace
from http import HTTPStatus
from itertools import pairwise
from typing import Any, ClassVar

import msgspec

from motcua.exchange.operations.calling import OWN_ENTRY, CallRefused, Reply, call
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Refusal, Unavailable
from motcua.kernel.reading import NotReadable, read_json
from motcua.registries.adapters.base import (
    Asking,
    Changed,
    RegistryAnswersWrongly,
    RegistryNotAnswering,
    Wish,
    WishRefused,
)
from motcua.registries.rules.answers import Fact, Register
from motcua.registries.rules.questions import Answer, Evidence, NotKnown, Question
from motcua.registries.rules.shapes import NotAnAnswer, read_answer, written

FINAL = frozenset({400, 404, 409, 422})
"""Answers to a wish that stay the same however often it is sent."""
MOST_CURSOR = 2**63 - 1
msgspec.json.Decoder(tuple[Changed, ...])
"""Known before two threads ask for it at once, which msgspec does not bear."""


class ThroughExchange:
    """A registry that is a service of a member: ``population.v1`` and its like."""

    options_schema: ClassVar[dict[str, Any]] = {
        "type": "object",
        "properties": {
            "member": {"type": "string", "pattern": r"^\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}$"}
        },
        "required": ["member"],
        "additionalProperties": False,
    }

    def __init__(self, *, register: Register, member: str) -> None:
        self.register, self.member = register, member
        self.service = f"{register}.v1"

    def ask(self, question: Question[Fact], asking: Asking) -> Answer[Fact] | NotKnown:
        """Ask; the personal id is in the signed body, never in an address that logs keep."""
        body = written(question)
        reply = self._call(question.path, body, asking, subject=question.about)
        try:
            told = read_answer(type(question), reply.body)
        except NotAnAnswer as problem:
            raise self._wrong() from problem
        if isinstance(told, NotKnown):
            return told
        return replace(told, evidence=Evidence(reply.headers[OWN_ENTRY], reply.body))

    def correct(self, wish: Wish, asking: Asking) -> None:
        """Send the wish."""
        try:
            self._call("corrections", msgspec.json.encode(wish), asking, subject=wish.person)
        except RegistryNotAnswering as silent:
            refused = silent.__cause__
            if not isinstance(refused, CallRefused) or refused.status not in FINAL:
                raise
            said = str(refused.facts["said"])
            raise WishRefused(registry=str(self.register), said=said) from refused

    def follow(self, persons: tuple[str, ...], asking: Asking) -> None:
        """Subscribe to these persons."""
        self._call("subscriptions", msgspec.json.encode({"persons": persons}), asking)

    def unfollow(self, persons: tuple[str, ...], asking: Asking) -> None:
        """End the subscription to these persons."""
        self._call("subscriptions", msgspec.json.encode({"stop": persons}), asking)

    def changes(self, after: int, asking: Asking) -> tuple[Changed, ...]:
        """Pull the feed."""
        reply = self._call("changes", msgspec.json.encode({"after": after}), asking)
        try:
            found = read_json(reply.body, tuple[Changed, ...])
        except NotReadable as problem:
            raise self._wrong() from problem
        places = [after, *(each.cursor for each in found)]
        rising = all(before < then for before, then in pairwise(places))
        if not rising or places[-1] > MOST_CURSOR:
            raise self._wrong()
        return found

    def _call(self, path: str, body: bytes, asking: Asking, *, subject: str = "") -> Reply:
        try:
            reply = call(
                self.member,
                self.service,
                path,
                body=body,
                purpose=asking.purpose,
                at=asking.at,
                timeout=asking.timeout,
                within=asking.timeout,
                subject=subject,
                by=Actor(asking.person),
            )
        except Unavailable:
            raise
        except Refusal as refused:
            raise self._silent() from refused
        if reply.status >= HTTPStatus.BAD_REQUEST:
            raise self._wrong()
        return reply

    def _silent(self) -> RegistryNotAnswering:
        return RegistryNotAnswering(registry=str(self.register))

    def _wrong(self) -> RegistryAnswersWrongly:
        return RegistryAnswersWrongly(registry=str(self.register))
