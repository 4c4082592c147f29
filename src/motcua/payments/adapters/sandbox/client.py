"""Our side of the sandbox bank; the format of its messages is in ``docs/payments.md``."""

import json
import time
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, ClassVar, TypeVar
from urllib.parse import urlencode

import httpx
import msgspec

from motcua.backbone.breaker import Breaker
from motcua.kernel.money import Dong
from motcua.payments.adapters.base import (
    BadMessage,
    BankNotAnswering,
    CallBackNotTrusted,
    CollectionAccount,
    PaymentAsked,
    Statement,
)
from motcua.payments.rules.messages import BankMessage
from motcua.payments.rules.signatures import NotSigned, SigningKey

PATIENCE = httpx.Timeout(4.0, connect=1.5)
ONE_CALL_EACH = httpx.Limits(max_keepalive_connections=0)


class _Credit(msgspec.Struct):
    transaction: Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
    amount: Annotated[int, msgspec.Meta(gt=0, lt=10**13)]
    currency: Annotated[str, msgspec.Meta(pattern="^[A-Z]{3}$")]
    paid_at: Annotated[datetime, msgspec.Meta(tz=True)]
    purpose: Annotated[str, msgspec.Meta(max_length=200)] = ""
    reference: Annotated[str, msgspec.Meta(max_length=40)] = ""


class _Page(msgspec.Struct):
    credits: list[_Credit]
    cursor: Annotated[str, msgspec.Meta(max_length=80)]
    more: bool


class _Opened(msgspec.Struct):
    path: Annotated[str, msgspec.Meta(pattern="^/[a-z]")]


class SandboxBank:
    """The sandbox bank, asked over HTTP with signed messages."""

    options_schema: ClassVar[dict[str, Any]] = {
        "type": "object",
        "additionalProperties": False,
        "required": ["url", "key_id", "secret", "bin", "bank", "number", "holder"],
        "properties": {
            "url": {"type": "string", "pattern": "^https?://[^/]+$"},
            "public_url": {"type": "string", "pattern": "^https?://[^/]+$"},
            "key_id": {"type": "string", "minLength": 1},
            "secret": {"type": "string", "minLength": 32},
            "bin": {"type": "string", "pattern": "^[0-9]{6}$"},
            "bank": {"type": "string", "minLength": 1},
            "number": {"type": "string", "pattern": "^[0-9A-Za-z]{1,19}$"},
            "holder": {"type": "string", "minLength": 1},
        },
    }

    def __init__(self, *, url: str, key_id: str, secret: str, **account: str) -> None:
        self._key = SigningKey(key_id, secret)
        self._public_url = account.pop("public_url", url)
        self._account = CollectionAccount(**account)
        self._http = httpx.Client(base_url=url, timeout=PATIENCE, limits=ONE_CALL_EACH)
        self._breaker = Breaker(BankNotAnswering)

    def account(self) -> CollectionAccount:
        """Return the account that transfers go to."""
        return self._account

    def origin(self) -> str:
        """Return the web origin of its payment pages."""
        return self._public_url

    def open(self, asked: PaymentAsked) -> str:
        """Register a payment with the bank and return its page; see the protocol."""
        facts = {
            "reference": asked.reference,
            "amount": asked.amount.amount,
            "purpose": asked.purpose,
            "back": asked.back,
        }
        with self._breaker.guarding():
            answer = self._asked("POST", "/api/payments", json.dumps(facts).encode())
            return self._public_url + _read(answer, _Opened).path

    def read_call_back(
        self, headers: Mapping[str, str], body: bytes, *, at: datetime
    ) -> BankMessage:
        """Return what a call-back says; see the protocol."""
        try:
            self._key.verify(headers, body, at=at)
        except NotSigned as reason:
            raise CallBackNotTrusted from reason
        try:
            return _message(msgspec.json.decode(body, type=_Credit))
        except msgspec.DecodeError as reason:
            raise BadMessage from reason

    def statement(self, cursor: str) -> Statement:
        """Return the credits after ``cursor``; see the protocol."""
        with self._breaker.guarding():
            answer = self._asked("GET", "/api/statement?" + urlencode({"after": cursor}), b"")
            page = _read(answer, _Page)
        return Statement(tuple(map(_message, page.credits)), page.cursor, page.more)

    def test_connection(self) -> None:
        """Ask for the newest page of the statement; see the protocol."""
        self.statement("")

    def _asked(self, method: str, path: str, body: bytes) -> bytes:
        headers = self._key.sign(int(time.time()), f"{method} {path}\n".encode() + body)
        try:
            answer = self._http.request(method, path, content=body, headers=headers)
            return answer.raise_for_status().content
        except httpx.HTTPError as reason:
            raise BankNotAnswering from reason


def _message(credit: _Credit) -> BankMessage:
    return BankMessage(
        reference=credit.transaction,
        attempt=credit.reference,
        amount=Dong(credit.amount),
        currency=credit.currency,
        purpose=credit.purpose,
        paid_at=credit.paid_at,
    )


T = TypeVar("T")


def _read(content: bytes, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(content, type=kind)
    except msgspec.DecodeError as reason:
        raise BankNotAnswering from reason
