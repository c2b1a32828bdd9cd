"""While the first fill runs, an untouched list keeps itself in order: nothing moves under a hand yet."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QFocusEvent

from app.services.queries import SyncState
from ui.models.queue_source import QueueSource
from ui.screen import Screen
from ui.views.queue_table import QueueTable

#: The last rows of a fill may be told a little after its end (milliseconds).
LINGER_MS = 2000
#: What a hand does to a list.
_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.ShortcutOverride,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
    }
)
#: Ways of losing the focus that are not the person's going elsewhere in the window.
_STAYING = frozenset({Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason})


class FirstFill(QObject):
    """Takes each new order of `source` at once, from the top, until the list is touched or the fill over."""

    def __init__(self, screen: Screen, table: QueueTable, source: QueueSource) -> None:
        super().__init__(table)
        self._table, self._source = table, source
        self._is_filling = self._is_touched = False
        self._lingering = QTimer(self, singleShot=True, interval=LINGER_MS)
        self._lingering.timeout.connect(self._end)
        source.pending_changed.connect(self._follow)
        for part in (table, table.viewport(), table.verticalScrollBar()):
            part.installEventFilter(self)
        stop = screen.desk.on_sync(self._on_sync)
        self.destroyed.connect(stop)
        self._on_sync(screen.desk.sync_state)

    @property
    def follows(self) -> bool:
        """Whether a new order is shown without being asked for."""
        return self._is_filling and not self._is_touched

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice the first touch; from then on the order waits to be wanted."""
        if event.type() in _TOUCHES or (isinstance(event, QFocusEvent) and _is_leaving(event)):
            self._is_touched = True
        return super().eventFilter(watched, event)

    def _on_sync(self, state: SyncState) -> None:
        if state.filled < state.to_fill:
            self._is_filling = True
            self._lingering.stop()
        elif self._is_filling and not self._lingering.isActive():
            self._lingering.start()

    def _follow(self) -> None:
        if self.follows and self._source.pending and not self._source.is_asking:
            self._table.expect(None)
            self._source.apply()

    def _end(self) -> None:
        self._follow()
        self._is_filling = False


def _is_leaving(event: QFocusEvent) -> bool:
    return event.lostFocus() and event.reason() not in _STAYING
