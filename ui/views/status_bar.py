"""The bar below: what was just done, what waits to go up, what needs a person, what is half-typed."""

from collections.abc import Iterator

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.services.queries import SyncState
from ui.plain import heard, named, plain
from ui.views.elided import Elided
from ui.views.key_hints import KeyHints
from ui.views.undo_strip import UndoStrip
from ui.wording import Wording

HEIGHT_PX, MARGIN_PX = 34, 3


class StatusBar(QWidget):
    """Emits the verb behind what was pressed. Trouble with the centre or the disk is told here."""

    acted = Signal(str)

    def __init__(self, words: Wording, strip: UndoStrip, hints: KeyHints) -> None:
        super().__init__()
        self._words = words
        self.hints = hints
        self._state = SyncState(online=True)
        self._drafts = 0
        self._away = ""
        self.setProperty("role", "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._trouble = Elided("refused")
        self._waiting = plain(role="muted")
        self._attention = self._button("attention", "verb.attention")
        self._draft_button = self._button("drafts", "verb.drafts")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, MARGIN_PX, 12, MARGIN_PX)
        row.setSpacing(14)
        row.addWidget(strip)
        row.addWidget(self._trouble)
        row.addWidget(hints, 1)
        for widget in (self._waiting, self._attention, self._draft_button):
            row.addWidget(widget)
        heard(self, words, self.retranslate)

    def changeEvent(self, event: QEvent) -> None:
        """As high as its buttons, also before one comes: what lies above does not move."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._draft_button.ensurePolished()
            tall = self._draft_button.sizeHint().height() + 2 * MARGIN_PX
            self.setMinimumHeight(max(HEIGHT_PX, tall))

    def show_sync(self, state: SyncState) -> None:
        """How synchronisation goes now; being back in touch takes the trouble away."""
        self._state = state
        if state.online:
            self._away = ""
        self.retranslate()

    def show_drafts(self, number: int) -> None:
        """How much is half-typed; counted after something was written: what kept it from being is over."""
        self._drafts, self._away = number, ""
        self.retranslate()

    def show_unreachable(self, code: str) -> None:
        """The disk or the centre did not answer, and what happens next."""
        self._away = code
        self.retranslate()

    def retranslate(self) -> None:
        """Everything in the language of now."""
        state, say = self._state, self._words.say
        self._trouble.tell(self._trouble_text())
        self._trouble.setVisible(bool(self._trouble_code or self._standing))
        going = list(self._going())
        self._waiting.setText("　".join(going))
        self._waiting.setVisible(bool(going))
        self._attention.setText(say("frame.attention", n=state.attention))
        self._attention.setVisible(state.attention > 0)
        self._draft_button.setText(say("frame.drafts", n=self._drafts))
        self._draft_button.setVisible(self._drafts > 0)

    def _going(self) -> Iterator[str]:
        """What is on its way between this desk and the centre."""
        state, say = self._state, self._words.say
        if state.filled < state.to_fill:
            yield say("frame.filling", filled=state.filled, to_fill=state.to_fill)
        elif state.waiting:
            yield say("frame.waiting", n=state.waiting)
        if state.files:
            yield say("frame.waiting_files", n=state.files)

    @property
    def _standing(self) -> str:
        """The key of what stays true until somebody sees to it, such as damage that was met; or nothing."""
        key = f"frame.standing.{self._state.standing}"
        return key if self._words.knows(key) else ""

    @property
    def _trouble_code(self) -> str:
        """What keeps the centre, or the disk, from being reached; or nothing."""
        return self._away or ("" if self._state.online else self._state.code)

    def _trouble_text(self) -> str:
        if self._standing and not self._away:
            return self._words.say(self._standing)
        key = f"frame.unreachable.{self._trouble_code}"
        return self._words.say(key if self._words.knows(key) else "frame.unreachable")

    def _button(self, verb: str, name: str) -> QPushButton:
        button = named(QPushButton(), name, self._words)
        button.setProperty("role", "quiet")
        button.clicked.connect(lambda: self.acted.emit(verb))
        return button
