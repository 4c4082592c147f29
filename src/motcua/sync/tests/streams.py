"""Rows as members send them, and what the tables hold after."""

import gzip
import io
import json
from datetime import UTC, datetime, timedelta

from django.db import connection

from motcua.sync.models import Refusal, Stream
from motcua.sync.operations.taking import take

HUE = "000.00.00.H57"
AT = datetime(2026, 11, 23, 2, tzinfo=UTC)
DAY = datetime(2026, 9, 17, 1, tzinfo=UTC)


def code_of(number, *, top="H57", day="260917"):
    return f"000.00.16.{top}-{day}-{number:04}"


def dossier(number=1, *, hours=0, code=None, **facts):
    told = {"code": code or code_of(number), "procedure": "1.001193", "title": "Khai sinh"}
    as_of = (DAY + timedelta(hours=hours)).isoformat()
    return {"k": "d", **told, "as_of": as_of, **facts}


def status(number=1, value=2, *, hours=0, code=None, **facts):
    at = (DAY + timedelta(hours=hours)).isoformat()
    return {"k": "s", "code": code or code_of(number), "at": at, "status": value, **facts}


def body(rows):
    """Return rows as a body; what is bytes already stays a line as it is."""
    lines = [row if isinstance(row, bytes) else json.dumps(row).encode() for row in rows]
    return b"".join(line + b"\n" for line in lines)


def send(rows, *, stream="a", offset=0, member=HUE, packed=False, at=AT, cut=None):
    """Let a member's rows be taken; ``cut`` is where the connection breaks."""
    data = rows if isinstance(rows, bytes) else body(rows)
    data = (gzip.compress(data) if packed else data)[:cut]
    return take(
        io.BytesIO(data),
        member=member,
        stream_id=stream,
        offset=offset,
        encoding="gzip" if packed else "",
        at=at,
    )


def cursor_of(stream="a"):
    return Stream.objects.filter(stream=stream).values_list("cursor", flat=True).first() or 0


def tables():
    """Return all that was taken, but when."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT to_jsonb(d) - 'told_at' FROM sync_dossier d ORDER BY year, member, code"
        )
        dossiers = [json.loads(row[0]) for row in cursor.fetchall()]
        cursor.execute(
            "SELECT to_jsonb(s) - 'told_at' FROM sync_status s "
            "ORDER BY year, member, code, at, status, detail"
        )
        return dossiers, [json.loads(row[0]) for row in cursor.fetchall()]


def refused(stream="a"):
    runs = Refusal.objects.filter(stream=stream).order_by("first", "reason")
    return list(runs.values_list("first", "last", "reason", "example"))


def empty():
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE sync_dossier, sync_status, sync_block, sync_stream, sync_refusal")
