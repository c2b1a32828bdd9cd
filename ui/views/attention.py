"""Own acts that the centre did not take: each waits here until a person decides what becomes of it."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.services.queries import Attention
from ui.plain import button, plain, said
from ui.screen import Screen

#: What can become of an act: decided anew, kept as a note, or dropped.
WAYS = ("again", "note", "drop")


class AttentionPage(QWidget):
    """A page for a sheet: the acts, newest last, each with the ways to settle it."""

    settled = Signal(str, str)
    opened = Signal(str)
    cancelled = Signal()

    def __init__(self, screen: Screen, acts: tuple[Attention, ...]) -> None:
        super().__init__()
        self._screen, self._has_acts = screen, bool(acts)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 4, 16, 16)
        self._column.setSpacing(10)
        hint = plain(role="muted", wrap=True)
        said(hint, "frame.attention_hint" if acts else "frame.attention_none", screen.words)
        self._column.addWidget(hint)
        for act in acts:
            self._column.addWidget(self._card(act))
        self._column.addStretch(1)

    def first_focus(self) -> None:
        """The first thing that can be pressed; without one the page itself takes Esc."""
        if self._has_acts:
            self.focusNextChild()
            return
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocus()

    def _card(self, act: Attention) -> QWidget:
        words = self._screen.words
        card = QFrame()
        card.setProperty("role", "card")
        column = QVBoxLayout(card)
        head = words.say("frame.attention_line", kind=act.kind, number=act.number, at=act.at)
        column.addWidget(plain(head, role="heading", wrap=True))
        column.addWidget(plain(words.say(self._why(act)), role="muted", wrap=True))
        row = QHBoxLayout()
        for way in WAYS if act.can_be_note else (WAYS[0], WAYS[-1]):
            role = "danger" if way == "drop" else ""
            row.addWidget(
                button(f"frame.attention_{way}", words, self._settling(act, way), role=role)
            )
        row.addStretch(1)
        column.addLayout(row)
        return card

    def _why(self, act: Attention) -> str:
        """The more exact of the two reasons that the centre gave, if there are words for it."""
        exact = f"frame.why_not.{act.facts.get('said', '')}"
        return exact if self._screen.words.knows(exact) else f"frame.why_not.{act.why}"

    def _settling(self, act: Attention, way: str) -> Callable[[], None]:
        return lambda: self.settled.emit(act.cmd_id, way)
