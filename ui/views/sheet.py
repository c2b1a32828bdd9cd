"""A sheet laid over the case pane of the workbench: where forms are filled in, never a dialog."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QToolButton, QVBoxLayout, QWidget

from ui.plain import dressed, heard, named, plain
from ui.theme import Theme
from ui.views.overlay import FocusKeeper, Laid
from ui.views.veil import Veil
from ui.wording import Wording

#: Where there is no pane to cover, the sheet takes this share of the width, and at least so much.
LEAST_PX = 520
SHARE = 0.46


class Sheet(QFrame):
    """Holds one form at a time. Esc and the cross close it and give the focus back.

    `left` carries each form as it is taken out, also when another one follows. `retire` sees to the end
    of a form: something it has begun may still be under way.
    """

    opened = Signal()
    closed = Signal()
    left = Signal(object)

    def __init__(
        self,
        host: QWidget,
        words: Wording,
        theme: Theme,
        fallback: Callable[[], None],
        retire: Callable[[QWidget], None],
    ) -> None:
        super().__init__(host)
        self._host, self._words, self._retire = host, words, retire
        self._title_key = "frame.sheet"
        self._content: QWidget | None = None
        self._focus = FocusKeeper(fallback)
        self.setProperty("role", "sheet")
        self._title = plain(role="title")
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head(theme))
        column.addWidget(self._area, 1)
        self._veil = Veil()
        self._covered: QWidget | None = None
        self._behind: Callable[[], QWidget | None] = lambda: None
        self._laid = Laid(self, host, self._place)
        heard(self, words, self.retranslate)
        self.hide()

    @property
    def content(self) -> QWidget | None:
        """The form that is open."""
        return self._content

    @property
    def title_key(self) -> str:
        """The words above the form that is open; empty while none is."""
        return self._title_key if self._content is not None else ""

    def cover(self, pane: QWidget | None, behind: Callable[[], QWidget | None]) -> None:
        """Take exactly the place of `pane` while it can be seen, wherever its splitter puts it.

        While it cannot, `behind` says what lies under the sheet. What is covered takes no focus.
        """
        self._covered, self._behind = pane, behind
        if pane is not None:
            self._laid.follow(pane)

    def show_content(self, title_key: str, content: QWidget) -> None:
        """Lay `content` open under a title; what was open before is closed without a word."""
        if self._content is None:
            self._focus.keep(self)
        self._take_out()
        self._content, self._title_key = content, title_key
        self._area.setWidget(content)
        content.show()
        self.retranslate()
        self.show()
        self._laid.lay()
        self.opened.emit()

    def close_sheet(self) -> None:
        """Put the sheet away; the focus goes back to where it was."""
        if self._content is None:
            return
        self.hide()
        self._veil.lift()
        self._take_out()
        self.closed.emit()
        self._focus.give_back()

    def retranslate(self) -> None:
        """The title in the language of now."""
        title = self._words.say(self._title_key)
        self._title.setText(title)
        self.setAccessibleName(title)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc that nobody inside wanted closes the sheet; Home and End lead to its top and its bottom."""
        bar = self._area.verticalScrollBar()
        ends = {Qt.Key.Key_Home: bar.minimum(), Qt.Key.Key_End: bar.maximum()}
        if event.key() == Qt.Key.Key_Escape:
            self.close_sheet()
        elif event.key() in ends:
            bar.setValue(ends[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def _head(self, theme: Theme) -> QHBoxLayout:
        cross = named(QToolButton(), "frame.close", self._words)
        cross.setProperty("role", "quiet")
        cross.clicked.connect(self.close_sheet)
        dressed(cross, theme, lambda: cross.setIcon(theme.icon("close")))
        row = QHBoxLayout()
        row.setContentsMargins(16, 10, 10, 6)
        row.addWidget(self._title, 1)
        row.addWidget(cross)
        return row

    def _take_out(self) -> None:
        if self._content is not None:
            old = self._area.takeWidget()
            self._content = None
            self.left.emit(old)
            self._retire(old)

    def _place(self, host: QRect) -> QRect:
        pane = self._covered
        is_there = pane is not None and pane.isVisible()
        self._veil.over(pane if is_there else self._behind())
        if pane is not None and is_there:
            return QRect(pane.mapTo(self._host, QPoint(0, 0)), pane.size())
        width = min(max(LEAST_PX, round(host.width() * SHARE)), host.width())
        return QRect(host.right() - width + 1, host.top(), width, host.height())
