"""One verb and its keys under the hand: a new key is pressed, judged, and given in place of the old or beside it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from ui.key_rules import is_bare
from ui.plain import announce, button, heard, keyed, plain
from ui.screen import Screen
from ui.verbs import BY_NAME
from ui.views.flow import flowing
from ui.views.key_catch import KeyCatch
from ui.views.wrapping import wrapping
from ui.why_not import No


class KeyCard(QFrame):
    """The verb that `show_verb` named. `done` when the hand may go back to the list."""

    done = Signal()

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self._screen, self._keymap = screen, screen.keymap
        self._verb = ""
        self._told: tuple[str, No | None] = ("", None)
        self.setProperty("role", "card")
        self.catch = KeyCatch(screen)
        self._title, self._usual = plain(role="heading"), plain(role="small")
        self.verdict = wrapping(role="muted")
        words = screen.words
        self.replace = button("frame.key_map.replace", words, lambda: self._give(beside=False))
        self.beside = button("frame.key_map.beside", words, lambda: self._give(beside=True))
        self.bare = button("frame.key_map.drop_bare", words, self._drop_bare)
        self.reset = button("frame.key_map.reset", words, self._reset)
        self._lay_out()
        self.catch.caught.connect(self._judge)
        self.catch.entered.connect(self._enter)
        self.catch.left.connect(self.leave)
        self.catch.listening.connect(self._tell)
        heard(self, words, self._show)
        keyed(self, screen.keymap, self._show)

    def show_verb(self, name: str) -> None:
        """Show a verb; what was caught for another is forgotten."""
        if name != self._verb:
            self._verb = name
            self.catch.forget()
            self._say("")
        self._show()

    def begin(self) -> None:
        """Listen for a key."""
        self.catch.forget()
        self._say("")
        self._show()
        self.catch.setFocus()

    def leave(self) -> None:
        """Listen no more; nothing was given."""
        self.catch.forget()
        self._say("")
        self._show()
        self.done.emit()

    @property
    def _no(self) -> No | None:
        return self._keymap.why_not(self._verb, self.catch.keys)

    @property
    def _can(self) -> bool:
        return bool(self.catch.keys) and self._no is None

    def _judge(self) -> None:
        keys = self.catch.keys
        if not keys:
            self._say("")
        elif self._no is not None:
            self._say("", self._no)
        elif self._screen.keymap.of(self._verb) == (keys,):
            self._say("frame.key_map.has")
        else:
            self._say("frame.key_map.free_bare" if is_bare(keys) else "frame.key_map.free")
        self._show()

    def _enter(self) -> None:
        if self._can:
            self._give(beside=False)

    def _give(self, *, beside: bool) -> None:
        no = self._keymap.give(self._verb, self.catch.keys, beside=beside)
        self.catch.forget()
        self._end("frame.key_map.given", no)

    def _drop_bare(self) -> None:
        self._keymap.drop_bare(self._verb)
        self._end("frame.key_map.given", None)

    def _reset(self) -> None:
        self._end("frame.key_map.given", self._keymap.reset(self._verb))

    def _end(self, key: str, no: No | None) -> None:
        self._say("" if no else key, no)
        self._show()
        if no is None:
            self.done.emit()

    def _say(self, key: str, no: No | None = None) -> None:
        self._told = (key, no)
        self._tell()
        if key or no is not None:
            announce(self, self.verdict.text())

    def _tell(self) -> None:
        """The verdict in words; a no is red, a yes green."""
        key, no = self._told
        say, keys = self._screen.words.say, self._keymap.text(self._verb) if self._verb else ""
        if no is not None:
            verb = no.facts.get("verb", "")
            told = {**no.facts, "verb": say(BY_NAME[verb].words) if verb else ""}
            self.verdict.setText(say(no.key, **told))
        else:
            key = key or ("frame.key_map.wait" if self.catch.hasFocus() else "")
            self.verdict.setText(say(key, keys=keys) if key else "")
        role = "refused" if no else "done" if self._told[0] else "muted"
        if self.verdict.property("role") != role:
            self.verdict.setProperty("role", role)
            self.verdict.style().unpolish(self.verdict)
            self.verdict.style().polish(self.verdict)

    def _show(self) -> None:
        if not self._verb:
            return
        say, name = self._screen.words.say, self._verb
        self._title.setText(say(BY_NAME[name].words))
        usual = self._keymap.usual_text(name) or say("frame.key_map.none")
        self._usual.setText(say("frame.key_map.usual", keys=usual))
        self._usual.setVisible(self._keymap.is_own(name))
        self.replace.setEnabled(self._can)
        self.beside.setEnabled(self._can and bool(self._keymap.of(name)))
        self.bare.setEnabled(bool(self._keymap.bare(name) and self._keymap.twins(name)))
        self.reset.setEnabled(self._keymap.is_own(name))
        self._tell()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self._title)
        top.addStretch(1)
        top.addWidget(self._usual)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.catch)
        column.addWidget(self.verdict)
        row, flow = flowing(self)
        for one in (self.replace, self.beside, self.bare, self.reset):
            one.setAutoDefault(True)
            flow.addWidget(one)
        column.addWidget(row)
