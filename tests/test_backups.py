"""What a backup holds beside the database, and who may read it."""

import stat

import pytest
from django.utils.timezone import now

from motcua.backbone import backups
from motcua.backbone.backups import KEYS, back_up
from motcua.sync.adapters.passwords import keep_password, password_of


def mode_of(path):
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.django_db(transaction=True)
def test_passwords_for_other_systems_are_in_it_and_for_its_maker_alone(tmp_path, settings):
    settings.VAR = tmp_path / "var"
    keep_password(7, "của-cổng-trên")
    (settings.VAR / "sync" / "parents" / "7.new").write_text("half written")
    made = tmp_path / "backup"
    found = back_up(made, var=settings.VAR, at=now())
    kept = made / KEYS / "sync" / "parents" / "7.password"
    assert kept.read_text() == "của-cổng-trên"
    assert {mode_of(made), mode_of(kept)} == {0o700, 0o600}
    assert "keys/sync/parents/7.password" in found["sha256"]
    assert "keys/sync/parents/7.new" not in found["sha256"]
    assert password_of(7) == "của-cổng-trên"


@pytest.mark.django_db(transaction=True)
def test_no_log_s_head_is_newer_than_the_log_and_no_key_is_missing(tmp_path, settings, monkeypatch):
    settings.VAR = tmp_path / "var"
    place = settings.VAR / "exchange" / "000.00.00.H26"
    place.mkdir(parents=True)
    (place / "head").write_text("before")
    (place / "head.7.new").write_text("half written")
    dump = backups._run

    def signed_meanwhile(*words, **given):
        dump(*words, **given)
        (place / "head").write_text("after")
        (place / "made-meanwhile.key").write_text("key")

    monkeypatch.setattr(backups, "_run", signed_meanwhile)
    back_up(tmp_path / "backup", var=settings.VAR, at=now())
    kept = tmp_path / "backup" / KEYS / "exchange" / "000.00.00.H26"
    assert {file.name: file.read_text() for file in kept.iterdir()} == {
        "head": "before",
        "made-meanwhile.key": "key",
    }
