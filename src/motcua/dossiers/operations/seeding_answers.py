"""Answers of an example, given by other people, on another day, at another place."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any, NamedTuple

import msgspec

from motcua.dossiers.rules.believable import FAMILY, Person, person_of
from motcua.forms.queries.forms import Form, words_found_by
from motcua.kernel.folding import fold
from motcua.kernel.personal_id import Sex, sex_in

WRITTEN_ON = date(2026, 11, 24)
"""The day the examples of the shipped packs are written for."""
LATELY = "2025-06-01"
"""Days from here on move with the day of filing; earlier ones are of somebody's life."""
GROWN_UP = "2008"
_PARTS = frozenset(("name", "id", "birth_date", "sex"))
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FIRST = 0xE000
_MARKS = re.compile("[\ue000-\uf8ff]")


class Slot(NamedTuple):
    """What is put in: a fact of one of the ``people``, a part of the place, or a day."""

    fact: str
    whose: int
    before: str


@dataclass(frozen=True, slots=True)
class Example:
    """A person in an example; ``kin`` is who of those before has the same family name."""

    name: str
    id: str
    born: str
    sex: Sex | None
    kin: int | None


@dataclass(frozen=True, slots=True)
class Answers:
    """
    Answers with gaps for people, place and days.

    The first of the people is who files. ``searched`` are the gaps a dossier is found by.
    """

    parts: tuple[str, ...]
    slots: tuple[Slot, ...]
    people: tuple[Example, ...]
    words: str
    searched: tuple[Slot, ...]

    @classmethod
    def of(cls, form: Form, answers: Mapping[str, Any], *, unit_field: str) -> "Answers":
        """Return what can be put in anew in an example."""
        people = tuple(_people(form, answers))
        marker = _Marker(people, answers.get(unit_field))
        pieces = _MARKS.split(text := msgspec.json.encode(marker.marked(answers)).decode())
        slots = tuple(marker.slots[ord(mark) - _FIRST] for mark in _MARKS.findall(text))
        found = set(words_found_by(form, answers).split())
        told = dict.fromkeys(slot for slot in slots if slot.fact in ("name", "id", "born"))
        searched = tuple(slot for slot in told if found >= set(_sought(*slot[::2]).split()))
        gone = {word for slot in searched for word in _sought(*slot[::2]).split()}
        return cls(tuple(pieces), slots, people, " ".join(sorted(found - gone)), searched)

    def filled(
        self, rng: Random, who: Person, number: int, *, on: date, unit: tuple[str, str] | None
    ) -> tuple[str, str]:
        """
        Return the answers as JSON, and the words a dossier with them is found by.

        :param who: who files, whose number among all made-up people is ``number``
        :param unit: the province and the commune they name; None leaves those of the example
        """
        names, ids, births = self._cast(rng, who, number)
        moved = on - WRITTEN_ON
        made = [self.parts[0]]
        for (fact, whose, before), part in zip(self.slots, self.parts[1:], strict=True):
            match fact:
                case "name":
                    made.append(names[whose])
                case "id":
                    made.append(ids[whose])
                case "born":
                    made.append(births[whose])
                case "day":
                    made.append((date.fromisoformat(before) + moved).isoformat())
                case _:
                    made.append(before if unit is None else unit[fact == "commune"])
            made.append(part)
        cast = {"name": names, "id": ids, "born": births}
        sought = (_sought(fact, cast[fact][whose]) for fact, whose, _ in self.searched)
        return "".join(made), " ".join([self.words, *sought])

    def _cast(
        self, rng: Random, who: Person, number: int
    ) -> tuple[list[str], list[str], list[str]]:
        names, ids, births = [who.name], [who.personal_id(number)], [who.born.isoformat()]
        for one in self.people[1:]:
            drawn = int(rng.random() * 1_000_000)
            name = person_of(drawn if one.sex is None else _of_sex(drawn, one.sex)).name
            if one.kin is not None:
                name = f"{names[one.kin].split(' ', 1)[0]} {name.split(' ', 1)[1]}"
            names.append(name)
            ids.append(f"{one.id[:6]}{drawn:06}")
            births.append(f"{one.born[:4]}-{1 + drawn % 12:02}-{1 + drawn % 28:02}")
        return names, ids, births


