"""What the sandbox bank remembers: a SQLite file of its own."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

_TABLES = """
CREATE TABLE IF NOT EXISTS payment (
    reference TEXT PRIMARY KEY, amount INTEGER NOT NULL, purpose TEXT NOT NULL,
    back TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'open'
);
CREATE TABLE IF NOT EXISTS credit (
    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, reference TEXT NOT NULL,
    amount INTEGER NOT NULL, purpose TEXT NOT NULL, paid_at TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS call_back (
    id INTEGER PRIMARY KEY AUTOINCREMENT, credit INTEGER NOT NULL REFERENCES credit(id),
    due_at REAL NOT NULL, tries INTEGER NOT NULL DEFAULT 0, answer TEXT NOT NULL DEFAULT '',
    done INTEGER NOT NULL DEFAULT 0
);
"""


class PaymentDiffers(Exception):
    """The same reference was used before, for another amount."""


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment the portal asked for; ``state`` is open, paid or cancelled."""

    reference: str
    amount: int
    purpose: str
    back: str
    state: str


@dataclass(frozen=True, slots=True)
class Credit:
    """Money put on the portal's account; ``name`` is the bank's own reference."""

    id: int
    name: str
    reference: str
    amount: int
    purpose: str
    paid_at: str

    def facts(self) -> dict[str, str | int]:
        """Return it as it is told to the portal."""
        return {
            "transaction": self.name,
            "reference": self.reference,
            "amount": self.amount,
            "currency": "VND",
            "purpose": self.purpose,
            "paid_at": self.paid_at,
        }


@dataclass(frozen=True, slots=True)
class DueCall:
    """A call-back to make now."""

    id: int
    credit: Credit
    tries: int


class Store:
    """The bank's books. Each method is one transaction, from any thread."""

    def __init__(self, path: Path) -> None:
        self._path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        with self._open() as db:
            db.executescript("PRAGMA journal_mode=WAL;" + _TABLES)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        db = sqlite3.connect(self._path, timeout=10)
        try:
            with db:
                yield db
        finally:
            db.close()

    def register(self, payment: Payment) -> None:
        """
        Remember a payment; the same again changes nothing.

        :raises PaymentDiffers: if its reference was used for another amount
        """
        with self._open() as db:
            db.execute(
                "INSERT OR IGNORE INTO payment VALUES (?, ?, ?, ?, ?)",
                (payment.reference, payment.amount, payment.purpose, payment.back, payment.state),
            )
        known = self.payment(payment.reference)
        if known is None or known.amount != payment.amount:
            raise PaymentDiffers

    def payment(self, reference: str) -> Payment | None:
        """Return a payment, if there is one."""
        with self._open() as db:
            query = "SELECT reference, amount, purpose, back, state FROM payment WHERE reference=?"
            row = db.execute(query, (reference,)).fetchone()
        return Payment(*row) if row else None

    def mark(self, reference: str, state: str) -> None:
        """Write down how a payment ended."""
        with self._open() as db:
            db.execute("UPDATE payment SET state=? WHERE reference=?", (state, reference))

    def put(self, *, reference: str, amount: int, purpose: str, call_at: float | None) -> Credit:
        """Put money on the account, and plan a call-back at ``call_at`` (seconds since 1970)."""
        name, paid_at = f"TN{uuid4().hex[:14].upper()}", datetime.now(UTC).isoformat()  # noqa: TID251
        with self._open() as db:
            id = db.execute(  # noqa: A001
                "INSERT INTO credit (name, reference, amount, purpose, paid_at)"
                " VALUES (?, ?, ?, ?, ?)",
                (name, reference, amount, purpose, paid_at),
            ).lastrowid
            if call_at is not None:
                call = "INSERT INTO call_back (credit, due_at) VALUES (?, ?)"
                db.execute(call, (id, call_at))
        return Credit(id or 0, name, reference, amount, purpose, paid_at)

    def credits(self, after: int, limit: int) -> list[Credit]:
        """Return the credits after one, oldest first."""
        with self._open() as db:
            rows = db.execute(
                "SELECT id, name, reference, amount, purpose, paid_at FROM credit"
                " WHERE id > ? ORDER BY id LIMIT ?",
                (after, limit),
            ).fetchall()
        return [Credit(*row) for row in rows]

    def latest(self, limit: int = 20) -> list[tuple[Credit, str, int]]:
        """Return the newest credits with the last answer to their call-back and its tries."""
        with self._open() as db:
            rows = db.execute(
                "SELECT c.id, c.name, c.reference, c.amount, c.purpose, c.paid_at,"
                " b.answer, b.tries FROM credit c LEFT JOIN call_back b ON b.credit = c.id"
                " ORDER BY c.id DESC LIMIT ?",
                (limit,),
            ).fetchall()
        return [(Credit(*row[:6]), row[6] or "", row[7] or 0) for row in rows]

    def due(self, moment: float) -> list[DueCall]:
        """Return the call-backs to make by ``moment``."""
        with self._open() as db:
            rows = db.execute(
                "SELECT b.id, b.tries, c.id, c.name, c.reference, c.amount, c.purpose, c.paid_at"
                " FROM call_back b JOIN credit c ON c.id = b.credit"
                " WHERE NOT b.done AND b.due_at <= ? ORDER BY b.due_at LIMIT 20",
                (moment,),
            ).fetchall()
        return [DueCall(row[0], Credit(*row[2:]), row[1]) for row in rows]

    def next_due(self) -> float | None:
        """Return when the next call-back is to be made."""
        with self._open() as db:
            row = db.execute("SELECT min(due_at) FROM call_back WHERE NOT done").fetchone()
        return None if row is None else row[0]

    def answered(self, call: DueCall, answer: str, *, again_at: float | None) -> None:
        """Write down how a call-back was answered, and when to make it again, if ever."""
        with self._open() as db:
            db.execute(
                "UPDATE call_back SET tries = tries + 1, answer = ?, done = ?, due_at = ?"
                " WHERE id = ?",
                (answer, again_at is None, again_at or 0, call.id),
            )
