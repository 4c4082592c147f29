"""What is measured, each scene in the words of the table of targets."""

import json
import random
import time
from functools import cached_property
from urllib.parse import quote
from uuid import uuid4

import django

from bench.load import request, run

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import Count  # noqa: E402
from django.utils.timezone import localtime, now  # noqa: E402

from bench.body import filing_bodies  # noqa: E402
from motcua.agencies.operations.demo import DEMO_AGENCIES  # noqa: E402
from motcua.agencies.queries.posts import holders  # noqa: E402
from motcua.dossiers.models import Dossier  # noqa: E402
from motcua.identity.models import Account  # noqa: E402
from motcua.identity.operations.tokens import issue_token  # noqa: E402
from motcua.kernel.actors import Actor, Role  # noqa: E402
from motcua.reporting.queries.form06 import Asked, Period, form_06  # noqa: E402

SYSTEM = Actor.system("bench")
PROVINCE = "000.00.00.H26"
MANY = 30_000


def token(account: str, agency: str = "") -> str:
    return issue_token(
        account, name="bench", days=1, scopes=["read", "write"], agency=agency, by=SYSTEM, at=now()
    )


def session(account: Account, agency: str = "") -> str:
    """Return a session cookie as signing in, and choosing an agency, would give it."""
    store = SessionStore()
    store[SESSION_KEY] = account._meta.pk.value_to_string(account)
    store[BACKEND_SESSION_KEY] = next(
        b for b in settings.AUTHENTICATION_BACKENDS if "Axes" not in b
    )
    store[HASH_SESSION_KEY] = account.get_session_auth_hash()
    store["acting_for"] = agency
    store.create()
    return f"{settings.SESSION_COOKIE_NAME}={store.session_key}"


def size_now() -> int:
    """Return about how many dossiers there are."""
    return Dossier.objects.count()


def busiest() -> tuple[str, Account]:
    """Return the demonstration's agency that has most dossiers, and its clerk."""
    ours = [each.new.id for each in DEMO_AGENCIES]
    found = Dossier.objects.filter(agency__in=ours).values("agency").annotate(n=Count("id"))
    agency = found.order_by("-n").values_list("agency", flat=True)[0]
    return agency, Account.objects.get(pk=holders(agency, Role.CLERK, at=now())[0].holder)


