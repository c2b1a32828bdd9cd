"""Importing a file: choose it, look at what it holds, try it, take it over, read what became of it."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QProgressBar,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.domain.refused import Refused
from app.services.importing import KINDS, Importer, ImportReport, Preview
from ui.models.preview_table import COLUMNS, PreviewTable
from ui.plain import button, heard, named
from ui.screen import Screen
from ui.views.forms.fields import Field, Line
from ui.views.forms.groups import Choices
from ui.views.forms.options import worded
from ui.views.import_told import told_of_preview, told_of_report
from ui.views.laying import scrolled
from ui.views.wrapping import wrapping

Key = Qt.Key
#: Rows of the preview that show without scrolling.
ROWS = 9


class _Life:
    """Whether the page is still there: an import ends after the page that began it may be gone."""

    def __init__(self) -> None:
        self.is_over = False

    def end(self) -> None:
        """The page is gone."""
        self.is_over = True


class ImportPage(QWidget):
    """`cancelled` leaves; `finished` carries a report. While an import runs, Esc stops it instead."""

    cancelled = Signal()
    finished = Signal(object)

    def __init__(self, screen: Screen, importer: Importer, kinds: Sequence[str] = KINDS) -> None:
        super().__init__()
        self._screen, self._importer = screen, importer
        self._preview: Preview | None = None
        self._report: ImportReport | None = None
        self._no: Refused | None = None
        self._is_busy = False
        self._life = _Life()
        self.path = Line()
        self.kind = Choices(screen.words, worded(screen, "import.kind", kinds), in_row=True)
        self.kind.choose(kinds[0])
        self._model = PreviewTable(screen, self)
        self.table = named(QTableView(), "import.preview", screen.words)
        self.bar = named(QProgressBar(), "import.progress", screen.words)
        self.told = wrapping(selectable=True)
        self._trouble = wrapping(role="refused")
        self._lay_out()
        self._dress_table()
        self.path.entered.connect(self.look)
        self.path.textChanged.connect(self._forget)
        self.kind.changed.connect(self._forget)
        life, stop = self._life, importer.cancel
        self.destroyed.connect(lambda: (life.end(), stop()))
        heard(self, screen.words, self.retranslate)

    def first_focus(self) -> None:
        """To the path."""
        self.path.take_focus()

    def choose_file(self) -> None:
        """The system's file chooser, beside the window and not instead of it."""
        words = self._screen.words
        dialog = QFileDialog(self, words.say("import.choose"))
        dialog.setNameFilters([words.say("import.tables"), words.say("import.any")])
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.take_file)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def take_file(self, path: str) -> None:
        """This file, and a look at it."""
        self.path.setText(path)
        self.look()

    def look(self) -> None:
        """Show what the file holds; nothing is imported."""
        if not self._is_busy and not self.path.is_blank:
            self._screen.run(self._look(Path(self.path.text().strip()), self.kind.value))

    def start(self, *, is_dry_run: bool = False) -> None:
        """Import, or go through the motions."""
        if not self._is_busy and self._preview is not None:
            path = Path(self.path.text().strip())
            self._screen.run(self._run(path, self.kind.value, is_dry_run=is_dry_run))

    def show_refusal(self, no: Refused) -> None:
        """Why the file was not taken."""
        self._no = no
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language in use."""
        words = self._screen.words
        self.path.setPlaceholderText(words.say("import.path.placeholder"))
        self._trouble.setText(words.refused(self._no) if self._no is not None else "")
        self._trouble.setVisible(self._no is not None)
        lines: list[str] = []
        if self._report is not None:
            lines = list(told_of_report(words, self._report))
        elif self._preview is not None:
            lines = list(told_of_preview(words, self._preview))
        self.told.setText("\n".join(lines) or words.say("import.begin"))
        self._model.layoutChanged.emit()
        self._enable()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter imports; Esc stops a running import, and leaves otherwise."""
        is_enter = event.key() in (Key.Key_Return, Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if not event.isAutoRepeat():
                self.start()
        elif event.key() == Key.Key_Escape:
            self._stop_or_leave()
        else:
            super().keyPressEvent(event)

    async def _look(self, path: Path, kind: str) -> None:
        self._begin()
        try:
            found = await self._importer.preview(path, kind)
        except Refused as no:
            self._end(no)
            return
        if not self._life.is_over:
            self._preview = found
            self._model.show(found.shown)
            self._end(None)
            self._try.setFocus()

    async def _run(self, path: Path, kind: str, *, is_dry_run: bool) -> None:
        self._begin()
        try:
            report = await self._importer.run(path, kind, self._tell, is_dry_run=is_dry_run)
        except Refused as no:
            self._end(no)
            return
        if not self._life.is_over:
            self._report = report
            self._end(None)
            self.finished.emit(report)

    def _tell(self, done: int, total: int) -> None:
        if not self._life.is_over:
            self.bar.setMaximum(max(total, 1))
            self.bar.setValue(done)
            self.bar.setFormat(self._screen.words.say("import.bar", done=done, total=total))

    def _begin(self) -> None:
        self._is_busy, self._no, self._report = True, None, None
        self.bar.setRange(0, 0)
        self.retranslate()

    def _end(self, no: Refused | None) -> None:
        if not self._life.is_over:
            self._is_busy, self._no = False, no
            self.retranslate()

    def _forget(self) -> None:
        """Another file or kind: what was seen is no longer about it."""
        self._preview = self._report = self._no = None
        self._model.show(())
        self.retranslate()

    def stop(self) -> None:
        """End an import that runs; what it took over stays."""
        if self._is_busy:
            self._importer.cancel()

    def _stop_or_leave(self) -> None:
        if self._is_busy:
            self.stop()
        else:
            self.cancelled.emit()

    def _enable(self) -> None:
        is_ready = self._preview is not None and not self._is_busy
        self.table.setVisible(self._preview is not None)
        self.bar.setVisible(self._is_busy)
        self._stop.setVisible(self._is_busy)
        for one in (self._import, self._try):
            one.setEnabled(is_ready)
        for widget in (self.path, self.kind, self._choose):
            widget.setEnabled(not self._is_busy)

    def _lay_out(self) -> None:
        words = self._screen.words
        self._choose = button("import.choose", words, self.choose_file)
        self._import = button("import.start", words, self.start, role="primary")
        self._try = button("import.try", words, lambda: self.start(is_dry_run=True))
        self._stop = button("import.stop", words, self._importer.cancel, role="danger")
        file = QHBoxLayout()
        file.addWidget(Field(words, "import.path", self.path), 1)
        file.addWidget(self._choose, 0, Qt.AlignmentFlag.AlignBottom)
        buttons = QHBoxLayout()
        for one in (self._import, self._try, self._stop):
            buttons.addWidget(one)
        buttons.addWidget(button("form.cancel", words, self._stop_or_leave))
        buttons.addStretch(1)
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(16, 4, 16, 4)
        layout.setSpacing(10)
        layout.addLayout(file)
        layout.addWidget(Field(words, "import.kind", self.kind))
        layout.addWidget(self._trouble)
        layout.addWidget(self.table)
        layout.addWidget(self.told)
        layout.addWidget(self.bar)
        layout.addStretch(1)
        buttons.setContentsMargins(16, 0, 16, 12)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(
            scrolled(body), 1
        )  # a low window scrolls rather than lay one part over another
        page.addLayout(buttons)

    def _dress_table(self) -> None:
        self.table.setModel(self._model)
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.table.setWordWrap(False)
        self.table.setMinimumHeight(ROWS * self._screen.theme.row_px)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(COLUMNS.index("title"), QHeaderView.ResizeMode.Stretch)
        header.setMaximumSectionSize(170)
