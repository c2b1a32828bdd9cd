"""PostgreSQL's own programs for backups: where they are, and how they are run without a secret to be seen."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from app.domain.refused import Refused

#: Where installers put them that leave the search path alone.
_PLACES = (
    ("/usr/lib/postgresql", "*/bin"),
    ("/usr", "pgsql-*/bin"),
    (os.environ.get("PROGRAMFILES", "/"), "PostgreSQL/*/bin"),
)


def program(name: str) -> Path:
    """The program on the search path, else beside initdb, else the newest installed. Raises Refused('no-program')."""
    for folder in _folders():
        if found := shutil.which(name, path=str(folder)):
            return Path(found)
    raise Refused("no-program", name=name)


def _folders() -> Iterator[str | Path]:
    yield os.environ.get("PATH", "")
    if initdb := shutil.which("initdb"):
        yield Path(initdb).resolve().parent
    found = (one for root, names in _PLACES for one in Path(root).glob(names))
    yield from sorted(found, key=_version, reverse=True)


def _version(folder: Path) -> float:
    digits = "".join(sign for sign in folder.parent.name if sign.isdigit() or sign == ".")
    return float(digits or 0)


def run(name: str, *arguments: str, password: str = "") -> str:
    """What the program prints. It asks nobody for a password; one that is given goes by its own environment,
    which nobody else on this machine can read.

    Raises Refused: no-program, and program-failed with the last that it complained of.
    """
    command = [str(program(name)), *arguments]
    done = subprocess.run(
        command,
        env={**os.environ, "PGPASSWORD": password} if password else None,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if line.strip()]
        raise Refused("program-failed", name=name, why=said[-1] if said else str(done.returncode))
    return done.stdout
