"""Desks that work while their lines misbehave by a seed; then all is well again, and every promise is counted."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import pytest

from app.cli.verifying import decided_again
from app.domain.case import TABLES, Dossier
from app.domain.commands import AddNote, Command, Dispatch, File, Handle, Redispatch, Sign
from app.domain.refused import Refused
from app.services.live import LiveDesk
from app.services.local import UNFINISHED, Entry, Key, State
from app.services.queries import Queue, WindowQuery
from app.sync import calls
from db import centre
from db.central.link import Link
from db.central.rows import selected, wire
from tests.store.conftest import centre_of, postgres_link, socket_of
from tests.store.proxy import Proxy, Way
from tests.sync.desks import OTHER_UNIT, UNIT, Desks, report, settled

#: Who may work in a storm; ann sees what her unit has, the others everything.
WORKERS = ("li", "mei", "ann", "zhao")
#: So long may it take until everybody has sent everything and knows everything (seconds): it is far less.
HEALED = 30.0
#: Why no command may end at a person: nothing here is anybody's fault.
NEVER = {"error", "id-reuse", "clock", "locked"}
Row = dict[str, Any]


def place_of(url: str, line: Proxy) -> str:
    """The database of a URL at the end of a line."""
    return f"postgresql://fenbo@127.0.0.1:{line.port}/{url.split('/')[3].partition('?')[0]}"


@contextmanager
def lines(socket_: str | tuple[str, int], draw: Random, many: int) -> Iterator[list[Proxy]]:
    """A line for each desk."""
    made = [Proxy(socket_, Random(draw.random())) for _ in range(many)]
    try:
        yield made
    finally:
        for one in made:
            one.close()


class Storm:
    """One run from one seed. `root` is a superuser's link to the centre's database, `socket_` the server's."""

    def __init__(
        self, seed: int, url: str, root: Link, socket_: str | tuple[str, int], folder: Path
    ) -> None:
        self.draw = Random(seed)
        self.url = url
        self.healed_in = 0.0
        self.steps = 30
        self.tally = Counter[str]()
        self.done: dict[str, str] = {}
        self._root = root
        self._socket = socket_
        self._desks = Desks(folder, url)
        self._at: dict[str, LiveDesk] = {}
        self._lines: dict[str, Proxy] = {}
        self._read_to: Counter[str] = Counter()

    def run(self) -> str:
        """What went wrong, '' for nothing."""
        people = self.people()
        with lines(self._socket, self.draw, len(people)) as made:
            self._lines = dict(zip(people, made, strict=True))
            return asyncio.run(self._whole())

    def people(self) -> list[str]:
        """Who works today."""
        return self.draw.sample(WORKERS, self.draw.choice((2, 2, 3)))

    async def _whole(self) -> str:
        try:
            for login in self._lines:
                await self._sit(login)
            await self._prepare()
            for _ in range(self.draw.randint(self.steps // 2, self.steps)):
                await self._step()
            for line in self._lines.values():
                self._clear(line)
            return await self._healing() or await self._broken()
        finally:
            for line in self._lines.values():
                line.cut()
            self._desks.close()

    async def _sit(self, login: str) -> None:
        """At the end of a line of one's own, under the same name as every time."""
        self._desks.store = place_of(self.url, self._lines[login])
        self._at[login] = self._desks.begin(login)

    async def _prepare(self) -> None:
        """A few cases that all know, so that they get into one another's way."""
        desk = next(one for login, one in self._at.items() if login != "ann")
        for number in range(4):
            case_id = (await desk.send(report(f"积水 {number}"))).case_id
            await desk.send(File(case_id=case_id))
            if number % 2:
                await desk.send(Dispatch(case_id=case_id, unit=UNIT))
        await settled(*self._at.values())

    async def _step(self) -> None:
        login = self.draw.choice(list(self._at))
        kind = self.draw.random()
        if kind < 0.5:
            await self._work(login)
        elif kind < 0.9:
            self._blow(self._lines[login], login)
        elif kind < 0.95:
            self._desks.close(self._at[login])
            await self._sit(login)
        await asyncio.sleep(self.draw.choice((0.0, 0.01, 0.05, 0.2, 0.4)))
        self.tally["steps cut off"] += not self._at[login].sync_state.online
        await self._looks_ahead(login)

    async def _looks_ahead(self, login: str) -> None:
        """I5: nobody's place in the log moves back."""
        at = (await _on_desk(self._at[login], lambda one: one._at.replica.cursor())).seq
        assert at >= self._read_to[login], "a cursor moved back"
        self._read_to[login] = at

    # What people do

    async def _work(self, login: str) -> None:
        for _ in range(self.draw.randint(1, 4)):
            command = await self._wish(login)
            if command is None:
                continue
            with suppress(Refused):
                done = await self._at[login].send(command)
                self.done[done.cmd_id] = login

    async def _wish(self, login: str) -> Command | None:
        desk = self._at[login]
        window = await desk.window(WindowQuery(queue=Queue.ALL, now=desk.now()))
        ids = sorted(row.id for row in window.rows)
        if not ids or (login != "ann" and self.draw.random() < 0.3):
            return None if login == "ann" else report(f"积水 {self.draw.random()}")
        view = await desk.case(self.draw.choice(ids))
        return None if view is None else self._about(view.dossier)

    def _about(self, known: Dossier) -> Command:
        id_, tasks = known.case.id, [one.id for one in known.tasks] or ["none"]
        task, unit = self.draw.choice(tasks), self.draw.choice((UNIT, UNIT, OTHER_UNIT))
        return self.draw.choice(
            (
                AddNote(case_id=id_, text=f"备注 {self.draw.random()}"),
                File(case_id=id_),
                File(case_id=id_),
                Dispatch(case_id=id_, unit=unit),
                Dispatch(case_id=id_, unit=unit),
                Sign(case_id=id_, task_id=task),
                Sign(case_id=id_, task_id=task),
                Handle(
                    case_id=id_, task_id=task, result="已处理", notice="已告知", method="RECORD"
                ),
                Redispatch(case_id=id_, task_id=task, unit=unit, reason="属他单位"),
            )
        )

    # What befalls them

    def _blow(self, line: Proxy, login: str) -> None:
        chance = self.draw
        weathers: list[Callable[[], Any]] = [
            line.cut,
            line.refuse,
            lambda: setattr(line.up, "is_black", True),
            lambda: setattr(line.down, "is_black", True),
            lambda: (setattr(line.up, "is_black", True), setattr(line.down, "is_black", True)),
            lambda: setattr(line, "up", Way(latency=0.1, jitter=0.3, slice=50)),
            lambda: setattr(line, "down", Way(latency=0.1, jitter=0.3, slice=50)),
            lambda: setattr(line, "down", Way(rate=4_000, slice=200)),
            lambda: setattr(line, "down", Way(limit=chance.randint(100, 4_000))),
            lambda: setattr(line.up, "cut", 0.3),
            lambda: setattr(line.down, "cut", 0.3),
            lambda: line.fate(b"cmd_id", "request"),
            lambda: line.fate(b"cmd_id", "reply"),
            lambda: line.fate(b"cmd_id", "reply"),
            lambda: line.fate(b"cmd_id", "late"),
            lambda: line.fate(b"cmd_id", "late"),
            line.deliver,
            lambda: self._throw_out(login),
            lambda: self._clear(line),
            lambda: self._clear(line),
            lambda: self._clear(line),
        ]
        chance.choice(weathers)()

    def _throw_out(self, login: str) -> None:
        """An administrator ends every session of somebody: 57P01."""
        sql = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = ?"
        self._root.rows(f"{sql} AND datname = current_database()", (login,))

    def _clear(self, line: Proxy) -> None:
        """The line is well again: what it kept comes late, or is lost, and somebody is told or nobody."""
        self.draw.choice((line.deliver, line.lose, line.cut))()
        line.heal()

    # What is left when it is over

    async def _healing(self) -> str:
        begun = time.monotonic()
        while not await self._is_healed():
            if time.monotonic() - begun > HEALED:
                states = {login: desk.sync_state for login, desk in self._at.items()}
                return f"it never healed: {states}"
            await asyncio.sleep(0.02)
        self.healed_in = time.monotonic() - begun
        return ""

    async def _is_healed(self) -> bool:
        head = tuple(self._root.row("SELECT seq, hash FROM fenbo.head") or ())
        for desk in self._at.values():
            place, left = await _on_desk(desk, _left)
            if left or not desk.sync_state.online or place != head:
                return False
        return True

    async def _broken(self) -> str:
        rows = {(name, one["id"]): one for name in TABLES for one in self._rows(name)}
        logged = Counter(one for (one,) in self._root.rows("SELECT cmd_id FROM fenbo.log"))
        self.tally.update(done=len(self.done), logged=len(logged))
        self.tally.update(fate for line in self._lines.values() for fate in line.met)
        wrong = "doubled" if any(many > 1 for many in logged.values()) else ""
        for login, desk in self._at.items():
            entries = {one.cmd_id: one for one in await _on_desk(desk, _entries)}
            self.tally.update(str(one.state) for one in entries.values())
            mine = [one for one, whose in self.done.items() if whose == login]
            wrong = wrong or _lost(mine, entries, logged)
            wrong = wrong or _differs(login, await _on_desk(desk, _shown), rows)
        found = centre.verify(self.url, partial(decided_again, self._desks_setting()))
        return wrong or ("" if found.is_sound else f"not sound: {found.findings}")

    def _desks_setting(self) -> Any:
        return next(iter(self._at.values())).setting

    def _rows(self, name: str) -> list[Row]:
        found = self._root.rows(selected(name).replace("FROM ", "FROM fenbo."))
        return [wire(name, one) for one in found]


def _left(desk: LiveDesk) -> tuple[tuple[int, str], bool]:
    """Where a desk stands in the log, and whether anything is on its way."""
    place = desk._at.replica.cursor()
    is_left = bool(desk._at.outbox.entries(UNFINISHED)) or not desk._at.replica.fill().is_done
    return (place.seq, place.hash), is_left


def _entries(desk: LiveDesk) -> list[Entry]:
    return list(desk._at.outbox.entries(State))


def _shown(desk: LiveDesk) -> dict[Key, Row]:
    """Every row that a desk has; none hides another."""
    assert desk._at.replica.held() == set()
    db = desk._at.replica._db  # pyright: ignore
    keys = [(name, one) for name in TABLES for (one,) in db.execute(f"SELECT id FROM {name}")]
    return {key: dict(row) for key, row in desk._at.replica.rows(keys).items() if row is not None}


def _lost(mine: list[str], entries: dict[str, Entry], logged: Counter[str]) -> str:
    """I1: in the log, or before a person, or given up for one that stands for it; and one of these only."""
    for cmd_id in mine:
        entry = entries.get(cmd_id)
        if entry is None:
            return f"{cmd_id} is not even in the outbox"
        if (entry.state is State.FINISHED) != (logged[cmd_id] == 1):
            return (
                f"{cmd_id} ({entry.envelope.kind}) is {entry.state}, {logged[cmd_id]} times logged"
            )
        if entry.state is State.DROPPED and not _stood_for(entry, entries):
            return f"{cmd_id} ({entry.envelope.kind}) was given up for nothing"
    whys = {(one.why, one.envelope.kind) for one in entries.values() if one.why in NEVER}
    whys = {one for one in whys if one[0] != "clock"} | {
        (one.why, one.envelope.kind)
        for one in entries.values()
        if one.why == "clock" and one.state is State.ATTENTION
    }
    return f"a person is asked for nothing: {whys}" if whys else ""


def _stood_for(entry: Entry, entries: dict[str, Entry]) -> bool:
    old = entry.envelope
    return any(
        one.order > entry.order
        and (one.envelope.kind, one.envelope.case_id) == (old.kind, old.case_id)
        for one in entries.values()
    )


def _differs(login: str, here: dict[Key, Row], there: dict[Key, Row]) -> str:
    """I3: row for row what the centre has, and of it all that is this person's to see."""
    odd = [key for key, row in here.items() if row != there.get(key)]
    if odd:
        return f"{login} has another {odd[0]}: {here[odd[0]]} for {there.get(odd[0])}"
    due = set(there) if login != "ann" else {key for key in there if _is_of_unit(key, there)}
    extra = set(here) - set(there) | {key for key in here if key[0] == "case_file"} - due
    return (
        f"{login} lacks {due - set(here)}, has too much: {extra}"
        if due - set(here) or extra
        else ""
    )


def _is_of_unit(key: Key, there: dict[Key, Row]) -> bool:
    """Whether a row is certainly to be seen there: a case in the unit's hands, and its own tasks of it."""
    row = there[key]
    if key[0] == "task":
        return row["unit"] == UNIT and _is_of_unit(("case_file", str(row["case_id"])), there)
    return key[0] == "case_file" and UNIT in str(row["units"]).split("|")


async def _on_desk(desk: LiveDesk, job: Callable[[LiveDesk], Any]) -> Any:
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(desk._house.desk, lambda: job(desk))


def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Little patience: how long a seat waits is tested elsewhere, here it is what happens in between."""
    monkeypatch.setattr(calls, "PROMPT", 1.0)
    monkeypatch.setattr(calls, "TAIL", 0.5)
    monkeypatch.setattr(calls, "LONGEST", 2.5)


def stormed(
    request: pytest.FixtureRequest, seed: int, folder: Path, steps: int = 30
) -> tuple[str, Storm]:
    """A storm at a centre of its own: what went wrong, '' for nothing, and the storm that was."""
    conninfo: str = request.getfixturevalue("postgres")
    url, drop = centre_of(request, f"storm{seed}")
    root = postgres_link(url)
    storm = Storm(seed, url, root, socket_of(conninfo), folder)
    storm.steps = steps
    try:
        return storm.run(), storm
    except AssertionError as wrong:
        return str(wrong), storm
    finally:
        root.close()
        drop()
