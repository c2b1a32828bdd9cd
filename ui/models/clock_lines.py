"""A ledger as it is read: how the clock stands, when it is due, where its limit comes from, what paused it."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from app.domain.bases import basis_at
from app.domain.calendar import Calendar
from app.domain.case import Dossier
from app.domain.clocks import RUNNING, ClockState, Ledger, Segment, left, off_hours, urgency
from app.domain.counting import Added
from app.domain.emergencies import STEPS
from app.domain.moment import Setting
from app.domain.policy import Policy
from app.domain.terms import Clock
from ui.countdown import Countdown, of_ledger
from ui.names import DataNames
from ui.wording import Wording

#: Stretches shown of one ledger; a year of nights would be no help.
MOST_STRETCHES = 24
_GOING = (ClockState.RUNNING, ClockState.PAUSED, ClockState.BREACHED)


@dataclass(frozen=True, slots=True)
class Stretch:
    """One line of an opened ledger."""

    why: str
    span: str
    note: str
    runs: bool


@dataclass(frozen=True, slots=True)
class ClockText:
    """Reads the ledgers of one case under its edition and the calendars that counted it."""

    words: Wording
    data: DataNames
    policy: Policy
    setting: Setting
    on: Dossier

    @classmethod
    def of(cls, words: Wording, data: DataNames, setting: Setting, on: Dossier) -> "ClockText":
        """For the case of `on`, under the edition that judges it."""
        policy = setting.policy(on.case)
        return cls(words, data, policy, setting, on)

    def calendar(self, ledger: Ledger) -> Calendar:
        """The calendar that counts a clock, or counted it when it stopped."""
        basis = basis_at(self.on.case, ledger.stopped)
        return self.setting.calendar(self.policy, basis.calendar)

    def countdown(self, ledger: Ledger, now: datetime) -> Countdown:
        """How the clock stands at `now`."""
        calendar = self.calendar(ledger)
        return of_ledger(ledger, left(ledger, now, calendar), now, calendar)

    def name(self, ledger: Ledger) -> str:
        """Which clock, and whose."""
        name = clock_words(self.words, ledger)
        about = self._about(ledger.about)
        return f"{name} · {about}" if about else name

    def due(self, ledger: Ledger) -> str:
        """When it is due, or when it stopped."""
        say = self.words.say
        if ledger.left_as is not None:
            return say(f"clock.left_at.{ledger.left_as}", at=ledger.stopped)
        if ledger.stopped is not None:
            return say("clock.done_at", at=ledger.stopped)
        return due_words(self.words, ledger)

    def dues(self, ledgers: Iterable[Ledger]) -> dict[str, str]:
        """When each task that several units share out is due, by its id; of a case with one it says the clock."""
        tasks = {task.id for task in self.on.live_tasks}
        if len(tasks) < 2:
            return {}
        own = [one for one in ledgers if one.clock is Clock.K5 and one.about in tasks]
        return {one.about: self.due(one) for one in own if one.matter not in STEPS}

    def source(self, ledger: Ledger) -> str:
        """The limit and the text it comes from, with the article (推定 unless certain) and the origin mark."""
        parts = (self._source(ledger.source), self.article(ledger.article), self._origin(ledger))
        shared = ledger.shared and self.words.say("clock.shared", number=ledger.shared)
        told = " · ".join(part for part in (*parts, shared) if part)
        limit = limit_words(self.words, ledger)
        return self.words.say("clock.source_line", limit=limit, source=told)

    def article(self, number: int | None) -> str:
        """The article by number, marked when the number is presumed."""
        if number is None:
            return ""
        key = "clock.article" if self._is_certain(number) else "clock.article_presumed"
        return self.words.say(key, article=number)

    def stretches(self, ledger: Ledger, now: datetime) -> tuple[Stretch, ...]:
        """What ran and what did not, off-hours included, in order of time."""
        lines = [self._stretch(one) for one in self._pieces(ledger, now)]
        lines = [*map(self._added, ledger.added), *lines]
        if len(lines) <= MOST_STRETCHES:
            return tuple(lines)
        more = self.words.say("clock.segment.more", n=len(lines) - MOST_STRETCHES)
        return (*lines[:MOST_STRETCHES], Stretch(more, "", "", runs=False))

    def _pieces(self, ledger: Ledger, now: datetime) -> list[Segment]:
        off = off_hours(ledger, self.calendar(ledger), ledger.stopped or now)
        return sorted((*ledger.segments, *off), key=lambda one: (one.start, not one.runs))

    def _stretch(self, one: Segment) -> Stretch:
        say = self.words.say
        key = f"clock.segment.{one.why}"
        why = say(key if self.words.knows(key) else "clock.segment.other", number=one.by)
        end = self.words.when(one.end) if one.end else say("clock.segment.until_now")
        span = say("clock.segment.line", start=one.start, end=end)
        is_halt = one.by and not one.runs
        by = say("clock.segment.by", who=self.data.person(one.by)) if is_halt else ""
        notes = (by, self.article(one.article) if one.why != RUNNING else "")
        return Stretch(why, span, " · ".join(note for note in notes if note), one.runs)

    def _added(self, one: Added) -> Stretch:
        """By how much the limit was extended, when, by whom and under which article."""
        say = self.words.say
        limit = say(f"clock.limit.{one.limit.unit}", n=one.limit.value)
        who = say("clock.added.by", who=self.data.person(one.by))
        notes = (who, self.article(one.article), say(f"clock.origin.{one.origin}"))
        note = " · ".join(note for note in notes if note)
        return Stretch(say("clock.added", limit=limit), self.words.when(one.at), note, runs=True)

    def _about(self, row_id: str) -> str:
        """The unit, for a clock of a task, of a request about one, or of an interim measure."""
        for one in self.on.interims:
            if one.id == row_id:
                return self.data.unit(one.unit)
        request = self.on.request(row_id)
        task = self.on.task(request.task_id if request else row_id)
        return self.data.unit(task.unit) if task else ""

    def _source(self, code: str) -> str:
        with suppress(KeyError):
            return self.data.of(_Titled(self.policy, code))
        return code

    def _origin(self, ledger: Ledger) -> str:
        return self.words.say(f"clock.origin.{ledger.origin}")

    def _is_certain(self, number: int) -> bool:
        with suppress(KeyError):
            return self.policy.article(number).certain
        return False


def clock_words(words: Wording, ledger: Ledger) -> str:
    """Which clock, and which of several duties that it has."""
    matter = f".{ledger.matter}" if ledger.matter else ""
    return words.say(f"clock.name.{ledger.clock}{matter}")


def limit_words(words: Wording, ledger: Ledger) -> str:
    """The limit in its own kind of time, and what comes on top of it."""
    limit = words.say(f"clock.limit.{ledger.limit.unit}", n=ledger.limit.value)
    if ledger.added:
        limit = words.say("clock.limit.added", limit=limit)
    if ledger.then is None:
        return limit
    then = words.say(f"clock.limit.{ledger.then.unit}", n=ledger.then.value)
    return words.say("clock.limit.then", limit=limit, then=then)


def limits_line(words: Wording, clocks: Iterable[Ledger]) -> str:
    """What clocks allow and until when, in one line."""
    told = (
        f"{clock_words(words, one)} {limit_words(words, one)} · {due_words(words, one)}"
        for one in clocks
    )
    return "   ".join(told)


def due_words(words: Wording, ledger: Ledger) -> str:
    """When a clock that runs is due."""
    if ledger.due is None:
        return words.say("clock.due_unknown")
    return words.say("clock.due_provisional" if ledger.provisional else "clock.due", due=ledger.due)


class _Titled:
    """A source of the edition by its titles, as `DataNames.of` reads names. KeyError when unknown."""

    def __init__(self, policy: Policy, code: str) -> None:
        source = policy.source(code)
        self.name_zh, self.name_en = source.title_zh, source.title_en


def in_order(ledgers: Iterable[Ledger], now: datetime) -> list[Ledger]:
    """Clocks still going first, the most urgent on top; those that stopped below, the latest on top."""
    going = [one for one in ledgers if one.state(now) in _GOING]
    stopped = [one for one in ledgers if one.state(now) not in _GOING]
    stopped.sort(key=lambda one: one.stopped or one.due or now, reverse=True)
    return [*sorted(going, key=urgency), *stopped]
