"""Copies of a centre's editions as they were accepted: one for each version, and which was last in force."""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import quote

from app.domain.policy import Policy

_IN_FORCE = "in-force.json"


@dataclass(frozen=True, slots=True)
class Stand:
    """Which version of an edition was last in force, and the file that said so."""

    version: str
    file: str


@dataclass(frozen=True, slots=True)
class Copies:
    """The copies in one folder. Where it cannot be written nothing is kept, and nothing stops."""

    folder: Path

    def files(self) -> list[Path]:
        """One for each version of each edition."""
        return sorted(self.folder.glob("*.yaml"))

    def in_force(self) -> dict[str, Stand]:
        """What was last in force, by code; nothing when nobody knows any more."""
        with suppress(OSError, ValueError, TypeError, AttributeError):
            told = json.loads((self.folder / _IN_FORCE).read_text("utf-8"))
            return {code: Stand(**stand) for code, stand in told.items()}
        return {}

    def keep(self, edition: Policy, file: Path) -> None:
        """A copy of `file`, which was just accepted; an older copy of the same version stays."""
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            copy = self.folder / f"{quote(edition.stamp, safe='')}.yaml"
            if not copy.exists():
                _write(copy, file.read_bytes())
            stands = self.in_force()
            self._note({**stands, edition.code: Stand(edition.version, file.name)}, stands)

    def _note(self, stands: Mapping[str, Stand], before: Mapping[str, Stand]) -> None:
        if stands != before:
            told = json.dumps({code: asdict(stand) for code, stand in stands.items()})
            _write(self.folder / _IN_FORCE, told.encode())


def _write(path: Path, content: bytes) -> None:
    """All or nothing: others may be reading."""
    half = path.with_name(f".{os.getpid()}.half")
    half.write_bytes(content)
    half.replace(path)
