"""What is seen of a desk at which nobody sits: at the last change neither person could sit down."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ui.plain import button, dressed, heard, plain, said
from ui.screen import Screen
from ui.views.laying import card_column, in_the_middle
from ui.views.opening import Trouble, why_unopened
from ui.views.wrapping import wrapping

#: The width of the card beside text of the base size (pixels).
CARD_PX = 560


class Vacant(QWidget):
    """`tried` when the person asks for another try, `left` when he gives up. No other key does anything."""

    tried = Signal()
    left = Signal()

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self._screen = screen
        self._no: Trouble | None = None
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title, self._why = plain(role="title"), wrapping(role="refused")
        self.again = button("frame.vacant.again", screen.words, self.tried.emit, role="primary")
        self.leave = button("frame.vacant.leave", screen.words, self.left.emit)
        self._card = QFrame()
        self._lay_out()
        heard(self, screen.words, self.retranslate)
        dressed(self, screen.theme, self._restyle)

    @property
    def why(self) -> str:
        """What kept them from sitting down, in words."""
        return self._why.text()

    def begin(self, no: Trouble) -> None:
        """Nobody sits here now, because of that."""
        self._no = no
        self.retranslate()
        self.again.setFocus()

    def retranslate(self) -> None:
        """Everything in the language of now."""
        words = self._screen.words
        self._title.setText(words.say("frame.vacant.title"))
        self._why.setText(why_unopened(words, self._no) if self._no is not None else "")
        self.setAccessibleName(f"{self._title.text()} {self._why.text()}".strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The buttons have their own keys; nothing else is done here."""
        event.accept()

    def _restyle(self) -> None:
        self._card.setFixedWidth(self._screen.theme.scaled(CARD_PX))

    def _lay_out(self) -> None:
        told = wrapping()
        said(told, "frame.vacant.told", self._screen.words)
        ways = QHBoxLayout()
        ways.addWidget(self.again)
        ways.addWidget(self.leave)
        ways.addStretch(1)
        column = card_column(self._card, 12)
        for widget in (self._title, self._why, told):
            column.addWidget(widget)
        column.addSpacing(8)
        column.addLayout(ways)
        in_the_middle(self, self._card)
