"""A central file backed up with its key and what lies beside it, and put back from there."""

import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path

from app.domain.refused import Refused
from db.backups import FILE, End, Held, keep, read
from db.central import admin, reveals
from db.central import info as about
from db.central.place import local_file
from db.central.sealing import key_path, read_key
from db.central.store import utc_now
from db.opening import files_of, flush, set_aside

#: The store's name inside a backup, whatever it was called.
STORE = "central.db"


def back_up(url: str | Path, folder: Path, beside: Iterable[str]) -> Held:
    """The store as it is at this moment, and those files and folders `beside` it that are there.

    People may go on working. Raises Refused: backup-exists, backup-unsound, store-key-missing, store-key-wrong.
    """
    return keep(folder, partial(_fill, local_file(url), tuple(beside)), utc_now())


def _fill(path: Path, beside: Iterable[str], half: Path) -> Held:
    copy = half / STORE
    admin.copied(path, copy)
    with suppress(
        sqlite3.OperationalError
    ):  # a full disk is a reason to back up, not one against it
        _note(path, "store.backup")
    _copy_beside(path.parent, half, beside)
    return _held(copy)


def _held(copy: Path) -> Held:
    """What the copy itself says, read to its last page. Raises Refused."""
    with admin.opened(copy) as link:
        store = about.read(link)
        about.same_key(link, read_key(copy))
        link.run(
            "PRAGMA journal_mode=DELETE"
        )  # one file, that nothing is written beside when it is read
        (said,) = link.row("PRAGMA integrity_check(1)") or ("",)
        ends = tuple(
            End(*one) for one in link.rows("SELECT feed, seq, hash FROM head ORDER BY feed")
        )
        for end in ends:
            last = link.row(_LAST, (end.feed,)) or (0, "")
            if said != "ok" or last != (end.seq, end.hash):
                raise Refused("backup-unsound")
    return Held(FILE, store.store_id, store.schema_version, ends)


_LAST = "SELECT seq, hash FROM log WHERE feed = ? ORDER BY seq DESC LIMIT 1"


def restore(url: str | Path, folder: Path, beside: Iterable[str], *, replace: bool) -> Held:
    """Put a backup where a store was or is to be; with `replace` what is there now is renamed and stays.

    What lies beside the place already, like newer editions, is left as it is.
    Raises Refused: store-there, and as `db.backups.read`.
    """
    path, held = local_file(url), read(folder, FILE)
    is_there = any(files_of(path)) or key_path(path).exists()
    if is_there and not replace:
        raise Refused("store-there", path=str(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(path.name + ".restored")
    _lay(folder / STORE, half)
    if is_there:
        _make_room(path)
    key_path(half).replace(key_path(path))
    half.replace(path)
    _copy_beside(folder, path.parent, beside)
    return held


def _lay(copy: Path, half: Path) -> None:
    """The store and its key on this disk under another name, as one that was restored once more."""
    for old in files_of(half):
        old.unlink()
    for one, name in ((copy, half), (key_path(copy), key_path(half))):
        shutil.copy2(one, name)
    with admin.opened(half) as link, link.writing():
        link.run("UPDATE head SET epoch = epoch + 1")
    _note(half, "store.restore")
    admin.use_wal(half)
    flush(half)
    flush(key_path(half))


def _note(path: Path, what: str) -> None:
    """A line of the access log: with the key, a backup holds every person."""
    with admin.opened(path) as link, link.writing():
        reveals.record(link, "", (what, ""), "", utc_now())


def _make_room(path: Path) -> None:
    """A living store goes on under another name, with its key; desks at it look for the new one."""
    kept = set_aside(path, "replaced")
    if key_path(path).exists():
        key_path(path).rename(key_path(kept))


def _copy_beside(here: Path, there: Path, names: Iterable[str]) -> None:
    """Files, and folders with their files; what is there already stays."""
    for name in names:
        place = here / name
        for file in place.rglob("*") if place.is_dir() else [place]:
            copy = there / file.relative_to(here)
            if file.is_file() and not copy.exists():
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(file, copy)
