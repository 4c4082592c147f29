"""A unit whose answers cannot be read, or say what cannot be: nothing of them is used."""

import json

import pytest

from motcua.exchange.operations.serving import Reply
from motcua.exchange.tests.wire import now, offered
from motcua.forwarding.api.gateway import SERVICE
from motcua.forwarding.models import Handed
from motcua.forwarding.operations.following import ask_how_it_stands
from motcua.forwarding.operations.handing_on import hand_on
from motcua.forwarding.operations.sending import AnswersOddly, StillWaiting
from tests.forwarding.conftest import PROVINCE

WELL = {"code": "000.00.16.H26-261124-0001", "number": 2, "agency": "000.00.16.H26"}
WELL |= {"due_at": "2026-11-30T17:00:00+07:00"}
ODD = {
    "nothing": b"",
    "nested": b"[" * 50_000,
    "nested where nobody looks": b'{"x":' + b"[" * 50_000,
    **{
        f"{name} {value}"[:24]: json.dumps(WELL | {name: value}).encode()
        for name, value in [
            ("number", 0),
            ("number", 99),
            ("number", 70_000),
            ("fee", -1),
            ("fee", 10**20),
            ("code", ""),
            ("code", "x" * 61),
            ("agency", "x" * 41),
            ("agency", "a\0b"),
            ("due_at", "2026-11-30T17:00:00"),
            ("due_at", "mai"),
        ]
    },
}


def answered(said):
    offered(lambda _: Reply(body=said), SERVICE, provider=PROVINCE)


def rows():
    return list(Handed.objects.exclude(handing="refused").values("number", "told", "there", "fee"))


@pytest.mark.parametrize("said", ODD.values(), ids=ODD)
def test_what_cannot_be_read_moves_no_dossier(handed_in, said):
    row = handed_in()
    before = rows()
    answered(said)
    with pytest.raises(StillWaiting):
        hand_on(row.code, at=now())
    row.refresh_from_db()
    assert (row.handing, row.trouble) == ("waiting", AnswersOddly.code)
    assert rows() == before
    answered(json.dumps(WELL).encode())
    hand_on(row.code, at=now())
    before = rows()
    answered(said)
    with pytest.raises(AnswersOddly):
        ask_how_it_stands(row.code, at=now())
    assert rows() == before
