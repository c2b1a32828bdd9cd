"""Attachments at a seat: each file under its own SHA-256, so that the same file lies there once."""

import hashlib
import os
from pathlib import Path

from app.services.ports import Unreachable

_CHUNK = 1 << 20


class Shelf:
    """A folder of files by content."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, path: str) -> tuple[str, int]:
        """Copy a file in; its SHA-256 and size in bytes. Raises Unreachable('file')."""
        try:
            return self._keep(Path(path))
        except OSError as error:
            raise Unreachable("file") from error

    def _keep(self, source: Path) -> tuple[str, int]:
        self._folder.mkdir(parents=True, exist_ok=True)
        half = self._folder / f".{os.getpid()}.half"
        digest, size = _copy(source, half)
        place = self.place(digest)
        place.parent.mkdir(exist_ok=True)
        half.replace(place)
        return digest, size

    def place(self, digest: str) -> Path:
        """Where a file of that content lies."""
        return self._folder / digest[:2] / digest


def _copy(source: Path, target: Path) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with source.open("rb") as read, target.open("wb") as written:
        while chunk := read.read(_CHUNK):
            digest.update(chunk)
            written.write(chunk)
            size += len(chunk)
        written.flush()
        os.fsync(written.fileno())
    return digest.hexdigest(), size
