"""
What the State holds, recognised by the kind of a field and by the words for papers and questions.

A paper is recognised by how its name begins, a question by its whole label; what people declare,
agree to or hand back is never recognised: no registry can do that for them.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from motcua.forms.rules.definition import Field, Kind
from motcua.forms.rules.schema import parts_of
from motcua.packs.rules.demands import Paper
from motcua.packs.rules.redtape.registries import registries

_NOT_WORDS = re.compile(r"[^a-z0-9]+")
_BEFORE = re.compile(
    r"^(?:\d+|mot|cac|ban (?:sao|chinh|goc|chup|photo|dien tu)|co chung thuc|chung thuc|"
    r"cong chung|hop le|hoac|tu so goc) "
)
"""Words before a paper's own name, as in ``01 bản sao có chứng thực Giấy khai sinh``."""
_WILL = re.compile(
    r"\b(?:dong y|uy quyen|cam doan|cam ket|to khai|de nghi|hop dong|thoa thuan|bien ban|"
    r"gioi thieu|thua ke|don xin|don yeu cau)\b|^don "
)
"""An act of will: people declare, ask or agree, and only they can."""
_ITSELF = re.compile(r"\b(?:da duoc cap|da cap|nop lai|thu hoi|bi hong|can chung thuc)\b")
"""A paper to be handed back, changed or copied: it is wanted itself, not for what it proves."""
_ELSEWHERE = re.compile(r"\b(?:nuoc ngoai|ho chieu)\b")
"""Issued abroad, or of people who may not be in the registry."""
_FOREIGNERS = re.compile(r"(?<![a-z])(?:foreign|abroad|overseas|passport)")
"""In the condition of what only foreigners are asked: they may not be in the registry either."""
_NEW = re.compile(r"\b(?:tre|con|moi|du kien|du dinh|de nghi|thay doi|xin|muon)\b")
"""About a child to be registered, or what is to become: no registry knows it yet."""
_CHOSEN = re.compile(r"\b(?:lien he|lien lac)\b")
"""People choose where they are written to; that is not where they are registered."""
_WHOSE = re.compile(r" (?:hien nay|hien tai|cuoi cung|cua .+)$")
_KEYS = frozenset(("population.id", "population.name", "finance.tax_code"))
"""What a registry is looked up by has to be asked."""
_NEVER = frozenset((Kind.NOTE, Kind.COMPUTED, Kind.FILES, Kind.TABLE, Kind.GROUP))
_BY_LABEL = frozenset((Kind.TEXT, Kind.CHOICE, Kind.ADDRESS, Kind.DATE, Kind.YES_NO, Kind.MONEY))
_PARTS = {
    Kind.PERSON: ("id", {"birth_date": "population.birth_date", "sex": "population.sex"}),
    Kind.ENTERPRISE: ("tax_code", {"name": "enterprise.registration"}),
}
"""By kind: the part a registry is looked up by, and the parts it then tells."""


@dataclass(frozen=True, slots=True)
class Held:
    """What of a question the State holds: all of it, or one part of a block."""

    fact: str
    part: str = ""


def fold(text: str) -> str:
    """Return ``text`` without accents, case or punctuation: ``Sổ hộ khẩu`` → ``so ho khau``."""
    bare = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    letters = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return _NOT_WORDS.sub(" ", letters).strip()


def own_name(name: str) -> str:
    """Return a paper's name folded, without what says in which form it is asked for."""
    folded = fold(name)
    while (shorter := _BEFORE.sub("", folded)) != folded:
        folded = shorter
    return folded


def held_paper(paper: Paper) -> tuple[str, ...]:
    """Return the facts that replace a paper: those the pack names, else what its name tells."""
    name = own_name(paper.name.vi)
    if _WILL.search(name) or _ITSELF.search(name):
        return ()
    if paper.held_by:
        return paper.held_by
    if _ELSEWHERE.search(name) or _FOREIGNERS.search(paper.show or ""):
        return ()
    found = [
        (len(words), fact)
        for words, fact in _words("papers")
        if name == words or name.startswith(words + " ")
    ]
    return (max(found)[1],) if found else ()


def held_field(field: Field) -> tuple[Held, ...]:
    """
    Return what of a question the State holds.

    A person needs no birth date and no sex once the personal number is asked, an enterprise no
    name once its number is. What is filled in from the account is not asked again.
    """
    if field.source or field.kind in _NEVER:
        return ()
    if field.kind in _PARTS:
        return tuple(_held_parts(field))
    label = fold(field.label.vi)
    if _CHOSEN.search(label):
        return ()
    if field.held_by:
        return () if field.held_by in _KEYS else (Held(field.held_by),)
    unknown = _NEW.search(label) or _FOREIGNERS.search(field.show or "")
    if field.kind not in _BY_LABEL or unknown:
        return ()
    bare = _WHOSE.sub("", label)
    return tuple(Held(fact) for words, fact in _words("fields") if bare == words)[:1]


def _held_parts(field: Field) -> Iterator[Held]:
    key, told = _PARTS[field.kind]
    asked = parts_of(field)
    if key not in asked or key in field.optional_parts:
        return
    for part in asked:
        if part in told:
            yield Held(told[part], part)


@cache
def _words(of: str) -> tuple[tuple[str, str], ...]:
    """Return the words by which papers or fields are recognised, each with its fact."""
    return tuple(
        (words, f"{registry}.{name}")
        for registry, each in registries().items()
        for name, fact in each.facts.items()
        for words in (fact.papers if of == "papers" else fact.fields)
    )
