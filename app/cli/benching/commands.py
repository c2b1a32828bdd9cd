"""How long a command takes from the hand to the disk and back to the eye."""

import asyncio
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

from app.cli.benching import crowd
from app.cli.benching.figures import Figure, Goal, Judged
from app.cli.benching.room import PATIENCE, Moment, Paints, now
from app.cli.benching.timing import Series
from app.cli.checking.waiting import until
from app.domain.commands import Classify, Command, File, Register
from app.domain.moment import Setting
from app.services.live import LiveDesk
from app.services.queries import Done, Queue, QueueRow, Sort
from db.opening import open_file
from ui.main_window import MainWindow
from ui.models.queue_source import PAUSE, Question

GOAL = Goal(Judged.P95, 20.0)
#: A person's pause between two commands: the list is at rest again (seconds).
_REST = 2 * PAUSE
#: About what the outbox keeps of one command.
_BODY = "x" * 2_000


@dataclass(slots=True)
class Commands:
    """One person's commands about new cases, each timed to the next paint that shows it."""

    desk: LiveDesk
    window: MainWindow
    setting: Setting
    folder: Path
    paints: Paints = field(init=False)
    taken: dict[str, Series] = field(default_factory=dict[str, Series])
    kept: dict[str, Series] = field(default_factory=dict[str, Series])

    def __post_init__(self) -> None:
        self.paints = Paints(self.window.workbench.table.viewport())

    async def measure(self, rounds: int) -> list[Figure]:
        """Register, classify, file and dispatch so many cases, a bare commit after each."""
        bare = await self._rounds(rounds)
        figures: list[Figure] = []
        for kind in ("register", "classify", "dispatch"):
            figures.append(Figure(f"command.{kind}.kept", self.kept[kind], bare, GOAL))
            figures.append(Figure(f"command.{kind}.shown", self.taken[kind], bare, GOAL))
        return figures

    async def _rounds(self, rounds: int) -> Series:
        bench = self.window.workbench
        bench.source.ask(Question(Queue.ALL, sort=Sort.REGISTERED, descending=True))
        await until(lambda: bench.source.has_answered, "bench-list", seconds=PATIENCE)
        given = crowd.reports(self.setting, Random(crowd.SEED))
        leaves = [one.code for one in self.setting.directory.taxonomy.leaves() if one.unit]
        commits = Series()
        with _Bare(self.folder / "bare.db") as bare:
            for turn in range(-1, rounds):
                if turn == 0:
                    self.taken.clear()
                    self.kept.clear()
                await self._case(next(given), leaves[turn % len(leaves)])
                for _ in range(3):
                    commits.take(bare.commit, turn)
        return commits

    async def _case(self, report: Register, category: str) -> None:
        new = replace(report, category=None)
        done = await self._registered(new)
        case_id = done.case_id
        await until(lambda: self.window.workbench.table.select(case_id), "bench-row")
        await self._sent(
            Classify(case_id=case_id, category=category),
            lambda row: row.category == category,
        )
        await self._sent(File(case_id=case_id), lambda row: row.stage != "FILING")
        view = await self.desk.case(case_id)
        if view is not None:
            wish = crowd.dispatched(view.dossier, self.setting)
            await self._sent(wish, lambda row: row.lead_unit == wish.unit)

    async def _registered(self, wish: Command) -> Done:
        """A new case stands in no frozen list: it is shown when the new order, asked for at once, is."""
        bench = self.window.workbench
        before = bench.model.rowCount()
        await self._rest()
        shown = self.paints.shown(lambda: bench.model.rowCount() > before)
        begun = now()
        done = await self.desk.send(wish)
        self._keep(self.kept, "register", begun, now())
        bench.apply_order()
        self._keep(self.taken, "register", begun, await asyncio.wait_for(shown, PATIENCE))
        return done

    async def _sent(self, wish: Command, is_there: Callable[[QueueRow], bool]) -> None:
        model, case_id = self.window.workbench.model, getattr(wish, "case_id", "")
        kind = type(wish).__name__.lower()

        def is_shown() -> bool:
            row = model.row_at(model.place(case_id) or 0)
            return row is not None and row.id == case_id and is_there(row)

        await self._rest()
        shown = self.paints.shown(is_shown)
        begun = now()
        await self.desk.send(wish)
        self._keep(self.kept, kind, begun, now())
        self._keep(self.taken, kind, begun, await asyncio.wait_for(shown, PATIENCE))

    async def _rest(self) -> None:
        """The last command has reached the centre and come back, and the list has settled."""
        await until(lambda: not self.desk.sync_state.waiting, "bench-sent", seconds=PATIENCE)
        await asyncio.sleep(_REST)

    def _keep(self, where: dict[str, Series], kind: str, begun: Moment, end: Moment) -> None:
        where.setdefault(kind, Series()).add(end[0] - begun[0], end[1] - begun[1])


class _Bare:
    """A table in a file of its own, written as durably as the outbox."""

    def __init__(self, path: Path) -> None:
        self._db: sqlite3.Connection = open_file(path, "FULL")
        self._db.execute("CREATE TABLE IF NOT EXISTS command (ord INTEGER PRIMARY KEY, body TEXT)")

    def __enter__(self) -> "_Bare":
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def commit(self, turn: int) -> None:
        """One row, on the disk when this returns."""
        self._db.execute("INSERT INTO command (body) VALUES (?)", (f"{turn}{_BODY}",))
