"""How often somebody may do something: one statement, shared by all processes."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now

from motcua.backbone.http.bearer import Bearer
from motcua.backbone.http.refusals import TooOften

View = Callable[..., HttpResponse]


_COUNT = """
INSERT INTO backbone_tally (what, who, "window", times, until) VALUES (%s, %s, %s, 1, %s)
ON CONFLICT (what, who, "window") DO UPDATE SET times = backbone_tally.times + 1
RETURNING times
"""


def check_rate(what: str, who: str, *, times: int, seconds: int, at: datetime) -> None:
    """
    Count one try of ``who`` (an actor id or an address) at ``what``.

    Call it before the operation, not inside: a rolled back transaction forgets the try. An
    endpoint under ``once`` is in one already: it has ``limited`` above.

    :raises TooOften: when it is more than ``times`` in the running window of ``seconds``
    """
    window, passed = divmod(int(at.timestamp()), seconds)
    until = datetime.fromtimestamp((window + 1) * seconds, UTC)
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [what, who, window, until])
        (count,) = cursor.fetchone() or (0,)
    if count > times:
        raise TooOften(seconds=seconds - passed)


def limited(what: str, *, times: int, seconds: int, each: str = "") -> Callable[[View], View]:
    """
    Decorate an endpoint, above ``once``: its caller may try ``what`` so many times in ``seconds``.

    It counts before a transaction begins, so a try that is refused is a try, too. One sent again
    with the same key counts again. Who is not signed in is left to the endpoint.

    :param each: the part of the address that names the thing, where each is counted apart
    :raises TooOften: from the endpoint, when it is more
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            # Only the endpoint itself would look the caller up: within the transaction.
            if (by := Bearer()(request)) is not None:
                thing = f":{str(kwargs[each])[:60]}" if each else ""
                check_rate(what, by.id + thing, times=times, seconds=seconds, at=now())
            return view(request, *args, **kwargs)

        return guarded

    return decorate
