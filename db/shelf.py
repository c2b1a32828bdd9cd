"""Attachments at a seat: each file under its own SHA-256, so that the same file lies there once."""

import hashlib
import os
import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from app.domain.lengths import portable
from app.services.files import is_digest
from app.services.ports import Unreachable
from db.opening import flush

_CHUNK = 1 << 20
#: Beside the files: what has come of others so far, and copies for other programs.
_HALF, _LENT = "half", "lent"


class Shelf:
    """A folder of files by content; its methods may be called on any thread. Raise Unreachable('file')."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._here: set[str] | None = None

    def keep(self, path: str) -> tuple[str, int]:
        """Copy a file in; its SHA-256 and size in bytes. Raises Refused('file-too-large')."""
        with _on_disk():
            portable(Path(path).stat().st_size)
            half = self._beside(_HALF) / f"{os.getpid()}.kept"
            digest, size = _copy(Path(path), half)
            self._take(half, digest)
        return digest, size

    def _take(self, half: Path, digest: str) -> None:
        place = self.place(digest)
        place.parent.mkdir(parents=True, exist_ok=True)
        half.replace(place)
        self.listed()
        with self._lock:
            self._here = {*(self._here or ()), digest}

    def place(self, digest: str) -> Path:
        """Where a file of that content lies. Raises Unreachable('file') for what is no digest."""
        if not is_digest(digest):
            raise Unreachable("file")
        return self._folder / digest[:2] / digest

    def listed(self) -> frozenset[str]:
        """The digests of everything that lies here whole; the folder is looked through once."""
        with self._lock:
            if self._here is None:
                found = (one.name for one in self._folder.glob("??/*"))
                self._here = {name for name in found if is_digest(name)}
            return frozenset(self._here)

    def read(self, digest: str, at: int, most: int) -> bytes:
        """At most so many bytes of a whole file from a place on."""
        with _on_disk(), self.place(digest).open("rb") as file:
            file.seek(at)
            return file.read(most)

    def size(self, digest: str) -> int:
        """How many bytes a whole file has."""
        with _on_disk():
            return self.place(digest).stat().st_size

    def held(self, digest: str) -> int:
        """How many bytes of a file have come so far."""
        with _on_disk():
            half = self._half(digest)
            return half.stat().st_size if half.exists() else 0

    def add(self, digest: str, at: int, part: bytes) -> None:
        """Write what came next."""
        with _on_disk(), self._half(digest).open("r+b" if at else "wb") as file:
            file.seek(at)
            file.write(part)

    def finish(self, digest: str) -> bool:
        """All bytes have come: keep the file if it is what its digest says, else throw it away."""
        half = self._half(digest)
        with _on_disk():
            if _sum(half) != digest:
                half.unlink()
                return False
            flush(half)
            self._take(half, digest)
        return True

    def doubt(self, digest: str) -> bool:
        """Read a whole file again; one that is not what its digest says any more is put aside. Whether it was."""
        place = self.place(digest)
        with _on_disk():
            if _sum(place) == digest:
                return False
            place.replace(place.with_suffix(".damaged"))
        with self._lock:
            self._here = (self._here or set()) - {digest}
        return True

    def lend(self, digest: str, suffix: str) -> str:
        """The path of a copy that another program may open, and spoil; it ends with that suffix."""
        with _on_disk():
            copy = self._beside(_LENT) / f"{digest}.{suffix}"
            if not copy.exists() or _sum(copy) != digest:  # else it may be open already
                _copy(self.place(digest), copy)
        return str(copy)

    def _half(self, digest: str) -> Path:
        return self._beside(_HALF) / self.place(digest).name

    def _beside(self, name: str) -> Path:
        folder = self._folder / name
        folder.mkdir(parents=True, exist_ok=True)
        return folder


@contextmanager
def _on_disk() -> Generator[None]:
    try:
        yield
    except OSError as error:
        raise Unreachable("file") from error


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


def _sum(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
