"""The two suites: AES-256-GCM with HMAC-SHA-256, and SM4-GCM with HMAC-SM3 (GB/T 32907, 32905)."""

from enum import StrEnum

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import (
    AEADDecryptionContext,
    AEADEncryptionContext,
    Cipher,
    algorithms,
    modes,
)
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE = 12
TAG = 16


class Tampered(ValueError):
    """What was sealed is not what it was, or this isn't its key."""


class Suite(StrEnum):
    """Which cipher seals, and which hash is keyed."""

    AES = "aes"
    SM4 = "sm4"

    @property
    def key_length(self) -> int:
        """Bytes of a key of the cipher."""
        return 32 if self is Suite.AES else 16

    def seal(self, key: bytes, nonce: bytes, plain: bytes, bound: bytes) -> bytes:
        """`plain` under `key`, tag last; `bound` is not in it, but it opens only beside it."""
        if self is Suite.AES:
            return AESGCM(key).encrypt(nonce, plain, bound)
        sealing = self.sealing(key, nonce, bound)
        return sealing.update(plain) + sealing.finalize() + sealing.tag

    def open(self, key: bytes, nonce: bytes, sealed: bytes, bound: bytes) -> bytes:
        """What `seal` was given. Raises Tampered."""
        try:
            if self is Suite.AES:
                return AESGCM(key).decrypt(nonce, sealed, bound)
            body, tag = sealed[:-TAG], sealed[-TAG:]
            opening = self.opening(key, nonce, bound)
            return opening.update(body) + opening.finalize_with_tag(tag)
        except (InvalidTag, ValueError) as error:
            raise Tampered from error

    def sealing(self, key: bytes, nonce: bytes, bound: bytes) -> AEADEncryptionContext:
        """What `seal` does, piece by piece; the tag stands in it at the end."""
        found = Cipher(self._block(key), modes.GCM(nonce)).encryptor()
        found.authenticate_additional_data(bound)
        return found

    def opening(self, key: bytes, nonce: bytes, bound: bytes) -> AEADDecryptionContext:
        """What `open` does, piece by piece; what it gives counts once its tag was right."""
        found = Cipher(self._block(key), modes.GCM(nonce)).decryptor()
        found.authenticate_additional_data(bound)
        return found

    def _block(self, key: bytes) -> algorithms.AES | algorithms.SM4:
        return algorithms.AES(key) if self is Suite.AES else algorithms.SM4(key)

    def mac(self, key: bytes, content: bytes) -> bytes:
        """The keyed hash of `content`, 32 bytes."""
        made = hmac.HMAC(key, hashes.SHA256() if self is Suite.AES else hashes.SM3())
        made.update(content)
        return made.finalize()