def applicant_for(answers: Answers, number: int) -> int:
    """Return the number of who files, or of their neighbour whom the answers can be about."""
    sex = answers.people[0].sex if answers.people else None
    return number if sex is None else _of_sex(number, sex)


def _sought(fact: str, said: str) -> str:
    """Return the words by which a fact of a person is found: a day as people write it."""
    if fact != "born":
        return fold(said)
    day = said.split("-")[::-1]
    return " ".join([*day, "".join(day)])


def _of_sex(number: int, sex: Sex) -> int:
    return number - number % 2 + (sex is Sex.FEMALE)


class _Marker:
    """Puts marks, characters no text has, where people, place and days stand."""

    def __init__(self, people: tuple[Example, ...], place: Any) -> None:
        self.slots: list[Slot] = []
        self.place = place if isinstance(place, Mapping) else {}
        self.known: list[Slot] = []
        for whose, one in enumerate(people):
            facts = {"name": one.name, "id": one.id}
            if not whose or one.born < GROWN_UP:
                facts["born"] = one.born
            self.known += [Slot(fact, whose, said) for fact, said in facts.items() if said]

    def marked(self, value: Any) -> Any:
        """Return a value with marks in it."""
        if isinstance(value, Mapping):
            here = self.place and value.get("province") == self.place.get("province")
            here = here and value.get("commune") in (None, self.place.get("commune"))
            return {
                key: self._mark(Slot(key, 0, each))
                if here and key in ("province", "commune") and each
                else self.marked(each)
                for key, each in value.items()
            }
        if isinstance(value, list):
            return [self.marked(each) for each in value]
        return self._text(value) if isinstance(value, str) else value

    def _text(self, text: str) -> str:
        for slot in self.known:
            if slot.fact == "born" and text == slot.before:
                return self._mark(slot)
            if slot.fact != "born" and slot.before in text:
                text = text.replace(slot.before, self._mark(slot))
        if _DAY.fullmatch(text) and text >= LATELY:
            return self._mark(Slot("day", 0, text))
        return text

    def _mark(self, slot: Slot) -> str:
        self.slots.append(slot)
        return chr(_FIRST + len(self.slots) - 1)


def _people(form: Form, answers: Mapping[str, Any]) -> Iterator[Example]:
    """Yield the people in an example once each, who files first."""
    own = [answers.get(field.id) for field in form.fields if field.source == "account.person"]
    named = [
        {"name": answers.get(field.id), "sex": answers.get(f"{field.id.removesuffix('name')}sex")}
        for field in form.fields
        if "name" in field.checks
    ]
    told: dict[str, dict[str, Any]] = {}
    for block in (*own, *_blocks(answers), *named):
        name = block.get("name") if isinstance(block, Mapping) else None
        if isinstance(block, Mapping) and isinstance(name, str):
            told[name] = {**block, **told.get(name, {})}
    families: dict[str, int] = {}
    grown_up_first = sorted(told.items(), key=lambda each: _facts(each[1])[1] >= GROWN_UP)
    for whose, (name, block) in enumerate(grown_up_first):
        family = name.split()[0]
        kin = families.get(family) if family in FAMILY else None
        families.setdefault(family, whose)
        yield Example(name, *_facts(block), kin)


def _blocks(value: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, Mapping):
        if "name" in value and _PARTS.issuperset(value):
            yield value
        for each in value.values():
            yield from _blocks(each)
    elif isinstance(value, list):
        for each in value:
            yield from _blocks(each)


def _facts(block: Mapping[str, Any]) -> tuple[str, str, Sex | None]:
    """Return the number, the day of birth and the sex, as far as they are told."""
    number, born = block.get("id") or "", block.get("birth_date") or ""
    if block.get("sex"):
        return number, born, Sex(block["sex"])
    if number:
        return number, born, sex_in(number)
    middle = f"{block['name']} ".split(" ")[1]
    return number, born, {"Thị": Sex.FEMALE, "Văn": Sex.MALE}.get(middle)
