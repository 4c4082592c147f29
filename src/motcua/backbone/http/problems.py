"""What the JSON API says when it refuses, for its documentation (RFC 9457)."""

from ninja import Schema


class Wrong(Schema):
    """What is wrong with one part of a request, in the reader's language."""

    at: str
    message: str


class Problem(Schema):
    """Why a request was refused; ``code`` is stable, ``title`` is for people."""

    type: str
    title: str
    status: int
    code: str
    request_id: str
    problems: list[Wrong] = []


PROBLEMS: dict[int, type[Problem]] = dict.fromkeys(
    (400, 401, 403, 404, 409, 412, 413, 415, 422, 428, 429, 503), Problem
)
"""The answers any endpoint may give besides its own."""
