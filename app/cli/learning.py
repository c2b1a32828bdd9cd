"""What was learned of classes, brought to the pickers of a desk; a desk that rests learns by itself."""

import atexit
import os
import subprocess
import sys
import time
from argparse import Namespace
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from app.cli.places import home
from app.cli.schooling import LEAST, RECORD, beside, learn
from app.cli.wiring import files_of
from app.domain.taxonomy import Directory
from app.services.guess import CHOICES, Guesser, Hints, Suggestion
from db.central.store import utc_now
from db.places import Place
from ui.indexes import Indexes, indexes_of
from ui.sentences import Words

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from app.insight.classes import ClassModel

#: The replica of those who see the whole centre, and what was learned from it, beside it.
REPLICA, MODEL = "replica-centre.db", "replica-centre.model"
#: Nobody was at the desk for so long; learning takes the machine from whoever is.
REST = timedelta(minutes=10)
#: Seconds after which it is learned anew, and how far the process that learns steps back.
DAY, POLITE = 86_400.0, 10
#: A class on whose side the text lies less than this is not offered for it.
ABSTAINS = -0.6


def run(options: Namespace, words: Words) -> int:
    """Learn anew for every store of this seat; 0 also where there was too little to learn from."""
    _make_way()
    for replica in sorted((home(options) / "desks").glob(f"*/{REPLICA}")):
        one = learn(replica)
        why_not = "kept" if one.held else "fresh" if one.classes else "little"
        key = "done" if one.is_adopted else why_not
        facts = {"cases": one.cases, "classes": one.classes, "least": LEAST, "path": str(replica)}
        shares = {"held": one.held, "right": one.right or 0.0, "before": one.before or 0.0}
        print(words.say(f"cli.learn.{key}", **facts, **shares))
    return 0


def _make_way() -> None:
    """Whoever works at this machine goes first, where it knows of such a thing."""
    if hasattr(os, "nice"):
        os.nice(POLITE)


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
    """Brings what was learned to the pickers of one desk, on a thread of its own; and learns anew, in a process of its
    own, once nobody has been at the desk for a while: at most once a day.
    """

    def __init__(self, folder: Path, store: Place) -> None:
        self._folder = folder
        self._store = store
        self._directory: Directory | None = None
        self._idle: QObject | None = None
        self.reading: Thread | None = None
        self.pupil: subprocess.Popen[bytes] | None = None

    def meet(self, directory: Directory) -> None:
        """The directory of the desk that was opened."""
        self._directory = directory

    def ahead(self) -> None:
        """Begin to read; where nothing was learned there is nothing to do, and no numbers are loaded."""
        self._watch()
        self._begin()

    def rest(self) -> None:
        """Nobody is at the desk: learn what is due, or bring what was learned meanwhile."""
        files = files_of(self._folder, self._store)
        if self.pupil is not None:
            if self.pupil.poll() is not None:
                self.pupil = None
                self._begin()
        elif files is not None and is_due(files / REPLICA):
            self.pupil = subprocess.Popen(_command(self._folder), stdin=subprocess.DEVNULL)
            atexit.register(self.end)

    def end(self) -> None:
        """What is learned now is not wanted any more."""
        if self.pupil is not None and self.pupil.poll() is None:
            self.pupil.terminate()
            self.pupil.wait()
        self.pupil = None

    def _watch(self) -> None:
        from PySide6.QtCore import QCoreApplication

        from ui.idle import Idle

        app = QCoreApplication.instance()
        if self._idle is None and app is not None:
            self._idle = Idle(app, utc_now, REST, self.rest)

    def _begin(self) -> None:
        files = files_of(self._folder, self._store)
        if self._directory is None or files is None or not (files / MODEL).is_file():
            return
        indexes = indexes_of(self._directory)
        known = frozenset(one.code for one in self._directory.taxonomy.categories)
        self.reading = Thread(target=_read, args=(files / MODEL, indexes, known), name="learned")
        self.reading.start()


def is_due(replica: Path) -> bool:
    """Whether a replica is here and nothing was learned from it for a day."""
    record = beside(replica, RECORD)
    try:
        return replica.is_file() and time.time() - record.stat().st_mtime > DAY
    except FileNotFoundError:
        return True


def _command(folder: Path) -> list[str]:
    """This program, to learn; it is its own interpreter when it was built."""
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "app"]
    return [*program, "insight", "learn", "--home", str(folder)]


def _read(model: Path, indexes: Indexes, known: Collection[str]) -> None:
    """A model that cannot be read is none: the words of the standard go on speaking."""
    from app.insight.packing import NotAModel, opened

    try:
        found = opened(model.read_bytes())
    except (OSError, NotAModel):
        return
    indexes.learned = LearnedGuesser(found, indexes.guesser, known)
