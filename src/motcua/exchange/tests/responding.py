"""A responder of an outside authority (OCSP), over HTTP; what it answers can be bent."""

import threading
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID as Access
from cryptography.x509.oid import ExtendedKeyUsageOID, OCSPExtensionOID

from motcua.exchange.adapters.keyfiles import folder, keep_private
from motcua.exchange.models import Certificate, KeyStatus
from motcua.exchange.operations.keys import import_certificate
from motcua.exchange.operations.statuses import read_status
from motcua.exchange.queries.keys import forget_keys, key_known
from motcua.exchange.rules.certificates import kid_of
from motcua.exchange.tests.conftest import PORTAL
from motcua.exchange.tests.outside import Outside, named, usage
from motcua.exchange.tests.places import HANOI, SOON
from motcua.exchange.tests.wire import now

GOOD, REVOKED, UNKNOWN = (
    ocsp.OCSPCertStatus.GOOD,
    ocsp.OCSPCertStatus.REVOKED,
    ocsp.OCSPCertStatus.UNKNOWN,
)
ANSWERS = ExtendedKeyUsageOID.OCSP_SIGNING
DAY = timedelta(days=1)
BY_KEY, BY_NAME = ocsp.OCSPResponderEncoding.HASH, ocsp.OCSPResponderEncoding.NAME


class Responder(Outside):
    """An authority that answers about its certificates; ``facts`` are what it says of each."""

    def __init__(self, name="Issuing CA"):
        super().__init__(name)
        self.facts, self.answer, self.asked = {}, None, []

    def certify(self, member, public, *, lists=()):
        """Return a certificate that names this responder, and lists where they are given."""
        subject, at = self.certificate.subject, now()
        where = [
            x509.AccessDescription(Access.OCSP, x509.UniformResourceIdentifier(each))
            for each in self.places
        ]
        builder = (
            x509.CertificateBuilder(subject, named(member), public, x509.random_serial_number())
            .not_valid_before(at - DAY)
            .not_valid_after(at + 300 * DAY)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(usage(authority=False), critical=True)
            .add_extension(x509.AuthorityInformationAccess(where), critical=False)
        )
        if lists:
            names = [x509.UniformResourceIdentifier(each) for each in lists]
            points = x509.CRLDistributionPoints([x509.DistributionPoint(names, *3 * [None])])
            builder = builder.add_extension(points, critical=False)
        return builder.sign(self.key, hashes.SHA256())

    def delegate(self, *usages, key=None, until=DAY, checked=False, own=None):
        """Return who may answer in the authority's stead: certificate and key."""
        private = own or ec.generate_private_key(ec.SECP256R1())
        name, at = named("Responder"), now()
        builder = (
            x509.CertificateBuilder(
                self.certificate.subject, name, private.public_key(), x509.random_serial_number()
            )
            .not_valid_before(at - 2 * DAY)
            .not_valid_after(at + until)
            .add_extension(usage(authority=False), critical=True)
            .add_extension(x509.ExtendedKeyUsage(list(usages or [ANSWERS])), critical=False)
        )
        if not checked:
            builder = builder.add_extension(x509.OCSPNoCheck(), critical=False)
        return builder.sign(key or self.key, hashes.SHA256()), private

    def said(self, held, status=GOOD, *, nonce=None, at=None, lasts=DAY, by=None, **how):
        """Return an answer (DER) about a certificate."""
        at = at or now()
        signer, private = by or (self.certificate, self.key)
        bad = status is REVOKED
        builder = ocsp.OCSPResponseBuilder().add_response(
            held,
            self.certificate,
            hashes.SHA1(),
            status,
            at,
            at + lasts if lasts else None,
            at if bad else None,
            x509.ReasonFlags.key_compromise if bad else None,
        )
        builder = builder.responder_id(how.get("named", BY_KEY), signer)
        if by:
            builder = builder.certificates([signer])
        if nonce:
            builder = builder.add_extension(x509.OCSPNonce(nonce), critical=False)
        return builder.sign(private, how.get("way", hashes.SHA256())).public_bytes(Encoding.DER)

    def reply(self, question, held):
        """Answer a question as it was asked, with the facts of now."""
        asked = ocsp.load_der_ocsp_request(question)
        self.asked.append(asked)
        if self.answer is not None:
            return self.answer
        found = asked.extensions.get_extension_for_oid(OCSPExtensionOID.NONCE)
        return self.said(held, **{"nonce": found.value.nonce} | self.facts)


@contextmanager
def responding(responder):
    """Serve a responder on this machine, about whichever certificate is its ``held``."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            question = self.rfile.read(int(self.headers["Content-Length"]))
            body = responder.reply(question, responder.held)
            self.send_response(responder.status)
            self.send_header("Content-Type", "application/ocsp-response")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(SOON,), daemon=True).start()
        responder.places = [f"http://127.0.0.1:{server.server_port}/ocsp"]
        try:
            yield responder
        finally:
            server.shutdown()


@pytest.fixture
def outside(settings, tmp_path):
    """An authority that is believed here and answers about its certificates."""
    with responding(Responder()) as made:
        place = tmp_path / "outside.pem"
        place.write_bytes(made.certificate.public_bytes(Encoding.PEM))
        settings.EXCHANGE_ANCHORS, settings.EXCHANGE_PRIVATE_ADDRESSES = str(place), True
        yield made


@pytest.fixture
def held(wire, outside):
    outside.held = brought(outside)
    return outside.held


def brought(authority, **facts):
    """Have a key of Hà Nội certified by the authority; return the certificate."""
    private = Ed25519PrivateKey.generate()
    made = authority.certify(HANOI, private.public_key(), **facts)
    keep_private(folder(HANOI) / f"{kid_of(private.public_key())}.key", private)
    import_certificate(HANOI, made.public_bytes(Encoding.PEM).decode(), by=PORTAL, at=now())
    return made


def kid(certificate):
    return kid_of(certificate.public_key())


def read(certificate, at=None):
    return read_status(kid(certificate), by=PORTAL, at=at or now())


def known(certificate):
    forget_keys()
    return key_known(kid(certificate), at=now())


def row():
    return KeyStatus.objects.get()


def is_refused(certificate):
    return Certificate.objects.get(pk=kid(certificate)).revoked_at is not None
