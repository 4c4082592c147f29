"""How a ticket is called: a letter for what it is about, and a number of the day."""


def number_of(letter: str, count: int) -> str:
    """Return what is printed and called: ``A012``; the thousandth is ``A1000``."""
    return f"{letter}{count:03}"
