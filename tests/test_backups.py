"""What a backup holds beside the database, and who may read it."""

import stat

import pytest
from django.utils.timezone import now

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
