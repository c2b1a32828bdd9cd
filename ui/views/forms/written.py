"""What is written in a form: edits that know when they are empty, and words that write themselves."""

from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtGui import QFocusEvent, QTextCursor
from PySide6.QtWidgets import QSizePolicy

from app.domain.lengths import LONGEST_TEXT
from ui.views.ime_edit import ImeEdit, ImeText

#: Lines of a field for words that show at once.
ROWS = 3
PADDING = 20


class Line(ImeEdit):
    """One line of text, of at most so many characters (0: as many as anybody likes)."""

    def __init__(self, most: int = 0) -> None:
        super().__init__()
        self.most = most

    @property
    def length(self) -> int:
        """How much was written."""
        return len(self.text().strip())

    @property
    def is_blank(self) -> bool:
        """Whether nothing was given."""
        return not self.text().strip()

    @property
    def kept(self) -> str:
        """The text, also what an input method still holds."""
        return self.query

    def restore(self, kept: str) -> None:
        """Take what a draft kept."""
        self.setText(kept)

    def take_focus(self) -> None:
        """Put the cursor where one begins."""
        self.setFocus()


class Lines(ImeText):
    """A few lines of text; Return moves on. One that grows takes what height its form has to give."""

    most = LONGEST_TEXT

    def __init__(self, rows: int = ROWS, *, is_growing: bool = False) -> None:
        super().__init__()
        self._rows = rows
        self._is_prepared = False
        policy = QSizePolicy.Policy.Expanding
        self.setSizePolicy(policy, policy if is_growing else QSizePolicy.Policy.Fixed)

    def setPlainText(self, text: str) -> None:
        """Prepared words: they show from their beginning, and whoever comes to them goes on at their end."""
        super().setPlainText(text)
        self._is_prepared = True
        if self.hasFocus():
            self._to_end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A click puts the cursor itself; later it stands where it was left."""
        super().focusInEvent(event)
        if self._is_prepared:
            self._to_end()

    def _to_end(self) -> None:
        self._is_prepared = False
        self.moveCursor(QTextCursor.MoveOperation.End)

    def sizeHint(self) -> QSize:
        """As high as its lines, whatever the size of the letters."""
        return QSize(200, self.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """The same: a form scrolls rather than squeeze its words."""
        return QSize(120, self._rows * self.fontMetrics().lineSpacing() + PADDING)

    @property
    def text(self) -> str:
        """What was written, without blanks around it."""
        return self.toPlainText().strip()

    @property
    def length(self) -> int:
        """How much was written."""
        return len(self.text)

    @property
    def is_blank(self) -> bool:
        """Whether nothing was given."""
        return not self.text

    @property
    def kept(self) -> str:
        """The text, also what an input method still holds."""
        return self.query

    def restore(self, kept: str) -> None:
        """Take what a draft kept."""
        self.setPlainText(kept)

    def take_focus(self) -> None:
        """Put the cursor where one begins."""
        self.setFocus()


class SelfWritten(Lines):
    """Words that write themselves until somebody changes them; then one `moving` part still follows."""

    def __init__(self, rows: int = ROWS) -> None:
        super().__init__(rows)
        self._offered = self._moving = ""

    def offer(self, text: str, moving: str = "") -> None:
        """What to say as things stand now, and the part of it that has to stay true.

        A person's own words stay, but for that part, wherever it still stands in them as it was.
        """
        if self.text in ("", self._offered):
            self._offered = text.strip()
            self.setPlainText(self._offered)
        else:
            self._move(self._moving, moving)
        self._moving = moving or self._moving

    @property
    def kept(self) -> Any:
        """A person's own words and the part that follows; nothing while they write themselves."""
        if self.query.strip() == self._offered:
            return ""
        return {"text": self.query, "moving": self._moving}

    def restore(self, kept: Any) -> None:
        """A person's own words, if there were any, with what has to be true by now."""
        if isinstance(kept, str):
            self.setPlainText(kept)  # from before it wrote itself
        elif kept:
            self.setPlainText(kept["text"])
            self._move(kept["moving"], self._moving)

    def _move(self, was: str, now: str) -> None:
        if was and now and was != now and was in self.text:
            self.setPlainText(self.text.replace(was, now))
