"""What filing asks for, line by line: there already, or still to come."""

from collections.abc import Collection

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.plain import heard
from ui.screen import Screen
from ui.views.wrapping import wrapping

#: What article 11 asks for, by the codes that the Measures name it with when it is lacking.
NEEDS = ("description-missing", "address-missing", "category-missing")
THERE, LACKING = "✓", "○"


class NeedsList(QWidget):
    """Told by `tell`; before anything was typed nothing is blamed."""

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self._screen = screen
        self._missing: Collection[str] | None = None
        self._head = wrapping()
        self._lines = {code: wrapping() for code in NEEDS}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        for label in (self._head, *self._lines.values()):
            column.addWidget(label)
        heard(self, screen.words, self.retranslate)

    @property
    def text(self) -> str:
        """Everything shown, line by line."""
        shown = (label for label in (self._head, *self._lines.values()) if not label.isHidden())
        return "\n".join(label.text() for label in shown)

    def tell(self, missing: Collection[str] | None) -> None:
        """What is lacking; None while nothing was typed."""
        self._missing = missing
        self.retranslate()

    def retranslate(self) -> None:
        """In the language in use."""
        say, missing = self._screen.words.say, self._missing
        self._head.setVisible(missing is not None)
        key = "intake.needs.some" if missing else "intake.needs.nothing"
        self._head.setText(say(key, n=len(missing or ())))
        _dress(self._head, "refused" if missing else "done")
        for code, label in self._lines.items():
            is_there = missing is not None and code not in missing
            label.setText(f"{THERE if is_there else LACKING} {say(f'intake.need.{code}')}")
            _dress(label, "done" if is_there else "muted")


def _dress(label: QWidget, role: str) -> None:
    if label.property("role") != role:
        label.setProperty("role", role)
        label.style().unpolish(label)
        label.style().polish(label)
