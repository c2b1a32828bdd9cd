"""What is seen while one person gets up and another sits down: who comes, and that it is under way."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QProgressBar, QWidget

from ui.plain import dressed, heard, plain
from ui.screen import Screen
from ui.views.laying import card_column, in_the_middle

#: The width of the card beside text of the base size, and the height of the bar (pixels).
CARD_PX, BAR_PX = 420, 6


class Changing(QWidget):
    """Has the keys and does nothing with them: they are meant for a screen that is not there yet."""

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self._screen = screen
        self._login = ""
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._title = plain(role="title", wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(BAR_PX)
        self._card = QFrame()
        self._lay_out()
        heard(self, screen.words, self.retranslate)
        dressed(self, screen.theme, self._restyle)

    @property
    def told(self) -> str:
        """What is said."""
        return self._title.text()

    def begin(self, login: str) -> None:
        """That person is about to sit down."""
        self._login = login
        self.retranslate()
        self._bar.setRange(0, 0)  # it moves, as nobody knows how long it takes
        self.setFocus()

    def end(self) -> None:
        """Nothing moves where nobody sees it."""
        self._bar.setRange(0, 1)

    def retranslate(self) -> None:
        """Who comes, in the language of now."""
        name = self._screen.data.person(self._login)
        self._title.setText(self._screen.words.say("frame.changing", name=name))
        self.setAccessibleName(self._title.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Nothing is done before somebody sits here."""
        event.accept()

    def _restyle(self) -> None:
        self._card.setFixedWidth(self._screen.theme.scaled(CARD_PX))

    def _lay_out(self) -> None:
        column = card_column(self._card, 16)
        column.addWidget(self._title)
        column.addWidget(self._bar)
        in_the_middle(self, self._card)
