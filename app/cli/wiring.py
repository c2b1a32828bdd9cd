"""The file that knows everybody: puts one desk together from its files, its threads and the centre."""

import json
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, closing, suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from app.cli.meeting import Met, Unfit, everybody, meet, seat_code, who
from app.cli.reaching import Reached
from app.domain.calendar import local_date
from app.domain.moment import Setting
from app.domain.refused import Refused
from app.domain.rules import CENTRE
from app.domain.terms import Role
from app.services.bus import Bus, Seat
from app.services.feed import Feed, Post
from app.services.guard import NO_PASSWORDS, UNGUARDED, Guard, Passwords
from app.services.house import House, Sitting
from app.services.lexicon import Lexicon
from app.services.live import LiveDesk
from app.services.numbers import Numbers
from app.services.on_duty import Watchman, decided
from app.services.ports import Central, Unreachable
from app.services.queries import Operator
from app.services.scope import UNIT_ROLES, marks_of
from app.services.views import Views
from app.sync.calls import Calls
from app.sync.clock import ServerClock, Steady
from app.sync.engine import Engine
from app.sync.line import Line
from app.sync.on_duty import OnDuty
from app.sync.screen import Screen
from db.central.store import utc_now
from db.centre import ear, key_of, open_central
from db.outbox.box import Box
from db.outbox.lock import SeatLock
from db.outbox.store import SqliteOutbox
from db.places import Place, is_server
from db.replica.store import SqliteReplica
from db.shelf import Shelf

#: Which store lies at which place, remembered so that a desk opens while the store is away.
_KNOWN = "stores.json"
#: So long may a server take to say the key of a reporter (seconds): meanwhile lists wait.
GLANCE = 0.4
#: Who may sit at each, so that names are said and persons change also meanwhile.
_PEOPLE = "people.json"


def open_desk(  # noqa: PLR0913 - what a desk is made of, once
    folder: Path,
    store: Place,
    login: str,
    setting: Setting,
    post: Post,
    *,
    clock: Callable[[], datetime] = utc_now,
    guard: Guard = UNGUARDED,
    passwords: Passwords = NO_PASSWORDS,
) -> LiveDesk:
    """A desk in `folder` at the central `store`, with its threads running. Blocking.

    `post` schedules a call on the screen's thread. Raises Refused and, when the store is away and
    this person never sat here, Unreachable.
    """
    feed = Feed(post)
    desk = ThreadPoolExecutor(1, "desk")
    place = _Place(folder, store, clock, login, Shelf(folder / "files"))
    sit = partial(_sit, place, setting, desk, feed)
    try:
        first = desk.submit(lambda: sit(login)).result()
    except BaseException:
        desk.shutdown()
        raise
    house = House(
        desk=desk,
        aside=ThreadPoolExecutor(1, "aside"),
        shelf=place.shelf,
        people=place.people,
        sit=sit,
        guard=guard,
        passwords=passwords,
    )
    live = LiveDesk(house, feed, first)
    first.wire.start()
    return live


def close_desk(desk: Any) -> None:
    """End a desk that `open_desk` opened."""
    if isinstance(desk, LiveDesk):
        desk.close()


@dataclass(frozen=True, slots=True)
class _Place:
    """A seat's folder, the store it belongs to, the clock on its wall, who sat down first, where files lie."""

    folder: Path
    store: Place
    clock: Callable[[], datetime]
    login: str
    shelf: Shelf

    def ticking(self) -> Callable[[], datetime]:
        """What goes on as the clock on the wall began: the machine's own may be set while somebody sits here."""
        return Steady(utc_now) if self.clock is utc_now else self.clock

    def ahead(self, clock: ServerClock) -> timedelta:
        """How far the centre is ahead of the clock on the wall, by which the next day begins."""
        return clock.now() - self.clock()

    def files(self, met: Met | Unreachable) -> Path:
        """The folder of this store's files: another store, even at the same place, has another.

        Raises Unreachable when the store is away and was never met, Refused when it does not fit.
        """
        known = self._known()
        path = key_of(self.store)
        if isinstance(met, Met):
            known[path] = met.store_id
            self._remember(known)
        elif path not in known:
            raise met.no if isinstance(met, Unfit) else met
        found = self.folder / "desks" / known[path]
        found.mkdir(parents=True, exist_ok=True)
        return found

    def reached(self, login: str) -> Reached:
        """The store in a person's name, opened at the first question."""
        return Reached(lambda: open_central(self.store, login, self.clock))

    @property
    def as_other(self) -> Callable[[str], AbstractContextManager[Central]] | None:
        """The same in another person's name: an unprotected file permits that, a server does not."""
        return None if is_server(self.store) else lambda login: closing(self.reached(login))

    def people(self) -> Sequence[Operator]:
        """Who may sit here; as last known while the store is away or does not answer."""
        path, known = key_of(self.store), self._known(_PEOPLE)
        with suppress(Unreachable):
            everyone = everybody(self.store, self.login)
            known[path] = [asdict(one) for one in everyone if one.role is not Role.SYSTEM]
            self._remember(known, _PEOPLE)
        found = known.get(path, [])
        return [Operator(role=Role(one.pop("role")), **one) for one in found]

    def _known(self, name: str = _KNOWN) -> dict[str, Any]:
        with suppress(FileNotFoundError, ValueError):
            return dict(json.loads((self.folder / name).read_text("utf-8")))
        return {}

    def _remember(self, known: dict[str, Any], name: str = _KNOWN) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        half = self.folder / f"{name}.new"
        half.write_text(json.dumps(known, ensure_ascii=False), "utf-8")
        half.replace(self.folder / name)


