"""Own acts that the centre did not take: each waits here until a person decides what becomes of it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.services.left_here import SeatReport
from app.services.queries import Attention
from ui.plain import plain, said
from ui.screen import Screen
from ui.views.attention_card import AttentionCard
from ui.views.blank import Blank
from ui.views.seat_notes import SeatNotes


class AttentionPage(QWidget):
    """A page for a sheet: a card for each act, newest last. `settled` with a command, how, and the reason;
    `reopened` with an act that is to be taken in again, `opened` with a case to look at. Around them what else a
    supervisor should know of this seat; `exported` when it is to be written down for him.
    """

    settled = Signal(str, str, str)
    reopened = Signal(object)
    opened = Signal(str)
    exported = Signal()
    cancelled = Signal()

    def __init__(self, screen: Screen, acts: Sequence[Attention], report: SeatReport) -> None:
        super().__init__()
        self.notes = SeatNotes(screen, report)
        self.notes.exported.connect(self.exported)
        self.cards = tuple(AttentionCard(screen, act) for act in acts)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 4, 16, 16)
        column.setSpacing(10)
        if not acts and self.notes.is_empty:
            blank = Blank(screen, "done")
            blank.tell("frame.attention_none", "frame.attention_none_hint")
            column.addWidget(blank, 1)
            return
        if acts:
            hint = plain(role="muted", wrap=True)
            said(hint, "frame.attention_hint", screen.words)
            column.addWidget(hint)
        for card in self.cards:
            column.addWidget(card)
            card.settled.connect(self.settled)
            card.reopened.connect(self.reopened)
            card.opened.connect(self.opened)
        column.addWidget(self.notes)
        column.addStretch(1)

    @property
    def ids(self) -> tuple[str, ...]:
        """The commands shown."""
        return tuple(card.act.cmd_id for card in self.cards)

    @property
    def is_busy(self) -> bool:
        """Whether a reason is being written, which a change of the page would lose."""
        return any(card.is_dropping for card in self.cards)

    def first_focus(self) -> None:
        """The likeliest way of the first act; without one the page itself takes Esc."""
        if self.cards:
            self.cards[0].take_focus()
            return
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocus()
