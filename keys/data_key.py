"""The key of one case: what it seals looks the same each time, so that a repetition is one."""

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode

from cryptography.hazmat.primitives.ciphers import AEADDecryptionContext, AEADEncryptionContext

from domain.words import sealed_parts, sealed_word
from keys.cipher import NONCE, Suite, Tampered

SECRET = 32
"""Bytes of a data key; the keys of its uses are derived from it."""

TOKEN = 12
"""Bytes of what a term is found again by: two terms share one once in 2^48 terms."""


class DataKey:
    """The key of the case `name` (`office`: of what goes across cases).

    Sealing a word needs no memory: its nonce is the keyed hash of field and text, so the same words
    in the same field of a case are the same sealed word, however often they are sent, and nothing
    but that can be read off them. Two texts share a nonce once in 2^96.
    """

    def __init__(self, name: str, secret: bytes, suite: Suite) -> None:
        self.name = name
        self.suite = suite
        self._bound = name.encode()
        self._words = self._for(secret, b"words")[: suite.key_length]
        self._nonces = self._for(secret, b"nonces")
        self._bytes = self._for(secret, b"bytes")[: suite.key_length]
        self._files = self._for(secret, b"files")[: suite.key_length]
        self._tokens = self._for(secret, b"tokens")

    def _for(self, secret: bytes, use: bytes) -> bytes:
        return self.suite.mac(secret, use)

    def seal_word(self, field: str, text: str) -> str:
        """`text` as the record keeps it. One that this key has sealed stays as it is; one that
        only looks sealed is sealed like any other."""
        if self.owns(text):
            return text
        plain = text.encode()
        nonce = self.suite.mac(self._nonces, field.encode() + b"\0" + plain)[:NONCE]
        sealed = self.suite.seal(self._words, nonce, plain, self._bound)
        return sealed_word(self.suite, self.name, _letters(nonce + sealed))

    def open_word(self, word: str) -> str:
        """The text of a sealed word. Raises Tampered."""
        parts = sealed_parts(word)
        if parts is None or parts[:2] != (self.suite.value, self.name):
            raise Tampered
        content = _octets(parts[2])
        plain = self.suite.open(self._words, content[:NONCE], content[NONCE:], self._bound)
        return plain.decode()

    def owns(self, word: str) -> bool:
        """Whether it is a word that this key has sealed."""
        if sealed_parts(word) is None:
            return False
        try:
            self.open_word(word)
        except Tampered:
            return False
        return True

    def seal(self, content: bytes) -> bytes:
        """Bytes on their way: sealed anew, each time otherwise."""
        nonce = secrets.token_bytes(NONCE)
        return nonce + self.suite.seal(self._bytes, nonce, content, self._bound)

    def open(self, sealed: bytes) -> bytes:
        """What `seal` was given. Raises Tampered."""
        return self.suite.open(self._bytes, sealed[:NONCE], sealed[NONCE:], self._bound)

    def sealing_file(self, head: bytes) -> AEADEncryptionContext:
        """Seals the file that begins with `head`, the same each time: see `keys.files`."""
        return self.suite.sealing(self._files, self._nonce_of(head), self._bound + b"\0" + head)

    def opening_file(self, head: bytes) -> AEADDecryptionContext:
        """Opens what `sealing_file` sealed."""
        return self.suite.opening(self._files, self._nonce_of(head), self._bound + b"\0" + head)

    def _nonce_of(self, head: bytes) -> bytes:
        return self.suite.mac(self._nonces, head)[:NONCE]

    def token(self, content: bytes) -> bytes:
        """By what the same content is found again, TOKEN bytes."""
        return self.suite.mac(self._tokens, content)[:TOKEN]


def _letters(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()


def _octets(letters: str) -> bytes:
    return urlsafe_b64decode(letters + "=" * (-len(letters) % 4))
