"""Words where no framework is known: marking them for translation, putting them in order."""

from typing import Any
from unicodedata import combining, normalize


def N_(message: str) -> str:  # noqa: N802
    """Return ``message`` as it is: it is an English key that is translated when it is shown."""
    return message


def letters(text: str) -> int:
    """Return how many letters and digits a text has; blanks, dots and unseen signs do not count."""
    return sum(map(str.isalnum, text))


_TONES = {mark: rank for rank, mark in enumerate("\u0300\u0309\u0303\u0301\u0323", start=1)}
_SHAPES = {"\u0306": 1, "\u0302": 2, "\u031b": 3}


def alphabetical(text: str) -> tuple[Any, ...]:
    """
    Return a key that sorts words as a Vietnamese dictionary does: a ă â … d đ e ê … o ô ơ … u ư.

    Tones (level, grave, hook, tilde, acute, dot) part only words of the same letters.
    """
    letters: list[tuple[str, int]] = []
    tones: list[int] = []
    for sign in normalize("NFD", text.casefold().replace("đ", "d\u0336")):
        if sign in _TONES and letters:
            tones[-1] = _TONES[sign]
        elif combining(sign) and letters:
            letters[-1] = (letters[-1][0], _SHAPES.get(sign, 1))
        else:
            letters.append((sign, 0))
            tones.append(0)
    return tuple(letters), tuple(tones), text
