"""From tables of words and other names to what insight looks for in a text; every cell is checked."""

from collections.abc import Collection, Iterator
from pathlib import Path

from app.domain.taxonomy import Directory
from app.domain.terms import Origin
from app.insight.places import Gazetteer
from app.insight.triggers import POINTS, Scope, Triggers, TriggerWord
from resources.tables import listed, rows, unique
from resources.wrong import Expected

_HERE = Path(__file__).parent
_WORD = ("scope", "level", "word", "exceptions", "origin")
_ALIAS = ("alias", "code", "origin")


def load_triggers(folder: Path | None = None) -> Triggers:
    """The words of safety and sensitivity under `folder` (a copy of `resources`); Wrong when one is wrong."""
    return Triggers(tuple(_words((folder or _HERE) / "triggers" / "words.csv")))


def load_gazetteer(directory: Directory, folder: Path | None = None) -> Gazetteer:
    """The district's places by every name; Wrong when a name is of no place, or of two."""
    codes = {one.code for one in (*directory.streets, *directory.communities)}
    return Gazetteer.of(directory, _aliases((folder or _HERE) / "geography" / "aliases.csv", codes))


def _words(path: Path) -> Iterator[TriggerWord]:
    seen: set[str] = set()
    for row in rows(path, _WORD):
        level = row["level"].whole()
        if level not in POINTS:
            raise row["level"].wrong(Expected.CHOICE, [str(one) for one in POINTS])
        word = unique(row["word"], seen)
        exceptions = listed(row["exceptions"])
        if any(word not in one or word == one for one in exceptions):
            raise row["exceptions"].wrong(Expected.TEXT)
        row["origin"].choice(Origin)
        yield TriggerWord(row["scope"].choice(Scope), level, word, exceptions)


def _aliases(path: Path, codes: Collection[str]) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for row in rows(path, _ALIAS):
        row["origin"].choice(Origin)
        yield unique(row["alias"], seen), row["code"].known(codes)
