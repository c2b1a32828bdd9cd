"""Putting a case in a class: the picker itself is the form."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.commands import Classify, Command
from app.services.queries import CaseView, Done
from ui.screen import Screen
from ui.views.picker import CategoryPicker
from ui.views.wrapping import wrapping


class Form(QWidget):
    """Choosing is submitting: the class can be changed again at any time before closure."""

    submitted = Signal(object)
    cancelled = Signal()

    def __init__(self, screen: Screen, view: CaseView | None) -> None:
        super().__init__()
        if view is None:
            raise TypeError(view)
        self._screen, self._case = screen, view.dossier.case
        self.picker = CategoryPicker(screen)
        self._now = wrapping(role="muted")
        self._refusal = wrapping(role="refused")
        self._refusal.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 4, 16, 12)
        layout.addWidget(self._now)
        layout.addWidget(self._refusal)
        layout.addWidget(self.picker, 1)
        self.picker.chosen.connect(self._chosen)
        self.picker.cancelled.connect(self.cancelled)
        screen.words.changed.connect(self.retranslate)
        self.retranslate()

    def first_focus(self) -> None:
        """To the box, with suggestions for the narrative under it."""
        self.picker.open_for(f"{self._case.title} {self._case.narrative}", self._case.category)

    def show_refusal(self, code: str, facts: Mapping[str, Any]) -> None:
        """A rule's no, in words."""
        told = self._screen.data.told(facts)
        self._refusal.setText(self._screen.words.refusal(code, told))
        self._refusal.show()

    def kept(self, command: Command, _done: Done) -> None:
        """A command of ours was carried out."""

    def retranslate(self) -> None:
        """The class it has now."""
        path = self._screen.data.path(self._case.category)
        none = self._screen.words.say("form.class.none")
        self._now.setText(f"{self._case.number}  {path or none}")

    def event(self, event: QEvent) -> bool:
        """The picker's Alt+digit comes before the window's shortcuts."""
        is_claim = event.type() is QEvent.Type.ShortcutOverride
        if is_claim and isinstance(event, QKeyEvent) and _is_recent(event):
            event.accept()
            return True
        return super().event(event)

    def _chosen(self, code: str) -> None:
        self.submitted.emit((Classify(case_id=self._case.id, category=code),))


def _is_recent(event: QKeyEvent) -> bool:
    is_alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
    return is_alt and Qt.Key.Key_1 <= event.key() <= Qt.Key.Key_5
