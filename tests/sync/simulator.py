"""Seats, one centre and everything that can go wrong between them, from one seed."""

import random
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from app.domain.effects import Effect, Insert, Reliance, Set
from app.services.envelope import Envelope, Sealed, encode
from app.services.feed import Feed
from app.services.local import UNFINISHED, Entry, State
from app.services.ports import Answer, Cursor, Duty, Page, Sent, SnapshotPage, Unreachable
from app.sync.calls import Calls
from app.sync.clock import ServerClock
from app.sync.engine import Engine
from app.sync.line import Line
from app.sync.screen import Screen
from tests.sync.fake_central import START, FakeCentral
from tests.sync.fake_stores import Killed, MemoryOutbox, MemoryReplica


class Here(Executor):
    """Does a job at once, on this thread."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **more: Any) -> Future[Any]:
        done: Future[Any] = Future()
        try:
            done.set_result(fn(*args, **more))
        except Exception as error:  # noqa: BLE001 - it belongs to whoever waits for the result
            done.set_exception(error)
        return done


class AtOnce(Calls):
    """Asks on this thread; nothing hangs."""

    def ask(self, job: Callable[[], Any], seconds: float) -> Any:
        self.asked_at = time.monotonic()
        return job()


@dataclass
class Odds:
    """How likely each fault is: per call to the centre, per commit of a file, per step."""

    lost_request: float = 0.15
    lost_reply: float = 0.2
    late: float = 0.15
    lost_pull: float = 0.2
    killed: float = 0.02
    full: float = 0.01
    restored: float = 0.02


#: On every third day programs end at one commit in eight, most often between those of the two files.
DEADLY = Odds(killed=0.12)
#: On every third the disks are full as often.
FULL = Odds(killed=0.0, full=0.12)


@dataclass
class Weather:
    """The odds of the day, and the one source of chance."""

    chance: random.Random
    odds: Odds
    late: list[Sequence[tuple[str, Sealed | None]]] = field(default_factory=list)

    def strikes(self, odds: float) -> bool:
        return self.chance.random() < odds

    def peril(self, *, is_over: bool) -> None:
        """At a commit: the program may end before or after it, and the disk may not take it."""
        if self.strikes(self.odds.killed):
            raise Killed
        if not is_over and self.strikes(self.odds.full):
            raise Unreachable("disk")

    def clears(self) -> None:
        self.odds = Odds(0, 0, 0, 0, 0, 0, 0)


class Faulty:
    """The centre behind a bad line: requests and replies get lost, and some arrive again much later."""

    def __init__(self, central: FakeCentral, weather: Weather) -> None:
        self._central = central
        self._weather = weather

    def submit(
        self, batch: Sequence[tuple[str, Sealed | None]], sent: Sent | None = None
    ) -> list[Answer]:
        odds, weather = self._weather.odds, self._weather
        if weather.strikes(odds.late):
            weather.late.append(batch)
        if weather.strikes(odds.lost_request):
            raise Unreachable("lost")
        answers = self._central.submit(batch, sent)
        if weather.strikes(odds.lost_reply):
            raise Unreachable("lost")
        return answers

    def pull(self, cursor: Cursor, limit: int) -> Page:
        self._may_be_lost()
        return self._central.pull(cursor, min(limit, 4))

    def head(self) -> Cursor:
        self._may_be_lost()
        return self._central.head()

    def snapshot(self, position: str | None, limit: int) -> SnapshotPage:
        self._may_be_lost()
        return self._central.snapshot(position, min(limit, 2))

    def presence(self, seat: str, case_id: str | None) -> tuple[str, ...]:
        self._may_be_lost()
        return self._central.presence(seat, case_id)

    def onlookers(self, seat: str, case_ids: Sequence[str]) -> tuple[tuple[str, str], ...]:
        self._may_be_lost()
        return self._central.onlookers(seat, case_ids)

    def duty(self, seat: str, is_wanted: bool) -> Duty:
        return self._central.duty(seat, is_wanted)

    def reveal(self, case_id: str, reason: str) -> Sealed:
        self._may_be_lost()
        return self._central.reveal(case_id, reason)

    def _may_be_lost(self) -> None:
        if self._weather.strikes(self._weather.odds.lost_pull):
            raise Unreachable("lost")


class Seat:
    """One desk: durable files that survive, and a program that may be killed."""

    def __init__(self, name: str, central: FakeCentral, weather: Weather) -> None:
        self.name = name
        self.weather = weather
        self.replica = MemoryReplica(weather.peril)
        self.outbox = MemoryOutbox(weather.peril)
        self.central = Faulty(central, weather)
        self.promised: set[str] = set()
        self.start()

    def start(self) -> None:
        """The program starts over the files as they are; it may be killed while it starts."""
        while True:
            try:
                self.screen = Screen(self.replica, self.outbox)  # pyright: ignore
                self.screen.start()
            except (Killed, Unreachable):
                continue
            feed = Feed(lambda _: None)
            clock = ServerClock(lambda: START)
            line = Line(self.central, self.screen, Here(), feed, clock, calls=AtOnce())
            line.pace.rows = self.weather.chance.choice((1, 3, 40))
            self.engine = Engine(line, lambda _: None, lambda: 0.0, _raised)
            return

    def survive(self, step: Callable[[], Any]) -> None:
        try:
            step()
        except Killed:
            self.start()

    def stands_on(self, central: FakeCentral) -> bool:
        """Whether everything here is of the centre's present history."""
        at = self.replica.cursor()
        return self.replica.fill().is_done and (
            at == Cursor() or central.pull(at, 1).status == "ok"
        )

    def exchange(self) -> None:
        self.survive(self.engine.round)

    def act(self) -> None:
        """Decide something on what the screen shows, and keep it."""
        envelope = self._decided()
        entry = Entry(envelope=envelope, body=encode(envelope), number="", befores={})

        def keep() -> None:
            with suppress(Unreachable):  # the person reads it, and the text stays on the screen
                self.screen.keep(entry)

        self.survive(keep)
        if envelope.cmd_id in self.outbox.kept:  # durable: from here on it may not be lost
            self.promised.add(envelope.cmd_id)

    def _decided(self) -> Envelope:
        chance = self.weather.chance
        cmd_id = str(UUID(int=chance.getrandbits(128)))
        cases = sorted(key[1] for key in self.replica.table if key[0] == "case_file")
        if not cases or chance.random() < 0.25:
            case_id = f"case-{cmd_id[:8]}"
            made = [Insert("case_file", case_id, {"a": cmd_id[:4]})]
            return self._envelope(cmd_id, case_id, made, self._taken_up(cases))
        case_id = chance.choice(cases)
        mine = sorted(self.replica.keys_of(case_id))
        touched = chance.sample(mine, chance.randint(0, len(mine)))
        effects: list[Effect] = [self._set(key, cmd_id) for key in touched]
        if not effects or chance.random() < 0.3:
            values = {"case_id": case_id, "a": cmd_id[:4]}
            effects.append(Insert("task", f"task-{cmd_id[:8]}", values))
        others = [key for key in mine if key not in touched]
        relied = chance.sample(others, chance.randint(0, min(2, len(others))))
        return self._envelope(cmd_id, case_id, effects, [self._relied(key) for key in relied])

    def _taken_up(self, cases: list[str]) -> list[Reliance]:
        """Some new cases build on what became of another one."""
        if not cases or self.weather.chance.random() < 0.7:
            return []
        return [self._relied(("case_file", self.weather.chance.choice(cases)))]

    def _set(self, key: tuple[str, str], cmd_id: str) -> Set:
        name = self.weather.chance.choice("abc")
        return Set(*key, {name: cmd_id[:6]}, self.replica.table[key]["changed_by"])

    def _relied(self, key: tuple[str, str]) -> Reliance:
        return Reliance(*key, self.replica.table[key]["changed_by"])

    def _envelope(
        self, cmd_id: str, case_id: str, effects: list[Effect], relied: list[Reliance] | None = None
    ) -> Envelope:
        saw = {
            one.id: {k: v for k, v in self.replica.table[one.table, one.id].items() if k != "seq"}
            for one in effects
            if isinstance(one, Set)
        }
        return Envelope(
            cmd_id=cmd_id,
            kind="act",
            actor=self.name,
            seat="000",
            district="d",
            case_id=case_id,
            wish={"saw": saw},
            effects=tuple(effects),
            relies_on=tuple(relied or ()),
            claimed_at=START,
        )


