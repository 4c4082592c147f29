"""How often somebody may do something: one statement, shared by all processes."""

from datetime import UTC, datetime

from django.db import connection

from motcua.backbone.http.refusals import TooOften

_COUNT = """
INSERT INTO backbone_tally (what, who, "window", times, until) VALUES (%s, %s, %s, 1, %s)
ON CONFLICT (what, who, "window") DO UPDATE SET times = backbone_tally.times + 1
RETURNING times
"""


def check_rate(what: str, who: str, *, times: int, seconds: int, at: datetime) -> None:
    """
    Count one try of ``who`` (an actor id or an address) at ``what``.

    Call it before the operation, not inside: a rolled back transaction forgets the try.

    :raises TooOften: when it is more than ``times`` in the running window of ``seconds``
    """
    window, passed = divmod(int(at.timestamp()), seconds)
    until = datetime.fromtimestamp((window + 1) * seconds, UTC)
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [what, who, window, until])
        (count,) = cursor.fetchone() or (0,)
    if count > times:
        raise TooOften(seconds=seconds - passed)
