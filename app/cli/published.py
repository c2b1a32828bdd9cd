"""A server's own editions and holidays, laid out in the seat's folder as they would lie beside a file."""

import os
from argparse import Namespace
from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from app.cli.calendars import TABLE
from app.cli.places import Rules, home, read_rules, rules
from app.domain.refused import Refused
from app.services.ports import Unreachable
from app.services.values import is_text
from db.central.info import UNFIT
from db.centre import key_of, papers
from db.places import Place, file_of, is_server, url_of
from resources.wrong import Wrong

#: Where servers' files are laid, one folder for each, and what counts those that are.
_FOLDER, _COUNT = "centres", "laid"
#: The store's file that the rest would lie beside, if it were one.
_STORE = "central"
_EDITION = ".yaml"


def rules_at(place: Place, seat: Path, login: str = "") -> Rules:
    """The rules in force at a store; a server's as it published them, or as they were last known here.

    Blocking. `login` is whose connection reads them, '' for him whom the URL names. Raises Refused.
    """
    store = _beside(place, seat)
    if is_server(place):
        with suppress(Unreachable):
            _follow_if_fit(url_of(place), login, store, seat)
    return rules(store, seat)


def rules_here(place: Place, options: Namespace, login: str = "") -> Rules:
    """The same for who keeps a store or imports into it: at a file he needs no copies in a seat's folder."""
    path = file_of(place)
    return rules(path) if path else rules_at(place, home(options), login)


def known_rules(place: Place, seat: Path) -> Rules:
    """The same at once, without asking a server."""
    return rules(_beside(place, seat), seat)


def _beside(place: Place, seat: Path) -> Path:
    """The file beside which a store's own files lie; for a server a place of ours for them."""
    path = file_of(place)
    if path is not None:
        return path
    return seat / _FOLDER / sha256(key_of(place).encode()).hexdigest()[:16] / _STORE


def _follow_if_fit(url: str, login: str, store: Path, seat: Path) -> None:
    """A server that this program does not fit is one that is away."""
    try:
        _follow(url, login, store, seat)
    except Refused as no:
        if no.code not in UNFIT:
            raise


def _follow(url: str, login: str, store: Path, seat: Path) -> None:
    """Lay what was published since; each version is taken once, so that a copy of it is kept."""
    for paper in papers(url, login, _laid(store)):
        _lay(store, paper.name, paper.text)
        read_rules(store, seat)
        _write(store.with_name(_COUNT), str(paper.number))
        rules.cache_clear()


def _laid(store: Path) -> int:
    with suppress(OSError, ValueError):
        return int(store.with_name(_COUNT).read_text("utf-8"))
    return 0


def _lay(store: Path, name: str, text: str) -> None:
    path = store.with_name(TABLE) if name == TABLE else store.parent / "policy" / Path(name).name
    _write(path, text)


def _write(path: Path, text: str) -> None:
    """All or nothing: another desk may be reading."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{os.getpid()}.half")
    half.write_text(text, "utf-8", newline="")
    half.replace(path)


def name_for(file: Path) -> str:
    """Under what name a file is published: an edition under its own, the table of holidays under one.

    Raises Refused('paper-odd') for what is neither.
    """
    if file.suffix == ".csv":
        return TABLE
    if file.suffix == _EDITION and is_text(file.name):
        return f"policy/{file.name}"
    raise Refused("paper-odd", name=file.name)


def text_of(file: Path) -> str:
    """A file as it is published. Raises Refused('paper-odd') for what is no text in UTF-8, and OSError."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise Refused("paper-odd", name=file.name) from wrong
    if not is_text(text):
        raise Refused("paper-odd", name=file.name)
    return text


def complaints_of(url: str, name: str, text: str) -> Iterable[Wrong]:
    """What would be wrong with a file if it were published now. Raises Refused and Unreachable."""
    with TemporaryDirectory() as folder:
        store, seat = Path(folder) / "there" / _STORE, Path(folder) / "seat"
        _follow(url, "", store, seat)
        _lay(store, name, text)
        return [one for one in read_rules(store, seat).wrong if one.file == Path(name).name]
