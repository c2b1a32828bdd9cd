"""Words of safety and of sensitivity in what was reported: which, how grave, and what they ask to be looked at."""

from collections.abc import Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.insight.triggers import Hit, Scope, levels
from ui.indexes import indexes_of
from ui.plain import announce, heard
from ui.screen import Screen
from ui.views.wrapping import wrapping


class TriggerNote(QWidget):
    """Hidden while nothing was heard. `advises` whether keys are named by which the intake form follows.

    It names and hints; grade and hazard are a person's to set.
    """

    noticed = Signal(bool)

    def __init__(self, screen: Screen, *, advises: bool) -> None:
        super().__init__()
        self._screen, self._advises = screen, advises
        self._hits: tuple[Hit, ...] = ()
        self.lines = {scope: wrapping() for scope in Scope}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for line in self.lines.values():
            column.addWidget(line)
        heard(self, screen.words, self.retranslate)

    @property
    def text(self) -> str:
        """What it says, line by line."""
        return "\n".join(one.text() for one in self.lines.values() if one.text())

    def tell(self, title: str, text: str) -> None:
        """What is said in the report."""
        triggers = indexes_of(self._screen.desk.setting.directory).triggers
        now = triggers.hits(title, text)
        is_news = levels(now) != levels(self._hits)
        self._hits = now
        self.retranslate()
        if is_news and self._advises and self.text:
            announce(self, self.text)

    def retranslate(self) -> None:
        """Say everything in the language in use."""
        grave = levels(self._hits)
        for scope, line in self.lines.items():
            level = grave.get(scope)
            line.setText("\n".join(self._told(scope, level)) if level else "")
            line.setVisible(bool(level))
            _dress(line, "refused" if level == 1 else "muted" if level == 3 else "heading")
        self.setVisible(bool(grave))
        self.noticed.emit(bool(grave))

    def _told(self, scope: Scope, level: int) -> Iterator[str]:
        words = self._screen.words
        said = dict.fromkeys(one.word for one in self._hits if one.scope is scope)
        yield words.say(f"trigger.{scope}.{level}", words=words.join(said))
        if self._advises and level < 3:
            yield words.say(f"trigger.{scope}.advice.{level}")


def _dress(label: QWidget, role: str) -> None:
    if label.property("role") != role:
        label.setProperty("role", role)
        label.style().unpolish(label)
        label.style().polish(label)
