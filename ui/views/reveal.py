"""Scrolls what one goes to into view."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QScrollArea, QWidget

#: Room left around it (pixels).
MARGIN = 24


def reveal(widget: QWidget) -> None:
    """Bring `widget` into view once the layout has settled, wherever it lies in a scroll area."""
    QTimer.singleShot(0, widget, lambda: _reveal_now(widget))


def _reveal_now(widget: QWidget) -> None:
    around = widget.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    if around is not None:
        around.ensureWidgetVisible(widget, 0, MARGIN)
