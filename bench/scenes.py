"""What is measured, each scene in the words of the table of targets."""

import json
import random
import time
from uuid import uuid4

import django

from bench.load import request, run

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils.timezone import now  # noqa: E402

from bench.body import filing_bodies  # noqa: E402
from motcua.agencies.queries.posts import holders  # noqa: E402
from motcua.dossiers.models import Dossier  # noqa: E402
from motcua.identity.models import Account  # noqa: E402
from motcua.identity.operations.tokens import issue_token  # noqa: E402
from motcua.kernel.actors import Actor, Role  # noqa: E402

SYSTEM = Actor.system("bench")


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


def measure(portal, rows, *, seconds: float) -> None:
    port = portal.place.port
    citizen = Account.objects.get(email="huong@motcua.example")
    secret = token(str(citizen.pk))
    bearer = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}

    manifest = json.loads((settings.STATIC_ROOT / "staticfiles.json").read_text())["paths"]
    page = [request("GET", f"/static/{manifest['motcua/motcua.css']}")] * 200_000
    static = rows.load("static file by the same server", run(port, page, seconds=seconds), "–")
    for name, path in (("home", "/"), ("procedure page", "/thu-tuc/1.001193/")):
        got = run(port, [request("GET", path)] * 200_000, seconds=seconds)
        rows.load(f"public page: {name}", got, "≥ 50 % of a static file")
        rows.add(f"public page: {name}, share of static", f"{got.rate / static.rate:.0%}", "≥ 50 %")
    words = ["khai sinh", "giay khai sinh", "bang lai xe", "dang ky ket hon", "ho kinh doanh"]
    searches = [request("GET", f"/tim-kiem/?q={w.replace(' ', '+')}") for w in words] * 20_000
    rows.load("search page", run(port, searches, seconds=seconds), "query p95 ≤ 10 ms")

    codes = file(port, rows, bearer, seconds)
    step(port, rows, codes, seconds)
    read(port, rows, bearer, codes, seconds)
    lists(port, rows, citizen, bearer, seconds)


def file(port, rows, bearer, seconds) -> list[str]:
    bodies = filing_bodies()
    sent = [
        request(
            "POST",
            "/api/v1/dossiers",
            body=bodies[n % len(bodies)],
            headers={**bearer, "Idempotency-Key": uuid4().hex},
        )
        for n in range(int(seconds * 1500))
    ]
    got = run(port, sent, seconds=seconds, keep=True)
    rows.load("file a dossier by API", got, "≥ 400/s, p95 ≤ 40 ms, ≤ 8 statements", good=201)
    return [json.loads(body)["code"] for body in got.bodies]


def step(port, rows, codes, seconds) -> None:
    secrets = {}
    for code in codes:
        agency = code.rsplit("-", 2)[0]
        if agency not in secrets:
            secrets[agency] = token(holders(agency, Role.CLERK, at=now())[0].holder, agency)
    sent = [
        request(
            "POST",
            f"/api/v1/dossiers/{code}/steps",
            body=b'{"step": "accept"}',
            headers={
                "Authorization": f"Bearer {secrets[code.rsplit('-', 2)[0]]}",
                "Content-Type": "application/json",
                "Idempotency-Key": uuid4().hex,
                "If-Match": '"1"',
            },
        )
        for code in codes
    ]
    rows.load("take a step by API", run(port, sent, seconds=seconds), "≥ 400/s, ≤ 8 statements")


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


def read(port, rows, bearer, codes, seconds) -> None:
    wait_for_jobs()
    chosen = random.Random(1).choices(codes, k=60_000)
    sent = [request("GET", f"/api/v1/dossiers/{code}", headers=bearer) for code in chosen]
    got = run(port, sent, seconds=seconds)
    rows.load("read a dossier by API", got, "≥ 1,500/s, ≤ 3 statements")


def lists(port, rows, citizen, bearer, seconds) -> None:
    total = Dossier.objects.count()
    at = f"{total:,} dossiers"
    sent = [request("GET", "/api/v1/dossiers?limit=100", headers=bearer)] * 30_000
    rows.load(f"list 100 by API, {at}", run(port, sent, seconds=seconds), "p95 ≤ 50 ms")
    mine = [request("GET", "/ho-so/", headers={"Cookie": session(citizen)})] * 30_000
    rows.load(f"my dossiers page, {at}", run(port, mine, seconds=seconds), "p95 ≤ 50 ms")
    busiest = Dossier.objects.order_by("id").values_list("agency", flat=True).first()
    clerk = Account.objects.get(pk=holders(busiest, Role.CLERK, at=now())[0].holder)
    desk = [request("GET", "/ban-lam-viec/", headers={"Cookie": session(clerk, busiest)})] * 30_000
    rows.load(f"worklist page, {at}", run(port, desk, seconds=seconds), "p95 ≤ 50 ms")