def _raised(bug: BaseException) -> None:
    """No error is expected here, whatever the weather."""
    raise bug


@dataclass
class Failure:
    """What an invariant found broken."""

    seed: int
    what: str


def run(seed: int, odds: Odds | None = None) -> Failure | None:
    """Three seats through a bad day, then calm weather; None when every promise was kept."""
    chance = random.Random(seed)
    weather = Weather(chance, odds or chance.choice((Odds(), DEADLY, FULL)))
    central = FakeCentral()
    seats = [Seat(name, central, weather) for name in "xyz"]
    for _ in range(chance.randint(10, 60)):
        seat = chance.choice(seats)
        if chance.random() < 0.5:
            seat.act()
        else:
            seat.exchange()
        if weather.late and chance.random() < 0.1:
            central.submit(weather.late.pop(chance.randrange(len(weather.late))))
        if chance.random() < weather.odds.restored:
            central.restore(chance.randint(0, len(central.log)))
        if wrong := broken_on_screen(central, seats) or broken_at_a_seat(seats):
            return Failure(seed, wrong)
    weather.clears()
    for _ in range(40):
        for seat in seats:
            seat.exchange()
    wrong = broken(central, seats)
    return Failure(seed, wrong) if wrong else None


def broken_on_screen(central: FakeCentral, seats: list[Seat]) -> str:
    """I6 in the middle of the day: under every own command that the centre lacks something is held."""
    logged = {row.cmd_id for row in central.log}
    standing = [seat for seat in seats if seat.stands_on(central)]
    for seat in standing:
        own = _own(seat) - logged
        shadowed = {key for key, row in seat.replica.table.items() if row["changed_by"] in own}
        if not shadowed <= set(seat.replica.hidden):
            return "an own command is shown over nothing that could be restored"
    return ""


