"""Words where no framework is known: marked for translation, free of the unseen, in order."""

import re
from typing import Any
from unicodedata import combining, normalize


def N_(message: str) -> str:  # noqa: N802
    """Return ``message`` as it is: it is an English key that is translated when it is shown."""
    return message


def letters(text: str) -> int:
    """Return how many letters and digits a text has; blanks, dots and unseen signs do not count."""
    return sum(map(str.isalnum, text))


_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e"
    "\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
    "|(?<![\u2600-\u27bf\ufe0f\U0001f3fb-\U0001faff])\u200d"
)


def visible(text: str) -> str:
    """
    Return a text without signs that show nothing or turn the text around them.

    With them two different names look alike, a name looks like none, and what stands beside them
    reads backwards. Line ends and tabs stay, and what joins pictures to one.
    """
    return text if text.isascii() and text.isprintable() else _UNSEEN.sub("", text)


def visible_in(value: Any) -> Any:
    """Return a value read from JSON with every text in it ``visible``, names of fields too."""
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, list):
        return [visible_in(each) for each in value]
    if isinstance(value, dict):
        return {visible(name): visible_in(each) for name, each in value.items()}
    return value


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
