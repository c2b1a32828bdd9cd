"""The head of the import page: what is done here, and which of its steps one is at."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.plain import heard, plain, said
from ui.screen import Screen
from ui.views.import_foot import Step


class ImportHead(QWidget):
    """A title, and the steps with the one that is under way standing out."""

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self._words = screen.words
        self._at = Step.CHOOSE
        title = plain(role="title")
        said(title, "import.title", screen.words)
        self._steps = {step: plain() for step in Step}
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 12, 20, 8)
        row.setSpacing(8)
        row.addWidget(title)
        row.addStretch(1)
        for step, label in self._steps.items():
            if step is not Step.CHOOSE:
                row.addWidget(plain("›", role="muted"))
            row.addWidget(label)
        heard(self, screen.words, self._say)

    def show_step(self, step: Step) -> None:
        """One is at this step now."""
        self._at = step
        self._say()

    def _say(self) -> None:
        for number, (step, label) in enumerate(self._steps.items(), 1):
            label.setText(f"{number} {self._words.say(f'import.step.{step}')}")
            label.setProperty("role", "step" if step is self._at else "muted")
            label.style().unpolish(label)
            label.style().polish(label)