def broken_at_a_seat(seats: list[Seat]) -> str:
    """I6 and the two files, at any moment, whatever was cut off between their commits."""
    for seat in (one for one in seats if not one.screen._is_torn):
        unfinished = seat.outbox.entries(UNFINISHED)
        if {one.cmd_id for one in seat.outbox.kept.values() if _waits(one)} & seat.replica.ids:
            return f"{seat.name}: what the feed has shown still waits in the outbox"
        truth = {**seat.replica.table, **seat.replica.hidden}
        shown = dict(truth)
        for one in unfinished:
            fold(shown, one.envelope)
        if {key: row for key, row in shown.items() if row is not None} != seat.replica.table:
            return f"{seat.name}: the screen is not the truth with the own commands over it"
        changed = {key for key in shown if shown[key] != truth.get(key)}
        if {key: truth.get(key) for key in changed} != seat.replica.hidden:
            return f"{seat.name}: what is hidden is not what lies under the own commands"
    return ""


def _waits(entry: Entry) -> bool:
    return entry.state in (*UNFINISHED, State.ATTENTION)


def fold(shown: dict[Any, Any], own: Envelope) -> None:
    """Show an own command if everything is as it was decided on: said once more, and plainly."""

    def by(one: Any) -> Any:
        row = shown.get((one.table, one.id))
        return None if row is None else row["changed_by"]

    based = [*own.relies_on, *(one for one in own.effects if isinstance(one, Set))]
    fresh = [one for one in own.effects if isinstance(one, Insert)]
    has_case = any(one.table == "case_file" for one in own.effects) or shown.get(
        ("case_file", own.case_id)
    )
    if not has_case or any(by(one) != one.base for one in based) or any(map(by, fresh)):
        return
    for one in own.effects:
        old = shown.get((one.table, one.id)) or {"seq": 0}
        stamp = {"id": one.id, "changed_by": own.cmd_id}
        shown[one.table, one.id] = {**old, **one.values, **stamp}


def _own(seat: Seat) -> set[str]:
    mine = seat.outbox.kept.values()
    return {one.cmd_id for one in mine if one.state in UNFINISHED} - seat.replica.ids


def broken(central: FakeCentral, seats: list[Seat]) -> str:
    """The first promise that was not kept, in words."""
    ids = [row.cmd_id for row in central.log]
    if len(ids) != len(set(ids)):
        return "a command stands in the log twice"
    if central.lost_updates:
        return "an update was lost"
    for seat in seats:
        if wrong := _seat_broken(seat, central, set(ids)):
            return f"{seat.name}: {wrong}"
    return ""


def _seat_broken(seat: Seat, central: FakeCentral, logged: set[str]) -> str:
    states = {cmd_id: entry.state for cmd_id, entry in seat.outbox.kept.items()}
    aside = {cmd_id for cmd_id, state in states.items() if state is State.ATTENTION}
    wrongs = {
        "a promised command is nowhere": not seat.promised <= logged | aside,
        "a command is in the log and on the attention list": bool(logged & aside),
        "the queue did not drain": any(state in UNFINISHED for state in states.values()),
        "pre-images are left over": bool(seat.replica.hidden),
        "the replica differs from the centre": seat.replica.table != central.rows,
        "the feed was not read to its head": seat.replica.cursor() != central.head(),
    }
    return next((what for what, is_so in wrongs.items() if is_so), "")
