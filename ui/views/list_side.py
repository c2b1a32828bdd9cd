"""The left side of the workbench: search, filter, the list or why it is empty, and the bar of news."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.services.queries import Queue, SyncState
from ui.models.elsewhere import Elsewhere, Hits
from ui.models.queue_model import QueueModel
from ui.models.queue_source import Pending, Question, QueueSource
from ui.plain import heard, keyed, named, plain
from ui.screen import Screen
from ui.views.empty_list import EmptyList
from ui.views.filter_bar import FilterBar
from ui.views.first_fill import FirstFill
from ui.views.queue_table import QueueTable
from ui.views.saved_filters import SavedFilters
from ui.views.search_box import SearchBox
from ui.views.sort_button import SortButton

#: A list that takes longer than this says so.
PATIENCE_MS = 150
SEARCH_PX = 560


class ListSide(QWidget):
    """Lays out what it is given; `refresh_wanted` and `clear_wanted` when a person asks for that."""

    refresh_wanted = Signal()
    clear_wanted = Signal()

    def __init__(
        self, screen: Screen, table: QueueTable, source: QueueSource, saved: SavedFilters
    ) -> None:
        super().__init__()
        self._screen = screen
        self._table = table
        self._source = source
        self._fill = FirstFill(screen, table, source)
        self.search = SearchBox(screen)
        self.filters = FilterBar(screen)
        self.sorting = SortButton(screen)
        self.saved = saved
        self.news = named(QPushButton(), "queue.pending.button", screen.words)
        self.news.setProperty("role", "quiet")
        self.news.clicked.connect(self.refresh_wanted)
        self.count, self.marked = plain(role="muted"), plain(role="heading")
        self.empty = EmptyList(screen, table.viewport())
        self.empty.clear_wanted.connect(self.clear_wanted)
        self._elsewhere = Elsewhere(screen, source)
        self._elsewhere.changed.connect(self.refresh)
        table.view_moved.connect(self._fit_message)
        self._lay_out()
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._say_loading)
        self._is_filling = screen.desk.sync_state.is_filling
        self.destroyed.connect(screen.desk.on_sync(self._on_sync))
        heard(self, screen.words, self.refresh)
        keyed(self, screen.keymap, self.refresh)

    @property
    def is_empty(self) -> bool:
        """Whether a message stands in place of the rows; the list keeps the focus all the same."""
        return not self.empty.isHidden()

    @property
    def hits(self) -> Hits | None:
        """What the search that found nothing here finds elsewhere; None while that is not known."""
        return self._elsewhere.hits

    def wait(self, asked: Question) -> None:
        """Another list has been asked for: show by what it is narrowed and sorted."""
        self.filters.show_filter(asked.filter)
        self._table.show_sort(asked.sort, asked.descending)
        self.sorting.show_sort(asked.sort, descending=asked.descending)
        self._patience.start()

    def refresh(self) -> None:
        """Show list or message, counts and news, as the source has them."""
        if self._source.has_answered:
            self._patience.stop()
            self._show_list_or_why_not()
        say, model = self._screen.words.say, self._model
        is_all = self._source.question.queue is Queue.ALL
        key = "queue.total_with_ended" if is_all else "queue.total"
        self.count.setText(say(key, n=self._source.total))
        self.marked.setText(say("queue.selected", n=len(model.marks)))
        self.marked.setVisible(bool(model.marks))
        self._say_news(self._source.pending)

    def _on_sync(self, state: SyncState) -> None:
        """Why a list is empty is another matter when all cases are here."""
        if state.is_filling != self._is_filling:
            self._is_filling = state.is_filling
            self.refresh()

    @property
    def _model(self) -> QueueModel:
        model = self._table.model()
        assert isinstance(model, QueueModel)
        return model

    def _show_list_or_why_not(self) -> None:
        is_empty = not self._model.rowCount()
        self.empty.setVisible(is_empty)
        if is_empty:
            self.empty.say_why(self._source.question, self.hits)

    def _say_loading(self) -> None:
        if not self._model.rowCount():
            self.empty.say_loading()

    def _fit_message(self) -> None:
        self.empty.setGeometry(self._table.viewport().rect())

    def _say_news(self, pending: Pending) -> None:
        say = self._screen.words.say
        parts = (
            say("queue.pending.fresh", n=pending.fresh) if pending.fresh else "",
            say("queue.pending.gone", n=pending.gone) if pending.gone else "",
            say("queue.pending.moved") if pending.is_moved else "",
        )
        told = " · ".join(part for part in parts if part)
        keys = self._screen.keymap.way("apply_order")
        self.news.setText(say("queue.pending.line", what=told, keys=keys))
        self.news.setVisible(bool(pending) and not self._fill.follows)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(10, 8, 10, 6)
        top.setSpacing(6)
        self.search.setMaximumWidth(SEARCH_PX)
        top.addWidget(self.search, 4)
        top.addStretch(1)
        top.addWidget(self.sorting)
        top.addWidget(self.filters.opener)
        top.addWidget(self.saved)
        bottom = QHBoxLayout()
        bottom.setContentsMargins(10, 2, 10, 2)
        bottom.addWidget(self.count)
        bottom.addWidget(self.marked)
        bottom.addStretch()
        bottom.addWidget(self.news)
        chips = QVBoxLayout()
        chips.setContentsMargins(10, 0, 10, 0)
        chips.addWidget(self.filters)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(top)
        column.addLayout(chips)
        column.addWidget(self._table, 1)
        column.addLayout(bottom)
