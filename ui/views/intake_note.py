"""A line above an intake form that is not about a new report: which case it is about, and how."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.plain import heard
from ui.screen import Screen
from ui.views.wrapping import wrapping


class IntakeNote(QWidget):
    """Hidden while there is nothing to say."""

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self._screen = screen
        self._key, self._number = "", ""
        self._label = wrapping(role="muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._label)
        heard(self, screen.words, self.retranslate)

    @property
    def text(self) -> str:
        """What it says."""
        return self._label.text()

    def tell(self, *about: tuple[str, str]) -> None:
        """Pairs of a sentence and the number of a case: the first that has a number is told."""
        self._key, self._number = next((one for one in about if one[1]), ("", ""))
        self.retranslate()

    def retranslate(self) -> None:
        """Say it in the language in use."""
        say = self._screen.words.say
        self._label.setText(say(self._key, number=self._number) if self._key else "")
        self.setVisible(bool(self._key))
