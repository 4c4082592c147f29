"""What can be wrong with a portal on a machine, and what to do about it."""

import base64
import os
import re
import shutil
import stat
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils.timezone import now
from django.utils.translation import gettext as _

from motcua import __version__
from motcua.backbone.database.replicas import standings
from motcua.backbone.postgres import MAJOR
from motcua.backbone.queued import (
    failed_by_queue,
    longest_waits,
    seconds_since_heartbeat,
    stalled_jobs,
)
from motcua.config.doctor_logs import logs_borne_out
from motcua.config.doctor_parents import parents_told
from motcua.config.doctor_refusals import calls_refused
from motcua.config.doctor_revocations import revocations_read
from motcua.config.findings import Finding
from motcua.config.probes import WORKER_SILENT_AFTER, unapplied_migrations
from motcua.config.statics import are_current
from motcua.exchange.queries.keys import NoKeyOfOurs, signing_key
from motcua.exchange.queries.members import kept_logs, members_listed

EXTENSIONS = ("unaccent", "pg_trgm", "btree_gist")
ROOM_NEEDED = 2 * 2**30
CLOCK_MAY_DIFFER = timedelta(seconds=5)
CERTIFICATE_LEFT = timedelta(days=21)
KEY_LEFT = timedelta(days=30)
_PEM = re.compile(r"-----BEGIN CERTIFICATE-----([^-]+)-----END")
_TIME = rb"(?:\x17\x0d\d{12}Z|\x18\x0f\d{14}Z)"
_VALIDITY = re.compile(_TIME + rb"(?:\x17\x0d(\d{12})Z|\x18\x0f(\d{14})Z)")
LATE = timedelta(minutes=10)


def examine() -> Iterator[Finding]:
    """Look at everything; what needs the database is left out where it does not answer."""
    yield versions()
    first = database()
    yield first
    if first.well:
        for look in (extensions, migrations, clock, worker, failed_jobs, late_jobs):
            yield _safely(look)
        yield from replicas()
        yield from exchange()
        yield from logs_borne_out()
        yield from revocations_read()
        yield from calls_refused()
        yield from parents_told()
    for look in (disk, secret_key, static_files, addresses, certificate):
        yield _safely(look)


def _safely(look: Callable[[], Finding]) -> Finding:
    try:
        return look()
    except (OSError, DatabaseError) as error:
        return _ill(f"{look.__name__}: {error}", _("See the cause beside it."))


def _ill(seen: str, advice: str) -> Finding:
    return Finding(well=False, seen=seen, advice=advice)


def versions() -> Finding:
    """Name what runs here; Python must be 3.11 or later."""
    python = ".".join(map(str, sys.version_info[:3]))
    return Finding(
        sys.version_info >= (3, 11),
        f"Một Cửa {__version__}, Python {python}",
        _("Install Python 3.11 or later, then run make again."),
    )


def database() -> Finding:
    """Look whether PostgreSQL answers, and whether it is the version we need."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('server_version_num')::int / 10000")
            (major,) = cursor.fetchone() or (0,)
    except DatabaseError as error:
        return _ill(f"{error}", _("Check DATABASE_URL, or run motcua run."))
    advice = _("Move the data to PostgreSQL {major}.").format(major=MAJOR)
    return Finding(major >= MAJOR, f"PostgreSQL {major}", advice)


def extensions() -> Finding:
    """Look whether the extensions that search and exclusion constraints need can be had."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_available_extensions")
        there = {name for (name,) in cursor.fetchall()}
    missing = [name for name in EXTENSIONS if name not in there]
    advice = _("Install PostgreSQL's contrib package on the database server.")
    return Finding(not missing, ", ".join(missing or EXTENSIONS), advice)


def migrations() -> Finding:
    """Look whether the tables are those of this version."""
    behind = unapplied_migrations()
    seen = _("{count} migrations not applied").format(count=len(behind))
    return Finding(not behind, seen, _("Run motcua migrate."))


