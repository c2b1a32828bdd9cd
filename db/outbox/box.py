"""The lock on personal data at a desk: a key beside the files that only this user may read."""

import json
import os
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.services.envelope import Sealed

if TYPE_CHECKING:
    from cryptography.fernet import Fernet


class Locked(Exception):
    """What was locked with a key that does not lie here."""


class Box:
    """Locks and opens small texts. The key is made at the first use; without it they stay locked."""

    def __init__(self, key_file: Path) -> None:
        self._file = key_file
        self._fernet: Fernet | None = None

    def lock(self, value: Any) -> bytes:
        """A JSON value, locked."""
        return self._lock().encrypt(json.dumps(value, ensure_ascii=False).encode())

    def open(self, locked: bytes) -> Any:
        """The value again. Raises Locked for another key's."""
        from cryptography.fernet import InvalidToken  # loaded with the first secret

        try:
            return json.loads(self._lock().decrypt(locked))
        except InvalidToken as error:
            raise Locked from error

    def lock_sealed(self, sealed: Sealed | None) -> bytes | None:
        """Sealed parts of a command, locked."""
        return None if sealed is None else self.lock(asdict(sealed))

    def open_sealed(self, locked: bytes | None) -> Sealed | None:
        """Sealed parts again. Raises Locked."""
        if locked is None:
            return None
        parts = self.open(locked)
        numbers = tuple((hidden, number) for hidden, number in parts.pop("numbers"))
        return Sealed(**parts, numbers=numbers)

    def _lock(self) -> "Fernet":
        if self._fernet is None:
            from cryptography.fernet import Fernet  # loaded when the first secret is met

            self._fernet = Fernet(self._key(Fernet.generate_key))
        return self._fernet

    def _key(self, make: Any) -> bytes:
        """The key in the file; a new one is whole before it lies there."""
        with suppress(FileNotFoundError):
            if kept := self._file.read_bytes():
                return kept
        half = self._file.with_name(self._file.name + ".new")
        half.unlink(missing_ok=True)
        handle = os.open(half, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(key := make())
            file.flush()
            os.fsync(file.fileno())
        half.replace(self._file)
        return key
