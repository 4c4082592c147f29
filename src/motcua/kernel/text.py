"""Marking words for translation where no framework is known."""


def N_(message: str) -> str:  # noqa: N802
    """Return ``message`` as it is: it is an English key that is translated when it is shown."""
    return message
