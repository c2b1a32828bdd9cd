"""Where a desk keeps its files, and the Measures it opens with."""

from argparse import Namespace
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from platformdirs import user_data_path

from app.cli import calendars
from app.cli.accepted import accepted
from app.cli.copies import Copies
from app.domain.moment import Setting
from app.domain.policy import Editions
from resources.holidays import load_holidays
from resources.loading import load_directory, load_editions
from resources.wrong import Wrong

#: The desk's own folder inside the user's data folder.
NAME = "fenbo"
#: The program's own; asking the installed packages for it takes longer than to open a store.
VERSION = "0.1.0"
#: Copies of accepted editions, beside a store and in a seat's folder.
KEPT = "policy-kept"


def home(options: Namespace) -> Path:
    """The seat's folder, made when missing."""
    folder: Path = options.home or user_data_path(NAME, appauthor=False)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def demo_store(folder: Path) -> Path:
    """The demonstration district's central store."""
    return folder / "demo" / "central.db"


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules in force at a store, and what was wrong with the files that were to change them."""

    setting: Setting
    wrong: tuple[Wrong, ...] = ()


def read_rules(store: Path | None = None, seat: Path | None = None) -> Rules:
    """The shipped Measures, and over them the centre's own that lie beside its store.

    Own editions are `policy/*.yaml`, announced holidays `calendar.csv`, both beside the store's file.
    A file that cannot be taken is named in `wrong`, and what was in force before stays in force: every
    accepted edition and table is kept beside the store and, for when that is away, in the folder of the
    `seat`.
    """
    if store is None:
        return Rules(Setting(load_editions(), load_directory(), load_holidays()))
    editions, wrong = _editions(store, seat)
    known = calendars.holidays_at(store, _folders(store, seat, calendars.KEPT))
    found = Setting(editions, load_directory(), known.holidays, known.earlier)
    return Rules(found, (*wrong, *known.wrong))


@cache
def rules(store: Path | None = None, seat: Path | None = None) -> Rules:
    """The same, read once."""
    return read_rules(store, seat)


def _editions(store: Path, seat: Path | None) -> tuple[Editions, tuple[Wrong, ...]]:
    folders = _folders(store, seat, KEPT)
    files = sorted((store.parent / "policy").glob("*.yaml"))
    return accepted(files, [Copies(folder) for folder in folders[:1]], [*map(Copies, folders)])


def _folders(store: Path, seat: Path | None, name: str) -> list[Path]:
    """Where copies are kept: beside a store that is there, and at the seat; the first is read."""
    beside = [store.parent / name] if store.exists() else []
    place = sha256(str(store.absolute()).encode()).hexdigest()[:16]
    return [*beside, *([seat / name / place] if seat else [])]


def setting(store: Path | None = None, seat: Path | None = None) -> Setting:
    """The Measures, the district's directory and the holidays in force at a store."""
    return rules(store, seat).setting
