"""What the screen shows, kept: replica + own unfinished commands. Every method runs on *desk*."""

from collections.abc import Callable, Collection, Generator, Iterable, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import TypeVar

from app.domain.refused import Refused
from app.services.keeper import ALONE, Along
from app.services.local import UNFINISHED, Entry, Keep, Key, Outbox, State
from app.services.ports import Answer, Broken, Cursor, LogRow, Unreachable
from app.services.queries import Changed, Delivery
from app.services.replica import Replica
from app.sync import merge
from app.sync.news import News, changed_by
from app.sync.own import Own

T = TypeVar("T")

#: Kept as the reason of a command that is sent again although it was finished once.
AGAIN = "again"
#: Why a command waits whose personal data no key here opens.
LOCKED = "locked"
#: Why a command waits whose id another command has, which the feed will show or has shown.
REUSED = "id-reuse"
_NOTHING = Changed(frozenset())


class Screen:
    """The one place where own commands and the centre's news meet.

    A step that the disk breaks off may leave one file, or what is known here, ahead of the other file:
    then both are read again before the next (`mend`), as they are at the start of the program.
    """

    def __init__(self, replica: Replica, outbox: Outbox) -> None:
        self.replica = replica
        self.outbox = outbox
        self._own = Own()
        self._aside: dict[str, str] = {}  # and why
        self._sent: set[str] = set()
        self._is_torn = False

    def start(self) -> None:
        """Read both files and reconcile them, whatever was cut off between their commits."""
        self._is_torn = True
        self._own = Own(self.outbox.entries(UNFINISHED))
        self._lay_aside_the_locked()
        self._aside = {one.cmd_id: one.why for one in self.outbox.entries([State.ATTENTION])}
        self.sound(self._reconcile)
        self._is_torn = False

    def _lay_aside_the_locked(self) -> set[Key]:
        """What has a person who cannot be read here is not sent without him unasked. Rows touched."""
        unsent = (one for one in self._own.by_id.values() if one.state is not State.ACKED)
        locked = [one for one in unsent if one.is_locked]
        return set[Key]().union(*(self._put_aside(Answer(one.cmd_id, LOCKED)) for one in locked))

    def mend(self) -> None:
        """Make good what was broken off, if anything was."""
        if self._is_torn:
            self.start()

    @contextmanager
    def _step(self) -> Generator[None]:
        """A step that is whole, or is made good before the next."""
        try:
            yield
        except Refused:
            raise
        except BaseException:
            self._is_torn = True
            raise

    def _reconcile(self) -> None:
        self._finish(self.replica.seen([*self._own.by_id, *self._aside]))
        self._show(self.replica.held() | self._own.keys())

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
            self._show(self._own.keys())

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
        self._aside.pop(along.settled, None)
        self._own.know(kept)
        try:
            with self._step():
                shown = self.sound(lambda: self._show(self._own.keys([kept.cmd_id])))
            return replace(shown, is_own=True)
        except Unreachable:
            return Changed(frozenset(kept.envelope.cases), is_own=True)

    @contextmanager
    def together(self) -> Generator[None]:
        """Commands kept inside are kept all or none; what the rules refuse before is no breaking off."""
        with self._step(), self.outbox.batch():
            yield

    def unsent(self) -> frozenset[str]:
        """Cases with own commands that the feed has not shown."""
        return frozenset(case for one in self._own.by_id.values() for case in one.envelope.cases)

    def delivery(self, cmd_id: str) -> Delivery | None:
        """How far an own command has come, as a person is told; None when it is not on its way."""
        if cmd_id in self._aside:
            return Delivery.ATTENTION
        entry = self._own.by_id.get(cmd_id)
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
        keys = {key for row in news.rows for key in merge.news_keys(row)}
        for cmd_id in self._own.strangers(news.told):
            keys |= self._put_aside(Answer(cmd_id, REUSED, why="command"))
        keys |= self._own.keys(over := {one for one in seen if one in self._own.by_id})
        keys = keys.union(*(self.replica.keys_of(one) for row in news.rows for one in row.left))
        plan = self._plan(keys, news.rows, over)
        told = tuple(row for row in news.told if row.cases)
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
        return changed_by(plan, (one for row in told for one in row.cases))

    def _plan(
        self, keys: Iterable[Key], news: Sequence[LogRow], over: Collection[str] = ()
    ) -> merge.Plan:
        left, reached = self._own.concerned(keys, over)
        shown, hidden = self.replica.rows(reached), self.replica.preimages(reached)
        return merge.rebase(shown, hidden, news, [one.envelope for one in left])

    def _show(self, keys: Iterable[Key]) -> Changed:
        plan = self._plan(keys, ())
        self.replica.keep(Keep(writes=plan.writes, held=plan.held, released=plan.released))
        return changed_by(plan, ())

    def _let_go(self, cmd_ids: Iterable[str]) -> set[Key]:
        """Let own commands go; the rows they touched."""
        ids = list(cmd_ids)
        self._sent.difference_update(ids)
        return self._own.let_go(ids)

    def _finish(self, seen: Iterable[str]) -> None:
        mine = {one for one, why in self._aside.items() if why != REUSED} | self._own.by_id.keys()
        if over := sorted(mine.intersection(seen)):
            self.outbox.mark(over, State.FINISHED)
            self._let_go(over)
            self._aside = {one: why for one, why in self._aside.items() if one not in over}

    def sendable(self, most: int) -> list[Entry]:
        """What may be offered now, oldest first; of each case only the first that is unanswered."""
        batch = self._own.sendable(most)
        self._sent.update(one.cmd_id for one in batch)
        return batch

    def not_sent(self, batch: Sequence[Entry]) -> None:
        """No answer came: they wait as before (should they have arrived, sending again does no harm)."""
        self._sent.difference_update(one.cmd_id for one in batch)

    def answered(self, answers: Sequence[Answer], asked: Cursor) -> Changed:
        """Keep the centre's answers; `asked` is how far the feed had been read before they were given."""
        with self._step():
            return self._answered(answers, asked)

    def _answered(self, answers: Sequence[Answer], asked: Cursor) -> Changed:
        known = [one for one in answers if one.cmd_id in self._own.by_id]
        there = [one for one in known if self._is_there(one, asked)]
        done = [one for one in known if one.status == "done" and one not in there]
        with self.outbox.batch():
            self._acked(done)
            refused = [one for one in known if one not in there and one not in done]
            keys = set[Key]().union(*(self._put_aside(one) for one in refused))
        seen = frozenset(one.cmd_id for one in there)
        if seen:
            self.sound(lambda: self.replica.keep(Keep(seen=seen)))
            keys |= self._own.keys(seen)
            self._finish(seen)
        return self.sound(lambda: self._show(keys)) if keys else _NOTHING

    def _is_there(self, answer: Answer, asked: Cursor) -> bool:
        """Whether the log has the command at a place that this seat has read past.

        The feed shows a person's own commands, but of the time before the first fill only the latest.
        """
        if self._own.by_id[answer.cmd_id].why == AGAIN and answer.why == "command":
            return answer.status == "id-reuse"  # it is there; the person is not here any more
        return answer.status == "done" and 0 < answer.seq <= asked.seq

    def _acked(self, done: Sequence[Answer]) -> None:
        self.outbox.answered(done, State.ACKED)
        for one in done:
            self._own.moved(one.cmd_id, state=State.ACKED, seq=one.seq)

    def _put_aside(self, refused: Answer) -> set[Key]:
        """A refused command goes to the attention list with all that builds on it. Rows touched."""
        entry = self._own.by_id.get(refused.cmd_id)
        if entry is None:  # taken along already
            return set()
        doomed = self._own.built_on(entry)
        facts = {"on": refused.cmd_id}
        self.outbox.answered([refused], State.ATTENTION)
        along = [Answer(one, "built-on-refused", facts=facts) for one in doomed]
        self.outbox.answered(along, State.ATTENTION)
        self._aside |= {refused.cmd_id: refused.status, **{one.cmd_id: one.status for one in along}}
        return self._let_go([refused.cmd_id, *doomed])

    def awaits_feed(self) -> bool:
        """Whether something was acknowledged that the feed has not shown yet."""
        return bool(self._own.acked())

    def send_lost_again(self) -> None:
        """At the head of the feed: what was acknowledged before but is not in the log is sent again."""
        if lost := self._own.acked():
            self._send_again(lost)

    def recall(self, ids: Sequence[tuple[str, State]]) -> Changed:
        """After a new fill: what was finished once but the feed does not know is on its way again."""
        once = [cmd_id for cmd_id, state in ids if state is State.FINISHED]
        with self._step():
            return self._recall(once)

    def _recall(self, once: Sequence[str]) -> Changed:
        return self._queue_again(sorted(set(once) - self.sound(lambda: self.replica.seen(once))))

    def is_any_aside(self) -> bool:
        """Whether anything of this person's is in the attention list."""
        return bool(self._aside)

    def take_up(self, cmd_id: str) -> Changed:
        """What was set aside goes up once more, as it is."""
        with self._step():
            self._aside.pop(cmd_id, None)
            return self._queue_again([cmd_id])

    def _queue_again(self, cmd_ids: Sequence[str]) -> Changed:
        self.outbox.answered([Answer(one, AGAIN) for one in cmd_ids], State.QUEUED)
        found = [entry for one in cmd_ids if (entry := self.outbox.entry(one)) is not None]
        for entry in found:
            self._own.know(entry)
        keys = self._own.keys(one.cmd_id for one in found)
        return self.sound(lambda: self._show(keys)) if keys else _NOTHING

    def _send_again(self, cmd_ids: Iterable[str]) -> None:
        ids = list(cmd_ids)
        self.outbox.mark(ids, State.QUEUED)
        for cmd_id in ids:
            self._own.moved(cmd_id, state=State.QUEUED)
        if keys := self._lay_aside_the_locked():
            self.sound(lambda: self._show(keys))

    def settle(self, cmd_id: str) -> None:
        """A command leaves the attention list because a person said so."""
        self.outbox.mark([cmd_id], State.DROPPED)
        self._aside.pop(cmd_id, None)

    def set_aside(self, cmd_id: str, why: str) -> Changed:
        """A command that the centre falls over waits for a person, with all that builds on it."""
        return self.answered([Answer(cmd_id, "error", why=why)], Cursor())

    def progress(self) -> frozenset[tuple[str, State]]:
        """What is on its way, and how far each has come: as long as this moves, nothing is stuck."""
        return frozenset((one.cmd_id, one.state) for one in self._own.by_id.values())
