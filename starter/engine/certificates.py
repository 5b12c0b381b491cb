"""Who may enter the embedded engine: whoever can read one file, which is this account alone.

The file holds a key, its certificate and that of the authority which signed it; server and clients
show the same. The authority's own key is thrown away as soon as it has signed: nobody can make a
second certificate that the engine takes.
"""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING

from starter.engine.ports import LOOPBACK
from starter.engine.record import write_atomically

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric import ec
    from temporalio.envconfig import ClientConfigTLS

NAME = "localhost"

VALID = timedelta(days=5 * 365)

RENEWED_BEFORE = timedelta(days=365)
"""A start makes new ones where less is left: an office starts its machine more than once a year."""

WARNED_BEFORE = timedelta(days=60)
"""Less is left only where the engine has run for years: from here on doctor says so."""


def entrance(file: Path) -> "ClientConfigTLS":
    """What a client shows, and by what it knows the engine."""
    from temporalio.envconfig import ClientConfigTLS

    return ClientConfigTLS(server_root_ca_cert=file, client_cert=file, client_private_key=file)


def environment(file: Path) -> dict[str, str]:
    """The same for a child process, as Temporal's own variables."""
    names = ("SERVER_CA_CERT", "CLIENT_CERT", "CLIENT_KEY")
    return {f"TEMPORAL_TLS_{name}_PATH": str(file) for name in names}


def for_server(file: Path) -> dict[str, object]:
    """`global.tls` of the production server: every port asks for the certificate."""
    shown = {"certFile": str(file), "keyFile": str(file)}
    known = {"serverName": NAME, "rootCaFiles": [str(file)]}
    asking = {**shown, "requireClientAuth": True, "clientCaFiles": [str(file)]}
    port = {"server": asking, "client": known}
    return {"internode": port, "frontend": port, "systemWorker": {**shown, "client": known}}


def ensure(file: Path, now: datetime | None = None) -> None:
    """Make the file where none is good for another year. Only while no engine runs."""
    now = now or datetime.now(UTC)
    span = validity(file)
    if span is None or now < span[0] or now + RENEWED_BEFORE > span[1]:
        write_atomically(file, _made(now))


def validity(file: Path) -> tuple[datetime, datetime] | None:
    """From when to when the certificate is good; None: there is none that can be read."""
    try:
        written = file.read_bytes()
    except OSError:
        return None
    from cryptography import x509

    try:
        found = x509.load_pem_x509_certificate(written)
    except ValueError:
        return None
    return found.not_valid_before_utc, found.not_valid_after_utc


def _made(now: datetime) -> str:
    from cryptography import x509
    from cryptography.x509.oid import ExtendedKeyUsageOID

    # A name of its own for each authority: by the name a client finds the one that signed.
    authority = f"yishen engine {x509.random_serial_number():x}"[:60]
    signing, own = new_key(), new_key()
    above = begun(authority, authority, signing, now, VALID, ca=True)
    usages = [ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH]
    names = [x509.DNSName(NAME), x509.IPAddress(ip_address(LOOPBACK))]
    shown = (
        begun(NAME, authority, own, now, VALID)
        .add_extension(x509.ExtendedKeyUsage(usages), critical=False)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
    )
    return key_pem(own) + signed(shown, signing) + signed(above, signing)


def new_key() -> "ec.EllipticCurvePrivateKey":
    """A key for an authority or a certificate."""
    from cryptography.hazmat.primitives.asymmetric import ec

    return ec.generate_private_key(ec.SECP256R1())


def begun(
    of: str,
    by: str,
    key: "ec.EllipticCurvePrivateKey",
    now: datetime,
    valid: timedelta,
    *,
    ca: bool = False,
) -> "x509.CertificateBuilder":
    """A certificate of that name and key, without its names and uses, not yet signed."""
    from cryptography import x509
    from cryptography.x509.oid import NameOID

    def name(text: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])

    # A day early: a clock that is set right by an hour must not shut the office out.
    return (
        x509.CertificateBuilder()
        .subject_name(name(of))
        .issuer_name(name(by))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + valid)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=0 if ca else None), critical=True)
    )


def signed(begun: "x509.CertificateBuilder", by: "ec.EllipticCurvePrivateKey") -> str:
    """The certificate, as text."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.serialization import Encoding

    return begun.sign(by, SHA256()).public_bytes(Encoding.PEM).decode()


def key_pem(key: "ec.EllipticCurvePrivateKey") -> str:
    """The key, as text."""
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
