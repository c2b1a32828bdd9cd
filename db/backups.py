"""A backup of a store: a folder that is there whole or not at all, with a page that says what is in it."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from hashlib import file_digest
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from app.domain.refused import Refused
from db.opening import flush

#: Says of which store the folder is, how far it goes, and the SHA-256 of every other file in it.
PAGE = "backup.json"
#: Of which kind of place a backup is.
FILE, SERVER = "file", "server"


@dataclass(frozen=True, slots=True)
class End:
    """Where a feed ends in a backup: number and hash of its last line."""

    feed: str
    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Held:
    """Of which store a backup is, where its feeds end in it, and when it was made (ISO 8601)."""

    kind: str
    store_id: str
    schema_version: int
    ends: tuple[End, ...]
    made_at: str = ""


def keep(folder: Path, fill: Callable[[Path], Held], at: datetime) -> Held:
    """A new folder that `fill` fills, readable by its owner only. Raises Refused('backup-exists')."""
    if folder.exists():
        raise Refused("backup-exists", path=str(folder))
    folder.parent.mkdir(parents=True, exist_ok=True)
    half = Path(mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        held = replace(fill(half), made_at=at.isoformat())
        _write_page(half, held)
        for name in (*_names(half), PAGE):
            flush(half / name)
        half.rename(folder)
    except BaseException:
        shutil.rmtree(half, ignore_errors=True)
        raise
    _flush_folder(folder.parent)
    return held


def read(folder: Path, kind: str) -> Held:
    """What a backup holds, every file in it to the letter as it was written.

    Raises Refused: backup-none, backup-damaged, backup-of-a-file, backup-of-a-server.
    """
    page = _page(folder)
    try:
        ends = tuple(End(**one) for one in page["ends"])
        at = datetime.fromisoformat(page["made_at"]).isoformat()
        held = Held(page["kind"], page["store_id"], page["schema_version"], ends, at)
        files = dict(page["files"])
    except (KeyError, TypeError, ValueError) as wrong:
        raise Refused("backup-damaged", path=str(folder / PAGE)) from wrong
    for name, digest in files.items():
        if not (folder / name).is_file() or _digest(folder / name) != digest:
            raise Refused("backup-damaged", path=str(folder / name))
    if held.kind != kind:
        raise Refused("backup-of-a-server" if kind == FILE else "backup-of-a-file")
    return held


def _page(folder: Path) -> dict[str, Any]:
    try:
        return json.loads((folder / PAGE).read_bytes())
    except (FileNotFoundError, NotADirectoryError) as missing:
        raise Refused("backup-none", path=str(folder)) from missing
    except ValueError as wrong:
        raise Refused("backup-damaged", path=str(folder / PAGE)) from wrong


def _write_page(folder: Path, held: Held) -> None:
    files = {name: _digest(folder / name) for name in _names(folder)}
    page = {**asdict(held), "files": files}
    (folder / PAGE).write_text(json.dumps(page, ensure_ascii=False, indent=1), "utf-8")


def _names(folder: Path) -> Iterator[str]:
    """Every file below, by its path with slashes."""
    files = (one for one in sorted(folder.rglob("*")) if one.is_file() and one.name != PAGE)
    return (one.relative_to(folder).as_posix() for one in files)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _flush_folder(folder: Path) -> None:
    """A new name in a folder is on the disk when this returns; Windows sees to that itself."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
