"""For measuring: tells when a person could begin to work, and ends the desk there."""

import sys
import time
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer

from ui.main_window import MainWindow

#: Set in the environment of a desk that is only started to be measured.
STOP_WHEN_USABLE = "FENBO_STOP_WHEN_USABLE"


class Usable(QObject):
    """Waits for the first rows to be painted, prints `time.monotonic()` of then, and leaves."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._table: Any = window.workbench.table
        self._table.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint and self._table.model().rowCount():
            self._table.viewport().removeEventFilter(self)
            QTimer.singleShot(0, self, self._tell)  # the paint itself comes first
        return super().eventFilter(watched, event)

    def _tell(self) -> None:
        sys.stdout.write(f"{time.monotonic()}\n")
        sys.stdout.flush()
        self._window.farewell.go()
