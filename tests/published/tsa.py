"""A time-stamping authority on this computer: certificates of its own, and ``openssl ts`` over HTTP."""

from __future__ import annotations

import datetime
import http.server
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from serving import in_background

NOW = datetime.datetime.now(datetime.UTC)
DAY = datetime.timedelta(days=1)
CONFIGURATION = """\
[authority]
serial = {folder}/serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
accuracy = secs:1
ess_cert_id_alg = sha256
"""


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


@dataclass
class Unit:
    """A certificate and its key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)


@dataclass
class Certifier:
    """A root, one between, and the units that they certify."""

    folder: Path
    name: str = "Arrel"
    root: Unit = field(init=False)
    between: Unit = field(init=False)

    def __post_init__(self) -> None:
        self.folder.mkdir(exist_ok=True)
        (self.folder / "configuration").write_text(CONFIGURATION.format(folder=self.folder))
        (self.folder / "serial").write_text("01")
        self.root = self._certify(self.name, None)
        self.between = self._certify(f"{self.name}, segells", self.root)

    def _certify(
        self,
        name: str,
        issuer: Unit | None,
        usage: x509.ObjectIdentifier | None = None,
        start: datetime.datetime = NOW - 900 * DAY,
        until: datetime.datetime = NOW + 900 * DAY,
    ) -> Unit:
        key = ec.generate_private_key(ec.SECP256R1())
        builder = (
            x509.CertificateBuilder()
            .subject_name(_name(name))
            .issuer_name(issuer.certificate.subject if issuer else _name(name))
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(start)
            .not_valid_after(until)
            .add_extension(x509.BasicConstraints(usage is None, None), critical=True)
        )
        if usage:
            builder = builder.add_extension(x509.ExtendedKeyUsage([usage]), critical=True)
        return Unit(builder.sign(issuer.key if issuer else key, hashes.SHA256()), key)

    def unit(
        self,
        start: datetime.datetime = NOW - 30 * DAY,
        until: datetime.datetime = NOW + 30 * DAY,
    ) -> Unit:
        usage = ExtendedKeyUsageOID.TIME_STAMPING
        return self._certify("Segellador de proves", self.between, usage, start, until)

    def revoked(
        self, unit: Unit, when: datetime.datetime, reason: x509.ReasonFlags | None, by: Unit
    ) -> bytes:
        """A list of its issuer's, in PEM, on which a unit stands."""
        entry = (
            x509.RevokedCertificateBuilder()
            .serial_number(unit.certificate.serial_number)
            .revocation_date(when)
        )
        if reason:
            entry = entry.add_extension(x509.CRLReason(reason), critical=False)
        found = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.between.certificate.subject)
            .last_update(NOW)
            .next_update(NOW + DAY)
            .add_revoked_certificate(entry.build())
            .sign(by.key, hashes.SHA256())
        )
        return found.public_bytes(Encoding.PEM)

    def trusted(self, *more: bytes) -> Path:
        """A file as an operator gives it: the root, the one between, and what else is told."""
        path = self.folder / f"trusted-{len(list(self.folder.glob('trusted-*')))}.pem"
        path.write_bytes(b"".join([self.root.pem, self.between.pem, *more]))
        return path

    def reply(self, unit: Unit, query: bytes) -> bytes:
        """What ``openssl ts -reply`` answers."""
        (self.folder / "query").write_bytes(query)
        (self.folder / "unit.pem").write_bytes(unit.pem)
        (self.folder / "unit.key").write_bytes(
            unit.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        )
        (self.folder / "chain.pem").write_bytes(self.between.pem)
        command = [
            *("openssl", "ts", "-reply", "-config", "configuration", "-section", "authority"),
            *("-queryfile", "query", "-signer", "unit.pem", "-inkey", "unit.key"),
            *("-chain", "chain.pem"),
        ]
        return subprocess.run(command, cwd=self.folder, capture_output=True, check=True).stdout


@dataclass
class Server:
    """``answer``: what it gives for a request's body; None: nothing, until the test ends."""

    url: str
    answer: Callable[[bytes], bytes | None]
    asked: int = 0
    status: int = 200


@contextmanager
def serving(answer: Callable[[bytes], bytes | None]) -> Iterator[Server]:
    ended = threading.Event()
    lock = threading.Lock()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            assert self.headers["Content-Type"] == "application/timestamp-query"
            body = self.rfile.read(int(self.headers["Content-Length"]))
            with lock:
                about.asked += 1
                said = about.answer(body)
            if said is None:
                ended.wait()
                return
            self.send_response(about.status)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        about = Server(f"http://127.0.0.1:{server.server_address[1]}/tsa", answer)
        in_background(server)
        try:
            yield about
        finally:
            ended.set()
            server.shutdown()
