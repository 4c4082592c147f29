"""An authority of somebody else's: named in a setting, it certifies keys that then sign."""

from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from django.core.management import call_command

from motcua.exchange.models import LogEntry
from motcua.exchange.operations.calling import call
from motcua.exchange.queries.keys import forget_keys, signing_key
from motcua.exchange.tests.places import HANOI, POLICE
from motcua.exchange.tests.wire import ECHO, agreement, now


def issued(name, public, issuer, private, *, authority):
    """Return a certificate as a national authority issues it, with extensions of its own."""
    at, subject = now(), [x509.NameAttribute(NameOID.COMMON_NAME, name)]
    builder = (
        x509.CertificateBuilder(issuer, x509.Name(subject), public, x509.random_serial_number())
        .not_valid_before(at - timedelta(days=1))
        .not_valid_after(at + timedelta(days=300))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(usage(authority=authority), critical=True)
    )
    if not authority:
        where = x509.DistributionPoint(
            [x509.UniformResourceIdentifier("http://ca.vn/x.crl")], *3 * [None]
        )
        builder = builder.add_extension(x509.CRLDistributionPoints([where]), critical=False)
    return builder.sign(private, SHA256())


def usage(*, authority):
    names = "digital_signature content_commitment key_encipherment data_encipherment key_agreement"
    given = dict.fromkeys([*names.split(), "encipher_only", "decipher_only"], False)
    given |= {"digital_signature": not authority, "content_commitment": not authority}
    return x509.KeyUsage(**given, key_cert_sign=authority, crl_sign=authority)


@pytest.fixture
def outside(settings, tmp_path):
    """Return the key and certificate of an authority under another's root, believed here."""
    root, key = rsa.generate_private_key(65537, 2048), ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Root CA")])
    made = issued("Issuing CA", key.public_key(), name, root, authority=True)
    place = tmp_path / "outside.pem"
    place.write_bytes(made.public_bytes(Encoding.PEM))
    settings.EXCHANGE_ANCHORS = str(place)
    return key, made


@pytest.fixture
def certified(wire, outside, tmp_path, capsys):
    """Have Hà Nội's new key certified outside, by the commands; return what the key is called."""
    agreement()
    call_command("exchange", "key", "request", HANOI)
    asked = x509.load_pem_x509_csr(capsys.readouterr().out.encode())
    key, authority = outside
    made = issued(HANOI, asked.public_key(), authority.subject, key, authority=False)
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
