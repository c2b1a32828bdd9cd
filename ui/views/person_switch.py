"""Who sits here: in a demonstration or on a single machine another person can take the seat."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.terms import Role
from app.services.queries import Operator
from ui.picker_index import Entry, NameIndex
from ui.plain import heard, named, plain, said
from ui.screen import Screen
from ui.views.choices import Choice, ChoiceList, digit_of
from ui.views.ime_edit import ImeEdit

Key = Qt.Key
#: The centre's own people first, then the units', then who looks after the rest.
_ORDER = list(Role)
#: Rows a page of the list is moved by.
PAGE = 8


class PersonSwitch(QWidget):
    """A page for a sheet: the people, narrowed by what one types; Return takes the one pointed at.

    Found by name, initials, login, post or unit. `chosen` carries a login.
    """

    chosen = Signal(str)
    cancelled = Signal()

    def __init__(self, screen: Screen, people: Sequence[Operator]) -> None:
        super().__init__()
        self._screen = screen
        ranked = sorted(people, key=lambda one: _ORDER.index(one.role))
        self._people = {one.login: one for one in ranked if one.is_active}
        self.box = named(ImeEdit(), "frame.people_box", screen.words)
        self.list = named(ChoiceList(screen.theme), "frame.people_list", screen.words)
        self.list.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.box.on_key = self._on_key
        self.box.queried.connect(self._show)
        self.list.chosen.connect(self.chosen)
        self._lay_out()
        heard(self, screen.words, self.retranslate)

    def first_focus(self) -> None:
        """To where one types; the person after the one who sits here is pointed at."""
        logins = list(self._people)
        me = self._screen.desk.me.login
        after = logins.index(me) + 1 if me in logins else 0
        if logins:
            self._point(after % len(logins))
        self.box.setFocus()

    def retranslate(self) -> None:
        """Names and posts in the language of now."""
        self.box.setPlaceholderText(self._screen.words.say("frame.people_box"))
        self._index = NameIndex.of(self._entry(one) for one in self._people.values())
        self._show()

    def _show(self, _query: str = "") -> None:
        query = self.box.query.strip()
        if not query:
            self.list.show_rows([self._row(one) for one in self._people.values()])
            return
        hits = self._index.find(query)
        self.list.show_rows([self._row(self._people[hit.code]) for hit in hits])

    def _entry(self, one: Operator) -> Entry:
        words, unit = self._screen.words, self._screen.data.unit(one.unit)
        also = (one.login, words.fact(str(one.role)), *((unit,) if unit else ()))
        return Entry(one.login, (one.name,), also)

    def _row(self, one: Operator) -> Choice:
        words, data = self._screen.words, self._screen.data
        sits = one.login == self._screen.desk.me.login
        note = words.say("frame.people_here") if sits else ""
        where = " ".join(part for part in (words.fact(str(one.role)), data.unit(one.unit)) if part)
        return Choice(one.login, one.name, where, note)

    def _on_key(self, event: QKeyEvent) -> bool:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if digit_of(event):
            return self.list.choose_number(digit_of(event))
        if event.key() in (Key.Key_Return, Key.Key_Enter):
            return self.list.choose_current()
        at = self._place_after(Key(event.key()))
        if at is None:
            return False
        self._point(at)
        return True

    def _place_after(self, key: Key) -> int | None:
        """The row a key leads to from the one pointed at; None when it leads nowhere."""
        at, last = self.list.currentIndex().row(), len(self.list.rows) - 1
        places: Mapping[Key, int] = {
            Key.Key_Down: at + 1,
            Key.Key_Up: at - 1,
            Key.Key_PageDown: at + PAGE,
            Key.Key_PageUp: at - PAGE,
            Key.Key_Home: 0,
            Key.Key_End: last,
        }
        return max(0, min(places[key], last)) if key in places and last >= 0 else None

    def _point(self, at: int) -> None:
        self.list.setCurrentIndex(self.list.model().index(at, 0))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 4, 16, 16)
        column.setSpacing(6)
        hint = plain(role="muted", wrap=True)
        said(hint, "frame.people_hint", self._screen.words)
        column.addWidget(hint)
        column.addWidget(self.box)
        column.addWidget(self.list, 1)
