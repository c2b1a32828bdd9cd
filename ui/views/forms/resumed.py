"""Says that a form goes on with what was left half-typed, and offers to begin anew."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.services.queries import Draft
from ui.plain import button, heard
from ui.screen import Screen
from ui.views.wrapping import wrapping


class Resumed(QWidget):
    """One line at the head of a form; hidden while the form is a fresh one."""

    def __init__(self, screen: Screen, anew: Callable[[], None]) -> None:
        super().__init__()
        self._screen = screen
        self._draft: Draft | None = None
        self._told = wrapping(role="small")
        self.anew = button("form.draft.anew", screen.words, anew, role="quiet")
        self.anew.setAutoDefault(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._told, 1)
        row.addWidget(self.anew)
        self.hide()
        heard(self, screen.words, self.retranslate)

    @property
    def text(self) -> str:
        """What it says."""
        return self._told.text()

    def tell(self, draft: Draft) -> None:
        """These are the words of `draft`."""
        self._draft = draft
        self.retranslate()
        self.show()

    def retranslate(self) -> None:
        """Say it in the language in use."""
        if self._draft is not None:
            told = self._screen.words.say("form.draft.resumed", at=self._draft.saved_at)
            self._told.setText(told)
