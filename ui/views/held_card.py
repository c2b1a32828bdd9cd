"""What is about to leave for the reporter of the case shown: how, to whom, in how many seconds, and the way back."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.domain.case import Dossier, Notice
from app.domain.holding import held
from app.services.queries import CaseView
from ui.plain import button, heard, keyed, plain
from ui.screen import Screen
from ui.verbs import OF_KIND
from ui.why_not import barred

CALL_BACK = "call_back_notice"


class HeldCard(QFrame):
    """Hidden while nothing is held; `acted` with the name of the verb when it is to be kept back."""

    acted = Signal(str)

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._screen = screen
        self._view: CaseView | None = None
        self.setProperty("role", "person")
        self._told = plain(wrap=True)
        self._back = button(OF_KIND[CALL_BACK].words, screen.words, self._ask)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 6, 10, 6)
        row.setSpacing(8)
        row.addWidget(self._told, 1)
        row.addWidget(self._back)
        heard(self, screen.words, self._say)
        keyed(self, screen.keymap, self._say)
        self.hide()

    @property
    def text(self) -> str:
        """What is said of what is held; empty while nothing is."""
        return self._told.text() if not self.isHidden() else ""

    def show_view(self, view: CaseView | None) -> None:
        """Another case, or a newer state of it."""
        self._view = view
        self.tick(self._screen.desk.now())

    def tick(self, now: datetime) -> None:
        """A second has passed."""
        lines = [self._line(one, now) for one in held(self._on, now)] if self._view else []
        text = "\n".join(lines)
        if text != self._told.text():
            self._told.setText(text)
        self.setVisible(bool(lines))
        self._back.setVisible(bool(lines) and self._may())

    @property
    def _on(self) -> Dossier:
        assert self._view is not None
        return self._view.dossier

    def _may(self) -> bool:
        """Whether who sits here may keep any of it back."""
        return self._view is not None and barred(CALL_BACK, self._view, self._screen.moment) is None

    def _line(self, one: Notice, now: datetime) -> str:
        say, case = self._screen.words.say, self._on.case
        left = ((one.leaves_at or now) - now).total_seconds()
        return say(
            "case.held_notice",
            kind=say(f"case.notice.{one.kind}"),
            method=say(f"case.method.{one.method}"),
            who=" ".join(part for part in (case.reporter_masked, case.phone_masked) if part),
            by=self._screen.data.person(one.made_by),
            keys=self._screen.keymap.text(CALL_BACK, 1),
            n=-int(-left // 1),
        )

    def _ask(self) -> None:
        self.acted.emit(CALL_BACK)

    def _say(self) -> None:
        self.tick(self._screen.desk.now())
