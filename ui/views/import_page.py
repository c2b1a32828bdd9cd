"""Importing a file, step by step: choose it, look at what it holds, take it over, read what became of it."""

from collections.abc import Coroutine, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.domain.refused import Refused
from app.services.importing import KINDS, Importer, ImportReport, Preview, Stopped
from ui.import_trace import Unfinished
from ui.plain import heard
from ui.screen import Screen
from ui.views.drop_area import files_of
from ui.views.file_chooser import ask_for_files
from ui.views.import_choose import ChooseStep
from ui.views.import_end import EndStep
from ui.views.import_foot import AGAIN, LOOKING, ImportFoot, Step, Ways, ways_at
from ui.views.import_head import ImportHead
from ui.views.import_look import LookStep
from ui.views.import_run import RunStep
from ui.views.import_work import ImportWork
from ui.views.living import lives, run_for

Key = Qt.Key
_CONTROL = Qt.KeyboardModifier.ControlModifier


class ImportPage(QWidget):
    """`cancelled` leaves; `finished` carries a report; `settled` with what is still unfinished, or None.

    While a file is looked through or imported, Esc stops that; it goes on behind another page.
    """

    cancelled = Signal()
    finished = Signal(object)
    settled = Signal(object)

    def __init__(self, screen: Screen, importer: Importer, kinds: Sequence[str] = KINDS) -> None:
        super().__init__()
        self._screen = screen
        self._no: Refused | None = None
        self._job: tuple[Path, str] | None = None
        self._preview: Preview | None = None
        self._report: ImportReport | None = None
        self._unfinished: Unfinished | None = None
        self._is_busy = False
        self.step = Step.CHOOSE
        self._work = ImportWork(screen, importer, kinds)
        self.head, self.foot = ImportHead(screen), ImportFoot(screen)
        self.choose = ChooseStep(screen, [one for one in importer.formats if one.kind in kinds])
        self.look, self.run, self.end = LookStep(screen), RunStep(screen), EndStep(screen)
        self._lay_out()
        self._wire()
        stop = importer.cancel
        self.destroyed.connect(lambda: stop())
        heard(self, screen.words, self.retranslate)
        run_for(screen, self, self._recall())

    @property
    def path(self) -> str:
        """The file that is spoken of."""
        return self.choose.path.text().strip()

    def first_focus(self) -> None:
        """To where this step begins; what runs or has ended takes its keys at the foot."""
        if self._no is not None:
            self.choose.path.take_focus()
        elif self._is_looking:
            self.foot.stop.setFocus()
        elif self.step is Step.CHOOSE:
            self.choose.take_focus()
        elif self.step is Step.LOOK:
            self.look.take_focus()
        else:
            (self.foot.on if self.step is Step.END else self.foot.stop).setFocus()

    def choose_file(self) -> None:
        """The system's file chooser, beside the window and not instead of it."""
        filters = ("import.tables", "import.any")
        ask_for_files(self._screen, self, lambda paths: self.take_file(paths[0]), filters)

    def take_file(self, path: str) -> None:
        """This file, and a look at it."""
        if not self._is_busy:
            self._go(Step.CHOOSE)
            self.choose.path.setText(path)
            self.look_inside()

    def look_inside(self) -> None:
        """Show what the file holds; nothing is imported."""
        if not self._is_busy and self.path:
            self._begin(self._look(Path(self.path)))

    def start(self, *, is_dry_run: bool = False) -> None:
        """Import what was looked at, or go through the motions."""
        if not self._is_busy and self._job is not None:
            self._begin(self._run(*self._job, is_dry_run=is_dry_run))

    def resume(self, unfinished: Unfinished) -> None:
        """Go on with an import that was cut short; what is in already is not taken in again."""
        if not self._is_busy:
            self._unfinished = unfinished
            self.choose.path.setText(unfinished.path)
            self._job = (Path(unfinished.path), unfinished.kind)
            self.start()

    def stop(self) -> None:
        """Another person takes the seat: end what runs."""
        if self._is_busy:
            self._work.leave()

    def show_refusal(self, no: Refused) -> None:
        """Why the file was not taken."""
        self._no = no
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language in use."""
        words = self._screen.words
        self.choose.trouble.setText(words.refused(self._no) if self._no is not None else "")
        self.choose.trouble.setVisible(self._no is not None)
        self.foot.show_ways(self._ways())

    # -- keys and drops ---------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter goes on, Ctrl+T tries, Esc stops what runs and goes back otherwise."""
        is_control = bool(event.modifiers() & _CONTROL)
        if is_control and event.key() in (Key.Key_Return, Key.Key_Enter):
            if not event.isAutoRepeat():
                self._go_on()
        elif is_control and event.key() == Key.Key_T and self.step is Step.LOOK:
            self.start(is_dry_run=True)
        elif event.key() == Key.Key_Escape:
            self._go_back()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file may be let go anywhere on the page, unless one is being imported."""
        if files_of(event.mimeData()) and not self._is_busy:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the first file: they are imported one at a time."""
        event.acceptProposedAction()
        self.take_file(str(files_of(event.mimeData())[0]))

    # -- steps ------------------------------------------------------------------------------------

    @property
    def _is_looking(self) -> bool:
        return self._is_busy and self.step is Step.CHOOSE

    def _ways(self) -> Ways:
        if self._is_looking:
            return LOOKING
        return ways_at(self.step, self._preview, self._report, can_look=bool(self.path))

    def _go_on(self) -> None:
        if self.step is Step.CHOOSE:
            self.look_inside()
        elif self._ways().on == AGAIN:
            self._forget()
        elif self._ways().on and self._ways().is_ready:
            self.start()

    def _go_back(self) -> None:
        if self._is_busy:
            self._work.stop()
        elif self.step is Step.LOOK:
            self._go(Step.CHOOSE)
        else:
            self.cancelled.emit()

    def _go(self, step: Step) -> None:
        self.step = step
        self._steps.setCurrentIndex(list(Step).index(step))
        self.head.show_step(step)
        self.retranslate()
        if self.isVisible():
            self.first_focus()

    def _forget(self) -> None:
        """Another file: what was seen is no longer about it."""
        self._no = self._preview = self._report = self._job = None
        self.choose.path.clear()
        self._go(Step.CHOOSE)

    # -- work -------------------------------------------------------------------------------------

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        self._is_busy, self._no = True, None
        self.retranslate()
        if self.isVisible():
            self.first_focus()  # a field that takes no more would lose it to nobody
        self.choose.setEnabled(False)
        self._screen.run(self._ended(work))

    async def _ended(self, work: Coroutine[Any, Any, None]) -> None:
        """A no is said where the file is chosen; what is out of reach, by the status bar."""
        no: Refused | None = None
        try:
            with suppress(Stopped):
                await work
        except Refused as refused:
            no = refused
        finally:
            if lives(self):
                self._is_busy, self._no = False, no
                self.choose.setEnabled(True)
                is_cut_short = no is not None or self.step is Step.RUN
                self._go(Step.CHOOSE if is_cut_short else self.step)

    async def _look(self, path: Path) -> None:
        found = await self._work.look(path)
        if lives(self):
            self._preview, self._job = found, (path, found.kind)
            self.look.show_found(found)
            self.step = Step.LOOK

    async def _run(self, path: Path, kind: str, *, is_dry_run: bool) -> None:
        self.run.begin(path.name, is_trial=is_dry_run)
        self._go(Step.RUN)
        self.settled.emit(None)
        run = self._work.try_out if is_dry_run else self._work.carry_out
        report = await run(path, kind, self._tell)
        if lives(self):
            self.run.end()
            self._report, self.step = report, Step.END
            self.end.show_report(report)
            await self._recall()
            self.finished.emit(report)

    def _tell(self, done: int, total: int) -> None:
        if lives(self):
            self.run.tell(done, total)

    # -- what was cut short -----------------------------------------------------------------------

    async def _recall(self) -> None:
        self._unfinished = next(iter(await self._work.trace.unfinished()), None)
        self.choose.unfinished.show_about(self._unfinished)
        self.settled.emit(self._unfinished)
        if self._unfinished is not None and self._is_waiting:
            self.choose.take_focus()

    @property
    def _is_waiting(self) -> bool:
        """Whether nothing has been chosen yet by whoever looks at it."""
        return self.isVisible() and self.step is Step.CHOOSE and not self.path

    def _resume(self) -> None:
        if self._unfinished is not None:
            self.resume(self._unfinished)

    def _let_go(self) -> None:
        if self._unfinished is not None:
            run_for(self._screen, self, self._dropped(self._unfinished.path))

    async def _dropped(self, path: str) -> None:
        await self._work.trace.forget(path)
        await self._recall()
        self.first_focus()

    # -- building ---------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.setAcceptDrops(True)
        self._steps = QStackedWidget()
        for step in (self.choose, self.look, self.run, self.end):
            self._steps.addWidget(step)
        self._steps.setContentsMargins(20, 0, 20, 12)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self._steps, 1)
        column.addWidget(self.foot)

    def _wire(self) -> None:
        choose, foot = self.choose, self.foot
        choose.path.entered.connect(self.look_inside)
        choose.path.textChanged.connect(self._on_path)
        choose.given.connect(self.take_file)
        choose.choosing.connect(self.choose_file)
        choose.resumed.connect(self._resume)
        choose.dropped.connect(self._let_go)
        foot.gone_on.connect(self._go_on)
        foot.tried.connect(lambda: self.start(is_dry_run=True))
        foot.stopped.connect(self._go_back)
        foot.gone_back.connect(self._go_back)

    def _on_path(self) -> None:
        self._preview = self._job = self._no = None
        self.retranslate()
