"""Notices that nobody is at the desk: no key, no mouse, nothing composed, for too long."""

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

#: How often it is looked whether the time is over (milliseconds).
LOOK_MS = 5_000
_SIGNS = frozenset(
    {QEvent.Type.KeyPress, QEvent.Type.InputMethod, QEvent.Type.MouseMove, QEvent.Type.Wheel}
    | {QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin, QEvent.Type.TabletPress}
)


class Idle(QObject):
    """Calls `gone` once nobody was there for `limit` (None: never), by a clock that goes on while the machine sleeps.

    Only the window in front and the widget in focus are listened to: hearing every event of the
    program would cost the screen more than it is worth.
    """

    def __init__(
        self,
        parent: QObject,
        now: Callable[[], datetime],
        limit: timedelta | None,
        gone: Callable[[], None],
    ) -> None:
        super().__init__(parent)
        self._now, self._limit, self._gone = now, limit, gone
        self._last = now()
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)
        app = QApplication.instance()
        if limit is not None and isinstance(app, QApplication):
            self._timer.start()
            app.focusChanged.connect(self._on_focus)
            app.focusWindowChanged.connect(self._on_window)
            self._on_focus(None, app.focusWidget())
            self._on_window(QGuiApplication.focusWindow())

    def look(self) -> None:
        """Whether the time is over; if so, it begins anew."""
        if self._limit is not None and self._now() - self._last >= self._limit:
            self._last = self._now()
            self._gone()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _SIGNS:
            self.look()  # a machine that slept may tell of the mouse before it tells of the time
            self._last = self._now()
        return super().eventFilter(watched, event)

    def _on_focus(self, before: QWidget | None, now: QWidget | None) -> None:
        if before is not None and isValid(before):
            before.removeEventFilter(self)
        if now is not None:
            now.installEventFilter(self)

    def _on_window(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)
