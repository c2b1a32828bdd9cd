"""The reporter of a case in clear, for a while: a watermark over it, a countdown beside it, and then it is gone."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from app.domain.calendar import LOCAL
from app.services.envelope import Sealed
from ui.clipboard import PERSONAL
from ui.plain import button, heard, plain, said
from ui.screen import Screen
from ui.views.watermark import Watermark
from ui.views.wrapping import at_ease

#: How often it is looked whether the time is over (milliseconds).
LOOK_MS = 1_000
_PARTS = ("name", "phone", "id_number", "numbers")
_FLAGS = Qt.TextInteractionFlag
_BY_HAND = _FLAGS.TextSelectableByMouse | _FLAGS.TextSelectableByKeyboard


class ClearPerson(QFrame):
    """Hidden and empty but between `show_person` and `conceal`; `left` when the focus was in it and has to go on."""

    left = Signal()

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._screen = screen
        self._person: Sealed | None = None
        self._from = self._until = screen.desk.now()
        self.setProperty("role", "person")
        self._left = plain(role="small")
        self.hide_now = button("case.clear.mask", screen.words, self.conceal, role="soft")
        self._names = {name: plain(role="muted") for name in _PARTS}
        self.values = {name: _value() for name in _PARTS}
        self._lay_out()
        self._mark = Watermark(screen.theme, self)
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)
        heard(self, screen.words, self.retranslate)
        self.hide()

    @property
    def is_clear(self) -> bool:
        """Whether anybody is to be seen."""
        return self._person is not None

    @property
    def countdown(self) -> str:
        """The countdown, in words."""
        return self._left.text()

    @property
    def watermark(self) -> str:
        """What is written over it."""
        return self._mark.text

    @property
    def spoken(self) -> str:
        """All of it as text."""
        told = (self.values[name].accessibleName() for name in _PARTS if self._has(name))
        return " ".join((self.accessibleName(), *told))

    def show_person(self, person: Sealed, stays: timedelta) -> None:
        """Show who it is, for so long."""
        desk = self._screen.desk
        self._person, self._from = person, desk.now()
        self._until = self._from + stays
        at = self._from.astimezone(LOCAL).strftime("%Y-%m-%d %H:%M")
        self._mark.write(f"{desk.me.login}  {at}")
        self._timer.start()
        self.retranslate()
        self.show()
        self._mark.raise_()

    def conceal(self) -> None:
        """Let nothing of the person be here any more."""
        if self._person is None:
            return
        focus = QApplication.focusWidget()
        is_left = self.isVisible() and focus is not None and self.isAncestorOf(focus)
        self._person = None
        self._timer.stop()
        self._mark.write("")
        self.retranslate()
        self.hide()
        if is_left:
            self.left.emit()

    def look(self) -> None:
        """Whether the time is over; a clock that went back ends it too."""
        now = self._screen.desk.now()
        if self._from <= now < self._until:
            self._say_left(now)
        else:
            self.conceal()

    def take_focus(self) -> None:
        """To what is copied most: the number, or whatever there is."""
        shown = [self.values[name] for name in ("phone", *_PARTS) if self._has(name)]
        next(iter(shown), self.hide_now).setFocus()

    def retranslate(self) -> None:
        """Everything in the language in use."""
        say = self._screen.words.say
        self.setAccessibleName(say("case.clear"))
        for name, text in self._told():
            label, value = self._names[name], self.values[name]
            label.setText(say(f"case.clear.{name}"))
            value.setText(text)
            value.setAccessibleName(
                say("case.clear.read", name=label.text(), value=text) if text else ""
            )
            for one in (label, value):
                one.setVisible(bool(text))
        self._say_left(self._screen.desk.now())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The watermark covers all of it."""
        super().resizeEvent(event)
        self._mark.setGeometry(self.rect())

    def _has(self, name: str) -> bool:
        return bool(self.values[name].text())

    def _told(self) -> Iterator[tuple[str, str]]:
        """What is shown of each part; numbers only where there are any."""
        one, words = self._person, self._screen.words
        if one is None:
            yield from ((name, "") for name in _PARTS)
            return
        for name in ("name", "phone", "id_number"):
            yield name, getattr(one, name) or words.say("case.clear.none")
        yield "numbers", words.join(number for _, number in one.numbers)

    def _say_left(self, now: datetime) -> None:
        seconds = max(0, round((self._until - now).total_seconds()))
        minutes, rest = divmod(seconds, 60)
        told = self._screen.words.say("case.clear.left", minutes=minutes, seconds=rest)
        self._left.setText(told if self.is_clear else "")

    def _lay_out(self) -> None:
        head = plain(role="heading")
        said(head, "case.clear", self._screen.words)
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(head)
        top.addWidget(self._left, 1)
        top.addWidget(self.hide_now)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(1, 1)
        for row, name in enumerate(_PARTS):
            grid.addWidget(self._names[name], row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self.values[name], row, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 6, 10, 8)
        column.setSpacing(4)
        column.addLayout(top)
        column.addLayout(grid)


def _value() -> QLabel:
    """Words that keys and mouse can copy; whoever watches the clipboard knows them for what they are."""
    value = at_ease(plain(role="clear", wrap=True))
    value.setTextInteractionFlags(_BY_HAND)
    value.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    value.setProperty(PERSONAL, True)  # noqa: FBT003 - a property of Qt
    return value
