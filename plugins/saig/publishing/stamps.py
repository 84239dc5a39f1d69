"""Time stamps of an authority (RFC 3161): makes requests, reads and checks answers.

A time stamp is kept as the authority's whole answer, in DER, as ``openssl ts -verify -in`` reads
it. It is checked as of its own time (RFC 3161 §4), so it remains valid after its certificate has
expired.
"""

from __future__ import annotations

import datetime
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from ..refusal import Refused
from ..words import N_
from .clock import timestamp
from .der import with_sorted_certificates

if TYPE_CHECKING:
    from rfc3161_client import TimeStampRequest, TimeStampResponse

SHA256 = x509.ObjectIdentifier("2.16.840.1.101.3.4.2.1")

HARMLESS = frozenset(
    {
        x509.ReasonFlags.unspecified,
        x509.ReasonFlags.affiliation_changed,
        x509.ReasonFlags.superseded,
        x509.ReasonFlags.cessation_of_operation,
    }
)
"""If a certificate was revoked for one of these reasons, what it signed before remains valid
(RFC 3161 §4.1)."""

_BEGIN, _END = b"-----BEGIN ", b"-----END "


class BadStamp(Refused):
    """A time stamp that is not valid."""


@dataclass(frozen=True)
class Stamp:
    """What a time stamp says. ``time``: in seconds, as the record has times; ``accuracy``: seconds
    by which it may be wrong, None if the authority does not say; ``authority``: its name;
    ``nonce``: the random number of the request."""

    time: str
    accuracy: int | None
    authority: str
    nonce: int | None


@dataclass(frozen=True)
class Certificates:
    """Trusted and intermediate certificates, and revocation lists."""

    certificates: Sequence[x509.Certificate]
    revoked: Sequence[x509.CertificateRevocationList]


def load_certificates(path: Path) -> Certificates:
    """The certificates and revocation lists in a file: any number in PEM, or one certificate in
    DER. Raises ``Refused`` if it cannot be read, has no certificate, or has an invalid block."""
    try:
        data = path.read_bytes()
        blocks = list(pem_blocks(data))
        if not blocks:
            return Certificates([x509.load_der_x509_certificate(data)], [])
        certificates = [x509.load_pem_x509_certificate(b) for b in blocks if b" CERT" in b[:28]]
        revoked = [x509.load_pem_x509_crl(block) for block in blocks if b" CRL" in block[:28]]
    except OSError as error:
        raise Refused(
            N_("%(file)s cannot be read: %(reason)s"), file=path, reason=error.strerror
        ) from None
    except ValueError:
        raise Refused(N_("%(file)s has no certificates in PEM"), file=path) from None
    if not certificates:
        raise Refused(N_("%(file)s has no certificates in PEM"), file=path)
    return Certificates(certificates, revoked)


def pem_blocks(data: bytes) -> Iterator[bytes]:
    """Each block of a PEM file (RFC 7468), with its first and last line."""
    while (start := data.find(_BEGIN)) >= 0:
        end = data.find(b"\n", data.find(_END, start))
        end = len(data) if end < 0 else end + 1
        yield data[start:end].rstrip() + b"\n"
        data = data[end:]


def request(line: bytes) -> TimeStampRequest:
    """A request for a time stamp of a line, by its SHA-256, with a nonce. The answer is to have the
    certificate."""
    return TimestampRequestBuilder(data=line, hash_algorithm=HashAlgorithm.SHA256).build()


def read_stamp(data: bytes, line: bytes) -> Stamp:
    """What a time stamp says of a line, whoever signed it. Raises ``BadStamp`` if it is not a time
    stamp of this line."""
    with _as_bad_stamp():
        return _read(_decode(data), line)


