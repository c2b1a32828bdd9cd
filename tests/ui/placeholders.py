"""Plain stand-ins for the workbench and the forms, for tests of the frame alone."""

from typing import Any

from PySide6.QtCore import QStringListModel, Signal
from PySide6.QtWidgets import QLineEdit, QListView, QPushButton, QVBoxLayout, QWidget

from app.domain.commands import AddNote, Dispatch, Register
from app.services.queries import CaseView, Queue, Sort
from ui.rooms import Rooms
from ui.screen import Screen


class PlainList(QListView):
    """A list whose model knows no editing, so that no input method wakes in it."""


class PlainSorting:
    """A record of the orders that were asked for."""

    def __init__(self, asked: list[str]) -> None:
        self._asked = asked

    def open_menu(self) -> None:
        self._asked.append("sorting")

    def sort_by(self, sort: Sort) -> None:
        self._asked.append(f"sort {sort.value}")


class PlainWorkbench(QWidget):
    """A list, a search line, and a record of what was asked of it."""

    opened = Signal(str)
    acted = Signal(str)
    view_changed = Signal(object)
    queue_changed = Signal(object)
    sheet_place = message_place = None
    has_rows = True

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self._screen = screen
        self.asked: list[str] = []
        self.sorting = PlainSorting(self.asked)
        self.view: CaseView | None = None
        self.selected: str | None = None
        self.search = QLineEdit()
        self.search.setAccessibleName("search")
        self.list = PlainList()
        self.list.setModel(QStringListModel(["一", "二", "三"], self))
        self.list.setAccessibleName("list")
        column = QVBoxLayout(self)
        column.addWidget(self.search)
        column.addWidget(self.list)

    def focus_list(self) -> None:
        self.list.setFocus()

    def open_case(self, case_id: str) -> None:
        self.selected = case_id
        self._screen.run(self._open(case_id))

    async def _open(self, case_id: str) -> None:
        self.view = await self._screen.desk.case(case_id)
        self.view_changed.emit(self.view)

    def person_changed(self) -> None:
        self.view, self.selected = None, None
        self.asked.append("person_changed")

    def go_next(self) -> None:
        self.asked.append("next")

    def go_on(self, view: CaseView) -> None:
        self.asked.append(f"on from {view.dossier.case.id}")

    def come_back(self, view: CaseView) -> None:
        self.open_case(view.dossier.case.id)

    def go_previous(self) -> None:
        self.asked.append("previous")

    def in_list(self, verb: str) -> None:
        self.asked.append(verb)

    def apply_order(self) -> None:
        self.asked.append("apply_order")

    def show_timeline(self) -> None:
        self.asked.append("timeline")

    def open_filters(self) -> None:
        self.asked.append("filters")

    def focus_search(self) -> None:
        self.search.setFocus()

    def use_queue(self, queue: Queue) -> None:
        self.asked.append(f"queue {queue.value}")
        self.queue_changed.emit(queue)

    def state(self) -> dict[str, Any]:
        return {"queue": "DISPATCH"}

    def restore(self, state: dict[str, Any]) -> None:
        self.asked.append(f"restore {state}")


class PlainQueues(QPushButton):
    """One button in the place of the queues."""

    chosen = Signal(object)

    def __init__(self, screen: Screen) -> None:
        super().__init__("queues")

    def show_queue(self, queue: Queue) -> None:
        self.setText(queue.value)

    def refresh(self) -> None:
        """Nothing is counted here."""


class PlainForm(QWidget):
    """One line and a button; what is typed becomes the command."""

    submitted = Signal(object)
    cancelled = Signal()
    saved = Signal()
    opened = Signal(str)

    def __init__(self, screen: Screen, view: CaseView | None = None) -> None:
        super().__init__()
        self.view = view
        self.refusals: list[str] = []
        self.line = QLineEdit()
        self.line.setAccessibleName("line")
        self.submit = QPushButton("submit")
        self.submit.clicked.connect(lambda: self.submitted.emit(self.wishes()))
        column = QVBoxLayout(self)
        column.addWidget(self.line)
        column.addWidget(self.submit)

    def first_focus(self) -> None:
        self.line.setFocus()

    def show_refusal(self, code: str, facts: Any) -> None:
        self.refusals.append(code)

    def wishes(self) -> tuple[Any, ...]:
        return ()

    def done(self) -> None:
        """Nothing of it is kept."""

    async def keep(self) -> None:
        """Nothing of it is kept."""


class NoteForm(PlainForm):
    """A remark."""

    def wishes(self) -> tuple[Any, ...]:
        return (AddNote(case_id=self.view.dossier.case.id, text=self.line.text()),)


class DispatchForm(PlainForm):
    """A unit by its code."""

    def wishes(self) -> tuple[Any, ...]:
        return (Dispatch(case_id=self.view.dossier.case.id, unit=self.line.text()),)


class IntakeForm(PlainForm):
    """A narrative, and a remark about the case that it becomes."""

    def __init__(self, screen: Screen, *, at_once: bool = True) -> None:
        super().__init__(screen)
        self.making = iter(())

    def wishes(self) -> tuple[Any, ...]:
        text = self.line.text()
        return (Register(narrative=text), AddNote(case_id="", text="登记时所记"))


def plain_rooms() -> Rooms:
    """A window furnished with stand-ins."""
    forms = {"add_note": NoteForm, "dispatch": DispatchForm}
    return Rooms(PlainWorkbench, PlainQueues, IntakeForm, None, lambda: forms)
