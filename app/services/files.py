"""Files of cases by what is in them: what counts as a digest, where a file can be, who keeps and who carries it."""

import re
from collections.abc import Mapping
from concurrent.futures import Future
from enum import StrEnum
from typing import Protocol

_DIGEST = re.compile(r"[0-9a-f]{64}")
#: So many bytes of a file travel in one question at most.
MOST_OF_A_PART = 256 * 1024
#: So many digests are asked about at a time.
MOST_DIGESTS = 500
#: What another program may be asked to open: nothing that could act on its own.
_OPENED = frozenset(
    (
        *(
            "jpg",
            "jpeg",
            "png",
            "gif",
            "bmp",
            "webp",
            "heic",
            "tif",
            "tiff",
            "pdf",
            "ofd",
            "txt",
            "csv",
        ),
        *("doc", "docx", "xls", "xlsx", "ppt", "pptx", "wps", "et", "dps"),
        *("mp3", "wav", "m4a", "amr", "aac", "mp4", "mov", "avi"),
    )
)


class Whereabouts(StrEnum):
    """Where a file is as this seat knows it, or what came of asking for it."""

    HERE = "HERE"
    UNSENT = "UNSENT"  # here, and not whole at the centre
    ELSEWHERE = "ELSEWHERE"  # not here; nobody has asked for it
    COMING = "COMING"
    NOT_YET = "NOT_YET"  # the centre does not have it: the seat that has it is away
    AWAY = "AWAY"  # the centre cannot be reached
    WRONG = "WRONG"  # what came is not what its digest says, and was thrown away


class Shelf(Protocol):
    """Where attachments lie at this seat. What the disk does not do is Unreachable('file')."""

    def keep(self, path: str) -> tuple[str, int]:
        """Copy a file in; its SHA-256 and size in bytes. Raises Refused('file-too-large')."""
        ...

    def listed(self) -> frozenset[str]:
        """The digests of everything that lies here whole."""
        ...

    def read(self, digest: str, at: int, most: int) -> bytes:
        """At most so many bytes of a whole file from a place on."""
        ...

    def size(self, digest: str) -> int:
        """How many bytes a whole file has."""
        ...

    def held(self, digest: str) -> int:
        """How many bytes of a file have come so far."""
        ...

    def add(self, digest: str, at: int, part: bytes) -> None:
        """Write what came next."""
        ...

    def finish(self, digest: str) -> bool:
        """All bytes have come: keep the file if it is what its digest says, else throw it away."""
        ...

    def doubt(self, digest: str) -> bool:
        """Read a whole file again; one that is not what its digest says any more is put aside. Whether it was."""
        ...

    def lend(self, digest: str, suffix: str) -> str:
        """The path of a copy that another program may open, and spoil; it ends with that suffix."""
        ...


class Courier(Protocol):
    """Carries files between this seat and the centre."""

    def fetch(self, digest: str, size: int) -> "Future[Whereabouts]":
        """Ask for a file; it comes to HERE, NOT_YET or WRONG, or fails with Unreachable."""
        ...

    def coming(self) -> Mapping[str, int]:
        """What is being fetched, and how many bytes of it have come."""
        ...

    def unsent(self) -> frozenset[str]:
        """What lies here and is not whole at the centre."""
        ...


def is_digest(text: str) -> bool:
    """Whether it is a SHA-256 as everybody here writes it; nothing else ever becomes the name of a file."""
    return _DIGEST.fullmatch(text) is not None


def suffix_of(name: str) -> str:
    """By what another program knows a file of that name; '' for a kind that is not opened.

    All else about the name is for show: it never becomes part of a path.
    """
    suffix = name.strip(" .").rpartition(".")[2].lower()
    return suffix if suffix in _OPENED and "." in name else ""
