"""First step of an import: an unfinished one to go on with, a place for the file, and what is understood."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.services.importing import Format
from ui.import_trace import Unfinished
from ui.plain import TARGET_PX, button, heard, named, plain, said
from ui.screen import Screen
from ui.views.drop_area import DropArea
from ui.views.flow import flowing
from ui.views.forms.written import Line
from ui.views.laying import scrolled
from ui.views.wrapping import LEAST_WIDTH, wrapping


class ChooseStep(QWidget):
    """`given` with a path, `choosing` for the chooser, `resumed` and `dropped` about what was unfinished."""

    given = Signal(str)
    choosing = Signal()
    resumed = Signal()
    dropped = Signal()

    def __init__(self, screen: Screen, formats: Sequence[Format]) -> None:
        super().__init__()
        self._screen = screen
        self.path = named(Line(), "import.path", screen.words)
        self.area = DropArea(screen, self.path)
        self.area.given.connect(self.given)
        self.area.choosing.connect(self.choosing)
        self.unfinished = UnfinishedCard(screen)
        self.unfinished.resumed.connect(self.resumed)
        self.unfinished.dropped.connect(self.dropped)
        self.trouble = wrapping(role="refused")
        self.trouble.hide()
        body = QWidget()
        inside = QVBoxLayout(body)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(10)
        inside.addWidget(self.unfinished)
        inside.addWidget(self.area, 1)
        inside.addWidget(self.trouble)
        for part in self._formats(formats):
            inside.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scrolled(body))
        heard(self, screen.words, self._hint)

    def take_focus(self) -> None:
        """To what was left unfinished, or to where the path is typed."""
        if self.unfinished.isHidden():
            self.path.take_focus()
        else:
            self.unfinished.go_on.setFocus()

    def _hint(self) -> None:
        self.path.setPlaceholderText(self._screen.words.say("import.path.placeholder"))

    def _formats(self, formats: Sequence[Format]) -> tuple[QWidget, ...]:
        title, note, cards = plain(role="heading"), wrapping(role="muted"), QWidget()
        said(title, "import.formats", self._screen.words)
        said(note, "import.begin", self._screen.words)
        row = QHBoxLayout(cards)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for one in formats:
            row.addWidget(FormatCard(self._screen, one), 1)
        return title, cards, note


class FormatCard(QFrame):
    """A kind of source: what it is, which columns it is known by, and which it may have besides."""

    def __init__(self, screen: Screen, one: Format) -> None:
        super().__init__()
        self.setProperty("role", "card")
        words = screen.words
        name, about = plain(role="heading"), wrapping(role="muted")
        said(name, f"import.kind.{one.kind}", words)
        said(about, f"import.about.{one.kind}", words)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 12)
        column.setSpacing(6)
        column.addWidget(name)
        column.addWidget(about)
        for key, columns in (("import.needs", one.needed), ("import.uses", one.used)):
            if columns:
                head = plain(role="small")
                said(head, key, words)
                column.addWidget(head)
                column.addWidget(_chips(columns))
        column.addStretch(1)


def _chips(columns: Sequence[str]) -> QWidget:
    holder, flow = flowing(gap=4)
    holder.setMinimumSize(LEAST_WIDTH, TARGET_PX)  # else it claims a line for each
    for one in columns:
        flow.addWidget(plain(one, role="key"))
    return holder


class UnfinishedCard(QFrame):
    """An import that was cut short: which file, how far it came, when; to go on with or to let go."""

    resumed = Signal()
    dropped = Signal()

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self._screen = screen
        self._about: Unfinished | None = None
        self.setProperty("role", "card")
        title = plain(role="heading")
        said(title, "import.unfinished.title", screen.words)
        self.told, self._note = wrapping(), wrapping(role="small")
        said(self._note, "import.unfinished.note", screen.words)
        words = screen.words
        self.go_on = button("import.unfinished.go_on", words, self.resumed.emit, role="primary")
        self.go_on.setAutoDefault(True)
        self.let_go = button("import.unfinished.let_go", words, self.dropped.emit)
        self.let_go.setAutoDefault(True)
        row = QHBoxLayout()
        for one in (self.go_on, self.let_go):
            row.addWidget(one)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 12)
        column.setSpacing(6)
        for widget in (title, self.told, self._note):
            column.addWidget(widget)
        column.addLayout(row)
        heard(self, words, self.retranslate)
        self.hide()

    def show_about(self, about: Unfinished | None) -> None:
        """Show that import, or nothing."""
        self._about = about
        self.retranslate()
        self.setVisible(about is not None)

    def retranslate(self) -> None:
        """In the language in use."""
        if self._about is not None:
            self.told.setText(told_of(self._screen, self._about))


def told_of(screen: Screen, about: Unfinished) -> str:
    """Which file, how far it came, and when; before the first row was in, only which and when."""
    key = "import.unfinished.line" if about.total else "import.unfinished.begun"
    done, total = f"{about.done:,}", f"{about.total:,}"
    return screen.words.say(key, path=about.path, done=done, total=total, at=about.at)
