"""The clocks of a case: a line for each with what is left and where the limit comes from, its ledger below."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from app.domain.clocks import Ledger, off_hours
from ui.countdown import full
from ui.models.clock_lines import ClockText, in_order
from ui.plain import TARGET_PX, named, plain, tip
from ui.screen import Screen
from ui.views.clock_bar import ClockBar
from ui.views.pill import Pill

_RIGHT, _DOWN = Qt.ArrowType.RightArrow, Qt.ArrowType.DownArrow


class ClockCard(QWidget):
    """One clock."""

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._screen = screen
        self._text: ClockText | None = None
        self._ledger: Ledger | None = None
        self._told = ""
        self.toggle = named(QToolButton(), "clock.toggle", screen.words)
        self.toggle.setProperty("role", "quiet")
        self.toggle.setArrowType(_RIGHT)
        self.toggle.setFixedSize(TARGET_PX, TARGET_PX)
        self.toggle.setStyleSheet("padding: 0;")
        self.toggle.setCheckable(True)
        self.toggle.toggled.connect(self._on_toggled)
        self._pill = Pill(screen)
        self._name, self._due = plain(wrap=True), plain(role="muted")
        self._source = plain(role="small", wrap=True)
        self._bar = ClockBar(screen)
        self._ledger_box = QWidget()
        self._lines = QGridLayout(self._ledger_box)
        self._lines.setContentsMargins(0, 0, 0, 4)
        self._lines.setHorizontalSpacing(14)
        self._lines.setVerticalSpacing(2)
        self._lines.setColumnStretch(0, 2)
        self._lines.setColumnStretch(2, 3)
        self._ledger_box.hide()
        self._lay_out()

    def _lay_out(self) -> None:
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
        top = QGridLayout()
        top.setHorizontalSpacing(8)
        top.setVerticalSpacing(2)
        top.setColumnStretch(0, 1)
        top.addWidget(self._name, 0, 0)
        top.addWidget(self._pill, 0, 1, right)
        top.addWidget(self._source, 1, 0)
        top.addWidget(self._due, 1, 1, right)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addLayout(top)
        column.addWidget(self._bar)
        column.addWidget(self._ledger_box)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 4)
        row.setSpacing(4)
        row.addWidget(self.toggle, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)

    def show_clock(self, text: ClockText, ledger: Ledger, now: datetime) -> None:
        """Show another clock."""
        self._text, self._ledger = text, ledger
        self._name.setText(text.name(ledger))
        self._due.setText(text.due(ledger))
        self._source.setText(text.source(ledger))
        self.tick(now)
        self._draw(now)
        if self.toggle.isChecked():
            self._fill(now)

    def tick(self, now: datetime) -> None:
        """Say what is left now; the chart is redrawn only when the minute changed."""
        if self._text is None or self._ledger is None:
            return
        shown = self._text.countdown(self._ledger, now)
        self._pill.show_countdown(shown)
        minute = f"{shown.urgency}{now:%H%M}"
        if minute != self._told and self._ledger.stopped is None:
            self._told = minute
            self._draw(now)

    @property
    def spoken(self) -> str:
        """The clock as a sentence."""
        return f"{self._name.text()} {self._pill.accessibleName()} {self._due.text()}"

    def _draw(self, now: datetime) -> None:
        if self._text is None or self._ledger is None:
            return
        say = self._screen.words.say
        shown = self._text.countdown(self._ledger, now)
        off = off_hours(
            self._ledger, self._text.calendar(self._ledger), self._ledger.stopped or now
        )
        self._bar.show_ledger(self._ledger, off, shown.urgency, now)
        self._bar.setAccessibleName(say("clock.bar", name=self._name.text()))
        self._bar.setAccessibleDescription(full(shown, say))
        self._bar.setToolTip(tip(say("clock.bar_hint")))

    def _on_toggled(self, is_open: bool) -> None:  # noqa: FBT001 - Qt's signature
        self.toggle.setArrowType(_DOWN if is_open else _RIGHT)
        if is_open:
            self._fill(self._screen.desk.now())
        self._ledger_box.setVisible(is_open)

    def _fill(self, now: datetime) -> None:
        if self._text is None or self._ledger is None:
            return
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:  # pyright: ignore[reportUnnecessaryComparison] - an item may be a gap
                widget.deleteLater()
        for row, one in enumerate(self._text.stretches(self._ledger, now)):
            role = "" if one.runs else "muted"
            self._lines.addWidget(plain(one.why, role=role, wrap=True), row, 0)
            self._lines.addWidget(plain(one.span, role=role), row, 1)
            self._lines.addWidget(plain(one.note, role="small", wrap=True), row, 2)
        code = self._screen.words.say("clock.calendar", calendar=self._ledger.calendar)
        self._lines.addWidget(plain(code, role="small"), self._lines.rowCount(), 0, 1, 3)


class ClockList(QWidget):
    """All clocks of a case, those still going first."""

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._screen = screen
        self._cards: list[ClockCard] = []
        self._shown = 0
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)

    @property
    def cards(self) -> list[ClockCard]:
        """The cards in use, top to bottom."""
        return self._cards[: self._shown]

    def show_clocks(self, text: ClockText, ledgers: Sequence[Ledger], now: datetime) -> None:
        """Show these clocks and no others."""
        ordered = in_order(ledgers, now)
        while len(self._cards) < len(ordered):
            self._cards.append(ClockCard(self._screen, self))
            self._column.addWidget(self._cards[-1])
        self._shown = len(ordered)
        for card, ledger in zip(self._cards, ordered, strict=False):
            card.show_clock(text, ledger, now)
        for at, card in enumerate(self._cards):
            card.setVisible(at < self._shown)

    def collapse(self) -> None:
        """Close every ledger, as another case comes."""
        for card in self._cards:
            card.toggle.setChecked(False)

    def tick(self, now: datetime) -> None:
        """A second has passed."""
        for card in self.cards:
            card.tick(now)
