"""A replica and an outbox in memory, each transaction all or nothing, that can be killed around it."""

from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Protocol

from app.services.local import Entry, Fill, Keep, Key, State
from app.services.ports import Answer, Cursor


class Killed(BaseException):
    """The program ended here."""


class Peril(Protocol):
    """What may happen at a commit, before it and when it is over: Killed, or a full disk."""

    def __call__(self, *, is_over: bool) -> None: ...


class MemoryReplica:
    """What the screen needs of a replica; `peril` is asked around each commit."""

    def __init__(self, peril: Peril) -> None:
        self.peril = peril
        self.renew()

    def renew(self, *, broken: bool = False) -> None:
        self.table: dict[Key, Any] = {}
        self.hidden: dict[Key, Any] = {}
        self.ids: set[str] = set()
        self.told: dict[str, Any] = {}
        self.missed: set[str] = set()
        self.at = Cursor()
        self.filled = Fill()

    def rows(self, keys: Iterable[Key]) -> dict[Key, Any]:
        return {key: self.table.get(key) for key in keys}

    def preimages(self, keys: Iterable[Key]) -> dict[Key, Any]:
        return {key: self.hidden[key] for key in keys if key in self.hidden}

    def held(self) -> set[Key]:
        return set(self.hidden)

    def keys_of(self, case_id: str) -> set[Key]:
        both = {**self.table, **{key: row for key, row in self.hidden.items() if row}}
        mine = {key for key, row in both.items() if row.get("case_id") == case_id}
        return {("case_file", case_id), *mine}

    def keep(self, what: Keep) -> None:
        self.peril(is_over=False)
        self.keep_rows(what)
        self.keep_place(what)
        self.peril(is_over=True)

    def keep_rows(self, what: Keep) -> None:
        for key, (_, after) in what.writes.items():
            if after is None:
                self.table.pop(key, None)
            else:
                self.table[key] = dict(after)
        for key in what.released:
            self.hidden.pop(key, None)
        self.hidden.update(what.held)
        self.told.update({row.cmd_id: row for row in what.told})
        self.ids |= what.seen
        self.missed |= what.gaps

    def keep_place(self, what: Keep) -> None:
        if what.cursor is not None:
            self.at = what.cursor
        if what.fill is not None:
            self.filled = what.fill
            if what.fill.is_done:
                self.missed = set()

    def cursor(self) -> Cursor:
        return self.at

    def fill(self) -> Fill:
        return self.filled

    def gaps(self) -> set[str]:
        truth = {**self.table, **self.hidden}
        return {one for one in self.missed if truth.get(("case_file", one)) is None}

    def seen(self, ids: Iterable[str]) -> set[str]:
        return set(ids) & self.ids

    def tidy(self) -> bool:
        return False

    def checkpoint(self) -> None:
        pass


class MemoryOutbox:
    """What the screen needs of an outbox; `peril` is asked around each commit."""

    def __init__(self, peril: Peril) -> None:
        self.peril = peril
        self.kept: dict[str, Entry] = {}
        self.settings: dict[str, object] = {}
        self._depth = 0

    @contextmanager
    def batch(self) -> Generator[None]:
        """A transaction: killed before its commit, it leaves nothing behind."""
        if self._depth:
            yield
            return
        before = dict(self.kept)
        self._depth += 1
        try:
            yield
            self.peril(is_over=False)
        except BaseException:
            self.kept = before
            raise
        finally:
            self._depth -= 1
        self.peril(is_over=True)

    def add(self, entry: Entry) -> Entry:
        with self.batch():
            self.kept[entry.cmd_id] = replace(entry, order=len(self.kept) + 1)
        return self.kept[entry.cmd_id]

    def entries(self, states: Iterable[State]) -> list[Entry]:
        wanted = set(states)
        mine = (one for one in self.kept.values() if one.state in wanted)
        return sorted(mine, key=lambda one: one.order)

    def entry(self, cmd_id: str) -> Entry | None:
        return self.kept.get(cmd_id)

    def of_case(self, case_id: str) -> list[Entry]:
        mine = (one for one in self.kept.values() if one.envelope.case_id == case_id)
        return sorted(mine, key=lambda one: one.order)

    def retained(self) -> list[tuple[str, State]]:
        return [(one.cmd_id, one.state) for one in self.kept.values()]

    def mark(self, ids: Iterable[str], state: State) -> None:
        with self.batch():
            for cmd_id in ids:
                self.kept[cmd_id] = replace(self.kept[cmd_id], state=state)

    def answered(self, answers: Sequence[Answer], state: State) -> None:
        with self.batch():
            for one in answers:
                why = "" if one.status == "done" else one.status
                facts = {"said": one.why, **(one.facts or {})} if one.why else one.facts or {}
                old = self.kept[one.cmd_id]
                self.kept[one.cmd_id] = replace(old, state=state, seq=one.seq, why=why, facts=facts)

    def waiting(self) -> tuple[int, int]:
        aside = sum(one.state is State.ATTENTION for one in self.kept.values())
        way = sum(one.state in (State.QUEUED, State.ACKED) for one in self.kept.values())
        return way, aside

    def remember(self, key: str, value: object) -> None:
        self.settings[key] = value

    def recall(self, key: str) -> object:
        return self.settings.get(key)

    def tend(self) -> None:
        pass
