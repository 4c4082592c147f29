"""Everything the portal says, it says in Vietnamese."""

from collections import defaultdict

from babel.messages.pofile import read_po
from tools.messages import missing, place_of, rooms


def test_every_message_has_its_vietnamese():
    assert list(missing()) == []


def test_the_same_words_are_said_alike_in_every_room():
    said = defaultdict(set)
    for room in rooms():
        if place_of(room).exists():
            with place_of(room).open("rb") as file:
                for message in read_po(file, locale="vi"):
                    said[str(message.id), message.context].add(str(message.string))
    assert {words: texts for words, texts in said.items() if words[0] and len(texts) > 1} == {}
