"""Lists with a solid ground: when they scroll, what is painted already is moved and only the rest painted."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QAbstractScrollArea


class _Ground(QObject):
    """A style sheet with a border takes the ground away from what it holds; this gives it back."""

    def __init__(self, view: QAbstractScrollArea) -> None:
        super().__init__(view)
        self._view = view
        view.installEventFilter(self)
        view.viewport().setAutoFillBackground(True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.StyleChange:
            self._view.viewport().setAutoFillBackground(True)
        return super().eventFilter(watched, event)


def solid(view: QAbstractScrollArea) -> None:
    """Fill the ground of `view` with its palette's, whatever the style sheet says of its border."""
    _Ground(view)
