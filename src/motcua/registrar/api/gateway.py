"""What other members may ask of the registers, over the exchange."""

from functools import partial
from typing import Annotated, Any, TypeVar

import msgspec
from django.utils.timezone import localdate

from motcua.exchange.operations.serving import Call, Reply, serve
from motcua.kernel.errors import Forbidden, NotFound
from motcua.kernel.reading import NotReadable, read_json
from motcua.kernel.text import N_
from motcua.registrar.api.openapi import description
from motcua.registrar.operations.corrections import NewCorrection, receive
from motcua.registrar.operations.looks import Asked, note_followed, note_look
from motcua.registrar.operations.subscribing import follow, stop_following
from motcua.registrar.queries.answering import answer
from motcua.registrar.queries.changes import changes_for
from motcua.registrar.queries.finding import found_for
from motcua.registrar.queries.owners import owner_of
from motcua.registrar.rules.qcvn109 import as_xml
from motcua.registrar.rules.qcvn109_reading import asked_in
from motcua.registrar.rules.registers import BOOKS, BY_SERVICE, Book, purposes_of
from motcua.registries.queries.finding import Finding, finding_at
from motcua.registries.queries.questions import (
    Answer,
    NotAQuestion,
    NotKnown,
    PersonById,
    question_at,
    read_question,
    written,
)

T = TypeVar("T")
XML = "application/xml"


class NoSuchQuestion(NotFound):
    code = "registrar.no-such-question"
    message = N_("{service} answers no “{path}”. Look at its description for what it answers.")


class NotOurRegister(Forbidden):
    code = "registrar.not-our-register"
    message = N_("{provider} does not keep the register of {service}. Ask its owner.")


_Number = Annotated[str, msgspec.Meta(max_length=12)]


class _Persons(msgspec.Struct):
    persons: tuple[_Number, ...] = ()
    stop: tuple[_Number, ...] = ()


class _After(msgspec.Struct):
    after: int = 0


for _shape in (_Persons, _After, NewCorrection):  # before two threads ask at once
    msgspec.json.Decoder(_shape)


def register_services() -> None:
    """Offer the five services; each register's owner is who answers."""
    for book in BOOKS.values():
        serve(
            book.service,
            reply_to,
            openapi=partial(description, book),
            title_vi=book.title_vi,
            title_en=book.title,
        )


def reply_to(call: Call) -> Reply:
    """
    Answer one call to a register.

    :raises NotOurRegister: if the member called does not keep it
    :raises PurposeNotServed: if it is called for what this is not told for
    :raises NoSuchQuestion: if the register has no such question
    """
    book = BY_SERVICE[call.service]
    if owner_of(book.register) != call.provider:
        raise NotOurRegister(provider=call.provider, service=call.service)
    place = call.path.strip("/")
    call.check_purpose(purposes_of(place))
    match place:
        case "changes":
            return _changes(book, call)
        case "subscriptions":
            return _subscribed(book, call)
        case "corrections":
            return _correction(book, call)
        case "person.xml" if book.service == "population.v1":
            return _person_as_xml(book, call)
        case path:
            return _answered(book, path, call)


def _answered(book: Book, path: str, call: Call) -> Reply:
    kind = question_at(book.register, path)
    if kind is None:
        return _found(book, path, call)
    question = read_question(kind, call.body.read())
    found = answer(question, on=localdate(call.at))
    told = found.value if isinstance(found, Answer) else None
    note_look(question.about, _asked(book, call), told)
    return Reply(body=written(found))


def _found(book: Book, path: str, call: Call) -> Reply:
    kind = finding_at(book.register, path)
    if kind is None:
        raise NoSuchQuestion(service=book.service, path=path[:40])
    question = read_question(kind, call.body.read())
    assert isinstance(question, Finding)
    told, keys = found_for(question, on=localdate(call.at))
    for key in keys:
        note_look(key, _asked(book, call))
    return Reply(body=written(told))


def _person_as_xml(book: Book, call: Call) -> Reply:
    number, day = asked_in(call.body.read())
    today = localdate(call.at)
    found: Answer[Any] | NotKnown = answer(PersonById(number, as_of=day), on=today)
    note_look(number, _asked(book, call), found.value if isinstance(found, Answer) else None)
    if isinstance(found, NotKnown):
        return Reply(404, b"", XML)
    return Reply(body=as_xml([found.value], as_of=day or today), content_type=XML)


def _changes(book: Book, call: Call) -> Reply:
    after = _read(call, _After).after
    found = changes_for(call.consumer, book.register, after=after)
    return Reply(body=msgspec.json.encode(found))


def _subscribed(book: Book, call: Call) -> Reply:
    asked, mine = _read(call, _Persons), {"member": call.consumer}
    new = follow(book.register, asked.persons, purpose=call.purpose, at=call.at, **mine)
    ended = stop_following(book.register, asked.stop, **mine)
    note_followed(new, _asked(book, call))
    return Reply(body=msgspec.json.encode({"new": len(new), "ended": ended}))


def _correction(book: Book, call: Call) -> Reply:
    wish = _read(call, NewCorrection)
    number = receive(
        *(book.register, wish), member=call.consumer, by=call.by, at=call.at, on=localdate(call.at)
    )
    return Reply(201, msgspec.json.encode({"number": number}))


def _asked(book: Book, call: Call) -> Asked:
    path = call.path.strip("/")
    return Asked(book, path, call.consumer, call.purpose, str(call.entry), call.at)


def _read(call: Call, kind: type[T]) -> T:
    try:
        return read_json(call.body.read(), kind)
    except NotReadable as problem:
        raise NotAQuestion(problem=str(problem)) from problem
