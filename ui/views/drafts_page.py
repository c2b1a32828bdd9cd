"""Everything that was left half-typed, newest first: to go on with, or to throw away."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.services.queries import Draft
from ui.plain import button, heard, plain, said
from ui.screen import Screen
from ui.views.drafts_strip import summary
from ui.views.form_draft import is_of_a_form, kind_of_form, words_in
from ui.views.wrapping import wrapping


class DraftsPage(QWidget):
    """A page for a sheet. `resumed` and `dropped` carry a Draft."""

    resumed = Signal(object)
    dropped = Signal(object)
    cancelled = Signal()

    def __init__(self, screen: Screen, drafts: Sequence[Draft]) -> None:
        super().__init__()
        self._screen, self._drafts = screen, tuple(drafts)
        self._labels = [wrapping(selectable=True) for _ in self._drafts]
        self.resume = [
            self._button("intake.draft.resume", self.resumed.emit, one) for one in drafts
        ]
        self.drop = [self._button("intake.draft.drop", self.dropped.emit, one) for one in drafts]
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 4, 16, 16)
        column.setSpacing(8)
        hint = plain(role="muted", wrap=True)
        said(hint, "frame.drafts_hint" if drafts else "frame.drafts_none", screen.words)
        column.addWidget(hint)
        for widgets in zip(self._labels, self.resume, self.drop, strict=True):
            row = QHBoxLayout()
            for stretch, widget in zip((1, 0, 0), widgets, strict=True):
                row.addWidget(widget, stretch)
            column.addLayout(row)
        column.addStretch(1)
        heard(self, screen.words, self.retranslate)

    @property
    def lines(self) -> list[str]:
        """What is told of each draft."""
        return [label.text() for label in self._labels]

    def first_focus(self) -> None:
        """The newest draft; without one the page itself takes Esc."""
        if self.resume:
            self.resume[0].setFocus()
            return
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocus()

    def retranslate(self) -> None:
        """Say it in the language in use."""
        for draft, label in zip(self._drafts, self._labels, strict=True):
            label.setText(self._line(draft))

    def _line(self, draft: Draft) -> str:
        words = self._screen.words
        if not is_of_a_form(draft):
            kind, number, text = words.fact("register"), "", summary(draft)
        else:
            kind, number = words.fact(kind_of_form(draft)), draft.fields["number"]
            text = words_in(draft)
        facts = {"at": draft.saved_at, "kind": kind, "number": number, "text": text}
        return words.say("frame.drafts_line", **facts)

    def _button(self, key: str, go: Callable[[Draft], None], draft: Draft) -> QPushButton:
        made = button(key, self._screen.words, lambda: go(draft))
        made.setAutoDefault(True)
        return made
