"""Call-backs: told again and again, ever more slowly, until the portal says it heard."""

import json
import logging
import threading
import time

import httpx

from motcua.payments.adapters.sandbox.store import DueCall, Store
from motcua.payments.rules.signatures import SigningKey

MOST_TRIES = 12
SLOWEST = 300.0
PATIENCE = httpx.Timeout(5.0, connect=2.0)

log = logging.getLogger("motcua.sandbox_bank")


class Deliveries(threading.Thread):
    """One thread that makes due call-backs; ``wake`` it when a new one is planned."""

    def __init__(self, store: Store, *, url: str, key: SigningKey) -> None:
        super().__init__(name="call-backs", daemon=True)
        self._store, self._url, self._key = store, url, key
        self._bell, self._over = threading.Event(), False

    def wake(self) -> None:
        """Look for due call-backs now."""
        self._bell.set()

    def stop(self) -> None:
        """End the thread after the call it is making."""
        self._over = True
        self._bell.set()

    def run(self) -> None:
        """Make each call-back when it is due, until stopped."""
        with httpx.Client(timeout=PATIENCE) as http:
            while not self._over:
                self._bell.clear()
                for call in self._store.due(time.time()):
                    self._make(call, http)
                due = self._store.next_due()
                self._bell.wait(None if due is None else max(0.05, due - time.time()))

    def _make(self, call: DueCall, http: httpx.Client) -> None:
        body = json.dumps(call.credit.facts()).encode()
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        headers.update(self._key.sign(int(time.time()), body))
        try:
            answer = http.post(self._url, content=body, headers=headers)
            heard, said = answer.is_success, str(answer.status_code)
        except httpx.HTTPError as reason:
            heard, said = False, type(reason).__name__
        log.info("call-back %s: %s", call.credit.name, said)
        over = heard or call.tries + 1 >= MOST_TRIES
        again_at = None if over else time.time() + min(SLOWEST, 2.0**call.tries)
        self._store.answered(call, said, again_at=again_at)
