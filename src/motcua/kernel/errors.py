"""
The five ways a request can fail. Rooms subclass these beside the code that raises them.

Each class gives a stable ``code`` for machines and a ``message`` for people: an English sentence
(the translation key) that says what is wrong and what to do next, with ``{fact}`` placeholders
filled from the facts it was raised with.
"""

from typing import ClassVar

from motcua.kernel.text import N_

Fact = str | int | list[dict[str, str]]


class Refusal(Exception):
    """An expected 'no': the caller can understand it and act on it."""

    code: ClassVar[str] = "refused"
    message: ClassVar[str] = N_("This cannot be done.")

    def __init__(self, **facts: Fact) -> None:
        super().__init__(self.code)
        self.facts = facts


class NotFound(Refusal):
    """There is no such thing, or the actor may not know that there is."""

    code = "not-found"
    message = N_("We could not find this page. Check the address, or start from the home page.")


class Forbidden(Refusal):
    """The actor may see it but may not do this."""

    code = "forbidden"
    message = N_("You may not do this with the account you are using.")


class Conflict(Refusal):
    """The state of the thing does not allow this now."""

    code = "conflict"
    message = N_("This has changed since you opened it. Reload the page and try again.")


class Invalid(Refusal):
    """What was sent does not make sense; the fact ``problems`` lists ``{"at", "message"}``."""

    code = "invalid"
    message = N_("Some of what was sent is not right. Correct it and send it again.")


class Unavailable(Refusal):
    """A system outside did not answer; trying again later may work."""

    code = "unavailable"
    message = N_("A system we depend on is not answering. Nothing was lost; try again in a while.")
