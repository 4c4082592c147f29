"""
The sandbox bank as a WSGI application.

Pages for payers (``/pay/…``, ``/transfer``, ``/``), a signed interface for the portal
(``/api/payments``, ``/api/statement``) and ``/healthz``. It holds no real money and no real
people, so its pages ask nobody to sign in.
"""

import json
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode

from jinja2 import Environment, FileSystemLoader

from motcua.payments.adapters.sandbox.store import Payment, PaymentDiffers, Store
from motcua.payments.rules.signatures import KEY, SIGNATURE, TIME, NotSigned, SigningKey
from motcua.payments.rules.vietqr import NotVietQR, decode

DELAY = 30
"""Seconds by which a delayed call-back is late."""
PAGE = 100
MOST_BYTES = 100_000

Answer = tuple[str, str, bytes]
_pages = Environment(loader=FileSystemLoader(Path(__file__).parent / "pages"), autoescape=True)
_pages.filters["dong"] = lambda amount: f"{amount:,}".replace(",", ".") + " đồng"


class Bank:
    """The application; ``wake`` is called when a call-back was planned."""

    def __init__(
        self, store: Store, *, key: SigningKey, wake: Callable[[], None] = lambda: None
    ) -> None:
        self.store, self.key, self.wake = store, key, wake

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer one request."""
        size = min(int(environ.get("CONTENT_LENGTH") or 0), MOST_BYTES)
        body = environ["wsgi.input"].read(size) if size else b""
        status, kind, content = self._answer(environ, body)
        headers = [("Content-Length", str(len(content))), ("X-Content-Type-Options", "nosniff")]
        headers.append(("Location" if status.startswith("303") else "Content-Type", kind))
        start_response(status, headers)
        return [content]

    def _answer(self, environ: dict[str, Any], body: bytes) -> Answer:
        method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
        if path == "/healthz":
            return "200 OK", "text/plain", b"ok"
        if path.startswith("/api/"):
            return self._for_portal(method, path, environ, body)
        form = {k: v[0].strip() for k, v in parse_qs(body.decode(errors="replace")).items()}
        if path.startswith("/pay/"):
            return self._pay(method, path.removeprefix("/pay/"), form)
        if path == "/transfer":
            return self._transfer(method, form)
        if path == "/":
            return _page("home.html", credits=self.store.latest())
        return _page("nothing.html", status="404 Not Found")

    def _for_portal(self, method: str, path: str, environ: dict[str, Any], body: bytes) -> Answer:
        query = environ.get("QUERY_STRING", "")
        signed = f"{method} {path}{'?' + query if query else ''}\n".encode() + body
        headers = {
            name: environ.get("HTTP_" + name.upper().replace("-", "_"), "")
            for name in (KEY, TIME, SIGNATURE)
        }
        try:
            self.key.verify(headers, signed, at=datetime.now(UTC))  # noqa: TID251 (its own clock)
        except NotSigned as reason:
            return _json("401 Unauthorized", {"error": str(reason)})
        match method, path:
            case "POST", "/api/payments":
                return self._register(body)
            case "GET", "/api/statement":
                return self._statement(parse_qs(query).get("after", [""])[0])
            case _:
                return _json("404 Not Found", {"error": "no such thing"})

    def _register(self, body: bytes) -> Answer:
        try:
            facts = json.loads(body)
            asked = Payment(
                str(facts["reference"])[:40],
                int(facts["amount"]),
                str(facts["purpose"])[:200],
                str(facts["back"]),
                "open",
            )
        except (ValueError, KeyError, TypeError):
            return _json("422 Unprocessable Entity", {"error": "not a payment"})
        try:
            self.store.register(asked)
        except PaymentDiffers:
            return _json("409 Conflict", {"error": "another amount under this reference"})
        return _json("200 OK", {"path": f"/pay/{asked.reference}"})

    def _statement(self, after: str) -> Answer:
        cursor = int(after) if after.isdecimal() else 0
        found = self.store.credits(cursor, PAGE + 1)
        shown = found[:PAGE]
        facts = {
            "credits": [credit.facts() for credit in shown],
            "cursor": str(shown[-1].id if shown else cursor),
            "more": len(found) > PAGE,
        }
        return _json("200 OK", facts)

    def _pay(self, method: str, reference: str, form: dict[str, str]) -> Answer:
        payment = self.store.payment(reference)
        if payment is None:
            return _page("nothing.html", status="404 Not Found")
        if method != "POST":
            return _page("pay.html", payment=payment, delay=DELAY)
        way = form.get("way", "")
        if way == "cancel":
            self.store.mark(reference, "cancelled")
            return _sent_back(payment.back, "huy")
        amount = _amount(form.get("amount", "")) if way == "other" else payment.amount
        if way not in {"exact", "other", "twice", "lost", "delay"} or amount is None:
            return _page("pay.html", payment=payment, delay=DELAY, wrong=True)
        call_at = {"lost": None, "delay": time.time() + DELAY}.get(way, time.time())
        for _ in range(2 if way == "twice" else 1):
            self.store.put(
                reference=reference, amount=amount, purpose=payment.purpose, call_at=call_at
            )
        self.store.mark(reference, "paid")
        self.wake()
        return _sent_back(payment.back, "xong")

    def _transfer(self, method: str, form: dict[str, str]) -> Answer:
        if method != "POST":
            return _page("transfer.html")
        amount, purpose = _amount(form.get("amount", "")), form.get("purpose", "")[:200]
        if code := form.get("code"):
            try:
                transfer = decode(code)
            except NotVietQR:
                return _page("transfer.html", wrong=True)
            amount, purpose = transfer.amount.amount, transfer.purpose
        if amount is None:
            return _page("transfer.html", wrong=True)
        credit = self.store.put(reference="", amount=amount, purpose=purpose, call_at=time.time())
        self.wake()
        return _page("sent.html", credit=credit)


def _amount(text: str) -> int | None:
    digits = text.replace(".", "").replace(" ", "")
    return int(digits) if digits.isdecimal() and 0 < int(digits) < 10**13 else None


def _sent_back(back: str, result: str) -> Answer:
    glue = "&" if "?" in back else "?"
    return "303 See Other", back + glue + urlencode({"ket-qua": result}), b""


def _json(status: str, facts: dict[str, Any]) -> Answer:
    return status, "application/json", json.dumps(facts, ensure_ascii=False).encode()


def _page(name: str, status: str = "200 OK", **facts: Any) -> Answer:
    text = _pages.get_template(name).render(**facts)
    return status, "text/html; charset=utf-8", text.encode()
