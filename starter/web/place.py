"""Where the pages are served, by which names, and whether that is safe.

Loopback needs nothing. Anywhere else passwords would travel for all to read: either the pages have
a certificate, or the proxies that stand before them, and have one, are named.
"""

import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path

from domain.errors import Code, InputError, Unreachable
from office.running.key_store import register_at
from office.settings import Settings
from office.signing_in.demo import is_demo
from starter.web.certificate import Kept, names_of, renew

LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
"""Names of a desk on loopback."""

HOST, USUAL_PORT = "127.0.0.1", 8730

BEHIND = 128
"""Browsers that may wait to be let in."""


@dataclass(frozen=True, slots=True)
class WebPlace:
    """Where browsers are listened for. `port`: None: the usual one, or a free one; `certificate`,
    `key`: None: served in plain; `names`: what the desk may be called by beside the names of
    loopback; `proxies`: addresses whose word about browsers is taken."""

    host: str
    port: int | None
    local: bool
    certificate: Path | None
    key: Path | None
    names: tuple[str, ...]
    proxies: tuple[str, ...]

    @property
    def hosts(self) -> frozenset[str]:
        """Every name it may be called by."""
        return LOCAL.union(name.lower() for name in self.names)

    @property
    def encrypted_only(self) -> bool:
        """Whether what came in plain, all the way from the browser, is turned away: also where the
        proxy stands on this very machine."""
        return not self.local or bool(self.proxies)

    def addresses(self, port: int) -> tuple[str, ...]:
        """What people type, once it listens on `port`."""
        if not self.names:
            return (_address("https" if self.certificate else "http", self.host, port),)
        if self.certificate is None:  # the proxy has a port of its own: the usual one
            return tuple(_address("https", name, 443) for name in self.names)
        return tuple(_address("https", name, port) for name in self.names)


def place_of(settings: Settings) -> WebPlace:
    """Where the settings put the pages. InputError: web_not_protected, web_hosts_missing,
    web_certificate_unusable, web_certificate_over; Unreachable(web_port_taken): no such address."""
    host, port, local = HOST, None, True
    if settings.web_listen is not None:
        given, _, number = settings.web_listen.rpartition(":")
        host, port = given.strip("[]"), int(number)
        local = _loopback(host, settings.web_listen)
    certificate, key = _certificate(settings, local)
    if not local and certificate is None and not settings.proxies:
        raise InputError(Code.WEB_NOT_PROTECTED, address=settings.web_listen)
    names = dict.fromkeys(settings.hosts)
    if certificate is not None:
        names |= dict.fromkeys(names_of(certificate))
    called = tuple(name for name in names if name not in LOCAL)
    if not called and (settings.proxies or not local):
        raise InputError(Code.WEB_HOSTS_MISSING)
    return WebPlace(host, port, local, certificate, key, called, settings.proxies)


def prepared_place(settings: Settings) -> WebPlace:
    """The same for those that are about to serve; our own certificate is renewed where it ends
    soon."""
    renew(settings.data)
    return place_of(settings)


def check_register(settings: Settings, place: WebPlace) -> None:
    """The register answers; and where everybody may sign in as anybody, nobody else's machine may
    call. Raises InputError(web_demo_on_network), Unreachable(register_…)."""
    register = register_at(settings, settings.timeout / 2)
    try:
        with register.reading() as session:
            if (not place.local or place.proxies) and is_demo(session):
                raise InputError(Code.WEB_DEMO_ON_NETWORK)
    finally:
        register.close()


def bound(place: WebPlace) -> socket.socket:
    """The socket, listening; processes that share it serve the same address. Nothing else ever
    does: another installation would be called by this one's people. Unreachable(web_port_taken)."""
    family = socket.AF_INET6 if ":" in place.host else socket.AF_INET
    if place.port is None:
        with suppress(OSError):
            return socket.create_server((place.host, USUAL_PORT), backlog=BEHIND)
    try:
        return socket.create_server((place.host, place.port or 0), family=family, backlog=BEHIND)
    except OSError as error:
        raise _taken(_address("", place.host, place.port or 0)[3:-1], error) from error


def _loopback(host: str, written: str) -> bool:
    """Whether only this machine reaches it."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except OSError as error:
        raise _taken(written, error) from error
    return all(ip_address(str(address[0]).partition("%")[0]).is_loopback for *_, address in found)


def _taken(address: str, error: OSError) -> Unreachable:
    return Unreachable(Code.WEB_PORT_TAKEN, address=address, detail=error.strerror)


def _address(scheme: str, host: str, port: int) -> str:
    named = f"[{host}]" if ":" in host else host
    usual = {"https": 443, "http": 80}.get(scheme)
    return f"{scheme}://{named}/" if port == usual else f"{scheme}://{named}:{port}/"


def _certificate(settings: Settings, local: bool) -> tuple[Path | None, Path | None]:
    """Certificate and key: those of the settings; else our own, where they are needed."""
    certificate, key = settings.web_certificate, settings.web_key
    if certificate is None:
        kept = Kept.of(settings.data)
        if local or settings.proxies or not kept.certificate.exists():
            return None, None
        certificate, key = kept.certificate, kept.key
    _usable(certificate, key)
    return certificate, key


def _usable(certificate: Path, key: Path | None) -> None:
    """Both can be read, belong together, and are not over."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    try:
        # A key under a password can't be asked for where nobody sits.
        context.load_cert_chain(certificate, key, password=lambda: "")
        ends = _ends(certificate)
    except (OSError, ValueError) as error:
        detail = getattr(error, "reason", None) or getattr(error, "strerror", None) or str(error)
        file = ", ".join(str(path) for path in (certificate, key) if path)
        raise InputError(Code.WEB_CERTIFICATE_UNUSABLE, file=file, detail=detail) from error
    if ends < datetime.now(UTC):
        raise InputError(Code.WEB_CERTIFICATE_OVER, file=certificate, until=ends.date())


def _ends(certificate: Path) -> datetime:
    from cryptography import x509

    return x509.load_pem_x509_certificate(certificate.read_bytes()).not_valid_after_utc
