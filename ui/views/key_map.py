"""Where a person gives the verbs other keys: all of them in a list, found by typing, the chosen one in a card."""

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.key_rules import shown
from ui.picker_index import Entry, NameIndex
from ui.plain import button, dressed, heard, keyed, named, plain, said
from ui.screen import Screen
from ui.sentences import LANGUAGES, sentences
from ui.verbs import BY_NAME, VERBS, Menu, Verb
from ui.views.ime_edit import ImeEdit
from ui.views.key_card import KeyCard
from ui.views.key_list import KeyList, KeyRow
from ui.views.wrapping import wrapping

Key = Qt.Key
#: Rows a page of the list is moved by.
PAGE = 8
#: Rows of the list that stay in sight, however small the window.
LEAST_ROWS = 3
_STEPS = {Key.Key_Down: 1, Key.Key_Up: -1, Key.Key_PageDown: PAGE, Key.Key_PageUp: -PAGE}


class KeyMapPage(QWidget):
    """A page for a sheet. What is changed is in force at once."""

    cancelled = Signal()

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self._screen, self._keymap = screen, screen.keymap
        self._undone: dict[str, list[str]] = {}
        words = screen.words
        self.box = named(ImeEdit(), "frame.key_map.box", words)
        self.list = named(KeyList(screen.theme), "frame.key_map.list", words)
        self.card = KeyCard(screen)
        self._none = plain(role="muted")
        self.all_back = button("frame.key_map.all_back", words, self._all_back)
        self.take_back = button("frame.key_map.take_back", words, self._take_back, role="quiet")
        self._lay_out()
        self.box.on_key = self._on_key
        self.box.queried.connect(lambda: self._show())
        self.list.selectionModel().currentChanged.connect(self._point)
        self.list.doubleClicked.connect(self.card.begin)
        self.card.done.connect(self.box.setFocus)
        heard(self, words, self.retranslate)
        keyed(self, screen.keymap, self.retranslate)
        dressed(self, screen.theme, self._restyle)

    def first_focus(self) -> None:
        """To where one types."""
        self.box.setFocus()

    def retranslate(self) -> None:
        """Names in the language of now, keys as they are now."""
        say = self._screen.words.say
        self.box.setPlaceholderText(say("frame.key_map.box_hint"))
        self._none.setText(say("frame.key_map.nothing"))
        self._index = NameIndex.of(self._entry(verb) for verb in VERBS)
        self.all_back.setEnabled(bool(self._keymap.own()))
        self.take_back.setVisible(bool(self._undone) and not self._keymap.own())
        self._show(stays=True)

    def _restyle(self) -> None:
        """The list gives way to the card and the buttons, down to a few rows."""
        self.list.setMinimumHeight(LEAST_ROWS * self._screen.theme.row_px)

    def _show(self, *, stays: bool = False) -> None:
        query = self.box.query.strip()
        rows = list(self._found(query)) if query else list(self._every())
        self.list.show_rows(rows, stays=stays)
        self.list.setVisible(bool(rows))
        self._none.setVisible(not rows)
        self._point()

    def _every(self) -> Iterator[KeyRow]:
        for menu in Menu:
            yield KeyRow("", self._screen.words.say(f"frame.keys.{menu}"))
            yield from (self._row(verb) for verb in VERBS if verb.menu is menu)

    def _found(self, query: str) -> Iterator[KeyRow]:
        """First whose key was typed as it is written, then by name."""
        typed = "".join(query.lower().split())
        exact = [verb for verb in VERBS if typed in map(_squeezed, self._keymap.of(verb.name))]
        yield from map(self._row, exact)
        hits = (BY_NAME[hit.code] for hit in self._index.find(query))
        yield from (self._row(verb) for verb in hits if verb not in exact)

    def _row(self, verb: Verb) -> KeyRow:
        caps = tuple(shown(keys) for keys in self._keymap.of(verb.name))
        name, say = self._screen.words.say(verb.words), self._screen.words.say
        is_own = self._keymap.is_own(verb.name)
        parts = (
            name,
            *(caps or (say("frame.key_map.none"),)),
            *((say("frame.key_map.own"),) * is_own),
        )
        return KeyRow(verb.name, name, caps, is_own, self._screen.words.join(parts))

    def _entry(self, verb: Verb) -> Entry:
        names = tuple(sentences(one)[verb.words] for one in LANGUAGES)
        hints = (sentences(one)[f"{verb.words}.hint"].split() for one in LANGUAGES)
        return Entry(verb.name, names, tuple(word for each in hints for word in each))

    def _point(self) -> None:
        self.card.setVisible(bool(self.list.current))
        if self.list.current:
            self.card.show_verb(self.list.current)

    def _on_key(self, event: QKeyEvent) -> bool:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        key = Key(event.key())
        if key in _STEPS:
            self.list.step(_STEPS[key])
        elif key in (Key.Key_Return, Key.Key_Enter) and self.list.current:
            self.card.begin()
        else:
            return False
        return True

    def _all_back(self) -> None:
        self._undone = self._keymap.own()
        self._keymap.choose({})
        self.take_back.setFocus()

    def _take_back(self) -> None:
        undone, self._undone = self._undone, {}
        self._keymap.choose(undone)
        self.box.setFocus()

    def _lay_out(self) -> None:
        hint = wrapping(role="muted")
        said(hint, "frame.key_map.hint", self._screen.words)
        below = QHBoxLayout()
        for one in (self.all_back, self.take_back):
            one.setAutoDefault(True)
        below.addWidget(self.all_back)
        below.addWidget(self.take_back)
        below.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 4, 16, 16)
        column.setSpacing(8)
        column.addWidget(hint)
        column.addWidget(self.box)
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self._none.setAlignment(Qt.AlignmentFlag.AlignTop)
        column.addWidget(self._none, 1)
        column.addWidget(self.list, 1)
        column.addWidget(self.card)
        column.addLayout(below)


def _squeezed(keys: str) -> str:
    return "".join(shown(keys).lower().split())
