"""What a PostgreSQL store keeps under lock, opened by its owner: the same digests, and the same seal as sealing.sql."""

import base64
import hmac
import os

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.padding import PKCS7

from app.domain.refused import Refused
from db.central.link import Link
from db.central.sealing import Sealer

_IV, _MAC, _BLOCK = 16, 32, 128


class ServerSealer(Sealer):
    """A store's two keys: of its digests, and of its seals (32 bytes)."""

    def __init__(self, digest: bytes, seal: bytes) -> None:
        super().__init__(base64.urlsafe_b64encode(seal))
        self._salt = digest
        self._seal = seal

    def seal(self, text: str) -> str:
        """The text under lock; nothing stays nothing."""
        if not text:
            return ""
        iv, pad = os.urandom(_IV), PKCS7(_BLOCK).padder()
        cipher = Cipher(AES(self._seal), CBC(iv)).encryptor()
        padded = pad.update(text.encode()) + pad.finalize()
        closed = iv + cipher.update(padded) + cipher.finalize()
        return (closed + self._authentic(closed)).hex()

    def unseal(self, text: str) -> str:
        """What was sealed. Raises ValueError when it was tampered with."""
        if not text:
            return ""
        whole = bytes.fromhex(text)
        closed, mac = whole[:-_MAC], whole[-_MAC:]
        if not hmac.compare_digest(mac, self._authentic(closed)):
            raise ValueError("tampered with")
        cipher, pad = (
            Cipher(AES(self._seal), CBC(closed[:_IV])).decryptor(),
            PKCS7(_BLOCK).unpadder(),
        )
        padded = cipher.update(closed[_IV:]) + cipher.finalize()
        return (pad.update(padded) + pad.finalize()).decode()

    def opened(self, text: str) -> str | None:
        """What was sealed, if the text is to the last sign what `seal` wrote; else None."""
        try:
            clear = self.unseal(text)
            exact = bytes.fromhex(text).hex()
        except ValueError:
            return None
        return clear if exact == text else None

    def _authentic(self, closed: bytes) -> bytes:
        return hmac.digest(self._salt, closed, "sha256")


def keys_of(link: Link) -> ServerSealer:
    """The keys of a store, over its owner's link. Raises Refused('store-keys-lost')."""
    kept = dict(link.rows("SELECT name, value FROM secret WHERE name IN ('digest', 'seal')"))
    try:
        return ServerSealer(bytes.fromhex(kept["digest"]), bytes.fromhex(kept["seal"]))
    except (KeyError, ValueError) as lost:
        raise Refused("store-keys-lost") from lost
