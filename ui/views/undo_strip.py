"""What was just done, and thirty seconds to take it back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QDeadlineTimer, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.services.queries import Done
from ui.names import DataNames
from ui.plain import heard, named
from ui.views.elided import Elided
from ui.wording import Wording

SECONDS = 30


@dataclass(frozen=True, slots=True)
class _Act:
    done: Done
    facts: Mapping[str, Any]
    deadline: QDeadlineTimer


class UndoStrip(QWidget):
    """The newest act that can still be taken back; older ones come up again when it is undone."""

    wanted = Signal(str)

    def __init__(
        self,
        words: Wording,
        data: DataNames,
        may_undo: Callable[[str], bool],
        seconds: int = SECONDS,
    ) -> None:
        super().__init__()
        self._words, self._data, self._may_undo = words, data, may_undo
        self._seconds = seconds
        self._acts: list[_Act] = []
        self._label = Elided()
        self._button = named(QPushButton(), "frame.undo_name", words)
        self._button.clicked.connect(self.undo)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._label)
        row.addWidget(self._button)
        self._timer = QTimer(self, interval=250)
        self._timer.timeout.connect(self._tick)
        self.setAccessibleName("")
        heard(self, words, self.retranslate)
        self.hide()

    @property
    def text(self) -> str:
        """What was done, as the strip says it."""
        return self._label.full

    @property
    def latest(self) -> str | None:
        """The command that `undo` would take back, or None."""
        self._forget_old()
        return self._acts[-1].done.cmd_id if self._acts else None

    def push(self, done: Done, facts: Mapping[str, Any]) -> None:
        """Something was done; shown as well when it cannot be taken back."""
        self._acts.append(_Act(done, facts, QDeadlineTimer(self._seconds * 1000)))
        self._timer.start()
        self.show()
        self.retranslate()

    def undone(self, cmd_id: str) -> None:
        """That act is taken back, or cannot be: it leaves the strip."""
        self._acts = [act for act in self._acts if act.done.cmd_id != cmd_id]
        self.retranslate()

    def undo(self) -> bool:
        """Ask for the newest act to be taken back; whether it is there and can be."""
        latest = self.latest
        if latest is None or not self._may_undo(self._acts[-1].done.kind):
            return False
        self.wanted.emit(latest)
        return True

    def clear(self) -> None:
        """Another person sits here now: nothing to take back."""
        self._acts.clear()
        self._tick()

    def retranslate(self) -> None:
        """Say it in the language of now."""
        self.setAccessibleName(self._words.say("frame.undo_strip"))
        self._button.setAccessibleName(self._words.say("frame.undo_name"))
        if self._acts:
            done, facts = self._acts[-1].done, self._data.told(self._acts[-1].facts)
            told = self._words.say(f"done.{done.kind}", **{**facts, "number": done.number})
            unit = facts.get("behalf")
            self._label.tell(self._words.say("done.behalf", told=told, unit=unit) if unit else told)
        self._tick()

    def _tick(self) -> None:
        before = self._acts[-1:]
        self._forget_old()
        if not self._acts:
            self._timer.stop()
            self.hide()
            return
        if self._acts[-1:] != before:
            self.retranslate()
            return
        left = -(-self._acts[-1].deadline.remainingTime() // 1000)
        self._button.setText(self._words.say("frame.undo", n=left))
        self._button.setVisible(self._may_undo(self._acts[-1].done.kind))

    def _forget_old(self) -> None:
        self._acts = [act for act in self._acts if not act.deadline.hasExpired()]
