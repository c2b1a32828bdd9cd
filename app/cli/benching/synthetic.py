"""A replica of any size: rows made up from a few hundred decided cases, written through its own port."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random

from app.cli.benching.crowd import LOGIN, SEED, Writer, actor, dispatched, reports
from app.domain.case import Dossier
from app.domain.commands import File, Register
from app.domain.effects import to_wire, wire_of
from app.domain.moment import Setting
from app.domain.terms import Stage
from app.services.lexicon import Lexicon
from app.services.local import Fill, Keep, Key, Row, Rows
from app.services.ports import Cursor
from db.replica.store import SqliteReplica

#: Real decisions that the made-up cases vary, and how many cases are written at once.
_MODELS, _AT_ONCE = 300, 2_000
#: The queue that is measured has this share of all cases; the others wait before or behind it.
_STAGES = {Stage.FILING: 10, Stage.DISPATCH: 50, Stage.SIGN: 40}
_SPREAD = timedelta(days=20)


def filled(path: Path, setting: Setting, cases: int, now: datetime, head: Cursor) -> None:
    """Write a replica of `cases` open cases as if its first fill had ended at `head`."""
    replica = SqliteReplica(path, Lexicon(setting.directory))
    try:
        made = _Making(setting, now, Random(SEED))
        for first in range(0, cases, _AT_ONCE):
            many = range(first, min(first + _AT_ONCE, cases))
            writes = {key: (None, wire) for turn in many for key, wire in made.rows(turn).items()}
            replica.keep(Keep(writes=writes))
        replica.keep(Keep(cursor=head, fill=Fill(is_done=True, done=cases, total=cases)))
        while replica.tidy():
            pass
        replica.checkpoint()
    finally:
        replica.close()


@dataclass(frozen=True, slots=True)
class _Model:
    """A decided case as it travels, and the instants that are moved."""

    case: Row
    task: Row | None
    registered_at: datetime
    due_at: datetime

    @classmethod
    def of(cls, on: Dossier) -> "_Model":
        """The case of `on`, with the task of a dispatched one."""
        case, tasks = on.case, on.tasks
        task = {**wire_of(tasks[0]), "seq": 1} if tasks else None
        due = case.due_at or case.registered_at
        return cls({**wire_of(case), "seq": 1}, task, case.registered_at, due)


@dataclass(slots=True)
class _Making:
    """Varies the models: another place in time, another number and title, another id."""

    setting: Setting
    now: datetime
    random: Random
    models: tuple[tuple[_Model, ...], ...] = ()

    def __post_init__(self) -> None:
        writer = Writer(self.setting, actor(self.setting, LOGIN), self.random)
        some = islice(reports(self.setting, self.random), _MODELS)
        self.models = tuple(zip(*(self._walked(writer, one) for one in some), strict=True))

    def _walked(self, writer: Writer, report: Register) -> Iterator[_Model]:
        """One case in each of the stages, in their order."""
        _, on = writer.decided(report, None, self.now)
        yield _Model.of(on)
        _, on = writer.decided(File(case_id=on.case.id), on, self.now)
        yield _Model.of(on)
        yield _Model.of(writer.decided(dispatched(on, self.setting), on, self.now)[1])

    def rows(self, turn: int) -> Rows:
        """The rows of one case as they travel."""
        stage = self.random.choices(range(len(_STAGES)), tuple(_STAGES.values()))[0]
        model = self.random.choice(self.models[stage])
        moved = _SPREAD * self.random.random()
        case_id = f"00000000-0000-4000-8000-{turn:012x}"
        case = {
            **model.case,
            "id": case_id,
            "number": f"SZPS{turn:018}",
            "title": f"{model.case['title']}{turn % 997}",
            "registered_at": to_wire(model.registered_at - moved),
            "due_at": to_wire(model.due_at + _SPREAD * 0.9 - moved),
        }
        found: dict[Key, Row] = {("case_file", case_id): case}
        if model.task is not None:
            task_id = f"00000000-0000-4000-9000-{turn:012x}"
            found["task", task_id] = {**model.task, "id": task_id, "case_id": case_id}
        return found
