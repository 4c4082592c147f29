"""What the doctor says of message logs and of the heads that they signed."""

import pytest
from django.utils.timezone import now

from motcua.config.doctor_logs import logs_borne_out
from motcua.exchange.adapters.headfiles import keep_outside
from motcua.exchange.adapters.keyfiles import folder
from motcua.exchange.models import Node
from motcua.exchange.operations.breaks import tell_break
from motcua.exchange.rules.breaks import SHRUNK
from motcua.exchange.rules.heads import SignedHead, TreeHead, whole_millisecond
from motcua.exchange.tests.conftest import PORTAL
from motcua.exchange.tests.places import HUE, POLICE

pytestmark = pytest.mark.django_db
ROOT = bytes(range(32))


@pytest.fixture(autouse=True)
def _log(settings, tmp_path):
    settings.VAR, settings.EXCHANGE_MEMBERS, settings.EXCHANGE_LOGS = tmp_path, (POLICE,), ()
    Node.objects.create(log=POLICE, level=0, index=0, hash=ROOT)
    keep_outside(head(POLICE, 1))


def head(log, size, root=ROOT):
    return SignedHead(TreeHead(log, size, root, whole_millisecond(now())), "k", b"signature")


def told():
    return [(each.well, each.seen, each.advice) for each in logs_borne_out()]


def test_a_log_that_bears_out_what_it_signed_is_well():
    ((well, seen, _),) = told()
    assert well
    assert POLICE in seen


@pytest.mark.parametrize("kept", [(8, ROOT), (1, bytes(32))], ids=["shorter", "another"])
def test_a_log_that_contradicts_what_it_signed_is_named_once_with_what_to_do(kept):
    keep_outside(head(POLICE, *kept))
    tell_break(head(POLICE, *kept), SHRUNK, by=PORTAL, at=now())
    ((well, seen, advice),) = told()
    assert not well
    assert POLICE in seen
    assert str(kept[0]) in seen
    assert f"accept-break {POLICE}" in advice


def test_what_was_found_and_is_not_decided_yet_is_named_too():
    tell_break(head(HUE, 9), SHRUNK, by=PORTAL, at=now())
    tell_break(head(POLICE, 5), SHRUNK, by=PORTAL, at=now())
    found = [(well, seen.count(log)) for log in (POLICE, HUE) for well, seen, _ in told()]
    assert found == [(True, 1), (False, 1), (False, 0), (True, 0), (False, 0), (False, 1)]


def test_a_file_that_is_no_head_or_cannot_be_read_is_named():
    place = folder(POLICE) / "head"
    place.write_text("nothing")
    ((well, seen, advice),) = told()
    assert not well
    assert POLICE in seen
    assert "accept-break" in advice
    place.unlink()
    place.mkdir()
    assert [well for well, _, _ in told()] == [False]