@contextmanager
def _as_bad_stamp() -> Iterator[None]:
    """Raise ``BadStamp`` for every exception: for invalid data the libraries raise any kind."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except BadStamp:
        raise
    except Exception:
        raise BadStamp(N_("it is no time stamp")) from None


def _decode(data: bytes) -> TimeStampResponse:
    response = decode_timestamp_response(with_sorted_certificates(data))
    if response.status != 0:
        said = "; ".join(response.status_string or ()) or str(response.status)
        raise BadStamp(N_("the authority gives none: %(reason)s"), reason=said)
    return response


def _read(response: TimeStampResponse, line: bytes) -> Stamp:
    info = response.tst_info
    imprint, accuracy = info.message_imprint, info.accuracy
    if imprint.hash_algorithm != SHA256 or imprint.message != sha256(line).digest():
        raise BadStamp(N_("it is of something else"))
    signer = _signer(response, ())
    return Stamp(
        timestamp(info.gen_time),
        None if accuracy is None else accuracy.seconds,
        _name(signer.subject) if signer else "?",
        info.nonce,
    )


def check_stamp(data: bytes, line: bytes, trusted: Certificates) -> Stamp:
    """What a time stamp says of a line. Raises ``BadStamp`` if it is not of this line, or not signed
    by a trusted authority with a certificate that was valid at its time."""
    with _as_bad_stamp():
        return _checked(data, line, trusted)


def _checked(data: bytes, line: bytes, trusted: Certificates) -> Stamp:
    response = _decode(data)
    stamp = _read(response, line)
    moment = response.tst_info.gen_time
    signer = _signer(response, trusted.certificates)
    if signer is None:
        raise BadStamp(N_("it does not say with which certificate it was signed"))
    if not signer.not_valid_before_utc <= moment <= signer.not_valid_after_utc:
        raise BadStamp(
            N_("the authority's certificate was valid from %(start)s to %(until)s, and not then"),
            start=timestamp(signer.not_valid_before_utc),
            until=timestamp(signer.not_valid_after_utc),
        )
    builder = VerifierBuilder(roots=list(trusted.certificates), tsa_certificate=signer)
    try:
        builder.build().verify_message(response, line)
    except (VerificationError, ValueError):
        raise BadStamp(N_("no authority signed it whose certificates are trusted")) from None
    _refuse_revoked(signer, moment, _certificates(response, trusted.certificates), trusted.revoked)
    return stamp


def _certificates(
    response: TimeStampResponse, known: Sequence[x509.Certificate]
) -> list[x509.Certificate]:
    """The known certificates, and those in the answer."""
    inside = [x509.load_der_x509_certificate(der) for der in response.signed_data.certificates]
    return [*known, *sorted(inside, key=lambda one: one.public_bytes(Encoding.DER))]


def _signer(
    response: TimeStampResponse, known: Sequence[x509.Certificate]
) -> x509.Certificate | None:
    """The certificate that the answer names as its signer's."""
    signers = list(response.signed_data.signer_infos)
    if len(signers) != 1:
        return None
    wanted = (signers[0].issuer, signers[0].serial_number)
    there = _certificates(response, known)
    return next((one for one in there if (one.issuer, one.serial_number) == wanted), None)


def _name(subject: x509.Name) -> str:
    names = [
        str(found[0].value)
        for kind in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME)
        if (found := subject.get_attributes_for_oid(kind))
    ]
    return ", ".join(names) or subject.rfc4514_string()


def _refuse_revoked(
    signer: x509.Certificate,
    moment: datetime.datetime,
    known: Sequence[x509.Certificate],
    lists: Sequence[x509.CertificateRevocationList],
) -> None:
    """Raise ``BadStamp`` if the signer's certificate, or one above it, was revoked. If the reason is
    ``HARMLESS``, only later time stamps are invalid. After a theft all are, as the thief chooses
    the time (RFC 3161 §4)."""
    for certificate in _chain(signer, known):
        for one in lists:
            if one.issuer != certificate.issuer or not _is_genuine(one, known):
                continue
            entry = one.get_revoked_certificate_by_serial_number(certificate.serial_number)
            if entry is None:
                continue
            reason = _reason(entry)
            if reason not in HARMLESS or entry.revocation_date_utc <= moment:
                raise BadStamp(
                    N_("the certificate of %(name)s was revoked on %(time)s (%(reason)s)"),
                    name=_name(certificate.subject),
                    time=timestamp(entry.revocation_date_utc),
                    reason=reason.value if reason else "–",
                )


def _reason(entry: x509.RevokedCertificate) -> x509.ReasonFlags | None:
    try:
        return entry.extensions.get_extension_for_class(x509.CRLReason).value.reason
    except (x509.ExtensionNotFound, ValueError):
        return None


def _chain(
    signer: x509.Certificate, known: Sequence[x509.Certificate]
) -> Iterator[x509.Certificate]:
    """A certificate and all those above it: each issued one that came before."""
    seen: list[x509.Certificate] = []
    waiting = [signer]
    while waiting:
        one = waiting.pop()
        if one in seen:
            continue
        seen.append(one)
        yield one
        waiting += [issuer for issuer in known if _is_issued_by(one, issuer)]


def _is_issued_by(one: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        one.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _is_genuine(one: x509.CertificateRevocationList, known: Sequence[x509.Certificate]) -> bool:
    for issuer in known:
        try:
            if issuer.subject == one.issuer and one.is_signature_valid(issuer.public_key()):  # type: ignore[arg-type]
                return True
        except (TypeError, ValueError):
            continue
    return False
