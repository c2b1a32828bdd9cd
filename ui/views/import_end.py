"""Last step of an import: numbers that add up, how it ended, and where the rows lie that were not taken."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.services.importing import ImportReport
from ui.plain import button, dressed, heard, plain
from ui.screen import Screen
from ui.views.finding_list import FindingList
from ui.views.laying import scrolled
from ui.views.tiles import Tile, Tiles
from ui.views.wrapping import wrapping

ICON_PX = 28
FINISHED = "FINISHED"


class EndStep(QWidget):
    """Shows an ImportReport."""

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self._screen = screen
        self._report: ImportReport | None = None
        self._icon = plain()
        self.title, self.told = plain(role="title"), wrapping(role="muted", selectable=True)
        self.tiles = Tiles(screen)
        self.rejects = RejectsLine(screen)
        self.findings = FindingList(screen)
        self._lay_out()
        heard(self, screen.words, self.retranslate)
        dressed(self, screen.theme, self._restyle)

    def show_report(self, report: ImportReport | None) -> None:
        """Show what became of another file."""
        self._report = report
        self.findings.show_found(report)
        self.rejects.show_about(report)
        self.retranslate()
        self._restyle()

    def take_focus(self) -> None:
        """There is nothing to fill in: the buttons below are next."""
        self.focusNextChild()

    def retranslate(self) -> None:
        """In the language in use."""
        report, say = self._report, self._screen.words.say
        if report is None:
            return
        key = "import.ended.TRIAL" if report.is_dry_run else f"import.ended.{report.ending}"
        self.title.setText(say(key, file=report.file))
        told = "import.ending." + str(report.ending)
        self.told.setText(say(told, seconds=f"{report.seconds:.1f}"))
        self.tiles.show_tiles(_numbers(report))

    def _restyle(self) -> None:
        theme, report = self._screen.theme, self._report
        is_whole = report is None or report.ending == FINISHED
        icon, ink = ("done", "done") if is_whole else ("attention", "refused")
        self._icon.setPixmap(theme.icon(icon, ink, ICON_PX).pixmap(ICON_PX))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._icon)
        head.addWidget(self.title, 1)
        card = QFrame()
        card.setProperty("role", "card")
        around = QVBoxLayout(card)
        around.setContentsMargins(14, 10, 6, 10)
        around.addWidget(scrolled(self.findings))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self.told)
        column.addWidget(self.tiles)
        column.addWidget(self.rejects)
        column.addWidget(card, 1)


def _numbers(report: ImportReport) -> tuple[Tile, ...]:
    """Rows = new + there already + not taken + not reached."""
    new = "import.tile.would" if report.is_dry_run else "import.tile.imported"
    return (
        Tile(new, report.imported, role="done"),
        Tile("import.tile.already", report.already, "+"),
        Tile("import.tile.rejected", report.rejected, "+", role="refused"),
        Tile("import.tile.left", report.left, "+", role="refused"),
        Tile("import.tile.rows", report.rows, "="),
    )


class RejectsLine(QWidget):
    """Where the rows lie that were not taken, and two ways to get there."""

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self._screen = screen
        self.file: Path | None = None
        self._left_out = 0
        self.told = wrapping(selectable=True)
        self.copy = button("import.rejects.copy", screen.words, self.copy_path)
        self.open = button("import.rejects.open", screen.words, self.open_folder)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.told, 1)
        row.addWidget(self.open)
        row.addWidget(self.copy)
        heard(self, screen.words, self.retranslate)

    def show_about(self, report: ImportReport | None) -> None:
        """Where they lie, that there are none, or that a trial only counted them."""
        self.file = report.rejects_file if report is not None else None
        self._left_out = report.rejected if report is not None else 0
        self.retranslate()

    def retranslate(self) -> None:
        """In the language in use."""
        way = "trial" if self._left_out else "none"
        key = f"import.rejects.{way}" if self.file is None else "import.rejects.file"
        self.told.setText(self._screen.words.say(key, path=str(self.file)))
        for one in (self.copy, self.open):
            one.setVisible(self.file is not None)

    def copy_path(self) -> None:
        """The path to the clipboard."""
        QGuiApplication.clipboard().setText(str(self.file))
        self._screen.toast("import.rejects.copied", {}, "done")

    def open_folder(self) -> None:
        """The folder in the system's own window."""
        if self.file is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.file.parent.absolute())))
