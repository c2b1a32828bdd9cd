"""The holidays in force at a store: as its own table says, else as accepted before; every table is kept."""

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from app.domain.calendar import Holidays
from resources.holidays import load_holidays, read_whole, written
from resources.wrong import Wrong

#: The centre's own table, beside its store.
TABLE = "calendar.csv"
#: Copies of accepted tables, beside a store and in a seat's folder.
KEPT = "calendar-kept"


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
    holidays = load_holidays()
    announced = store.parent / TABLE
    if announced.exists():
        try:
            holidays = load_holidays(announced)
        except Wrong as complaint:
            wrong.append(complaint)
            holidays = earlier[-1] if earlier else holidays
    for folder in folders:
        with suppress(OSError):  # where nothing can be written nothing is kept, and nothing stops
            _keep(folder, holidays)
    return Known(holidays, earlier, tuple(wrong))


def _keep(folder: Path, table: Holidays) -> None:
    """Under the name of its version; a copy that is there stays."""
    copy = folder / f"{table.version}.csv"
    if copy.exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    half = folder / f".{os.getpid()}.half"
    half.write_text(written(table), "utf-8")
    half.replace(copy)


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
