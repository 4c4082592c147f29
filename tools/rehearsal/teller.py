"""A ministry that tells of its dossiers by a signed stream, until each message is acknowledged."""

import json
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from http.client import HTTPException
from pathlib import Path
from secrets import token_urlsafe
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from motcua.exchange.rules.digests import written_digest
from motcua.exchange.rules.messages import request
from motcua.exchange.rules.signatures import Times, sign_request
from tools.rehearsal.portal import Portal
from tools.rehearsal.servers import PATIENCE, Server, until

MINISTRY, PORTAL = "000.00.00.G01", "000.00.00.H26"
PATH = f"/trao-doi/{PORTAL}/dossiers.v1/stream"
ROWS = 25
BEGAN = datetime(2026, 1, 5, 1, tzinfo=UTC)
_AGREEMENT = (
    "SELECT a.id::text FROM exchange_agreement a JOIN exchange_service s ON s.id = a.service_id "
    "WHERE a.consumer_id = %s AND s.provider_id = %s AND s.code = 'dossiers.v1'"
)


def row_of(number: int) -> tuple[str, bytes]:
    """Return the code of the dossier whose status a row of the stream tells, and the row."""
    code = f"000.00.01.G01-260105-{number:06}"
    at = (BEGAN + timedelta(seconds=number)).isoformat()
    told = {"k": "s", "code": code, "at": at, "status": 2}
    return code, json.dumps(told).encode() + b"\n"


@dataclass(slots=True)
class Teller:
    """Sends message after message; ``acknowledged`` is when each status was, by its code."""

    portal: Portal
    agreement: str
    key: Path
    acknowledged: dict[str, float] = field(default_factory=dict)
    failed: str = ""
    _stop: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to tell."""
        self._thread = threading.Thread(target=self._tell)
        self._thread.start()

    def finish(self) -> None:
        """End after the message under way, which is sent until it is acknowledged."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()
        if self.failed:
            raise TimeoutError(f"a message was never acknowledged: {self.failed}")

    def lost(self, servers: tuple[Server, Server]) -> int:
        """Return how many acknowledged statuses one of the servers does not have."""
        ask = "SELECT code FROM sync_status WHERE member = 'G01' AND status = 2"
        held = [{code for (code,) in server.ask(ask)} for server in servers]
        return sum(not all(code in codes for codes in held) for code in self.acknowledged)

    def _tell(self) -> None:
        cursor = 0
        while not (self._stop.is_set() or self.failed):
            rows = [row_of(number) for number in range(cursor, cursor + ROWS)]
            body, limit = b"".join(line for _code, line in rows), time.monotonic() + PATIENCE * 2
            while not self._is_taken(body, cursor):
                if time.monotonic() > limit:
                    self.failed = f"row {cursor}"
                if self.failed:
                    return
                time.sleep(0.1)
            now = time.monotonic()
            self.acknowledged |= {code: now for code, _line in rows}
            cursor += ROWS

    def _is_taken(self, body: bytes, offset: int) -> bool:
        """Send a message, signed anew; tell whether it was acknowledged."""
        try:
            with urlopen(self._signed(body, offset), timeout=20) as answer:
                return int(json.load(answer)["cursor"]) >= offset + ROWS
        except HTTPError as refused:
            if refused.code not in {500, 502, 503}:
                self.failed = f"{refused.code} {refused.read()[:300]!r}"
        except (OSError, HTTPException):
            pass
        return False

    def _signed(self, body: bytes, offset: int) -> Request:
        headers = {
            "content-type": "application/x-ndjson",
            "content-digest": written_digest(sha256(body).digest()),
            "motcua-consumer": MINISTRY,
            "motcua-agreement": self.agreement,
            "motcua-purpose": "synchronise",
            "stream": "rehearsal",
            "stream-offset": str(offset),
        }
        private = load_pem_private_key(self.key.read_bytes(), password=None)
        assert isinstance(private, Ed25519PrivateKey)
        created = int(time.time())
        signed = sign_request(
            request("POST", urlsplit(self.portal.url).netloc, PATH, "", headers),
            times=Times(created, created + 60, token_urlsafe(18)),
            key=self.key.stem,
            with_=private,
        )
        return Request(self.portal.url + PATH, body, headers | signed.headers(), method="POST")


def teller_at(portal: Portal, var: Path, server: Server) -> Teller:
    """Return a ministry with its key, which the demonstration has agreed with."""
    (key,) = (var / "exchange" / MINISTRY).glob("*.key")
    until(lambda: bool(server.ask(_AGREEMENT, MINISTRY, PORTAL)), "there is an agreement")
    return Teller(portal, str(server.ask(_AGREEMENT, MINISTRY, PORTAL)[0][0]), key)
