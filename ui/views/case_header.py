"""The head of the pane: number, title, where the case stands, and the clock by which it is listed."""

from collections.abc import Iterator
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.domain.case import Case
from app.domain.clocks import Ledger
from app.domain.deadlines import due_first
from app.domain.terms import CaseStatus, Clock, Stage
from app.services.queries import CaseView, Onlookers, QueueRow
from ui.countdown import Countdown, Urgency, held, sentence
from ui.models.case_title import whole_title
from ui.models.clock_lines import ClockText
from ui.models.row_clock import halt_of
from ui.models.row_text import row_of
from ui.plain import plain
from ui.screen import Screen
from ui.views.flow import flowing
from ui.views.pill import Pill

#: So many of those who have the same case open are named.
NAMED = 3
_STAGED = frozenset({Stage.RETURNED, Stage.SIGN, Stage.DISPOSAL})


class CaseHeader(QWidget):
    """Shows a row at once, and the whole view when it has come."""

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._screen = screen
        self._view: CaseView | None = None
        self._text: ClockText | None = None
        self._number = plain(role="muted", selectable=True)
        self._state, self._marks = plain(role="heading"), plain(role="small")
        self._others, self._about, self._onlookers = plain(role="small"), "", Onlookers()
        self._title = plain(role="title", wrap=True, selectable=True)
        self._nearest = plain(role="muted", wrap=True)
        self.pill = Pill(screen)
        words, flow = flowing(gap=10)
        for label in (self._state, self._number, self._marks, self._others):
            flow.addWidget(label)
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(words, 1)
        top.addWidget(self.pill, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addLayout(top)
        column.addWidget(self._title)
        column.addWidget(self._nearest)

    @property
    def spoken(self) -> str:
        """The whole head as text."""
        labels = (self._number, self._state, self._marks, self._others, self._title, self._nearest)
        return " ".join(label.text() for label in labels if label.text())

    def show_row(self, row: QueueRow) -> None:
        """What the list knows already."""
        self._view = self._text = None
        self._say(row)
        self._nearest.setText("")
        self.pill.show_countdown(Countdown(Urgency.NONE))

    def show_view(self, view: CaseView, text: ClockText, now: datetime) -> None:
        """The whole of it."""
        self._view, self._text = view, text
        self._say(row_of(view)._replace(title=whole_title(view.dossier.case)))
        self.tick(now)

    def show_onlookers(self, onlookers: Onlookers) -> None:
        """Who else has a case open; said while that case is shown here."""
        self._onlookers = onlookers
        self._say_others()

    def tick(self, now: datetime) -> None:
        """Say how the clock stands by which the case is listed."""
        if self._view is None or self._text is None:
            return
        ledger = due_first(self._view.ledgers)
        if ledger is None:
            self.pill.show_countdown(Countdown(Urgency.NONE))
            _put(self._nearest, self._screen.words.say("case.no_clock"))
            return
        halt = halt_of(self._view.dossier.case.status, self._screen.desk.me.role)
        shown = held(self._text.countdown(ledger, now), halt)
        self.pill.show_countdown(shown)
        _put(self._nearest, self._told(self._text, ledger, shown))

    def _told(self, text: ClockText, ledger: Ledger, shown: Countdown) -> str:
        say = self._screen.words.say
        facts = {
            "clock": text.name(ledger),
            "told": sentence(shown, say),
            "due": text.due(ledger),
        }
        if shown.urgency is Urgency.PAUSED and ledger.clock is Clock.K1V:
            officer = text.on.open_verification and text.on.open_verification.officer
            who = self._screen.data.person(officer or "") or say("case.any_officer")
            return say("case.held_due", who=who, **facts)
        return say("case.nearest_due", **facts)

    def _say_others(self) -> None:
        is_about_it = self._onlookers.case_id == self._about
        logins = self._onlookers.logins if is_about_it else ()
        names = [self._screen.data.person(one) for one in dict.fromkeys(logins)]
        who = self._screen.words.join(names[:NAMED])
        key = "case.looking" if len(logins) == len(names) else "case.looking_seats"
        key = "case.looking_many" if len(names) > NAMED else key
        said = self._screen.words.say(key, who=who, n=len(logins)) if names else ""
        _put(self._others, said)

    def _say(self, row: QueueRow) -> None:
        say = self._screen.words.say
        self._about = row.id
        self._say_others()
        self._number.setText(row.number)
        self._title.setText(row.title or say("queue.no_title"))
        self._state.setText(say(state_key(row)))
        found = (
            ("case.hazard", row.safety_hazard),
            ("case.keep_secret", row.keep_secret),
            ("case.unsent", row.is_unsent),
        )
        marks = [say(key) for key, holds in found if holds]
        self._marks.setText(" · ".join([*marks, *self._held(row.holder)]))

    def _held(self, holder: str) -> Iterator[str]:
        if holder == self._screen.desk.me.login:
            yield self._screen.words.say("case.held_here")
        elif holder:
            yield self._screen.words.say("case.held", who=self._screen.data.person(holder))


def state_key(row: QueueRow | Case) -> str:
    """The words for how a case stands; under way, its stage says more than its state."""
    if row.status is CaseStatus.DISPATCHED and row.stage in _STAGED:
        return f"case.stage.{row.stage}"
    return f"case.status.{row.status}"


def _put(label: QLabel, text: str) -> None:
    if label.text() != text:
        label.setText(text)
