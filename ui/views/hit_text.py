"""What a person wrote, as it was written, with the searched words marked."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent, QTextCharFormat, QTextCursor, QTextOption
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit, QWidget

from ui.plain import dressed
from ui.screen import Screen

#: A text longer than this many lines scrolls inside itself.
MOST_LINES = 14


class HitText(QTextEdit):
    """Plain text, read only, as tall as it needs to be. Never reads its text as markup."""

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._screen = screen
        self._hits: tuple[str, ...] = ()
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(2)
        dressed(self, screen.theme, self._restyle)

    def show_text(self, text: str, hits: tuple[str, ...] = ()) -> None:
        """Show `text` and mark every place where one of `hits` stands, whatever its case."""
        if text != self.toPlainText():
            self.setPlainText(text)
        self._hits = hits
        self._mark()
        self._fit()

    @property
    def marked(self) -> list[str]:
        """The pieces of text that are marked, in order."""
        return [one.cursor.selectedText() for one in self.extraSelections()]  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType, reportAttributeAccessIssue] - a field the stubs leave out

    def sizeHint(self) -> QSize:
        return QSize(200, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        line = self.fontMetrics().lineSpacing()
        edges = self.height() - self.viewport().height()
        tall = min(int(self.document().size().height()), line * MOST_LINES) + max(edges, 0) + 2
        if tall != self.height():
            self.setFixedHeight(tall)

    def _restyle(self) -> None:
        """Not a field to type in: a quiet ground, and a frame only for the focus."""
        ground, frame = (self._screen.theme.color(one).name() for one in ("sunken", "focus"))
        self.setStyleSheet(
            f"QTextEdit {{ background: {ground}; border: 2px solid {ground}; padding: 4px 6px; }}"
            f"QTextEdit:focus {{ border: 2px solid {frame}; }}"
        )
        self._fit()
        self._mark()

    def _mark(self) -> None:
        ground = QTextCharFormat()
        ground.setBackground(self._screen.theme.color("hit"))
        text = self.toPlainText().casefold()
        found = sorted(
            (at, at + len(hit)) for hit in self._hits for at in _places(text, hit.casefold())
        )
        self.setExtraSelections([self._selection(begin, end, ground) for begin, end in found])

    def _selection(self, begin: int, end: int, look: QTextCharFormat) -> QTextEdit.ExtraSelection:
        cursor = QTextCursor(self.document())
        cursor.setPosition(begin)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        one = QTextEdit.ExtraSelection()
        one.cursor, one.format = cursor, look  # pyright: ignore[reportAttributeAccessIssue] - as above
        return one


def _places(text: str, hit: str) -> list[int]:
    """Where `hit` begins in `text`, without overlaps."""
    found: list[int] = []
    at = text.find(hit) if hit else -1
    while at >= 0:
        found.append(at)
        at = text.find(hit, at + len(hit))
    return found
