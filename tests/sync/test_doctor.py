"""What the doctor says of those who are told of our dossiers."""

from datetime import timedelta

import pytest

from motcua.config.doctor_parents import parents_told
from motcua.dossiers.tests.conftest import definition, ward
from motcua.dossiers.tests.counter import Counter
from motcua.exchange.tests.conftest import PORTAL, _own_files
from motcua.exchange.tests.places import HANOI
from motcua.exchange.tests.wire import now
from motcua.sync.adapters.passwords import keep_password
from motcua.sync.models import Parent
from motcua.sync.operations.parents import LegacyAccount, add_legacy_parent, pause
from motcua.sync.operations.telling import tell_parent

__all__ = ["_own_files", "definition", "ward"]
NOWHERE = LegacyAccount(
    "http://127.0.0.1:9/dich-vu-cong", "x", "bi-mat", "VN:GOV:x:dvc", inside=True
)


@pytest.fixture
def parent(definition):
    Counter(definition).open().file()
    made = add_legacy_parent(HANOI, "dvcqg", NOWHERE, by=PORTAL, at=now())
    Parent.objects.update(added_at=now() - timedelta(days=90))
    return made


def found():
    (one,) = parents_told()
    return one


def test_a_portal_without_parents_has_no_line(db):
    assert list(parents_told()) == []


def test_one_that_has_waited_for_long_is_ill_with_its_cause_and_a_cure(parent):
    Parent.objects.update(added_at=now())
    assert found().well
    Parent.objects.update(added_at=now() - timedelta(days=90))
    tell_parent(parent, clock=now)
    one = found()
    assert not one.well
    assert f"{HANOI} → dvcqg" in one.seen
    assert "127.0.0.1:9" in one.seen
    assert "motcua sync parent push-now dvcqg" in one.advice
    assert "bi-mat" not in one.seen


def test_one_that_is_paused_is_well_and_named(parent):
    pause(parent, by=PORTAL, at=now())
    assert found().well
    assert "dvcqg" in found().seen


def test_a_machine_without_its_password_is_told_so(parent, tmp_path, settings):
    settings.VAR = tmp_path / "another-machine"
    assert not found().well
    assert "sync parent password dvcqg" in found().advice
    keep_password(parent, "bi-mat")
    assert "sync parent password" not in found().advice
