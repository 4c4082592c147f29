"""
Processor time of each request in one process, without network and load: ``python -m bench.alone``.

It asks the portal's own application, on the data that ``MOTCUA_VAR`` (or ``DATABASE_URL``) has; its
database must be running. Rates depend on who else uses the machine; processor time hardly does, so
it tells best what a change brought. The database's own is that of the process it serves us by; what
it writes later for everybody is not in it.
"""

import argparse
import io
import json
import os
import sys
import time
from collections.abc import Iterator
from itertools import cycle, islice
from uuid import uuid4

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
os.environ.setdefault("LOG_LEVEL", "WARNING")

from motcua.config.serving import application, warm_up

APPLICATION = application()
warm_up()

from urllib.parse import quote  # noqa: E402

import psutil  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from bench.scenes import (  # noqa: E402
    Account,
    Dossier,
    Role,
    busiest,
    filing_bodies,
    holders,
    now,
    session,
    token,
)

Request = dict[str, object]


def asked(method: str, path: str, *, body: bytes = b"", **headers: str) -> Request:
    """Return a request as a web server hands it over."""
    place, _, query = path.partition("?")
    return {
        "REQUEST_METHOD": method,
        "PATH_INFO": place,
        "QUERY_STRING": query,
        "SCRIPT_NAME": "",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "127.0.0.1",
        "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_LENGTH": str(len(body)),
        "CONTENT_TYPE": "application/json",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        **headers,
    }


def answered(request: Request) -> bytes:
    """Return the body of a good answer."""
    told: list[str] = []
    answer = APPLICATION(request, lambda status, headers, *_: told.append(status))
    body = b"".join(answer)
    answer.close()
    if not told[0].startswith("2"):
        sys.exit(f"{request['PATH_INFO']}: {told[0]} {body[:300]!r}")
    return body


class Asking:
    """The requests of each scene."""

    def __init__(self) -> None:
        self.citizen = Account.objects.get(email="huong@motcua.example")
        self.bearer = {"HTTP_AUTHORIZATION": f"Bearer {token(str(self.citizen.pk))}"}
        self.agency, clerk = busiest()
        self.clerk = {"HTTP_COOKIE": session(clerk, self.agency)}

    def filings(self) -> Iterator[Request]:
        for body in cycle(filing_bodies()):
            once = {"HTTP_IDEMPOTENCY_KEY": uuid4().hex}
            yield asked("POST", "/api/v1/dossiers", body=body, **self.bearer, **once)

    def codes(self, number: int) -> list[str]:
        return [json.loads(answered(x))["code"] for x in islice(self.filings(), number)]

    def steps(self, number: int) -> Iterator[Request]:
        secrets: dict[str, str] = {}
        for code in self.codes(number):
            agency = code.rsplit("-", 2)[0]
            if agency not in secrets:
                secrets[agency] = token(holders(agency, Role.CLERK, at=now())[0].holder, agency)
            headers = {
                "HTTP_AUTHORIZATION": f"Bearer {secrets[agency]}",
                "HTTP_IDEMPOTENCY_KEY": uuid4().hex,
                "HTTP_IF_MATCH": '"1"',
            }
            path = f"/api/v1/dossiers/{code}/steps"
            yield asked("POST", path, body=b'{"step": "accept"}', **headers)

    def reads(self) -> Iterator[Request]:
        for code in cycle(self.codes(20)):
            yield asked("GET", f"/api/v1/dossiers/{code}", **self.bearer)

    def pages(self, path: str, who: dict[str, str]) -> Iterator[Request]:
        while True:
            yield asked("GET", path, **who)

    def searches(self, column: str) -> Iterator[Request]:
        found = Dossier.objects.filter(agency=self.agency, source="seed")
        for text in cycle(found.values_list(column, flat=True)[:100]):
            path = f"/ban-lam-viec/?trong=tat-ca&tim={quote(text)}"
            yield asked("GET", path, **self.clerk)


def measure(work: str, requests: Iterator[Request], number: int) -> None:
    for request in islice(requests, 20):
        answered(request)
    with CaptureQueriesContext(connection) as seen:
        answered(next(requests))
        count = sum("SAVEPOINT" not in query["sql"] for query in seen.captured_queries)
    todo = list(islice(requests, number))
    start, used, by_database = time.perf_counter(), time.process_time(), database_time()
    for request in todo:
        answered(request)
    took, used = time.perf_counter() - start, time.process_time() - used
    by_database = database_time() - by_database
    each = " | ".join(f"{t / len(todo) * 1000:.2f} ms" for t in (used, by_database, took))
    print(f"| {work} | {each} | {count} |", flush=True)


def database_time() -> float:
    """Return the processor time our process of the database has had so far, in seconds."""
    connection.ensure_connection()
    server = psutil.Process(connection.connection.info.backend_pid).cpu_times()
    return server.user + server.system


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--number", type=int, default=200, help="requests of each kind")
    number = arguments.parse_args().number
    asking = Asking()
    own = {"HTTP_COOKIE": session(asking.citizen)}
    print(f"{Dossier.objects.count():,} dossiers\n")
    print("| work | our processor time | the database's | time | statements |", flush=True)
    print("|---|---|---|---|---|", flush=True)
    measure("file by API", asking.filings(), number)
    measure("take a step by API", asking.steps(number + 21), number)
    measure("read one by API", asking.reads(), number)
    measure("list 100 by API", asking.pages("/api/v1/dossiers?limit=100", asking.bearer), number)
    measure("my dossiers page", asking.pages("/ho-so/", own), number)
    measure("worklist page with counts", asking.pages("/ban-lam-viec/", asking.clerk), number)
    measure("look a code up", asking.searches("code"), number)
    measure("look a name up within the agency", asking.searches("applicant_name"), number)


if __name__ == "__main__":
    main()
