"""Personal data under lock: the key beside the store, what is sealed with it, and its digests."""

import base64
import hashlib
import hmac
import json
import os
import re
import unicodedata
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.refused import Refused
from app.services.envelope import Sealed

if TYPE_CHECKING:
    from cryptography.fernet import Fernet

#: Bytes of a key.
_KEY = 32


class Sealer:
    """Seals with one key, and makes digests that nobody can guess without it. ValueError for what is no key."""

    def __init__(self, key: bytes) -> None:
        if len(base64.urlsafe_b64decode(key)) != _KEY:
            raise ValueError(len(key))
        self._key = key
        self._salt = hmac.digest(key, b"fenbo digests", "sha256")

    @cached_property
    def _fernet(self) -> "Fernet":
        from cryptography.fernet import Fernet  # loaded with the first secret

        return Fernet(self._key)

    def seal(self, text: str) -> str:
        """The text under lock; nothing stays nothing."""
        return self._fernet.encrypt(text.encode()).decode() if text else ""

    def unseal(self, text: str) -> str:
        """What was sealed. Raises cryptography.fernet.InvalidToken when it was tampered with."""
        return self._fernet.decrypt(text.encode()).decode() if text else ""

    def opened(self, text: str) -> str | None:
        """What was sealed, if the text is to the last sign what `seal` wrote; else None."""
        from cryptography.fernet import InvalidToken

        try:
            clear = self.unseal(text)
            exact = base64.urlsafe_b64encode(base64.urlsafe_b64decode(text)).decode()
        except (InvalidToken, ValueError):
            return None
        return clear if exact == text else None

    def digest(self, *parts: str) -> str:
        """A keyed SHA-256 over the parts and their lengths, in hexadecimal."""
        keyed = hmac.new(self._salt, digestmod=hashlib.sha256)
        for part in parts:
            text = part.encode("utf-8", "surrogatepass")
            keyed.update(b"%d:" % len(text))
            keyed.update(text)
        return keyed.hexdigest()

    def sealed_digest(self, cmd_id: str, sealed: Sealed | None) -> str:
        """What the log keeps of the sealed parts of one command; '' when there were none."""
        return "" if sealed is None else self.digest("sealed", cmd_id, parts_of(sealed))

    def reporter_key(self, phone: str) -> str | None:
        """The same for the same number however it was written; None where there is no number."""
        figures = re.sub(r"[^0-9]", "", unicodedata.normalize("NFKC", phone))
        if len(figures) == len("8613800000000") and figures.startswith("86"):
            figures = figures[2:]
        return self.digest("reporter", figures)[:32] if figures else None

    @property
    def fingerprint(self) -> str:
        """What a store remembers of its key, to know it again."""
        return self.digest("fingerprint")


def parts_of(sealed: Sealed) -> str:
    """The sealed parts as one text, for digests."""
    parts = (sealed.case_id, sealed.name, sealed.phone, sealed.id_number, sealed.numbers)
    return json.dumps(parts, ensure_ascii=True)


def key_path(store: Path) -> Path:
    """Where the key of a store file lies."""
    return store.with_name(store.name + ".key")


def make_key(store: Path) -> Sealer:
    """A new key beside the store, readable by its owner only. Raises FileExistsError."""
    key = base64.urlsafe_b64encode(os.urandom(_KEY))
    place = os.open(key_path(store), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(place, "wb") as file:
        file.write(key)
        file.flush()
        os.fsync(file.fileno())
    return Sealer(key)


def read_key(store: Path) -> Sealer:
    """The key of a store. Raises Refused('store-key-missing') or Refused('store-key-wrong')."""
    try:
        return Sealer(key_path(store).read_bytes())
    except FileNotFoundError as missing:
        raise Refused("store-key-missing", path=str(key_path(store))) from missing
    except ValueError as wrong:
        raise Refused("store-key-wrong", path=str(key_path(store))) from wrong
