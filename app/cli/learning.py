"""Classes learned from the closed cases of a seat's own store: by a command, for the desk to read when it rests."""

import os
from argparse import Namespace
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from app.cli.places import home
from app.cli.wiring import files_of
from app.domain.taxonomy import Directory
from app.services.guess import CHOICES, Guesser, Hints, Suggestion
from db.places import Place
from ui.indexes import Indexes, indexes_of
from ui.sentences import Words

if TYPE_CHECKING:
    from app.insight.classes import ClassModel

#: The replica of those who see the whole centre, and what was learned from it, beside it.
REPLICA, MODEL = "replica-centre.db", "replica-centre.model"
#: Of a class with fewer closed cases nothing is learned, nor of a store with fewer cases in all.
LEAST_OF_CLASS, LEAST = 5, 200
#: A class on whose side the text lies less than this is not offered for it.
ABSTAINS = -0.6


def run(options: Namespace, words: Words) -> int:
    """Learn anew for every store of this seat; 0 also where there was too little to learn from."""
    for replica in sorted((home(options) / "desks").glob(f"*/{REPLICA}")):
        cases, classes = learn(replica)
        key = "cli.learn.done" if classes else "cli.learn.little"
        print(words.say(key, cases=cases, classes=classes, least=LEAST, path=str(replica)))
    return 0


def learn(replica: Path) -> tuple[int, int]:
    """Keep beside a replica what its closed cases teach; how many cases and classes, 0 classes of too few."""
    from app.insight.classes import train
    from app.insight.packing import packed
    from db.replica.confirmed import confirmed

    cases = list(_enough(confirmed(replica)))
    texts, codes = [text for text, _ in cases], [code for _, code in cases]
    if len(cases) < LEAST or len(set(codes)) < CHOICES:
        return len(cases), 0
    half = replica.with_name(f".{os.getpid()}.model")
    half.write_bytes(packed(train(texts, codes)))
    half.replace(replica.with_name(MODEL))
    return len(cases), len(set(codes))


def _enough(cases: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    often = Counter(code for _, code in cases)
    return ((text, code) for text, code in cases if often[code] >= LEAST_OF_CLASS)


@dataclass(frozen=True, slots=True)
class LearnedGuesser:
    """What was learned speaks first, `words` behind it and where it abstains; classes not `known` are passed over."""

    model: "ClassModel"
    words: Guesser
    known: Collection[str]

    def guess(self, hints: Hints) -> tuple[Suggestion, ...]:
        """See `Guesser`; about a millisecond."""
        near = [one for one in self.model.suggest(hints.text).choices if one.margin >= ABSTAINS]
        learned = [Suggestion(one.code, one.words, _habits(one.code, hints)) for one in near]
        found = {one.category: one for one in learned if one.category in self.known}
        for one in self.words.guess(hints):
            found.setdefault(one.category, one)
        return tuple(found.values())[:CHOICES]


def _habits(code: str, hints: Hints) -> tuple[str, ...]:
    named = (("RECENT", hints.recent), ("NEARBY", hints.nearby))
    return tuple(name for name, counts in named if counts.get(code))


class Learning:
    """Brings what was learned to the pickers of one desk, on a thread of its own, when nobody waits."""

    def __init__(self, folder: Path, store: Place) -> None:
        self._folder = folder
        self._store = store
        self._directory: Directory | None = None
        self.reading: Thread | None = None

    def meet(self, directory: Directory) -> None:
        """The directory of the desk that was opened."""
        self._directory = directory

    def ahead(self) -> None:
        """Begin to read; where nothing was learned there is nothing to do, and no numbers are loaded."""
        files = files_of(self._folder, self._store)
        if self._directory is None or files is None or not (files / MODEL).is_file():
            return
        indexes = indexes_of(self._directory)
        known = frozenset(one.code for one in self._directory.taxonomy.categories)
        self.reading = Thread(target=_read, args=(files / MODEL, indexes, known), name="learned")
        self.reading.start()


def _read(model: Path, indexes: Indexes, known: Collection[str]) -> None:
    """A model that cannot be read is none: the words of the standard go on speaking."""
    from app.insight.packing import NotAModel, opened

    try:
        found = opened(model.read_bytes())
    except (OSError, NotAModel):
        return
    indexes.learned = LearnedGuesser(found, indexes.guesser, known)
