"""Beside the intake form: cases of the same number and place, what filing still asks for, the deadlines."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.domain.case import ENDED, Case
from app.domain.policy import Policy
from app.services.foresee import Foresight
from ui.plain import heard, named, plain, said
from ui.screen import Screen
from ui.views.beside_card import BesideCard
from ui.views.choices import Choice, ChoiceList
from ui.views.limits_preview import LimitsPreview
from ui.views.needs_list import NeedsList
from ui.views.same_place import SamePlace
from ui.views.trigger_note import TriggerNote
from ui.views.wrapping import wrapping

#: Earlier cases that are listed; the count tells of the rest.
LISTED = 5


class IntakeAside(QWidget):
    """`opened` carries the id of an earlier case that was clicked."""

    opened = Signal(str)

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self._screen = screen
        self._cases: tuple[Case, ...] = ()
        self._count: int | None = None
        self.history = wrapping()
        self.list = named(ChoiceList(screen.theme), "intake.history", screen.words)
        self.list.chosen.connect(self.opened)
        self._no_number = wrapping(role="muted")
        said(self._no_number, "intake.history.wait", screen.words)
        self.triggers = TriggerNote(screen, advises=True)
        self.beside = BesideCard(screen)
        self.beside.opened.connect(self.opened)
        self.same = SamePlace(screen)
        self.same.opened.connect(self.opened)
        self.needs = NeedsList(screen)
        self.limits = LimitsPreview(screen)
        self._lay_out()
        heard(self, screen.words, self.retranslate)

    def tell_history(self, cases: Sequence[Case], count: int | None) -> None:
        """The newest cases of the same number, and how many in all; None until there is a number."""
        self._cases, self._count = tuple(cases), count
        self.retranslate()

    def tell_foresight(self, foresight: Foresight | None, policy: Policy) -> None:
        """What filing would ask for and which clocks would run; None while nothing was typed."""
        self.needs.tell(foresight.missing if foresight is not None else None)
        self.limits.tell(foresight.clocks if foresight is not None else (), policy)

    def retranslate(self) -> None:
        """Say everything in the language in use."""
        say = self._screen.words.say
        open_ = sum(one.status not in ENDED for one in self._cases)
        key = "intake.history.some" if self._count else "intake.history.none"
        self.history.setText(say(key, n=self._count or 0, open=open_))
        self.history.setVisible(self._count is not None)
        self._no_number.setVisible(self._count is None)
        self.list.show_rows([self._row(one) for one in self._cases], point=False)
        self.list.setVisible(bool(self._cases))
        self.list.stand(len(self._cases))

    def _row(self, case: Case) -> Choice:
        words = self._screen.words
        status = words.say(f"fact.{case.status}")
        return Choice(case.id, case.title, words.when(case.registered_at), status)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        cards = (
            ("intake.triggers", (self.triggers,)),
            ("intake.history", (self.history, self._no_number, self.list)),
            ("intake.beside", (self.beside,)),
            ("intake.same", (self.same,)),
            ("intake.needs", (self.needs,)),
            ("intake.limits", (self.limits,)),
        )
        for key, widgets in cards:
            card = self._card(key, widgets)
            layout.addWidget(card)
            if self.triggers in widgets:
                self.triggers.noticed.connect(card.setVisible)
                card.setVisible(False)
        layout.addStretch(1)

    def _card(self, key: str, widgets: Sequence[QWidget]) -> QFrame:
        card, heading = QFrame(), plain(role="heading")
        card.setProperty("role", "card")
        said(heading, key, self._screen.words)
        column = QVBoxLayout(card)
        column.setContentsMargins(14, 10, 14, 12)
        column.setSpacing(6)
        for widget in (heading, *widgets):
            column.addWidget(widget)
        return card
