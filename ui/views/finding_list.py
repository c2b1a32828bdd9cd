"""What was noticed in a file: rows that are not taken, what was decided while reading, columns left aside."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.services.importing import Looked, PreviewRow
from ui.plain import heard, plain
from ui.screen import Screen
from ui.views.wrapping import wrapping

#: Names told of one finding; the rest are in the rejects file or the source.
NAMES = 4
#: A count, what was counted, and the names it was noticed about; a line without a count is a heading.
Told = tuple[int | None, str, str]


def told_of(screen: Screen, found: Looked) -> Iterator[Told]:
    """Everything noticed, line by line."""
    say, join = screen.words.say, screen.words.join
    if found.reasons:
        yield None, say("import.part.rejected"), ""
    samples = {one.code: one for one in found.samples}
    for code, count in found.reasons:
        yield count, *_rejected(screen, samples[code], count)
    if found.findings:
        yield None, say("import.part.findings"), ""
    for one in found.findings:
        names = join(f"{name} {count}" for name, count in one.names[:NAMES])
        yield one.count, say(f"finding.{one.code}"), names
    if found.unused_columns:
        yield None, say("import.part.unused"), join(found.unused_columns)


def _rejected(screen: Screen, first: PreviewRow, count: int) -> tuple[str, str]:
    """Why rows are not taken, with what stood in the first of them, and where that is."""
    say = screen.words.say
    where = "import.part.line" if count == 1 else "import.part.first_line"
    why = say(f"reject.{first.code}", **screen.data.told(first.facts))
    return why, say(where, line=first.line)


class FindingList(QWidget):
    """Says that nothing was noticed where nothing was."""

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self._screen = screen
        self._found: Looked | None = None
        self._page = QWidget()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._page)
        self._column.addStretch(1)
        heard(self, screen.words, self._tell)

    @property
    def text(self) -> str:
        """All lines as they are read."""
        lines = told_of(self._screen, self._found) if self._found else ()
        return "\n".join(" ".join(str(part) for part in line if part) for line in lines)

    def show_found(self, found: Looked | None) -> None:
        """Show what was noticed in another file."""
        self._found = found
        self._tell()

    def _tell(self) -> None:
        old, self._page = self._page, QWidget()
        self._column.replaceWidget(old, self._page)
        old.deleteLater()
        grid = QGridLayout(self._page)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        lines = list(told_of(self._screen, self._found)) if self._found else []
        if self._found and not lines:
            grid.addWidget(wrapping(self._screen.words.say("import.part.none"), role="muted"), 0, 1)
        for row, line in enumerate(lines):
            _lay(grid, row, line)


def _lay(grid: QGridLayout, row: int, line: Told) -> None:
    count, text, names = line
    cell = QVBoxLayout()
    cell.setSpacing(0)
    cell.addWidget(wrapping(text, role="" if count is not None else "heading"))
    if names:
        cell.addWidget(wrapping(names, role="small", selectable=True))
    if count is None:
        cell.setContentsMargins(0, 8 if row else 0, 0, 0)
        grid.addLayout(cell, row, 0, 1, 2)
        return
    number = plain(f"{count:,}", role="muted")
    grid.addWidget(number, row, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
    grid.addLayout(cell, row, 1)
