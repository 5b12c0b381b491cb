"""The office's own authority, and the certificate by which browsers know the desk.

For offices whose network has no authority of its own. Colleagues install the authority's
certificate once. It vouches for one host and nothing else, so whoever steals its key can pose as
nothing but this desk; another host needs another authority.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import TYPE_CHECKING

from domain.errors import Code, InputError
from starter.engine.certificates import begun, key_pem, new_key, signed, validity
from starter.engine.record import write_atomically

if TYPE_CHECKING:
    from cryptography import x509

AUTHORITY_VALID = timedelta(days=10 * 365)

VALID = timedelta(days=395)
"""Browsers take no certificate that is good for longer."""

RENEWED_BEFORE = timedelta(days=90)

HERE = ("localhost", "127.0.0.1")
"""This machine's own names, in every certificate: for whoever looks from here."""

LONGEST = 253
"""Letters of a host's name."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The files of our own certificate in a data folder."""

    authority: Path
    authority_key: Path
    certificate: Path
    key: Path

    @classmethod
    def of(cls, data: Path) -> "Kept":
        """Where they stand, or would."""
        root = data / "web"
        return cls(
            root / "authority.crt", root / "authority.key", root / "desk.crt", root / "desk.key"
        )


@dataclass(frozen=True, slots=True)
class Certified:
    """What was made. `new_authority`: colleagues have to install it; `until`: end of the
    certificate."""

    name: str
    authority: Path
    certificate: Path
    key: Path
    new_authority: bool
    fingerprint: str
    until: datetime


def certify(data: Path, name: str, now: datetime | None = None) -> Certified:
    """Make a certificate for the host, by the authority that is there or by a new one.
    InputError(bad_host_name)."""
    now = now or datetime.now(UTC)
    name = _host(name)
    kept = Kept.of(data)
    kept.authority.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = not _vouches(kept, name, now)
    if new:
        _make_authority(kept, name, now)
    _make_certificate(kept, name, now)
    made = validity(kept.certificate)
    assert made is not None
    return Certified(
        name, kept.authority, kept.certificate, kept.key, new, fingerprint(kept), made[1]
    )


def renew(data: Path, now: datetime | None = None) -> bool:
    """Renew our own certificate where it soon ends; whether it was. Colleagues notice nothing."""
    now = now or datetime.now(UTC)
    kept = Kept.of(data)
    span = validity(kept.certificate)
    if span is None or now + RENEWED_BEFORE < span[1]:
        return False
    name = next((n for n in names_of(kept.certificate) if n not in HERE), HERE[0])
    if not _vouches(kept, name, now):
        return False
    _make_certificate(kept, name, now)
    return True


def names_of(certificate: Path) -> tuple[str, ...]:
    """Hosts that a certificate speaks for, without patterns; none where it can't be read."""
    from cryptography import x509

    try:
        found = x509.load_pem_x509_certificate(certificate.read_bytes())
        listed = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (OSError, ValueError, x509.ExtensionNotFound):
        return ()
    names = listed.get_values_for_type(x509.DNSName)
    addresses = listed.get_values_for_type(x509.IPAddress)
    return (*(name for name in names if "*" not in name), *map(str, addresses))


def fingerprint(kept: Kept) -> str:
    """SHA-256 of the authority, to be compared by whoever installs it."""
    from cryptography import x509
    from cryptography.hazmat.primitives.hashes import SHA256

    found = x509.load_pem_x509_certificate(kept.authority.read_bytes())
    return found.fingerprint(SHA256()).hex(":").upper()


def _host(given: str) -> str:
    """A host's name or address as it stands in certificates."""
    name = given.strip().strip("[]").lower()
    if _address(name) is not None:
        return name
    try:
        plain = name.encode("idna").decode()
    except UnicodeError:
        plain = ""
    letters = plain.replace("-", "").replace(".", "")
    if not letters.isalnum() or len(plain) > LONGEST or plain.startswith("."):
        raise InputError(Code.BAD_HOST_NAME, given=given)
    return plain


def _address(name: str) -> object | None:
    try:
        return ip_address(name)
    except ValueError:
        return None


def _vouches(kept: Kept, name: str, now: datetime) -> bool:
    """Whether the authority that is there may and can sign for the host, as long as needed."""
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        found = x509.load_pem_x509_certificate(kept.authority.read_bytes())
        key = load_pem_private_key(kept.authority_key.read_bytes(), None)
        allowed = found.extensions.get_extension_for_class(x509.NameConstraints).value
    except (OSError, ValueError, x509.ExtensionNotFound):
        return False
    return (
        key.public_key() == found.public_key()
        and now + VALID < found.not_valid_after_utc
        and set(_constraints(name)) == set(allowed.permitted_subtrees or ())
    )


def _make_authority(kept: Kept, name: str, now: datetime) -> None:
    from cryptography import x509

    key, own = new_key(), f"Yishen 依申 {name}"[:60]
    only = x509.NameConstraints(list(_constraints(name)), None)
    usage = x509.KeyUsage(
        digital_signature=False,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=True,
        crl_sign=True,
        encipher_only=False,
        decipher_only=False,
    )
    made = (
        begun(own, own, key, now, AUTHORITY_VALID, ca=True)
        .add_extension(only, critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    write_atomically(kept.authority_key, key_pem(key))
    write_atomically(kept.authority, signed(made, key))


def _make_certificate(kept: Kept, name: str, now: datetime) -> None:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import load_pem_private_key
    from cryptography.x509.oid import ExtendedKeyUsageOID

    above = x509.load_pem_x509_certificate(kept.authority.read_bytes())
    signing = load_pem_private_key(kept.authority_key.read_bytes(), None)
    assert isinstance(signing, ec.EllipticCurvePrivateKey)
    by = str(above.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)[0].value)
    key = new_key()
    point = x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key())
    made = (
        begun(name[:60], by, key, now, VALID)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName(list(_names(name))), critical=False)
        .add_extension(point, critical=False)
    )
    # One file at a time: a crash between them is found at the next start, and made good by this
    # command.
    write_atomically(kept.key, key_pem(key))
    write_atomically(kept.certificate, signed(made, signing))


def _names(name: str) -> Iterator["x509.GeneralName"]:
    """What the certificate speaks for."""
    from cryptography import x509

    own = _address(name) is not None
    yield x509.IPAddress(ip_address(name)) if own else x509.DNSName(name)
    yield x509.DNSName(HERE[0])
    yield x509.IPAddress(ip_address(HERE[1]))


def _constraints(name: str) -> Iterator["x509.GeneralName"]:
    """The same, as all that an authority may vouch for: names of both kinds, since a kind that
    isn't mentioned would be free."""
    from cryptography import x509

    if _address(name) is None:
        yield x509.DNSName(name)
    else:
        yield x509.IPAddress(ip_network(name))
    yield x509.DNSName(HERE[0])
    yield x509.IPAddress(ip_network(HERE[1]))
