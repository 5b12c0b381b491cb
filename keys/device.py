"""A master key that never leaves its device: PKCS#11, named by a URI (RFC 7512)."""

import secrets
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import parse_qs, unquote

from domain.errors import Code, InputError, Unreachable
from keys.cipher import NONCE, Tampered

SCHEME = "pkcs11:"
FORM = (
    "pkcs11:token=TOKEN;object=KEY?module-path=/usr/lib/…/libsofthsm2.so&pin-source=file:/run/pin"
)


class DeviceMaster:
    """An AES key of a device, by the labels of its token and of itself. The device seals (AES-GCM)
    and opens; this process never sees the key. Opened with the first use, kept open; Thread-safe.
    """

    def __init__(self, uri: str) -> None:
        """InputError(bad_master_device): no such URI, or no PIN where it says."""
        path, _, query = uri.removeprefix(SCHEME).partition("?")
        named = dict(part.partition("=")[::2] for part in path.split(";") if "=" in part)
        options = {name: values[0] for name, values in parse_qs(query).items()}
        self._token = unquote(named.get("token", ""))
        self._object = unquote(named.get("object", ""))
        self._module = options.get("module-path", "")
        self._pin = _pin(options)
        if not (uri.startswith(SCHEME) and self._token and self._object and self._module):
            raise InputError(Code.BAD_MASTER_DEVICE, form=FORM)
        self._lock = Lock()
        self._key: Any = None

    @property
    def id(self) -> str:
        """Token and key, by their labels."""
        return f"{SCHEME}token={self._token};object={self._object}"

    def wrap(self, secret: bytes, bound: bytes) -> bytes:
        """See Master. Raises Unreachable(master_device_away)."""
        nonce = secrets.token_bytes(NONCE)
        return nonce + bytes(self._with_key(nonce, bound, "encrypt", secret))

    def unwrap(self, wrapped: bytes, bound: bytes) -> bytes:
        """See Master. Raises Tampered, Unreachable(master_device_away)."""
        return bytes(self._with_key(wrapped[:NONCE], bound, "decrypt", wrapped[NONCE:]))

    def _with_key(self, nonce: bytes, bound: bytes, what: str, content: bytes) -> bytes:
        import pkcs11
        from pkcs11.exceptions import EncryptedDataInvalid, GeneralError, PKCS11Error

        def done() -> bytes:
            given = pkcs11.GCMParams(nonce, bound, 128)
            act = getattr(self._key, what)
            found: bytes = act(content, mechanism=pkcs11.Mechanism.AES_GCM, mechanism_param=given)
            return found

        with self._lock:
            lost = False
            if self._key is not None:
                try:
                    return done()
                except PKCS11Error:  # unplugged and back: a new session
                    self._key, lost = None, True
            try:
                self._key = self._opened(pkcs11, again=lost)
                return done()
            except (PKCS11Error, OSError, RuntimeError) as error:
                # What a wrong tag is called differs from device to device.
                wrong_tag = isinstance(error, EncryptedDataInvalid | GeneralError)
                if what == "decrypt" and self._key is not None and wrong_tag:
                    raise Tampered from error
                self._key = None
                detail = f"{type(error).__name__} {error}".strip()
                raise Unreachable(Code.MASTER_DEVICE_AWAY, key=self.id, detail=detail) from error

    def _opened(self, pkcs11: Any, *, again: bool) -> Any:
        library = pkcs11.lib(self._module)
        if again:  # which ends the sessions of all keys of this process; each of them comes back
            with suppress(pkcs11.exceptions.PKCS11Error):
                library.reinitialize()
        token = library.get_token(token_label=self._token)
        try:
            session = token.open(user_pin=self._pin)
        except pkcs11.exceptions.UserAlreadyLoggedIn:  # with another key of the same token
            session = token.open()
        return session.get_key(label=self._object, object_class=pkcs11.ObjectClass.SECRET_KEY)


def _pin(options: dict[str, str]) -> str | None:
    """The PIN itself, or what stands where it says."""
    source = options.get("pin-source")
    if source is None:
        return options.get("pin-value")
    try:
        return Path(source.removeprefix("file:")).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise InputError(Code.BAD_MASTER_DEVICE, form=FORM) from error
