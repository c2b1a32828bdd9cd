"""Second step of an import: what the file holds, how its columns are understood, and what was noticed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QHeaderView, QTableView, QVBoxLayout, QWidget

from app.services.importing import Preview
from ui.models.preview_table import LINE, PreviewTable, dated
from ui.plain import dressed, heard, named
from ui.screen import Screen
from ui.views.elided import Elided
from ui.views.finding_list import FindingList
from ui.views.import_foot import ready
from ui.views.laying import scrolled
from ui.views.row_table import as_rows
from ui.views.tiles import Tile, Tiles

#: Widths of columns whose words are long (pixels at the base size); the others take what they need.
WIDEST = 240
ASIDE = 320


class LookStep(QWidget):
    """The first rows beside what was noticed, under the numbers."""

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self._screen = screen
        self._found: Preview | None = None
        self.head, self.about = Elided("heading"), Elided("muted")
        self.tiles = Tiles(screen)
        self.model = PreviewTable(screen, self)
        self.table = named(QTableView(), "import.preview", screen.words)
        self.findings = FindingList(screen)
        self._lay_out()
        self._dress_table()
        heard(self, screen.words, self.retranslate)
        dressed(self, screen.theme, self._restyle)

    def show_found(self, found: Preview | None) -> None:
        """Show what another file holds."""
        self._found = found
        self.model.show(found)
        self.findings.show_found(found)
        self._span()
        self.retranslate()
        self._fit()

    def take_focus(self) -> None:
        """To the rows, where arrows scroll."""
        self.table.setFocus()

    def retranslate(self) -> None:
        """In the language in use."""
        found, say = self._found, self._screen.words.say
        self.model.headerDataChanged.emit(
            Qt.Orientation.Horizontal, 0, self.model.columnCount() - 1
        )
        if found is None:
            return
        kind = say(f"import.kind.{found.kind}")
        self.head.tell(say("import.known", file=found.file, kind=kind))
        span = ""
        if found.first is not None and found.last is not None:
            span = say("import.span", first=dated(found.first), last=dated(found.last))
        self.about.tell(" · ".join(part for part in (found.encoding.upper(), span) if part))
        self.tiles.show_tiles(
            (
                Tile("import.tile.rows", found.rows),
                Tile("import.tile.ready", ready(found), "=", role="done"),
                Tile("import.tile.repeated", found.repeated, "+"),
                Tile("import.tile.rejected", found.rejected, "+", role="refused"),
                Tile("import.tile.findings", sum(one.count for one in found.findings)),
            )
        )
        self._fit()

    def _fit(self) -> None:
        self.table.resizeColumnsToContents()
        header = self.table.horizontalHeader()
        for at, name in enumerate(self.model.columns):
            is_long = name in ("title", "narrative", "address")
            widest = self._screen.theme.scaled(WIDEST)
            if header.sectionSize(at) > widest and not is_long:
                self.table.setColumnWidth(at, widest)

    def _span(self) -> None:
        """A row that is not taken says why, across all columns."""
        self.table.clearSpans()
        across = self.model.columnCount() - 1
        for at in self.model.refused:
            if across > 1:
                self.table.setSpan(at, 1, 1, across)

    def _restyle(self) -> None:
        self.table.verticalHeader().setDefaultSectionSize(self._screen.theme.row_px)
        self._fit()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.head)
        head.addWidget(self.about, 1)
        aside = QFrame()
        aside.setProperty("role", "card")
        aside.setMinimumWidth(ASIDE)
        around = QVBoxLayout(aside)
        around.setContentsMargins(14, 10, 6, 10)
        around.addWidget(scrolled(self.findings))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.table, 3)
        row.addWidget(aside, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self.tiles)
        column.addLayout(row, 1)

    def _dress_table(self) -> None:
        self.table.setProperty("role", "preview")
        self.table.setModel(self.model)
        as_rows(self.table)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        assert self.model.columns[0] == LINE
