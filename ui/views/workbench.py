"""The workbench: a queue on the left, the case under the cursor on the right."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QSplitter, QWidget

from app.domain.terms import Role
from app.services.queries import CaseView, Changed, Onlookers, Queue
from ui.memory import mapping
from ui.models.filters import saved_of
from ui.models.queue_model import QueueModel, Voice
from ui.models.queue_source import Question, QueueSource
from ui.models.row_clock import RuleClock
from ui.models.row_text import RowText, belongs, row_of
from ui.screen import Screen
from ui.views.asking import Asking
from ui.views.bench_clock import BenchClock
from ui.views.case_pane import CasePane
from ui.views.case_reader import CaseReader
from ui.views.clear_person import ClearPerson
from ui.views.laying import share_again, sharing, side_by_side
from ui.views.list_side import ListSide
from ui.views.old_number import OldNumber
from ui.views.onlooking import Onlooking
from ui.views.queue_table import QueueTable
from ui.views.saved_filters import SavedFilters
from ui.views.sort_button import SortButton

#: The list has this share of the width at first, in parts of a hundred.
SHARES = [64, 36]
#: Where the work of a post waits; that of the others is to dispatch.
_HOMES = {
    Role.UNIT_HANDLER: Queue.SIGN,
    Role.UNIT_LEADER: Queue.SIGN,
    Role.GRID_OFFICER: Queue.FILING,
}


class Workbench(QWidget):
    """See UI contract: `selected`, `view`, and the signals below."""

    acted = Signal(str)
    opened = Signal(str)
    view_changed = Signal(object)  # CaseView or None
    queue_changed = Signal(object)  # Queue

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._screen = screen
        self._has_begun = False
        self._returning: str | None = None
        self._clock = RuleClock(lambda: screen.desk.setting, lambda: screen.desk.me.role)
        text = RowText(screen.words, screen.data)
        self.model = QueueModel(Voice(screen.words, text, self._clock, screen.desk.now), self)
        self.source = QueueSource(screen, self.model, self)
        self.table = QueueTable(screen, self.model)
        self.pane = CasePane(screen)
        self.reader = CaseReader(screen, self.pane, self.model.row_of, self.table.ids_below, self)
        saved = SavedFilters(screen, lambda name: self._asking.as_saved(name))
        self.side = ListSide(screen, self.table, self.source, saved)
        self._asking = Asking(self.source, self.side, self.table, self._ask)
        self._old = OldNumber(screen, self.side.search)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self.onlooking = Onlooking(screen, self._show_onlookers, self)
        self._lay_out()
        self._connect()
        self.clock = BenchClock(screen, self.table, self.pane, self.source, self.onlooking)
        self.destroyed.connect(screen.desk.on_changed(self._on_changed))

    # -- what the frame asks --------------------------------------------------------------------

    @property
    def selected(self) -> str | None:
        """The case the pane is about, shown or on its way."""
        return self.reader.wanted

    @property
    def view(self) -> CaseView | None:
        """The case the pane shows."""
        return self.pane.view

    @property
    def person(self) -> ClearPerson:
        """Where the reporter of the case is shown in clear, for a while."""
        return self.pane.person

    @property
    def marked(self) -> frozenset[str]:
        """The cases selected for acting on several."""
        return frozenset(self.model.marks)

    @property
    def sheet_place(self) -> QWidget:
        """What a sheet with a form covers: the case it is about."""
        return self.pane

    @property
    def message_place(self) -> QWidget:
        """What a message may cover for a while: the list, never the case beside it."""
        return self.table

    @property
    def sorting(self) -> SortButton:
        """The order of the list: it is asked for there, or chosen from all."""
        return self.side.sorting

    @property
    def queue(self) -> Queue:
        """The queue shown."""
        return self.source.question.queue

    @property
    def has_rows(self) -> bool:
        """Whether the list shows what was read for it, be it nothing."""
        return self.source.has_answered

    def open_case(self, case_id: str) -> None:
        """Show a case; the cursor goes to it when it is in the list."""
        self.table.select(case_id)
        self.reader.want(case_id)  # also when the cursor was on it while another was shown

    def go_next(self) -> None:
        """To the next case that still waits in this queue."""
        self.table.go_next()

    def go_previous(self) -> None:
        """To the one before."""
        self.table.go_previous()

    def go_on(self, view: CaseView) -> None:
        """From the case under the cursor, as it is now, to the next one if it has left the queue."""
        if not self._holds(view) and self.table.current == view.dossier.case.id:
            self.table.go_on()

    def come_back(self, view: CaseView) -> None:
        """Show a case that was brought back; a list that has lost its row meanwhile is asked anew."""
        about = view.dossier.case.id
        self.open_case(about)
        if self.table.current != about and self._holds(view):
            self._returning = about
            self.source.apply()

    def _holds(self, view: CaseView) -> bool:
        desk = self._screen.desk
        return belongs(row_of(view), self.queue, desk.now(), desk.me.login)

    def person_changed(self) -> None:
        """Another person sits here: nothing of before stays to be seen, and their own list opens."""
        self.source.forget()
        self.reader.forget()
        self.side.search.show_search("", everywhere=False)
        self._has_begun = False
        self._clock.forget()
        self._begin()

    def in_list(self, verb: str) -> None:
        """Carry out a verb that is the list's own: to mark cases one by one or several on the way."""
        self.table.carry_out(verb)

    def apply_order(self) -> None:
        """Show the list in the order it has by now."""
        self.source.apply()
        self.side.refresh()

    def use_queue(self, queue: Queue) -> None:
        """Show another queue from its top; a search does not follow."""
        self._asking.use_queue(queue)

    def show_list(self, question: Question) -> None:
        """Another list as it is asked for elsewhere."""
        self._asking.use_question(question)

    def focus_search(self) -> None:
        """Begin to type into the search box."""
        self.side.search.focus()

    def focus_list(self) -> None:
        """To the list. (A focus proxy would make Tab jump over the search above it.)"""
        self.table.setFocus()

    def open_filters(self) -> None:
        """Offer the saved filters."""
        self.side.saved.open_menu()

    def show_timeline(self) -> None:
        """Go to the timeline of the case."""
        self.pane.show_timeline()

    def state(self) -> dict[str, Any]:
        """Layout, list and open case, as JSON can keep them."""
        return {
            "list": self._asking.as_saved("").plain(),
            "everywhere": self.side.search.everywhere.isChecked(),
            "widths": self.table.widths(),
            "shares": self._splitter.sizes(),
            "case": self.selected,
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """What `state` gave, as far as it can still be had."""
        self.table.set_widths(mapping(state.get("widths")))
        share_again(self._splitter, state.get("shares"))
        saved, case_id = saved_of(mapping(state.get("list"))), state.get("case")
        self.side.search.everywhere.setChecked(bool(state.get("everywhere")))
        if saved is not None:
            self._asking.use_saved(saved)
            self.table.expect(case_id if isinstance(case_id, str) else None)

    # -- the list -------------------------------------------------------------------------------

    def _begin(self) -> None:
        """The first list, unless one was asked for already."""
        if not self._has_begun:
            self._asking.home = _HOMES.get(self._screen.desk.me.role, Queue.DISPATCH)
            self._ask(Question(self._asking.home))

    def _ask(self, question: Question) -> None:
        is_other = question.queue is not self.source.question.queue
        self._has_begun = True
        self.reader.hits = tuple(question.filter.text.split())
        self.table.expect(None if is_other else self.table.current)
        self.table.show_queue(question.queue)
        self.source.ask(question)
        self.side.wait(question)
        if is_other:
            self.model.unmark_all()
        self.queue_changed.emit(question.queue)

    def _on_opened(self) -> None:
        self.side.refresh()
        self.table.settle()
        self.side.refresh()
        back, self._returning = self._returning, None
        if back is not None:
            self.open_case(back)

    def _on_current(self, case_id: str | None) -> None:
        if case_id is not None:
            self.reader.want(case_id)
        elif not self.model.rowCount():
            self.reader.want_nothing()

    def _on_open(self, case_id: str) -> None:
        self.pane.focus_case()
        self.opened.emit(case_id)

    def _show_onlookers(self, onlookers: Onlookers) -> None:
        self.pane.header.show_onlookers(onlookers)
        self.model.see(onlookers.rows)

    # -- news and time --------------------------------------------------------------------------

    def _on_changed(self, changed: Changed) -> None:
        if changed.cases is None:
            self._clock.forget()
        self.source.news(changed)
        self.reader.news(changed)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.clock.start()
        self.onlooking.wake(is_awake=True)
        self.side.saved.recall()
        self._begin()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks: no clock ticks, and a new order may come in."""
        self.clock.stop()
        self.onlooking.wake(is_awake=False)
        if self.source.pending:
            self.source.apply()
        super().hideEvent(event)

    # -- building -------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        sharing(self._splitter, SHARES, self.side, self.pane)
        self.side.setMinimumWidth(480)
        side_by_side(self, self._splitter)

    def _connect(self) -> None:
        table, side, source = self.table, self.side, self.source
        table.current_changed.connect(self._on_current)
        table.opened.connect(self._on_open)
        table.view_moved.connect(source.look_at)
        table.order_wanted.connect(self.apply_order)
        table.timeline_wanted.connect(self.show_timeline)
        self.model.marks_changed.connect(side.refresh)
        source.opened.connect(self._on_opened)
        source.pending_changed.connect(side.refresh)
        side.refresh_wanted.connect(self.apply_order)
        self.reader.view_changed.connect(self.view_changed)
        self.reader.view_changed.connect(self.onlooking.look_at)
        self.pane.acted.connect(self.acted)
        self.pane.jumped.connect(self.open_case)
        self.pane.left.connect(table.setFocus)
