"""Early warnings as rows: gravest and least answered first, each with its clock and how urgent it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.domain.calendar import local_date
from app.domain.case import EarlyWarning
from app.domain.clocks import Ledger, measure
from app.domain.moment import Setting
from app.domain.policy import Policy
from app.domain.terms import Clock
from app.domain.warnings import LEVELS, RAISED, STANDING, clocks_of, is_shelved
from app.services.watched import Known
from ui.countdown import amount
from ui.models.warning_text import WarningText

#: What the list is narrowed to, in the order of the buttons.
STATES = ("STANDING", "RAISED", "SHELVED", "OVER")


@dataclass(frozen=True, slots=True)
class Row:
    """What is read of one warning; `tone` colours its clock."""

    known: Known
    level: str
    what: str
    where: str
    count: str
    since: str
    state: str
    clock: str
    tone: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        """In the order of the columns."""
        return self.level, self.what, self.where, self.count, self.since, self.state, self.clock


@dataclass(frozen=True, slots=True)
class WarningRows:
    """Says warnings as rows in the language in use."""

    text: WarningText
    setting: Setting

    def rows(self, known: Iterable[Known], now: datetime) -> list[Row]:
        """In the order in which they want to be dealt with."""
        return [self._row(one, now) for one in sorted(known, key=lambda one: _order(one, now))]

    def _row(self, known: Known, now: datetime) -> Row:
        one, say = known.warning, self.text.words.say
        clock, tone = self._clock(one, now)
        return Row(
            known,
            say("warning.rank", level=self.text.level(one), scope=self.text.scope(one)),
            self.text.what(one),
            self.text.where(one),
            say("case.warning.count", n=one.count),
            say("warning.at", at=one.raised_at),
            say(f"warning.state.{'SHELVED' if is_shelved(one, now) else one.status}"),
            clock,
            tone,
        )

    def _clock(self, one: EarlyWarning, now: datetime) -> tuple[str, str]:
        """What is to be done next and how long there is for it; nothing once it is over."""
        for ledger in self.ledgers(one):
            if ledger.stopped is None and ledger.due is not None and one.status in STANDING:
                key = "plan" if ledger.matter.startswith("PLAN") else "hear"
                seconds = int((ledger.due - now).total_seconds())
                told = amount(abs(seconds), self.text.words.say)
                late = "late" if seconds < 0 else "left"
                say = self.text.words.say(f"warning.clock.{key}_{late}", time=told)
                return say, "breached" if seconds < 0 else ""
        return "", ""

    def ledgers(self, one: EarlyWarning) -> Sequence[Ledger]:
        """The clocks of a warning (K13), that of hearing of it first."""
        policy = policy_of(self.setting, one)
        calendar = self.setting.calendar(policy)
        found = clocks_of(one, policy)
        return [measure(Clock.K13, about, terms, span, calendar) for about, terms, span in found]


def policy_of(setting: Setting, one: EarlyWarning) -> Policy:
    """The edition of the day on which it was raised."""
    return setting.editions.judging(local_date(one.raised_at)).policy


def _order(known: Known, now: datetime) -> tuple[bool, bool, int, float]:
    one = known.warning
    is_over = one.status not in STANDING
    rest = is_shelved(one, now) or one.status != RAISED
    return is_over, rest, -LEVELS.index(one.level), -one.raised_at.timestamp()


def fits(known: Known, state: str, level: str, now: datetime) -> bool:
    """Whether a warning is one of those asked for; '' is every level."""
    one = known.warning
    if level and one.level != level:
        return False
    stands, shelved = one.status in STANDING, is_shelved(one, now)
    return {
        "STANDING": stands and not shelved,
        "RAISED": stands and not shelved and one.status == RAISED,
        "SHELVED": stands and shelved,
        "OVER": not stands,
    }[state]
