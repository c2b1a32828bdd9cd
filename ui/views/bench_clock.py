"""The workbench's one clock: each second the countdowns move on, and now and then the list is asked again."""

from PySide6.QtCore import QObject, QTimer

from app.services.queries import Changed, Queue
from ui.models.queue_source import QueueSource
from ui.screen import Screen
from ui.views.case_pane import CasePane
from ui.views.onlooking import Onlooking
from ui.views.queue_table import QueueTable

TICK_MS = 1000
#: Every so many ticks a list that grows by time alone is looked at again.
BEATS = 30
#: And every so many, a question that failed is asked again.
RETRY = 5


class BenchClock(QObject):
    """Ticks while the workbench can be seen."""

    def __init__(
        self,
        screen: Screen,
        table: QueueTable,
        pane: CasePane,
        source: QueueSource,
        onlooking: Onlooking,
    ) -> None:
        super().__init__(table)
        self._screen = screen
        self._table, self._pane, self._source = table, pane, source
        self._onlooking = onlooking
        self._beats = 0
        self._ticker = QTimer(self, interval=TICK_MS)
        self._ticker.timeout.connect(self.tick)

    def start(self) -> None:
        """Somebody looks."""
        self._ticker.start()

    def stop(self) -> None:
        """Nobody does."""
        self._ticker.stop()

    def tick(self) -> None:
        """A second has passed."""
        self._table.tick()
        self._pane.tick(self._screen.desk.now())
        self._onlooking.look_over(self._table.ids_shown())
        self._beats += 1
        source = self._source
        if self._beats % RETRY == 0 and not (source.has_answered or source.is_asking):
            source.apply()  # the last question failed, and the status bar said so
        if self._beats % BEATS == 0 and source.question.queue is Queue.OVERDUE:
            source.news(Changed(None))
