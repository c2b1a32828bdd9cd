"""Keeps a widget in its place over another one, whatever size that takes."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect
from PySide6.QtWidgets import QWidget

#: From the size of the host to the place of what lies over it.
Place = Callable[[QRect], QRect]
_MOVING = frozenset(
    {QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide},
)


class Laid(QObject):
    """Lays `widget` over `host`; `place` says where, asked again whenever the host changes size.

    Where that depends on the place of another widget, `follow` it too.
    """

    def __init__(self, widget: QWidget, host: QWidget, place: Place) -> None:
        super().__init__(widget)
        self._widget, self._host, self._place = widget, host, place
        host.installEventFilter(self)

    def follow(self, other: QWidget) -> None:
        """Lay anew also when `other` moves, changes size, comes or goes."""
        other.installEventFilter(self)

    def lay(self) -> None:
        """Put the widget in its place, in front of its siblings."""
        self._widget.setGeometry(self._place(self._host.rect()))
        self._widget.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the host and whoever else is followed."""
        if event.type() in _MOVING and self._widget.isVisible():
            self.lay()
        return super().eventFilter(watched, event)


class FocusKeeper:
    """Remembers who had the focus before something opened, and gives it back.

    `fallback` focuses the place where the focus belongs when the other one is gone.
    """

    def __init__(self, fallback: Callable[[], None]) -> None:
        self._fallback = fallback
        self._had: QWidget | None = None

    def keep(self, inside: QWidget) -> None:
        """Remember the widget that has the focus, unless it lies in `inside`."""
        now = inside.window().focusWidget()
        if now and not inside.isAncestorOf(now):
            self._had = now
            now.destroyed.connect(self._forget)

    def give_back(self) -> None:
        """Focus where it was, or where it belongs when that place is gone or hidden."""
        had, self._had = self._had, None
        if had is not None and had.isVisible():
            had.setFocus()
        else:
            self._fallback()

    def _forget(self, gone: QObject) -> None:
        if gone is self._had:
            self._had = None
