"""An authority of somebody else's: named in a setting, it certifies keys that then sign."""

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.core.management import call_command

from motcua.exchange.models import LogEntry
from motcua.exchange.operations.calling import call
from motcua.exchange.queries.keys import forget_keys, signing_key
from motcua.exchange.tests.outside import Outside
from motcua.exchange.tests.places import HANOI, POLICE
from motcua.exchange.tests.wire import ECHO, agreement, now


@pytest.fixture
def outside(settings, tmp_path):
    """Return an authority under another's root, believed here."""
    made = Outside()
    place = tmp_path / "outside.pem"
    place.write_bytes(made.certificate.public_bytes(Encoding.PEM))
    settings.EXCHANGE_ANCHORS = str(place)
    return made


@pytest.fixture
def certified(wire, outside, tmp_path, capsys):
    """Have Hà Nội's new key certified outside, by the commands; return what the key is called."""
    agreement()
    call_command("exchange", "key", "request", HANOI)
    asked = x509.load_pem_x509_csr(capsys.readouterr().out.encode())
    made = outside.certify(HANOI, asked.public_key(), lists=["http://ca.vn/x.crl"])
    place = tmp_path / "hanoi.pem"
    place.write_bytes(made.public_bytes(Encoding.PEM))
    call_command("exchange", "key", "import", HANOI, str(place))
    return capsys.readouterr().out.split()[1]


def asked():
    call(POLICE, ECHO, body=b"1", purpose="settle-dossier", at=now())
    return LogEntry.objects.filter(log=HANOI).latest("id")


def test_a_key_that_an_outside_authority_certified_signs_and_is_believed(
    certified, capsys, tmp_path
):
    entry = asked()
    assert entry.asked_key == certified
    assert entry.status == 200
    call_command("exchange", "prove", str(entry.id))
    (tmp_path / "proof.json").write_text(capsys.readouterr().out)
    call_command("exchange", "verify", str(tmp_path / "proof.json"))
    assert "The proof holds" in capsys.readouterr().out


def test_nothing_is_signed_with_a_key_whose_authority_is_no_longer_named(certified, settings):
    settings.EXCHANGE_ANCHORS = ""
    forget_keys()
    assert signing_key(HANOI, at=now()).kid != certified
    assert asked().status == 200
