"""A box with a short list under it: units and places are chosen here by digit, initials or name."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.plain import heard, named
from ui.screen import Screen
from ui.views.choices import Choice, ChoiceList, digit_of
from ui.views.ime_edit import ImeEdit
from ui.views.overlay import Laid
from ui.views.reveal import reveal

Key = Qt.Key
#: Rows shown under the box.
ROWS = 6

#: Ways of losing the focus after which one is back where one was.
_COMING_BACK = frozenset({Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason})

Rows = Callable[[], Sequence[Choice]]
Find = Callable[[str], Sequence[Choice]]


class NamePicker(QWidget):
    """The box shows the name that was chosen; typing over it searches. `entered` asks to move on.

    `words_key` begins the keys of its words (`.box`, `.placeholder`, `.list`); `offers` are shown before
    anything is typed, `find` makes the rows of a query, `name` says a code.
    """

    chosen = Signal(str)
    entered = Signal()

    def __init__(
        self,
        screen: Screen,
        words_key: str,
        offers: Rows,
        find: Find,
        name: Callable[[str], str],
    ) -> None:
        super().__init__()
        self._screen, self._key = screen, words_key
        self._offers, self._find, self._name = offers, find, name
        self._value = ""
        self._page: QWidget = self
        self._laid: Laid | None = None
        self._said: QWidget | None = None
        self.box = named(ImeEdit(), f"{words_key}.box", screen.words)
        self.list = named(ChoiceList(screen.theme), f"{words_key}.list", screen.words)
        self.list.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.box)
        layout.addWidget(self.list)
        self.setFocusProxy(self.box)
        self.box.on_key = self._key_pressed
        self.box.queried.connect(self._show)
        self.box.installEventFilter(self)
        self.list.installEventFilter(self)
        self.list.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.list.chosen.connect(self._choose)
        heard(self, screen.words, self.retranslate)

    @property
    def value(self) -> str:
        """The code chosen, or nothing."""
        return self._value

    @property
    def is_blank(self) -> bool:
        """Whether nothing was chosen."""
        return not self._value

    def set_value(self, code: str) -> None:
        """Show `code` as chosen, without telling anybody."""
        self._value = code
        self.box.setText(self._name(code) if code else "")
        self.box.setCursorPosition(0)

    @property
    def kept(self) -> str:
        """The code chosen, for a draft."""
        return self._value

    def restore(self, kept: str) -> None:
        """Take what a draft kept, as if it were chosen now."""
        if kept != self._value:
            self.set_value(kept)
            self.chosen.emit(kept)

    def refresh(self) -> None:
        """The offers may be others now."""
        if self.list.isVisible():
            self._show()

    def retranslate(self) -> None:
        """Say everything in the language in use."""
        self.box.setPlaceholderText(self._screen.words.say(f"{self._key}.placeholder"))
        self.set_value(self._value)

    def take_focus(self) -> None:
        """To the box."""
        self.box.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The list is open while one is at it."""
        if event.type() is QEvent.Type.FocusIn and watched is self.box:
            self._open()
        elif isinstance(event, QFocusEvent) and event.lostFocus():
            self._close_if_left(event.reason())
        return super().eventFilter(watched, event)

    def lay_over(self, page: QWidget) -> None:
        """Let the list open over `page`, in which the box lies, so that nothing there moves."""
        self._page = page
        self.list.setParent(page)
        self.list.setProperty("role", "over")
        self.list.hide()
        self._laid = Laid(self.list, page, self._place)
        self._laid.follow(self.box)
        if self._said is not None:
            self._laid.follow(self._said)

    def leave_readable(self, said: QWidget) -> None:
        """Let the list open below `said`, which stands right under the box when there is something to say."""
        self._said = said
        if self._laid is not None:
            self._laid.follow(said)

    def take_number(self, number: int) -> bool:
        """Choose the row of that digit, from wherever the focus is; whether there is one."""
        if not self.list.isVisible():
            self._show()
        return self.list.choose_number(number)

    @property
    def _is_searching(self) -> bool:
        query = self.box.query
        return bool(query.strip()) and query != (self._name(self._value) if self._value else "")

    def _show(self) -> None:
        searching = self._is_searching
        rows = self._find(self.box.query) if searching else self._offers()
        self.list.show_rows(rows, point=searching)
        shown = min(len(rows), ROWS)
        self.list.stand(max(shown, 1))
        self.list.setVisible(shown > 0 and self._is_at)
        if self._laid is not None and self.list.isVisible():
            self._laid.lay()

    def _place(self, page: QRect) -> QRect:
        """Under the box, or above it where the page ends before the list would."""
        box, tall = self.box.rect(), self.list.height()
        at = self.box.mapTo(self._page, QPoint(0, 0))
        below = at.y() + box.height()
        if self._said is not None and self._said.isVisible():
            below = self._said.mapTo(self._page, self._said.rect().bottomLeft()).y() + 1
        top = below if below + tall <= page.bottom() else max(at.y() - tall, 0)
        return QRect(at.x(), top, box.width(), tall)

    @property
    def _is_at(self) -> bool:
        return self.box.hasFocus() or self.list.hasFocus()

    def _open(self) -> None:
        self.box.selectAll()
        self._show()
        reveal(self)

    def _close_if_left(self, why: Qt.FocusReason) -> None:
        """What was typed and not chosen goes, and that is said; but not while one looks at another window."""
        if self._is_at:
            return
        self.list.hide()
        if why not in _COMING_BACK:
            typed = self.box.text().strip() if self._is_searching else ""
            self.set_value(self._value)
            if typed:
                self._screen.toast("picker.not_chosen", {"text": typed})

    def _key_pressed(self, event: QKeyEvent) -> bool:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return modifiers == Qt.KeyboardModifier.NoModifier and self._plain_key(event)

    def _plain_key(self, event: QKeyEvent) -> bool:
        if digit_of(event):
            return self.list.choose_number(digit_of(event))
        match event.key():
            case Key.Key_Down | Key.Key_Up:
                by = 1 if event.key() == Key.Key_Down else -1
                self.list.step(by if self.list.currentIndex().isValid() else 1)
            case Key.Key_Return | Key.Key_Enter:
                self._enter()
            case Key.Key_Tab if self._is_searching and self.list.currentIndex().isValid():
                self._enter()
            case Key.Key_Escape if self._is_searching:
                self.set_value(self._value)
                self.box.selectAll()
            case _:
                return False
        return True

    def _enter(self) -> None:
        """Take the current row, if one is looked at; move on when nothing is."""
        looking = self.list.currentIndex().isValid()
        if not (looking and self.list.choose_current()):
            self.entered.emit()

    def _choose(self, code: str) -> None:
        self.set_value(code)
        self.list.clearSelection()
        self._show()
        self.chosen.emit(code)
        self.entered.emit()
