from pathlib import Path

import pytest

from motcua.backbone.mail import mail_settings

VAR = Path("/srv/var")


def test_without_a_server_each_letter_is_kept_as_a_file():
    assert mail_settings("", VAR)["EMAIL_FILE_PATH"] == "/srv/var/outbox"


def test_a_mail_server_is_one_address():
    found = mail_settings("smtp://ho%40so:b%3Aí@mail.example.vn:25?tls=1", VAR)
    assert found["EMAIL_HOST"] == "mail.example.vn"
    assert found["EMAIL_HOST_USER"] == "ho@so"
    assert found["EMAIL_HOST_PASSWORD"] == "b:í"
    assert (found["EMAIL_PORT"], found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == (
        25,
        True,
        False,
    )
    assert mail_settings("smtp://mail.example.vn", VAR)["EMAIL_PORT"] == 587


@pytest.mark.parametrize("wrong", ["http://mail.example.vn", "smtp://", "mail.example.vn:25"])
def test_another_kind_of_address_is_refused(wrong):
    with pytest.raises(ValueError, match="EMAIL_URL"):
        mail_settings(wrong, VAR)
