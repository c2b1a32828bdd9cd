"""The own commands that are still on their way: by id, in their order, and by the rows they concern."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any

from app.services.envelope import Envelope
from app.services.local import Entry, Key, State
from app.services.ports import LogRow
from app.sync import merge


class Own:
    """What the outbox holds of them, known by heart."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self.by_id: dict[str, Entry] = {}
        self._rows: dict[str, frozenset[Key]] = {}
        self._users: dict[Key, set[str]] = defaultdict(set)
        for entry in entries:
            self.know(entry)

    def know(self, entry: Entry) -> None:
        """One more, or one that was known, as it is now."""
        self.by_id[entry.cmd_id] = entry
        self._rows[entry.cmd_id] = merge.keys_of(entry.envelope)
        for key in self._rows[entry.cmd_id]:
            self._users[key].add(entry.cmd_id)

    def moved(self, cmd_id: str, **news: Any) -> None:
        """One has come further."""
        self.by_id[cmd_id] = replace(self.by_id[cmd_id], **news)

    def let_go(self, cmd_ids: Iterable[str]) -> set[Key]:
        """Forget them; the rows they concern."""
        keys: set[Key] = set()
        for cmd_id in cmd_ids:
            self.by_id.pop(cmd_id, None)
            for key in self._rows.pop(cmd_id, ()):
                keys.add(key)
                self._users[key].discard(cmd_id)
                if not self._users[key]:
                    del self._users[key]
        return keys

    def keys(self, cmd_ids: Iterable[str] | None = None) -> set[Key]:
        """The rows that these, or all, concern."""
        ids = self._rows if cmd_ids is None else cmd_ids
        return set[Key]().union(*(self._rows[one] for one in ids))

    def concerned(
        self, keys: Iterable[Key], but: Collection[str] = ()
    ) -> tuple[list[Entry], frozenset[Key]]:
        """Those that hang together with rows, oldest first, without `but`; and all rows of theirs."""
        commands, reached = merge.concerned(self._users, self._rows, keys)
        return _in_order(self.by_id[one] for one in commands if one not in but), reached

    def strangers(self, told: Iterable[LogRow]) -> list[str]:
        """Those whose id the feed shows on a line that is not theirs; a case that left says nothing more."""
        known = ((self.by_id.get(row.cmd_id), row) for row in told if not row.removed)
        return [row.cmd_id for own, row in known if own and not _is_of(own.envelope, row)]

    def acked(self) -> list[str]:
        """Those that the centre took and the feed has not shown."""
        return [one.cmd_id for one in self.by_id.values() if one.state is State.ACKED]

    def sendable(self, most: int) -> list[Entry]:
        """What may be offered now, oldest first; of each case only the first that is unanswered."""
        batch: list[Entry] = []
        cases: set[str] = set()
        for entry in _in_order(self.by_id.values()):
            if len(batch) == most:
                break
            if entry.state is State.ACKED:
                continue
            is_behind = not cases.isdisjoint(entry.envelope.cases)
            cases.update(entry.envelope.cases)
            if not is_behind and not self._is_early(entry, batch):
                batch.append(entry)
        return batch

    def _is_early(self, entry: Entry, batch: Sequence[Entry]) -> bool:
        """Whether it builds on something done to another case here that is not even on its way."""
        ahead = {one.cmd_id for one in batch}
        bases = (self.by_id.get(one.base) for one in entry.envelope.relies_on)
        return any(
            one and one.state is not State.ACKED and one.cmd_id not in ahead for one in bases
        )

    def built_on(self, entry: Entry) -> list[str]:
        """The later ones that build on rows of one, transitively."""
        later = [one.envelope for one in _in_order(self.by_id.values()) if one.order > entry.order]
        return sorted(merge.built_on(entry.envelope, later))


def _is_of(own: Envelope, row: LogRow) -> bool:
    asked = own.kind, own.claimed_at
    return row.case_id in own.cases and asked == (row.kind, row.claimed_at)


def _in_order(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda one: one.order)
