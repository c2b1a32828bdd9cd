"""Beside the intake form: cases in the same words, why they are held for the same, and what may be done about it."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.duplicates import Advice, Proposal
from ui.plain import announce, button, heard, named, silent_button
from ui.screen import Screen
from ui.verdicts import Verdicts
from ui.views.beside_text import advised, can_be_taken, row_of, why
from ui.views.choices import ChoiceList
from ui.views.flow import flowing
from ui.views.wrapping import wrapping

#: Cases that are listed; the count tells of the rest.
LISTED = 3
#: After so many decisions it is told how often they were followed.
TOLD_FROM = 5


class BesideCard(QWidget):
    """`opened` with the id of a case to be looked at, `taken` and `denied` with the proposal that is meant.

    The one meant is the one the cursor is on, else the first.
    """

    opened = Signal(str)
    taken = Signal(object)
    denied = Signal(object)

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self._screen = screen
        self._found: tuple[Proposal, ...] | None = None
        self._narrative, self._count, self._taken = "", 0, 0
        words = screen.words
        self.told, self.why, self.record = (
            wrapping(),
            wrapping(role="muted"),
            wrapping(role="muted"),
        )
        self.list = named(ChoiceList(screen.theme), "intake.beside", words)
        self.take_it = silent_button(self.take, role="soft")
        self.look = button("intake.beside.open", words, self.open, role="soft")
        self.deny_it = button("intake.beside.deny", words, self.deny, role="soft")
        self._deeds, flow = flowing(gap=6)
        for one in (self.take_it, self.look, self.deny_it):
            flow.addWidget(one)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (self.told, self.list, self.why, self._deeds, self.record):
            column.addWidget(widget)
        self.list.chosen.connect(self.opened)
        self.list.pointed.connect(self._explain)
        heard(self, words, self.retranslate)

    @property
    def text(self) -> str:
        """What it says of what it found."""
        return f"{self.told.text()}\n{self.why.text()}" if self.meant else self.told.text()

    @property
    def deeds(self) -> Mapping[str, Callable[[], None]]:
        """What keys do here, by the names that the form has for them."""
        return {"look": self.open, "join": self.take, "other": self.deny}

    @property
    def shown(self) -> frozenset[str]:
        """The ids of the cases that are listed."""
        return frozenset(one.case.id for one in (self._found or ())[:LISTED])

    @property
    def meant(self) -> Proposal | None:
        """The proposal that a key would be about."""
        found = self._found or ()
        return next(
            (one for one in found if one.case.id == self.list.current), next(iter(found), None)
        )

    def tell(self, found: Sequence[Proposal] | None, narrative: str) -> None:
        """The cases beside a report of these words, None while it has none."""
        now = None if found is None else tuple(found)
        if (now, narrative) != (self._found, self._narrative):
            is_news = bool(now) and _ids(now) != _ids(self._found)
            self._found, self._narrative = now, narrative
            self.retranslate()
            if is_news:
                announce(self, self.text)

    def take_away(self, one: Proposal) -> None:
        """Show it no more."""
        rest = [each for each in self._found or () if each.case.id != one.case.id]
        self.tell(rest, self._narrative)

    def tell_record(self, verdicts: Verdicts) -> None:
        """How often what was proposed here was followed."""
        self._count, self._taken = verdicts.count, verdicts.taken
        self.retranslate()

    def open(self) -> None:
        """Look at the one that is meant."""
        if self.meant is not None:
            self.opened.emit(self.meant.case.id)

    def take(self) -> None:
        """Follow the proposal that is meant."""
        if self.meant is not None and can_be_taken(self.meant):
            self.taken.emit(self.meant)

    def deny(self) -> None:
        """It is not the same."""
        if self.meant is not None:
            self.denied.emit(self.meant)

    def retranslate(self) -> None:
        """Say everything in the language in use."""
        found, words = self._found, self._screen.words
        advice = next((one.advice for one in found or ()), None)
        key = "wait" if found is None else "none" if advice is None else str(advice)
        self.told.setText(words.say(f"intake.beside.{key}", n=len(found or ())))
        is_grave = advice in (Advice.REFUSE, Advice.MERGE)
        _dress(self.told, "heading" if is_grave else "muted" if found is None else "")
        rows = [row_of(words, self._narrative, one) for one in (found or ())[:LISTED]]
        self.list.show_rows(rows, point=False)
        self.list.stand(len(rows))
        for widget in (self.list, self.why, self._deeds):
            widget.setVisible(bool(rows))
        self._explain()
        share = round(100 * self._taken / self._count) if self._count else 0
        self.record.setText(words.say("intake.beside.record", n=self._count, share=share))
        self.record.setVisible(bool(rows) and self._count >= TOLD_FROM)

    def _explain(self, _code: str = "") -> None:
        one, words = self.meant, self._screen.words
        if one is None:
            return
        self.why.setText(
            f"{why(words, self._narrative, one, self._screen.desk.now())}\n{advised(words, one)}"
        )
        self.take_it.setVisible(can_be_taken(one))
        if can_be_taken(one):
            self.take_it.setText(words.say(f"intake.beside.take.{one.advice}"))


def _ids(found: Sequence[Proposal] | None) -> list[str]:
    return [one.case.id for one in found or ()]


def _dress(label: QWidget, role: str) -> None:
    if label.property("role") != role:
        label.setProperty("role", role)
        label.style().unpolish(label)
        label.style().polish(label)
