"""
Speak to systems that are no members, and sign nothing: for rooms that know other interfaces.

The connections are those of the exchange, so an answer is taken up to a size and a time as it came:
unpacked by nobody, led on nowhere, no cookie kept.
"""

from collections.abc import Mapping

import httpx

from motcua.exchange.adapters.lines import Address, AnswerTooLarge, Kept, Outgoing

__all__ = ["AnswerTooLarge", "Outsider"]

SCHEMES = {"http", "https"}


class Outsider:
    """
    One such system; its connections are kept until it is closed.

    :param address: base URL, before the parts that are called
    :param inside: whether it may be on a private network or this machine
    :param most: bytes of an answer that are taken
    """

    def __init__(self, address: str, *, inside: bool, most: int) -> None:
        self._address, self._inside, self._most = address.rstrip("/"), inside, most
        self._line = Kept()

    def post(self, part: str, body: bytes, headers: Mapping[str, str], *, timeout: float) -> bytes:
        """
        Send a body to a part of it, and return what it answers, whatever the status.

        :param timeout: seconds for connecting, and again for each piece; from its first byte an
            answer has a minute
        :raises httpx.InvalidURL: if the address is none
        :raises Barred: if it may not be called
        :raises OSError: if nobody is there, or too slow
        :raises http.client.HTTPException: if what comes back is not HTTP, or is cut short
        :raises ValueError: if a header cannot be sent as it is
        :raises AnswerTooLarge: if the answer is larger than is taken
        """
        url = httpx.URL(f"{self._address}/{part}")
        if url.scheme not in SCHEMES or not url.host:
            raise httpx.InvalidURL(self._address)
        whom = (url.host, part, self._inside, self._most)
        headers = {**headers, "accept-encoding": "identity"}
        asking = Outgoing("POST", Address.of(url), headers, body, *whom)
        return self._line.exchange(asking, body, timeout=timeout).body

    def close(self) -> None:
        """End the connections to it."""
        self._line.close()
