"""Machines of one portal agree on what seals receipts, and who looks after it is named."""

from motcua.backbone.operators import operates
from motcua.backbone.secrets import shared_secret
from motcua.kernel.actors import Actor, Role

CITY = "000.00.00.H26"


def test_machines_that_share_the_root_agree_without_a_file(tmp_path):
    here, there = tmp_path / "a", tmp_path / "b"
    sealed = {shared_secret(var, "receipt-key", root="root") for var in (here, there)}
    assert len(sealed) == 1
    assert shared_secret(here, "receipt-key", root="other") not in sealed
    assert shared_secret(here, "another-key", root="root") not in sealed
    assert not here.exists()


def test_a_secret_that_was_given_or_kept_before_stays(tmp_path):
    (tmp_path / "receipt-key").write_text("kept before\n")
    assert shared_secret(tmp_path, "receipt-key", root="root") == "kept before"
    assert shared_secret(tmp_path, "receipt-key", root="root", given="given") == "given"


def test_nobody_looks_after_the_portal_unless_their_agency_is_named(settings):
    root = Actor("o", "Quản trị", CITY, frozenset({Role.ADMINISTRATOR}))
    leader = Actor("o", "Lãnh đạo", CITY, frozenset({Role.LEADER}))
    settings.OPERATING_AGENCIES = frozenset[str]()
    assert not operates(root)
    settings.OPERATING_AGENCIES = frozenset({CITY})
    assert operates(root)
    assert not operates(leader)
    assert operates(Actor.system("jobs"))
