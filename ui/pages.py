"""What fills the middle of the window: the workbench, and the intake form or an import in front of it."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.domain.case import Case
from app.domain.commands import Register
from app.services.queries import Attention, Draft
from ui.import_trace import Unfinished
from ui.rooms import Rooms
from ui.screen import Screen
from ui.views.gradual import Gradually
from ui.views.rail import Rail

#: The next intake form is made so long after there was something to see; while the list is not yet read it
#: is put off as long again (milliseconds).
_AHEAD_MS = 600


class Pages(QStackedWidget):
    """`opening` before a page covers the workbench, `made` with each new intake form, `drafted` after a
    draft was kept or a form left, `import_settled` with the import that is unfinished, or None.
    `retire` sees to the end of a page: what it began may be under way.
    """

    opening = Signal()
    made = Signal(object)
    drafted = Signal()
    import_settled = Signal(object)
    wanted = Signal(str, str)

    def __init__(
        self, screen: Screen, rooms: Rooms, rail: Rail, retire: Callable[[QWidget], None]
    ) -> None:
        super().__init__()
        self._screen, self._rooms, self._rail, self._retire = screen, rooms, rail, retire
        self._intake: Any = None
        self._spare: Any = None
        self._ahead = QTimer(self, interval=_AHEAD_MS, singleShot=True)
        self._ahead.timeout.connect(self._look_ahead)
        self._making: Gradually | None = None
        self._import: Any = None
        self._boards: dict[str, Any] = {}
        self.workbench = rooms.workbench(screen)
        self.addWidget(self.workbench)
        screen.theme.changing.connect(self._travel_light)

    def showEvent(self, event: QShowEvent) -> None:
        """There is something to see: now what will be asked for next can be made."""
        super().showEvent(event)
        self._ahead.start()

    def show_workbench(self) -> None:
        """Bring the workbench to the front; a half-typed intake stays behind it.

        Else the next one is made soon: whoever calls is not kept waiting for it.
        """
        self._ahead.start()
        self.setCurrentWidget(self.workbench)
        self._rail.mark("workbench")

    def show_intake(self) -> None:
        """Bring the intake form to the front, the half-typed one if there is one."""
        if self._intake is None:
            self._intake = self._finished_spare()
            self.made.emit(self._intake)
        self._bring("new_intake", self._intake)

    async def show_supplement(self, case: Case) -> None:
        """A form that takes a refused report in again; one that is half-typed becomes a draft.

        Raises Unreachable when that cannot be kept.
        """
        await self.put_intake_aside()
        self.show_intake()
        self._intake.supplement(case)

    async def show_draft(self, draft: Draft) -> None:
        """The intake form with what was left half-typed. Raises Unreachable as above."""
        await self.put_intake_aside()
        self.show_intake()
        self._intake.open_draft(draft)

    async def show_again(self, wish: Register, act: Attention, unit: str) -> None:
        """A form that takes in again what the centre did not take, with the unit it was to go to.

        Raises Unreachable when a half-typed one cannot be kept.
        """
        await self.put_intake_aside()
        self.show_intake()
        self._intake.take_again(wish, act, unit)

    def leave_intake(self) -> None:
        """Put the intake form away and go back to the list."""
        form, self._intake = self._intake, None
        self._close(form)
        self.drafted.emit()

    def keep_typed(self) -> None:
        """Save what is half-typed now, without waiting for it; it stays on the screen."""
        if self._intake is not None:
            self._screen.run(self._intake.keep())

    async def put_intake_aside(self) -> None:
        """Keep what is half-typed, then put the form away. Raises Unreachable: then it stays as it is."""
        form = self._intake
        if form is None:
            return
        form.setEnabled(False)  # nothing is typed while it is being kept
        try:
            await form.keep()
        finally:
            form.setEnabled(True)
        self.leave_intake()

    def show_board(self, verb: str) -> None:
        """Bring a page of numbers to the front; each of them leads to a list."""
        if verb not in self._rooms.boards:
            return
        if verb not in self._boards:
            self._boards[verb] = board = self._rooms.boards[verb](self._screen)
            board.asked.connect(self._show_list)
            board.cancelled.connect(self._to_list)
            self.addWidget(board)
        self._bring(verb, self._boards[verb])

    @property
    def shows_warnings(self) -> bool:
        """Whether the warning centre is in front."""
        return self.currentWidget() is self._boards.get("warnings")

    def show_warnings(self, warning_id: str = "") -> None:
        """Bring the warning centre to the front, one of its warnings chosen; what is done about it is `wanted`."""
        is_new = "warnings" not in self._boards
        self.show_board("warnings")
        if (page := self._boards.get("warnings")) is not None:
            if is_new:
                page.wanted.connect(self.wanted)
            page.show_one(warning_id)

    def _show_list(self, question: Any) -> None:
        self.show_workbench()
        self.workbench.show_list(question)

    def _to_list(self) -> None:
        self.show_workbench()
        self.workbench.focus_list()

    def show_import(self) -> None:
        """Bring the import of files to the front; one that runs goes on behind the workbench."""
        if self._rooms.importer is None:
            return
        if self._import is None:
            self._import = self._rooms.importer(self._screen)
            self._import.cancelled.connect(self.leave_import)
            self._import.settled.connect(self.import_settled)
            self.addWidget(self._import)
        self._bring("import_file", self._import)

    @property
    def is_importing(self) -> bool:
        """Whether the import of files is in front."""
        return self._import is not None and self.currentWidget() is self._import

    def resume_import(self, unfinished: Unfinished) -> None:
        """Go on with an import that was cut short."""
        self.show_import()
        if self._import is not None:
            self._import.resume(unfinished)

    def leave_import(self) -> None:
        """Put the import away and go back to the list."""
        page, self._import = self._import, None
        self._close(page)

    async def put_aside(self) -> None:
        """Leave nothing of the person who sat here: a draft is kept, an import stopped."""
        await self.put_intake_aside()
        self._ahead.stop()
        self._give_up_spare()
        boards, self._boards = self._boards, {}
        for page in boards.values():
            self._close(page)
        if self._import is not None:
            self._import.stop()
            self.leave_import()

    def _bring(self, verb: str, page: Any) -> None:
        self.opening.emit()
        self.setCurrentWidget(page)
        self._rail.mark(verb)
        page.first_focus()

    def _close(self, page: QWidget | None) -> None:
        self.show_workbench()
        self.workbench.focus_list()
        if page is not None:
            self.removeWidget(page)
            self._retire(page)

    def _travel_light(self) -> None:
        """A form that nobody saw is sooner made anew than dressed anew with all the others."""
        if (spare := self._give_up_spare()) is not None:
            QCoreApplication.sendPostedEvents(spare, QEvent.Type.DeferredDelete)
            self._ahead.start()

    def _give_up_spare(self) -> QWidget | None:
        spare, self._spare = self._spare, None
        if spare is not None:
            if self._making is not None:
                self._making.stop()
            self.removeWidget(spare)
            self._retire(spare)
        return spare

    def _look_ahead(self) -> None:
        """Not before what was asked for first: on a slow machine the list takes longer than it is waited."""
        if self.workbench.has_rows:
            self._begin_spare()
        else:
            self._ahead.start()

    def _begin_spare(self) -> None:
        """In its place from the start, and never so much at once that a hand would feel it."""
        if self._spare is None and self._intake is None:
            self._spare = form = self._rooms.intake(self._screen, at_once=False)
            form.cancelled.connect(self.leave_intake)
            form.saved.connect(self.drafted)
            self.addWidget(form)
            self._making = Gradually(form.making, form)

    def _finished_spare(self) -> Any:
        self._begin_spare()
        form, self._spare = self._spare, None
        if self._making is not None:
            self._making.finish()
        return form
