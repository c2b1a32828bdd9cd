"""What the screen shows, kept: replica + own unfinished commands. Every method runs on *desk*."""

from collections import defaultdict
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import TypeVar

from app.services.keeper import ALONE, Along
from app.services.local import UNFINISHED, Broken, Entry, Keep, Key, Outbox, Replica, State
from app.services.ports import Answer, Cursor, LogRow, Unreachable
from app.services.queries import Changed, Delivery
from app.sync import merge
from app.sync.news import News, changed_by

T = TypeVar("T")

#: Kept as the reason of a command that is sent again although it was finished once.
AGAIN = "again"
_NOTHING = Changed(frozenset())


class Screen:
    """The one place where own commands and the centre's news meet.

    A step that the disk breaks off may leave one file, or what is known here, ahead of the other file:
    then both are read again before the next (`mend`), as they are at the start of the program.
    """

    def __init__(self, replica: Replica, outbox: Outbox) -> None:
        self.replica = replica
        self.outbox = outbox
        self._own: dict[str, Entry] = {}
        self._rows: dict[str, frozenset[Key]] = {}
        self._users: dict[Key, set[str]] = defaultdict(set)
        self._aside: set[str] = set()
        self._sent: set[str] = set()
        self._is_torn = False

    def start(self) -> None:
        """Read both files and reconcile them, whatever was cut off between their commits."""
        self._is_torn = True
        self._own, self._rows, self._users = {}, {}, defaultdict(set)
        for entry in self.outbox.entries(UNFINISHED):
            self._know(entry)
        self._aside = {one.cmd_id for one in self.outbox.entries([State.ATTENTION])}
        self.sound(self._reconcile)
        self._is_torn = False

    def mend(self) -> None:
        """Make good what was broken off, if anything was."""
        if self._is_torn:
            self.start()

    @contextmanager
    def _step(self) -> Generator[None]:
        """A step that is whole, or is made good before the next."""
        try:
            yield
        except BaseException:
            self._is_torn = True
            raise

    def _reconcile(self) -> None:
        self._finish(self.replica.seen([*self._own, *self._aside]))
        self._show(self.replica.held().union(*self._rows.values()))

    def sound(self, job: Callable[[], T]) -> T:
        """A job on the replica; a broken file is moved aside, the screen built anew, the job done again."""
        try:
            return job()
        except Broken:
            self.forget(broken=True)
            return job()

    def forget(self, *, broken: bool = False) -> None:
        """Start from an empty replica; own commands are shown at once, the rest is fetched."""
        with self._step():
            self.replica.renew(broken=broken)
            self._show(set[Key]().union(*self._rows.values()))

    def keep(self, entry: Entry, along: Along = ALONE) -> Changed:
        """Durable in the outbox first, then folded. What cannot be folded now is when it is mended."""
        with suppress(Unreachable):
            self.mend()
        with self.outbox.batch():
            kept = self.outbox.add(entry)
            if along.settled:
                self.outbox.mark([along.settled], State.DROPPED)
            if along.draft_id:
                self.outbox.drop_draft(along.draft_id)
        self._aside.discard(along.settled)
        self._know(kept)
        try:
            with self._step():
                shown = self.sound(lambda: self._show(self._rows[kept.cmd_id]))
            return replace(shown, is_own=True)
        except Unreachable:
            return Changed(frozenset({kept.envelope.case_id}), is_own=True)

    def unsent(self) -> frozenset[str]:
        """Cases with own commands that the feed has not shown."""
        return frozenset(one.envelope.case_id for one in self._own.values())

    def delivery(self, cmd_id: str) -> Delivery | None:
        """How far an own command has come, as a person is told; None when it is not on its way."""
        if cmd_id in self._aside:
            return Delivery.ATTENTION
        entry = self._own.get(cmd_id)
        if entry is None:
            return None
        is_out = cmd_id in self._sent or entry.state is State.ACKED
        return Delivery.SENT if is_out else Delivery.QUEUED

    def tell(self, news: News) -> Changed:
        """Apply news in one transaction."""
        with self._step():
            return self.sound(lambda: self._tell(news))

    def _tell(self, news: News) -> Changed:
        if news.asked != self.replica.cursor() or news.asked_fill != self.replica.fill().position:
            return _NOTHING
        seen = frozenset(row.cmd_id for row in news.told)
        over = {cmd_id for cmd_id in seen if cmd_id in self._own}
        keys = {key for row in news.rows for key in merge.news_keys(row)}
        keys = keys.union(*(self._rows[cmd_id] for cmd_id in over))
        keys = keys.union(*(self.replica.keys_of(row.case_id) for row in news.rows if row.removed))
        plan = self._plan(keys, news.rows, over)
        told = tuple(row for row in news.told if not row.removed)
        self.replica.keep(
            Keep(
                writes=plan.writes,
                held=plan.held,
                released=plan.released,
                told=told,
                seen=seen,
                gaps=plan.gaps,
                cursor=news.cursor,
                fill=news.fill,
            )
        )
        self._finish(seen)
        return changed_by(plan, (row.case_id for row in told))

    def _plan(
        self, keys: Iterable[Key], news: Sequence[LogRow], over: Iterable[str] = ()
    ) -> merge.Plan:
        commands, reached = merge.concerned(self._users, self._rows, keys)
        left = sorted((self._own[one] for one in commands - set(over)), key=lambda one: one.order)
        shown, hidden = self.replica.rows(reached), self.replica.preimages(reached)
        return merge.rebase(shown, hidden, news, [one.envelope for one in left])

    def _show(self, keys: Iterable[Key]) -> Changed:
        plan = self._plan(keys, ())
        self.replica.keep(Keep(writes=plan.writes, held=plan.held, released=plan.released))
        return changed_by(plan, ())

    def _know(self, entry: Entry) -> None:
        self._own[entry.cmd_id] = entry
        self._rows[entry.cmd_id] = merge.keys_of(entry.envelope)
        for key in self._rows[entry.cmd_id]:
            self._users[key].add(entry.cmd_id)

    def _unknow(self, cmd_ids: Iterable[str]) -> set[Key]:
        """Let own commands go; the rows they touched."""
        keys: set[Key] = set()
        for cmd_id in cmd_ids:
            self._own.pop(cmd_id, None)
            self._sent.discard(cmd_id)
            for key in self._rows.pop(cmd_id, ()):
                keys.add(key)
                self._users[key].discard(cmd_id)
                if not self._users[key]:
                    del self._users[key]
        return keys

    def _finish(self, seen: Iterable[str]) -> None:
        over = [one for one in seen if one in self._own or one in self._aside]
        if over:
            self.outbox.mark(over, State.FINISHED)
            self._unknow(over)
            self._aside.difference_update(over)

    def sendable(self, most: int) -> list[Entry]:
        """What may be offered now, oldest first; of each case only the first that is unanswered."""
        batch: list[Entry] = []
        cases: set[str] = set()
        for entry in sorted(self._own.values(), key=lambda one: one.order):
            if len(batch) == most:
                break
            if entry.state is State.ACKED or entry.envelope.case_id in cases:
                continue
            cases.add(entry.envelope.case_id)
            if not self._is_early(entry, batch):
                batch.append(entry)
        self._sent.update(one.cmd_id for one in batch)
        return batch

    def _is_early(self, entry: Entry, batch: Sequence[Entry]) -> bool:
        """Whether it builds on something done to another case here that is not even on its way."""
        ahead = {one.cmd_id for one in batch}
        bases = (self._own.get(one.base) for one in entry.envelope.relies_on)
        return any(
            one and one.state is not State.ACKED and one.cmd_id not in ahead for one in bases
        )

    def not_sent(self, batch: Sequence[Entry]) -> None:
        """No answer came: they wait as before (should they have arrived, sending again does no harm)."""
        self._sent.difference_update(one.cmd_id for one in batch)

    def answered(self, answers: Sequence[Answer], asked: Cursor) -> Changed:
        """Keep the centre's answers; `asked` is how far the feed had been read before they were given."""
        with self._step():
            return self._answered(answers, asked)

    def _answered(self, answers: Sequence[Answer], asked: Cursor) -> Changed:
        known = [one for one in answers if one.cmd_id in self._own]
        there = [one for one in known if self._is_there(one, asked)]
        done = [one for one in known if one.status == "done" and one not in there]
        with self.outbox.batch():
            self._acked(done)
            refused = [one for one in known if one not in there and one not in done]
            keys = set[Key]().union(*(self._put_aside(one) for one in refused))
        seen = frozenset(one.cmd_id for one in there)
        if seen:
            self.sound(lambda: self.replica.keep(Keep(seen=seen)))
            keys |= set[Key]().union(*(self._rows[one] for one in seen))
            self._finish(seen)
        return self.sound(lambda: self._show(keys)) if keys else _NOTHING

    def _is_there(self, answer: Answer, asked: Cursor) -> bool:
        """Whether the log has the command at a place that this seat has read past.

        The feed shows a person's own commands, but of the time before the first fill only the latest.
        """
        if self._own[answer.cmd_id].why == AGAIN and answer.why == "command":
            return answer.status == "id-reuse"  # it is there; the person was scrubbed here
        return answer.status == "done" and 0 < answer.seq <= asked.seq

    def _acked(self, done: Sequence[Answer]) -> None:
        self.outbox.answered(done, State.ACKED)
        for one in done:
            self._own[one.cmd_id] = replace(self._own[one.cmd_id], state=State.ACKED, seq=one.seq)

    def _put_aside(self, refused: Answer) -> set[Key]:
        """A refused command goes to the attention list with all that builds on it. Rows touched."""
        entry = self._own.get(refused.cmd_id)
        if entry is None:  # taken along already
            return set()
        later = [one.envelope for one in self._own.values() if one.order > entry.order]
        doomed = merge.built_on(entry.envelope, later)
        facts = {"on": refused.cmd_id}
        self.outbox.answered([refused], State.ATTENTION)
        along = [Answer(one, "built-on-refused", facts=facts) for one in sorted(doomed)]
        self.outbox.answered(along, State.ATTENTION)
        self._aside |= {refused.cmd_id, *doomed}
        return self._unknow([refused.cmd_id, *doomed])

    def awaits_feed(self) -> bool:
        """Whether something was acknowledged that the feed has not shown yet."""
        return any(one.state is State.ACKED for one in self._own.values())

    def send_lost_again(self) -> None:
        """At the head of the feed: what was acknowledged before but is not in the log is sent again."""
        if lost := [one.cmd_id for one in self._own.values() if one.state is State.ACKED]:
            self._send_again(lost)

    def recall(self, ids: Sequence[tuple[str, State]]) -> Changed:
        """After a new fill: what was finished once but the feed does not know is on its way again."""
        once = [cmd_id for cmd_id, state in ids if state is State.FINISHED]
        with self._step():
            return self._recall(once)

    def _recall(self, once: Sequence[str]) -> Changed:
        gone = sorted(set(once) - self.sound(lambda: self.replica.seen(once)))
        self.outbox.answered([Answer(one, AGAIN) for one in gone], State.QUEUED)
        found = [entry for one in gone if (entry := self.outbox.entry(one)) is not None]
        for entry in found:
            self._know(entry)
        keys = set[Key]().union(*(self._rows[one.cmd_id] for one in found))
        return self.sound(lambda: self._show(keys)) if keys else _NOTHING

    def _send_again(self, cmd_ids: Iterable[str]) -> None:
        ids = list(cmd_ids)
        self.outbox.mark(ids, State.QUEUED)
        for cmd_id in ids:
            self._own[cmd_id] = replace(self._own[cmd_id], state=State.QUEUED)

    def settle(self, cmd_id: str) -> None:
        """A command leaves the attention list because a person said so."""
        self.outbox.mark([cmd_id], State.DROPPED)
        self._aside.discard(cmd_id)

    def set_aside(self, cmd_id: str, why: str) -> Changed:
        """A command that the centre falls over waits for a person, with all that builds on it."""
        return self.answered([Answer(cmd_id, "error", why=why)], Cursor())

    def progress(self) -> frozenset[tuple[str, State]]:
        """What is on its way, and how far each has come: as long as this moves, nothing is stuck."""
        return frozenset((one.cmd_id, one.state) for one in self._own.values())
