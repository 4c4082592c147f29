"""Questions and answers as they travel: JSON, with the names of the fields of their types."""

from dataclasses import dataclass
from typing import Any

import msgspec

from motcua.kernel.errors import Invalid
from motcua.kernel.reading import NotReadable, read_json
from motcua.kernel.text import N_
from motcua.registries.rules.answers import Fact, Source
from motcua.registries.rules.questions import Answer, NotKnown, Question

__all__ = ["NotAQuestion", "NotAnAnswer", "read_answer", "read_question", "written"]


class NotAQuestion(Invalid):
    code = "registries.not-a-question"
    message = N_("This cannot be read as a question to this register: {problem}")


class NotAnAnswer(ValueError):
    """What came back is no answer to what was asked."""


@dataclass(frozen=True, slots=True)
class _Sent:
    value: dict[str, Any] | None
    source: Source


msgspec.json.Decoder(_Sent)
"""Known before two threads ask for it at once, which msgspec does not bear."""


def written(what: Question[Fact] | Answer[Fact] | NotKnown) -> bytes:
    """Return a question or an answer as it travels."""
    if isinstance(what, NotKnown):
        source = Source(what.member, what.register, what.as_of, what.as_of)
        return msgspec.json.encode({"value": None, "source": source})
    if isinstance(what, Answer):
        return msgspec.json.encode({"value": what.value, "source": what.source})
    return msgspec.json.encode(what)


def read_question(kind: type[Question[Fact]], body: bytes) -> Question[Fact]:
    """
    Return the question in a message.

    :raises NotAQuestion: if there is none of this kind
    """
    try:
        return read_json(body, kind)
    except NotReadable as problem:
        raise NotAQuestion(problem=str(problem)) from problem


def read_answer(kind: type[Question[Fact]], body: bytes) -> Answer[Fact] | NotKnown:
    """
    Return the answer in a message.

    :raises NotAnAnswer: if it is none to this kind of question
    """
    try:
        sent = read_json(body, _Sent)
        if sent.value is None:
            return NotKnown(sent.source.member, sent.source.register, sent.source.as_of)
        return Answer(msgspec.convert(sent.value, kind.answer), sent.source)
    except (msgspec.ValidationError, NotReadable) as problem:
        raise NotAnAnswer(str(problem)) from problem
