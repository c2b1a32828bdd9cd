"""What was left half-typed: one line each, to take up again or to throw away."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.services.queries import Draft
from ui.plain import button, heard, plain
from ui.screen import Screen

#: Drafts that are listed, newest first.
LISTED = 3


class DraftsStrip(QWidget):
    """`resumed` and `dropped` carry a Draft. Hidden while there is none."""

    resumed = Signal(object)
    dropped = Signal(object)

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self._screen = screen
        self._drafts: tuple[Draft, ...] = ()
        self._rows: list[QWidget] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(2)
        heard(self, screen.words, self.retranslate)

    @property
    def newest(self) -> Draft | None:
        """The draft that Alt+R takes up."""
        return self._drafts[0] if self._drafts else None

    def show_drafts(self, drafts: Sequence[Draft]) -> None:
        """List these."""
        self._drafts = tuple(drafts)[:LISTED]
        self.retranslate()

    def retranslate(self) -> None:
        """Make the lines anew."""
        for row in self._rows:
            self._layout.removeWidget(row)
            row.deleteLater()
        self._rows = [self._row(draft) for draft in self._drafts]
        for row in self._rows:
            self._layout.addWidget(row)
        self.setVisible(bool(self._rows))

    def _row(self, draft: Draft) -> QWidget:
        words = self._screen.words
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        told = words.say("intake.draft.line", at=draft.saved_at, what=summary(draft))
        line.addWidget(plain(told), 1)
        newest = draft is self._drafts[0]
        key = "intake.draft.resume_key" if newest else "intake.draft.resume"
        line.addWidget(button(key, words, lambda: self.resumed.emit(draft)))
        drop = button("intake.draft.drop", words, lambda: self.dropped.emit(draft), role="quiet")
        line.addWidget(drop)
        return row


def summary(draft: Draft) -> str:
    """Who and what, cut to a line."""
    parts = (draft.fields.get(name, "") for name in ("name", "address", "narrative"))
    return " ".join(" ".join(str(part).split())[:24] for part in parts if part)
