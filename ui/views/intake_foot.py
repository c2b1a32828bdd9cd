"""The ways out of an intake form, and whether its draft is kept."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.plain import button
from ui.screen import Screen


class IntakeFoot(QWidget):
    """A signal for each way; `shown` tells of the draft at the far end."""

    dispatched = Signal()
    registered = Signal()
    left = Signal()

    def __init__(self, screen: Screen, shown: QWidget) -> None:
        super().__init__()
        words = screen.words
        self.primary = button("intake.dispatch", words, self.dispatched.emit, role="primary")
        self.primary.setAutoDefault(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 4, 0)
        row.setSpacing(8)
        row.addWidget(self.primary)
        row.addWidget(button("intake.register", words, self.registered.emit))
        row.addWidget(button("intake.leave", words, self.left.emit))
        row.addStretch(1)
        row.addWidget(shown)