def clock() -> Finding:
    """Compare this machine's clock with the database's: due times depend on both."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (theirs,) = cursor.fetchone() or (now(),)
    differ = abs(now() - theirs)
    seen = _("the clock differs from the database's by {seconds} s").format(
        seconds=round(differ.total_seconds(), 1)
    )
    return Finding(differ <= CLOCK_MAY_DIFFER, seen, _("Synchronise both machines' clocks (NTP)."))


def replicas() -> Iterator[Finding]:
    """Look whether each replica answers and how far it is behind."""
    for each in standings():
        if each.seconds_behind is None or each.bytes_behind is None:
            seen = _("{name} does not answer, or follows no primary").format(name=each.name)
            yield _ill(seen, _("Start it, or take it out of DATABASE_REPLICA_URL."))
            continue
        seen = _("{name} is {seconds} s and {bytes} bytes behind").format(
            name=each.name, seconds=each.seconds_behind, bytes=each.bytes_behind
        )
        advice = _("See pg_stat_replication on the primary, and the replica's disk and network.")
        yield Finding(each.may_be_read, seen, advice)


def exchange() -> Iterator[Finding]:
    """Look whether each member that signs here has a key, and how long it still holds."""
    if unapplied_migrations():
        return
    at = now()
    until = {member.id: ends for member, ends in members_listed(at=at)}
    for member in kept_logs():
        try:
            signing_key(member, at=at)
        except NoKeyOfOurs:
            seen = _("{member} has no key here that holds").format(member=member)
            advice = _("Run: motcua exchange key new {member}; or bring its folder back: {place}")
            place = Path(settings.VAR) / "exchange" / member
            yield _ill(seen, advice.format(member=member, place=place))
            continue
        ends = until[member] or at
        seen = _("{member} signs until {day}").format(member=member, day=f"{ends:%d/%m/%Y}")
        advice = _("Run: motcua exchange key rotate {member}").format(member=member)
        yield Finding(ends - at > KEY_LEFT, seen, advice)


def worker() -> Finding:
    """Look whether a worker has given a sign of life."""
    silent = seconds_since_heartbeat(at=now())
    if silent is None:
        return _ill(_("no worker runs"), _("Start motcua worker, or motcua run."))
    seen = _("a worker gave a sign of life {seconds} s ago").format(seconds=round(silent))
    return Finding(silent < WORKER_SILENT_AFTER, seen, _("Start motcua worker again."))


def failed_jobs() -> Finding:
    """Count jobs that failed for good, by queue."""
    counts = failed_by_queue()
    seen = _("{count} failed jobs").format(count=sum(counts.values()))
    return Finding(
        not counts,
        _with(seen, {queue: str(count) for queue, count in counts.items()}),
        _("See motcua jobs; then retry them or give them up."),
    )


def late_jobs() -> Finding:
    """Look how long the longest waiting job waits, by queue, and what dead workers left."""
    waits, left = longest_waits(at=now()), stalled_jobs(at=now()).count()
    longest = max(waits.values(), default=0.0)
    seen = _("the longest waiting job waits for {seconds} s; {count} left by dead workers")
    seen = seen.format(seconds=round(longest), count=left)
    return Finding(
        longest < LATE.total_seconds() and not left,
        _with(seen, {queue: f"{round(wait)} s" for queue, wait in waits.items()}),
        _("Start motcua worker; run more workers, or more jobs at once."),
    )


def _with(seen: str, by_queue: Mapping[str, str]) -> str:
    parts = ", ".join(f"{queue} {value}" for queue, value in by_queue.items())
    return f"{seen} ({parts})" if parts else seen


def disk() -> Finding:
    """Look how much room the disk under ``var`` has."""
    free = shutil.disk_usage(settings.VAR).free
    seen = _("{free} GB free in {place}").format(free=free // 2**30, place=settings.VAR)
    return Finding(free >= ROOM_NEEDED, seen, _("Free some space, or move MOTCUA_VAR."))


def secret_key() -> Finding:
    """Look whether others on this machine can read the secrets kept in ``var``."""
    if os.environ.get("SECRET_KEY"):
        return Finding(well=True, seen=_("the secret key comes from the environment"))
    place = Path(settings.VAR) / "secret-key"
    mode = stat.S_IMODE(place.stat().st_mode)
    advice = _("Run: chmod 600 {place}").format(place=place)
    return Finding(not mode & 0o077, f"{place} {mode:o}", advice)


def static_files() -> Finding:
    """Look whether the gathered static files are those of this version."""
    well = are_current()
    seen = _("static files are current") if well else _("static files are of another version")
    return Finding(well, seen, _("Run motcua collectstatic, or motcua run."))


def addresses() -> Finding:
    """Look whether a portal that others reach is reached by TLS."""
    near = settings.BASE_URL.startswith(("http://127.0.0.1", "http://localhost"))
    advice = _("Set BASE_URL to an https:// address, with TLS_CERTIFICATE or a proxy before it.")
    return Finding(settings.HTTPS or near, f"BASE_URL={settings.BASE_URL}", advice)


def certificate() -> Finding:
    """Look how long the server's own TLS certificate is still good."""
    name = os.environ.get("TLS_CERTIFICATE")
    if not name:
        return Finding(well=True, seen=_("TLS is left to a proxy, or not used"))
    ends = end_of(Path(name).read_text())
    seen = _("the certificate is good until {day}").format(day=f"{ends:%d/%m/%Y}")
    return Finding(ends - now() > CERTIFICATE_LEFT, seen, _("Renew it, then restart the portal."))


def end_of(pem: str) -> datetime:
    """
    Return when the first certificate of a PEM file ends.

    Its validity is the one place of the DER where two times follow each other (RFC 5280, 4.1.2.5).

    :raises OSError: if the file is no certificate
    """
    body = _PEM.search(pem)
    found = _VALIDITY.search(base64.b64decode(body[1])) if body else None
    if found is None:
        raise OSError(_("TLS_CERTIFICATE is not a PEM certificate"))
    ends = (found[2] or b"20" + found[1]).decode()
    return datetime.strptime(ends, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
