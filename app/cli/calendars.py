"""The holidays in force at a store: as its own table says, else as accepted before; every table is kept."""

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from app.domain.calendar import Holidays
from resources.holidays import load_holidays, read_whole, written
from resources.wrong import Expected, Wrong

#: The centre's own table, beside its store.
TABLE = "calendar.csv"
#: Copies of accepted tables, beside a store and in a seat's folder.
KEPT = "calendar-kept"
_IN_FORCE = "in-force.txt"


@dataclass(frozen=True, slots=True)
class Known:
    """Today's table, those of before, and what was wrong with the files."""

    holidays: Holidays
    earlier: tuple[Holidays, ...] = ()
    wrong: tuple[Wrong, ...] = ()


def holidays_at(store: Path, folders: Sequence[Path]) -> Known:
    """What is in force at `store`, where tables are kept in `folders`, the first the best.

    While its table cannot be taken, what was accepted last stays in force.
    """
    earlier, wrong = _kept(folders)
    announced = store.parent / TABLE
    last = _own_last(folders, earlier)
    is_own = announced.exists()
    try:
        holidays = _taken(announced, last)
    except Wrong as complaint:
        wrong.append(complaint)
        holidays = last or (earlier[-1] if earlier else load_holidays())
        is_own = False
    for folder in folders:
        with suppress(OSError):  # where nothing can be written nothing is kept, and nothing stops
            _keep(folder, holidays)
            if is_own:
                _note(folder, holidays)
    return Known(holidays, earlier, tuple(wrong))


def _taken(announced: Path, last: Holidays | None) -> Holidays:
    """The centre's own table; the shipped one where it never had any. Raises Wrong."""
    if announced.exists():
        return load_holidays(announced)
    if last is not None:
        raise Wrong(announced.name, 1, "", Expected.TABLE_IN_PLACE, last.version)
    return load_holidays()


def _own_last(folders: Sequence[Path], kept: Sequence[Holidays]) -> Holidays | None:
    """The centre's own table that was in force last, as far as that was written down."""
    for note in (folder / _IN_FORCE for folder in folders):
        with suppress(OSError, ValueError):
            version = note.read_text("utf-8")
            return next((one for one in kept if one.version == version), None)
    return None


def _note(folder: Path, own: Holidays) -> None:
    """Which table of the centre's own is in force, for the day on which its file cannot be read."""
    _write(folder / _IN_FORCE, own.version)


def _keep(folder: Path, table: Holidays) -> None:
    """Under the name of its version; a copy that is there stays."""
    copy = folder / f"{table.version}.csv"
    if copy.exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    _write(copy, written(table))


def _write(path: Path, text: str) -> None:
    """All or nothing: others may be reading."""
    half = path.with_name(f".{os.getpid()}.half")
    half.write_text(text, "utf-8")
    half.replace(path)


def _kept(folders: Sequence[Path]) -> tuple[tuple[Holidays, ...], list[Wrong]]:
    """One for each version, in the order in which they were accepted; complaints about damaged copies."""
    found: dict[str, Holidays] = {}
    wrong: list[Wrong] = []
    for path in (path for folder in folders for path in _copies(folder)):
        try:
            found.setdefault(path.stem, read_whole(path))
        except Wrong as complaint:
            wrong.append(complaint)
    return tuple(found.values()), wrong


def _copies(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.csv"), key=lambda path: path.stat().st_mtime_ns)
