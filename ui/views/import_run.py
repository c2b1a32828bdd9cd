"""Third step of an import: how far it has come, how fast it goes, and how long it will still take."""

import time

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QProgressBar, QVBoxLayout, QWidget

from ui.countdown import amount
from ui.models.pace import Pace
from ui.plain import heard, named, plain
from ui.screen import Screen
from ui.views.elided import Elided
from ui.views.wrapping import wrapping

#: How often the time that has passed is told anew (ms).
BEAT_MS = 500
WIDEST = 720
BAR_PX = 14


class RunStep(QWidget):
    """Told by `begin`, `tell` and `end`; the clock between them is its own."""

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self._screen = screen
        self._file, self._is_trial = "", False
        self.pace = Pace(time.monotonic())
        self.head = Elided("title")
        self.bar = named(QProgressBar(), "import.progress", screen.words)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(BAR_PX)
        self.rows, self.time = plain(role="heading"), plain(role="muted")
        self.note = wrapping(role="small")
        card = QFrame()
        card.setProperty("role", "card")
        card.setMaximumWidth(WIDEST)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(24, 20, 24, 20)
        inside.setSpacing(10)
        for widget in (self.head, self.bar, self.rows, self.time, self.note):
            inside.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        column.addStretch(1)
        self._beat = QTimer(self, interval=BEAT_MS)
        self._beat.timeout.connect(self._say)
        heard(self, screen.words, self._say)

    def begin(self, file: str, *, is_trial: bool) -> None:
        """Another import begins; nobody knows yet of how many rows."""
        self._file, self._is_trial = file, is_trial
        self.pace = Pace(time.monotonic())
        self.bar.setRange(0, 0)
        self._beat.start()
        self._say()

    def tell(self, done: int, total: int) -> None:
        """So many of so many rows are through."""
        self.pace.tell(done, total, time.monotonic())
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(done)
        self._say()

    def end(self) -> None:
        """It is over."""
        self._beat.stop()

    def _say(self) -> None:
        say, pace = self._screen.words.say, self.pace
        key = "import.trying" if self._is_trial else "import.running"
        self.head.tell(say(key, file=self._file))
        self.note.setText(say("import.trying_note" if self._is_trial else "import.running_note"))
        percent = 100 * pace.done // pace.total if pace.total else 0
        facts = {"done": f"{pace.done:,}", "total": f"{pace.total:,}", "percent": percent}
        self.rows.setText(say("import.rows" if pace.total else "import.reading", **facts))
        self.time.setText(" · ".join(self._times()))

    def _times(self) -> list[str]:
        say, pace = self._screen.words.say, self.pace
        parts: list[str] = []
        if pace.per_second is not None:
            parts.append(say("import.pace", n=f"{pace.per_second:,.0f}"))
        if pace.seconds_left is not None:
            parts.append(say("import.time_left", time=amount(round(pace.seconds_left), say)))
        gone = amount(round(pace.elapsed(time.monotonic())), say)
        return [*parts, say("import.time_gone", time=gone)]
