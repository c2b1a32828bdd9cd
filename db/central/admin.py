"""What an administrator does to a central file: found it, upgrade it, let people in, open batches."""

import shutil
import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.domain.refused import Refused
from app.domain.terms import Role
from app.services.ports import Unreachable
from app.services.queries import Operator
from db.central import info as about
from db.central import people, reveals, rulebook
from db.central.link import Link, open_file
from db.central.place import local_file
from db.central.rows import instant_text
from db.central.sealing import key_path, make_key
from db.central.store import utc_now

#: Login of the system where it has no other.
SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Facts:
    """What `fenbo store info` shows; `size` is in bytes."""

    info: about.StoreInfo
    commands: int
    cases: int
    operators: int
    size: int


def init(
    url: str | Path, district: str, prefix: str, kind: str, now: datetime | None = None
) -> Path:
    """Found a store with its key beside it. Raises Refused: store-exists, store-kind, a bad place."""
    from db.central.migrate import migrate_file  # half a second that only upgrades need

    path = local_file(url)
    if path.exists() or key_path(path).exists():
        raise Refused("store-exists", path=str(path))
    if kind not in about.KINDS:
        raise Refused("store-kind", kind=kind)
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(path.name + ".new")
    half.unlink(missing_ok=True)
    migrate_file(half)
    with _writing(half) as link:
        about.found(link, district, prefix, kind, now or utc_now())
        rulebook.install(link)
        about.remember_key(link, make_key(path))
    half.rename(path)
    use_wal(path)
    return path


def use_wal(path: Path) -> None:
    """Let people read while somebody writes."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.close()


def upgrade(url: str | Path) -> Path | None:
    """Bring a store up to this program's schema and rules; a copy is kept beside it first.

    Returns the copy, None when nothing was to be done. Raises Refused('store-newer').
    """
    path = local_file(url)
    with _reading(path) as link:
        known = about.read(link)
        is_todays = known.schema_version == about.SCHEMA_VERSION and not rulebook.drift(link)
    if known.schema_version > about.SCHEMA_VERSION:
        raise Refused("store-newer", store=known.schema_version, client=about.SCHEMA_VERSION)
    if is_todays:
        return None
    copy = path.with_name(f"{path.name}.{utc_now():%Y%m%d%H%M%S}.bak")
    copied(path, copy)
    _upgrade(path)
    return copy


def _upgrade(path: Path) -> None:
    from db.central.migrate import migrate_file  # half a second that only upgrades need

    migrate_file(path)
    with _writing(path) as link:
        rulebook.install(link)
        link.run("UPDATE store_info SET schema_version = ?", (about.SCHEMA_VERSION,))
        link.run("UPDATE head SET judged_from = seq")


def copied(path: Path, copy: Path) -> None:
    """A whole copy by SQLite's own backup, key included, while people go on working. Raises Unreachable."""
    if not path.exists():
        raise Unreachable("store-not-there")
    here, there = sqlite3.connect(path), sqlite3.connect(copy)
    try:
        here.backup(there)
    finally:
        here.close()
        there.close()
    if key_path(path).exists():
        shutil.copy2(key_path(path), key_path(copy))


def facts(url: str | Path) -> Facts:
    """What the store holds. Raises Refused('store-empty')."""
    path = local_file(url)
    with _reading(path) as link:
        commands, cases, people_ = (
            int((link.row(f"SELECT count(*) FROM {table}") or (0,))[0])
            for table in ("log", "case_file", "operator")
        )
        known = about.read(link)
    return Facts(known, commands, cases, people_, path.stat().st_size)


def operators(url: str | Path) -> tuple[Operator, ...]:
    """Everybody who may or might come in."""
    with _reading(local_file(url)) as link:
        return people.operators(link)


def add_operator(url: str | Path, new: Operator, by: str = "") -> None:
    """Let somebody in. Raises Refused: operator-exists, operator-login, operator-unit."""
    with _writing(local_file(url)) as link:
        people.add_operator(link, new)
        reveals.record(link, by, ("operator.add", new.login), str(new.role), utc_now())


def system(url: str | Path) -> Operator:
    """Whom the system acts as, let in when nobody is it yet. Raises Refused('operator-exists')."""
    with _writing(local_file(url)) as link:
        known = (one for one in people.operators(link) if one.role is Role.SYSTEM and one.is_active)
        found = next(known, None)
        if found is None:
            found = Operator(SYSTEM, SYSTEM, Role.SYSTEM, about.read(link).district)
            people.add_operator(link, found)
            reveals.record(link, "", ("operator.add", SYSTEM), str(Role.SYSTEM), utc_now())
        return found


def move_operator(url: str | Path, login: str, role: Role, unit: str | None, by: str = "") -> None:
    """Give somebody another role or unit; his seats fetch their scope anew. Raises Refused."""
    with _writing(local_file(url)) as link:
        people.move_operator(link, login, role, unit)
        reveals.record(link, by, ("operator.move", login), f"{role} {unit or ''}", utc_now())


def deactivate(url: str | Path, login: str, by: str = "") -> None:
    """Shut somebody out. Raises Refused('operator-unknown')."""
    with _writing(local_file(url)) as link:
        people.deactivate(link, login)
        reveals.record(link, by, ("operator.deactivate", login), "", utc_now())


def open_batch(
    url: str | Path, batch: str, by: str, *, historical: bool, now: datetime | None = None
) -> None:
    """Open an import batch; a historical one may say when things occurred. Raises Refused('batch-exists')."""
    with _writing(local_file(url)) as link:
        if link.row("SELECT 1 FROM batch WHERE id = ?", (batch,)):
            raise Refused("batch-exists", batch=batch)
        sql = "INSERT INTO batch (id, opened_by, is_historical, opened_at) VALUES (?, ?, ?, ?)"
        link.run(sql, (batch, by, historical, instant_text(now or utc_now())))


def close_batch(url: str | Path, batch: str, now: datetime | None = None) -> None:
    """Close a batch for good. Raises Refused('batch-unknown')."""
    with _writing(local_file(url)) as link:
        sql = "UPDATE batch SET closed_at = ? WHERE id = ? AND closed_at IS NULL"
        if not link.run(sql, (instant_text(now or utc_now()), batch)):
            raise Refused("batch-unknown", batch=batch)


@contextmanager
def _writing(path: Path) -> Generator[Link]:
    with opened(path) as link, link.writing():
        yield link


@contextmanager
def _reading(path: Path) -> Generator[Link]:
    with opened(path) as link, link.reading():
        yield link


@contextmanager
def opened(path: Path, *, as_it_is: bool = False) -> Generator[Link]:
    """A link for as long as the block lasts; `as_it_is` as in `open_file`."""
    try:
        link = open_file(path, as_it_is=as_it_is)
    except sqlite3.OperationalError as error:
        raise Unreachable("store-not-there") from error
    try:
        yield link
    finally:
        link.close()
