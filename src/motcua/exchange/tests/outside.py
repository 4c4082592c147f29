"""An outside authority: it certifies, revokes, and serves its signed list over HTTP."""

import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from motcua.exchange.tests.places import SOON
from motcua.exchange.tests.wire import now


def named(text):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def usage(*, authority):
    names = "key_encipherment data_encipherment key_agreement encipher_only decipher_only"
    given = dict.fromkeys(names.split(), False)
    given |= dict.fromkeys(["digital_signature", "content_commitment"], not authority)
    return x509.KeyUsage(**given, key_cert_sign=authority, crl_sign=authority)


def issued(name, public, issuer, private, *, authority, lists=()):
    """Return a certificate as a national authority issues it, with extensions of its own."""
    at = now()
    builder = (
        x509.CertificateBuilder(issuer, named(name), public, x509.random_serial_number())
        .not_valid_before(at - timedelta(days=1))
        .not_valid_after(at + timedelta(days=300))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(usage(authority=authority), critical=True)
    )
    if lists:
        names = [x509.UniformResourceIdentifier(each) for each in lists]
        where = x509.DistributionPoint(names, *3 * [None])
        builder = builder.add_extension(x509.CRLDistributionPoints([where]), critical=False)
    return builder.sign(private, SHA256())


class Outside:
    """An authority with a list of what it revoked; ``body`` is what its address answers with."""

    def __init__(self, name="Issuing CA"):
        self.key, root = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
        public = self.key.public_key()
        self.certificate = issued(name, public, named("Root CA"), root, authority=True)
        self.number, self.status, self.body = 0, 200, b""

    def certify(self, member, public, *, lists=()):
        subject = self.certificate.subject
        return issued(member, public, subject, self.key, authority=False, lists=lists)

    def signed(self, *serials, at=None, lasts=timedelta(days=1), more=(), number=None, key=None):
        """Return a list (DER) that names serial numbers."""
        self.number += 1
        made = at or now()
        builder = x509.CertificateRevocationListBuilder(
            self.certificate.subject, made, made + lasts
        ).add_extension(x509.CRLNumber(number or self.number), critical=False)
        for serial in serials:
            reason = x509.CRLReason(x509.ReasonFlags.key_compromise)
            entry = x509.RevokedCertificateBuilder(serial, made).add_extension(reason, False)
            builder = builder.add_revoked_certificate(entry.build())
        for extension in more:
            builder = builder.add_extension(extension, critical=True)
        return builder.sign(key or self.key, SHA256()).public_bytes(Encoding.DER)


def serving(authority):
    """Serve an authority's ``body`` on this machine; return the server, to be closed."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(authority.status)
            self.send_header("Content-Length", str(len(authority.body)))
            self.end_headers()
            self.wfile.write(authority.body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(SOON,), daemon=True).start()
    return server