def files_of(folder: Path, store: Place) -> Path | None:
    """Where the files of a store lie that was met before; None for any other."""
    with suppress(FileNotFoundError, ValueError):
        known: dict[str, str] = json.loads((folder / _KNOWN).read_text("utf-8"))
        if key_of(store) in known:
            return folder / "desks" / known[key_of(store)]
    return None


def _sit(place: _Place, setting: Setting, desk: Executor, feed: Feed, login: str) -> Sitting:
    """Somebody sits down; on *desk*, which owns the files from here on."""
    central, calls, glances = place.reached(login), Calls(), Calls()
    with ExitStack() as open_yet:
        for end in (central.close, calls.stop, glances.stop):
            open_yet.callback(end)
        met = meet(central, calls)
        folder = place.files(met)
        lock = SeatLock(folder / "desk.lock")
        open_yet.callback(lock.close)
        outbox = SqliteOutbox(folder / "outbox.db", login, Box(folder / "desk.key"), place.clock)
        open_yet.callback(outbox.close)
        operator, prefix = who(met, outbox)
        code = seat_code(met, central.seat_code, calls, outbox, folder)
        replica = SqliteReplica(folder / _name(operator), Lexicon(setting.directory))
        open_yet.callback(replica.close)
        screen = Screen(replica, outbox)
        screen.start()
        open_yet.pop_all()
    clock = ServerClock(place.ticking(), _offset(outbox))
    seat = Seat(operator.actor, code, setting, clock.now)
    numbers = Numbers(prefix, code, lambda stem: outbox.numbers(stem) | replica.numbers(stem))
    bus = Bus(seat, replica, outbox, screen, numbers)
    if outbox.is_salvaged:
        feed.update(standing="outbox-salvaged")
    line = Line(central, screen, desk, feed, clock, place.as_other, calls, shelf=place.shelf)
    line.ear, line.seat = ear(place.store, login, operator.district), code

    def leave() -> None:
        with suppress(Unreachable):  # a full disk keeps nobody here
            outbox.remember_here("offset", place.ahead(clock).total_seconds())
        glances.stop()
        for one in (replica, outbox, central, lock):
            one.close()

    return Sitting(
        seat=seat,
        replica=replica,
        outbox=outbox,
        keeper=screen,
        bus=bus,
        views=Views(seat, replica, outbox, screen),
        wire=Engine(line, partial(_again, bus, feed), duty=_duty(line, seat, replica)),
        reporter_key=_keys(place.store, central, glances),
        leave=leave,
    )


def _duty(line: Line, seat: Seat, replica: SqliteReplica) -> OnDuty | None:
    """What one seat of the centre does for all; what it needs is read when it is first on duty."""
    if seat.actor.role not in CENTRE:
        return None
    policy = seat.setting.editions.judging(local_date(seat.now())).policy

    def sound(job: Callable[[], Any]) -> Any:
        return line.on_desk(lambda: line.screen.sound(job))

    def watchman() -> Watchman:
        from app.duty.keys import Keys
        from app.duty.watchman import Watchman as Ours
        from resources.lists import load_triggers

        keys = Keys(seat.setting.directory, policy, seat.actor.district)
        return Ours(keys, replica.watched, sound, load_triggers())

    return OnDuty(line, watchman, partial(decided, seat=seat, replica=replica))


def _keys(store: Place, central: Reached, glances: Calls) -> Callable[[str], str | None]:
    """The key of a reporter: known at a file, asked of a server, for which nobody waits long."""
    if not is_server(store):
        return central.reporter_key
    return lambda phone: glances.ask(lambda: central.reporter_key(phone), GLANCE)


def _again(bus: Bus, feed: Feed, cmd_id: str) -> None:
    """Decide anew what only relied on something that moved; what is refused now stays set aside."""
    with suppress(Refused):
        done = bus.again(cmd_id)
        if done is not None:
            feed.publish(done[1])


def _offset(outbox: SqliteOutbox) -> timedelta:
    return timedelta(seconds=outbox.recall_here("offset") or 0.0)


def _name(operator: Operator) -> str:
    """The replica's file: persons with the same scope share one."""
    return f"replica-{_scope(operator)}.db"


def _scope(operator: Operator) -> str:
    if marks_of(operator) is None:
        return "centre"
    is_unit = operator.role in UNIT_ROLES and operator.unit is not None
    return f"unit-{operator.unit}" if is_unit else f"person-{operator.login}"
