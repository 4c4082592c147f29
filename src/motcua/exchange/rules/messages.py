"""What of a request or an answer can be signed."""

from collections.abc import Mapping
from dataclasses import dataclass


class NotSigned(ValueError):
    """A message carries no signature in our profile; the message says what is odd."""


@dataclass(frozen=True, slots=True)
class Message:
    """
    What of a request or an answer can be signed.

    ``components`` are the derived ones, such as ``@method``; ``headers`` have names in lower case.
    """

    components: Mapping[str, str]
    headers: Mapping[str, str]

    def value(self, name: str) -> str:
        """
        Return the value of a component.

        :raises NotSigned: if the message has no such header
        """
        if name.startswith("@"):
            return self.components[name]
        try:
            return self.headers[name].strip(" \t")
        except KeyError:
            raise NotSigned(f"no header {name}") from None


def request(
    method: str, authority: str, path: str, query: str, headers: Mapping[str, str]
) -> Message:
    """
    Return a request as a message.

    :param authority: host, and port where it is not the scheme's own
    :param path: absolute and percent-encoded
    :param query: without its question mark
    """
    derived = {
        "@method": method,
        "@authority": authority.lower(),
        "@path": path,
        "@query": f"?{query}",
    }
    return Message(derived, headers)


def answer(status: int, headers: Mapping[str, str]) -> Message:
    """Return an answer as a message."""
    return Message({"@status": str(status)}, headers)
