"""Who sits here: in a demonstration or on a single machine another person can take the seat."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.domain.terms import Role
from app.services.queries import Operator
from ui.plain import heard, plain, said
from ui.screen import Screen

#: The centre's own people first, then the units', then who looks after the rest.
_ORDER = list(Role)


class PersonSwitch(QWidget):
    """A page for a sheet: one button per person."""

    chosen = Signal(str)
    cancelled = Signal()

    def __init__(self, screen: Screen, people: Sequence[Operator]) -> None:
        super().__init__()
        self._screen = screen
        ranked = sorted(people, key=lambda one: _ORDER.index(one.role))
        self._buttons = {one.login: self._button(one) for one in ranked if one.is_active}
        self._people = {one.login: one for one in people}
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 4, 16, 16)
        column.setSpacing(6)
        hint = plain(role="muted", wrap=True)
        said(hint, "frame.people_hint", screen.words)
        column.addWidget(hint)
        for button in self._buttons.values():
            column.addWidget(button)
        column.addStretch(1)
        heard(self, screen.words, self.retranslate)

    def first_focus(self) -> None:
        """The person after the one who sits here."""
        logins = list(self._buttons)
        if logins:
            me = self._screen.desk.me.login
            after = logins.index(me) + 1 if me in logins else 0
            self._buttons[logins[after % len(logins)]].setFocus()

    def retranslate(self) -> None:
        """Names and posts in the language of now."""
        words = self._screen.words
        for login, button in self._buttons.items():
            one = self._people[login]
            unit = self._screen.data.unit(one.unit)
            role = words.fact(str(one.role))
            told = words.say("frame.person", name=one.name, role=role)
            button.setText(f"{told}  {unit}".rstrip())

    def _button(self, one: Operator) -> QPushButton:
        button = QPushButton()
        button.setCheckable(True)
        button.setChecked(one.login == self._screen.desk.me.login)
        button.setProperty("role", "choice")
        button.clicked.connect(lambda: self.chosen.emit(one.login))
        return button