class Scenes:
    """The loads, in the order they are put on."""

    def __init__(self, port: int, rows, seconds: float) -> None:
        self.port, self.rows, self.seconds = port, rows, seconds
        self.citizen = Account.objects.get(email="huong@motcua.example")
        self.bearer = {
            "Authorization": f"Bearer {token(str(self.citizen.pk))}",
            "Content-Type": "application/json",
        }

    def load(self, work: str, sent: list[bytes], target: str, *, good: int = 200, keep=False):
        """Put a load on, let the worker do what it leaves, and tell what both cost."""
        if sent[0].startswith(b"GET"):
            run(self.port, sent[:16], seconds=self.seconds)
        self.rows.spent.since()
        got = run(self.port, sent, seconds=self.seconds, keep=keep)
        wait_for_jobs()
        return self.rows.load(work, got, target, good=good)

    def public(self) -> None:
        """A static file, and the pages strangers see."""
        manifest = json.loads((settings.STATIC_ROOT / "staticfiles.json").read_text())["paths"]
        page = [request("GET", f"/static/{manifest['motcua/motcua.css']}")] * 200_000
        static = self.load("static file by the same server", page, "–")
        self.rows.static = static.rate
        for name, path in (("home", "/"), ("procedure page", "/thu-tuc/1.001193/")):
            sent = [request("GET", path)] * 200_000
            self.load(f"public page: {name}", sent, "≥ 50 % of a static file")
        words = ["khai sinh", "giay khai sinh", "bang lai xe", "dang ky ket hon", "ho kinh doanh"]
        searches = [request("GET", f"/tim-kiem/?q={w.replace(' ', '+')}") for w in words] * 20_000
        self.load("search page", searches, "query p95 ≤ 10 ms")

    def hot(self) -> None:
        """File, take a step, read one."""
        at = f"{size_now():,} dossiers"
        sent = [self._filing(n) for n in range(int(self.seconds * 1500))]
        target = "≥ 400/s, p95 ≤ 40 ms, ≤ 8 statements"
        got = self.load(f"file by API, {at}", sent, target, good=201, keep=True)
        codes = [json.loads(body)["code"] for body in got.bodies]
        self.load(
            f"take a step by API, {at}", [self._step(c) for c in codes], "≥ 400/s, ≤ 8 statements"
        )
        chosen = random.Random(1).choices(codes, k=60_000)
        reads = [request("GET", f"/api/v1/dossiers/{c}", headers=self.bearer) for c in chosen]
        self.load(f"read one by API, {at}", reads, "≥ 1,500/s, ≤ 3 statements")

    def lists(self) -> None:
        """My dossiers, the worklist with its counts, a code and a name looked up in the agency."""
        at, target = f"{size_now():,} dossiers", "p95 ≤ 50 ms, flat"
        sent = [request("GET", "/api/v1/dossiers?limit=100", headers=self.bearer)] * MANY
        self.load(f"list 100 by API, {at}", sent, target)
        own = {"Cookie": session(self.citizen)}
        self.load(
            f"my dossiers page, {at}", [request("GET", "/ho-so/", headers=own)] * MANY, target
        )
        agency, clerk = busiest()
        cookie = {"Cookie": session(clerk, agency)}
        self._desk(f"worklist page with counts, {at}", cookie, [""])
        codes = Dossier.objects.filter(agency=agency).values_list("code", flat=True)[:200]
        self._desk(f"look a code up, {at}", cookie, [f"trong=tat-ca&tim={c}" for c in codes])
        names = Dossier.objects.filter(agency=agency, source="seed").values_list(
            "applicant_name", flat=True
        )[:200]
        found = [f"trong=tat-ca&tim={quote(name)}" for name in names]
        self._desk(f"look a name up within the agency, {at}", cookie, found)

    def report(self) -> None:
        """Form 06 of a province and a year, its query alone."""
        by = Actor("bench", "bench", agency=PROVINCE, roles=frozenset({Role.LEADER}))
        asked = Asked(Period.named(str(now().year)), agency=PROVINCE)
        took = []
        for _ in range(5):
            start = time.perf_counter()
            told = form_06(asked, by=by, at=localtime(now()))
            took.append(time.perf_counter() - start)
        middle = sorted(took)[2]
        work = f"form 06, a province and a year, {size_now():,} dossiers"
        self.rows.add(work, f"{middle:.2f} s · {len(told.fields)} fields", "≤ 1 s")

    def _filing(self, number: int) -> bytes:
        body = self._bodies[number % len(self._bodies)]
        headers = {**self.bearer, "Idempotency-Key": uuid4().hex}
        return request("POST", "/api/v1/dossiers", body=body, headers=headers)

    @cached_property
    def _bodies(self) -> list[bytes]:
        return filing_bodies()

    @cached_property
    def _secrets(self) -> dict[str, str]:
        return {}

    def _step(self, code: str) -> bytes:
        agency = code.rsplit("-", 2)[0]
        if agency not in self._secrets:
            clerk = holders(agency, Role.CLERK, at=now())[0].holder
            self._secrets[agency] = token(clerk, agency)
        headers = {
            "Authorization": f"Bearer {self._secrets[agency]}",
            "Content-Type": "application/json",
            "Idempotency-Key": uuid4().hex,
            "If-Match": '"1"',
        }
        path = f"/api/v1/dossiers/{code}/steps"
        return request("POST", path, body=b'{"step": "accept"}', headers=headers)

    def _desk(self, work: str, cookie: dict[str, str], queries: list[str]) -> None:
        paths = [f"/ban-lam-viec/?{query}" for query in queries]
        sent = [request("GET", path, headers=cookie) for path in paths]
        self.load(work, sent * (MANY // len(sent)), "p95 ≤ 50 ms, flat")


WAITING = """
SELECT count(*) FROM procrastinate_jobs
WHERE status IN ('todo', 'doing') AND scheduled_at IS NULL
"""


def wait_for_jobs() -> None:
    """Let the worker finish what the filings left it, so that the next scene is measured alone."""
    for _ in range(1200):
        with connection.cursor() as cursor:
            cursor.execute(WAITING)
            (left,) = cursor.fetchone()
        if not left:
            return
        time.sleep(0.25)
