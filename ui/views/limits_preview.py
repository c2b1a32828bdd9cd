"""The clocks that will run: what each allows, until when, and by which text."""

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from app.domain.clocks import Ledger
from app.domain.policy import Policy
from ui.models.clock_lines import clock_words, limit_words
from ui.plain import plain
from ui.screen import Screen
from ui.views.class_card import source_words
from ui.views.wrapping import wrapping

#: Between when a clock is due and what it allows.
GAP = "   "


class LimitsPreview(QWidget):
    """One line per clock: name, due instant, limit; under it source, article and origin."""

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self._screen = screen
        self._clocks: tuple[Ledger, ...] = ()
        self._policy: Policy | None = None
        self._labels: list[QLabel] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(1)
        self._grid.setColumnStretch(1, 1)
        screen.words.changed.connect(self._retell)

    @property
    def text(self) -> str:
        """Everything shown, line by line."""
        return "\n".join(label.text() for label in self._labels)

    def tell(self, clocks: Sequence[Ledger], policy: Policy) -> None:
        """Show other clocks, under the edition that judges them."""
        if tuple(clocks) != self._clocks or policy is not self._policy:
            self._clocks, self._policy = tuple(clocks), policy
            self._retell()

    def _retell(self) -> None:
        for label in self._labels:
            self._grid.removeWidget(label)
            label.deleteLater()
        self._labels = []
        for row, ledger in enumerate(self._clocks):
            self._put(2 * row, ledger)
        if not self._clocks:
            self._add(wrapping(self._screen.words.say("form.limits.none"), role="small"), 0, 0, 2)

    def _put(self, row: int, ledger: Ledger) -> None:
        words = self._screen.words
        self._add(plain(clock_words(words, ledger), role="heading"), row, 0)
        self._add(wrapping(GAP.join((self._due(ledger), limit_words(words, ledger)))), row, 1)
        self._add(wrapping(self._source(ledger), role="small"), row + 1, 1)

    def _due(self, ledger: Ledger) -> str:
        if ledger.due is None:
            return self._screen.words.say("clock.due_unknown")
        key = "clock.due_provisional" if ledger.provisional else "clock.due"
        return self._screen.words.say(key, due=ledger.due)

    def _source(self, ledger: Ledger) -> str:
        if self._policy is None:
            return ""
        told = source_words(self._screen, self._policy, ledger.source, ledger.article)
        return f"{told} · {self._screen.words.say(f'clock.origin.{ledger.origin}')}"

    def _add(self, label: QLabel, row: int, column: int, span: int = 1) -> None:
        self._labels.append(label)
        self._grid.addWidget(label, row, column, 1, span)
        label.show()
