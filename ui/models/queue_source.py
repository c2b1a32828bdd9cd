"""Where a queue's rows come from: windows asked for, late answers dropped, news held back until wanted."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal

from app.services.filters import Filter
from app.services.queries import Changed, Queue, QueueRow, Sort, Window, WindowQuery
from ui.models.queue_model import QueueModel
from ui.models.row_text import belongs, row_of
from ui.screen import Screen

PAGE = 200
#: Pages beside the visible ones that are asked for ahead, in rows.
AHEAD = 60
#: Pages kept; the ones farthest from the view go first.
KEPT = 50
#: How many cases missing from an answer are looked up one by one; of more the order is just called changed.
LOOKED_UP = 12
#: Seconds between two looks at a feed that does not stop.
PAUSE = 0.25


@dataclass(frozen=True, slots=True)
class Question:
    """What a list shows: a queue, what narrows it, and by what it is sorted."""

    queue: Queue = Queue.DISPATCH
    filter: Filter = field(default_factory=Filter)
    sort: Sort = Sort.DUE
    descending: bool = False


#: What was asked: the question, from which row, and how often something had changed before.
_Key = tuple[Question, int, int]


@dataclass(frozen=True, slots=True)
class Pending:
    """What a new order would bring: `fresh` rows, `gone` rows, and whether others change place."""

    fresh: int = 0
    gone: int = 0
    is_moved: bool = False

    def __bool__(self) -> bool:
        return bool(self.fresh or self.gone or self.is_moved)


class QueueSource(QObject):
    """Feeds a QueueModel. `opened` after a new order is shown, `pending_changed` when one is due.

    `renewed` after news, when what stands here has been looked at again.
    """

    opened = Signal()
    renewed = Signal()
    pending_changed = Signal()

    def __init__(self, screen: Screen, model: QueueModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._screen = screen
        self._model = model
        self.question = Question()
        self.pending = Pending()
        self.total = 0
        self.is_asking = False
        self.has_answered = False
        self._epoch = self._age = 0
        self._view = (0, 0)
        self._asked: set[int] = set()
        self._aged: set[int] = set()
        self._news: set[str] | None = set()  # None: more than can be named
        self._suspects: set[str] = set()  # changed since the order was made, not seen since
        self._is_listening = False
        self._on_their_way: dict[_Key, asyncio.Future[Window | None]] = {}
        self._latest: Window | None = None  # as it was answered; nothing has changed since

    def ask(self, question: Question) -> None:
        """Show another list, from its top."""
        self.question, self._latest = question, None
        self._view = (0, 0)
        self._open(0)

    def forget(self) -> None:
        """Another person sits here: no answer to an earlier question counts, and no row stays."""
        self._epoch += 1
        self._age += 1
        self._latest = None
        self.is_asking, self.has_answered, self.total = False, False, 0
        self._view, self._asked, self._aged = (0, 0), set(), set()
        self._news, self._suspects = set(), set()
        self._model.clear()
        self._tell(Pending())

    def apply(self) -> None:
        """Show the same list in the order it has by now; at once where it was just looked at."""
        offset = self._view[0] // PAGE * PAGE
        if (known := self._known(offset)) is None:
            self._open(offset)
        else:
            self._epoch += 1
            self.is_asking = False
            self._begin(known)

    def _known(self, offset: int) -> Window | None:
        """The answer that would be given again; where time alone brings more, nobody knows."""
        found = self._latest
        is_it = found is not None and found.offset == offset and bool(found.rows)
        return found if is_it and self.question.queue is not Queue.OVERDUE else None

    def look_at(self, first: int, last: int) -> None:
        """The rows from `first` to `last` are on the screen: see that they and their neighbours are here."""
        self._view = (max(first, 0), max(last, 0))
        if not self.is_asking:
            self._ask_for(self._pages(AHEAD))

    def news(self, changed: Changed) -> None:
        """Cases changed somewhere: renew what is on the screen, remember the rest as aged."""
        self._latest = None
        self._age += 1
        if self._news is not None:
            self._news = None if changed.cases is None else self._news | changed.cases
        self._suspects |= changed.cases or set()
        self._aged |= self._asked
        if not self._is_listening and not self.is_asking:
            self._is_listening = True
            self._screen.run(self._listen())

    # -- a new order ----------------------------------------------------------------------------

    def _open(self, offset: int) -> None:
        self._epoch += 1
        self.is_asking, self.has_answered = True, False
        self._screen.run(self._answer_opening(self._epoch, offset))

    async def _answer_opening(self, epoch: int, offset: int) -> None:
        try:
            window = await self._window(offset)
            if offset and not window.rows:
                offset = max(window.total - 1, 0) // PAGE * PAGE
                window = await self._window(offset)
        finally:
            if epoch == self._epoch:
                self.is_asking = False
        if epoch == self._epoch:
            self._begin(window)

    def _begin(self, window: Window) -> None:
        self._asked, self._aged = {window.offset // PAGE}, set()
        self._news, self._suspects = set(), set()
        self.total, self.has_answered = window.total, True
        self._model.show(window.total, window.offset, window.rows)
        self._tell(Pending())
        self.opened.emit()

    # -- pages ----------------------------------------------------------------------------------

    def _pages(self, ahead: int) -> list[int]:
        """The pages under the view and `ahead` rows to either side, the visible ones first."""
        first, last = self._view
        end = max(self._model.rowCount() - 1, 0)
        seen = range(min(first, end) // PAGE, min(last, end) // PAGE + 1)
        near = range(max(first - ahead, 0) // PAGE, min(last + ahead, end) // PAGE + 1)
        return [*seen, *(page for page in near if page not in seen)]

    def _ask_for(self, pages: Iterable[int]) -> None:
        for page in pages:
            if page not in self._asked or page in self._aged:
                self._asked.add(page)
                self._aged.discard(page)
                self._screen.run(self._answer_page(self._epoch, page))
        self._forget_far()

    async def _answer_page(self, epoch: int, page: int) -> None:
        try:
            window = await self._window(page * PAGE)
        except BaseException:
            self._asked.discard(page)
            raise
        if epoch == self._epoch and page in self._asked:
            self._model.fill(window.offset, window.rows)
            await self._take(window)

    def _forget_far(self) -> None:
        middle = sum(self._view) // 2 // PAGE
        by_distance = sorted(self._asked, key=lambda page: abs(page - middle))
        for page in by_distance[KEPT:]:
            self._asked.discard(page)
            self._model.empty(page * PAGE, page * PAGE + PAGE - 1)

    # -- news -----------------------------------------------------------------------------------

    async def _listen(self) -> None:
        try:
            while self._news is None or self._news:
                self._news = set()
                await self._renew()
                await asyncio.sleep(PAUSE)
        finally:
            self._is_listening = False

    async def _renew(self) -> None:
        epoch = self._epoch
        for page in self._pages(0):
            window = await self._window(page * PAGE)
            if epoch != self._epoch:
                return
            self._aged.discard(page)
            await self._take(window)
        if not self._model.rowCount() and self.pending.fresh:
            self.apply()  # nothing can move under the cursor
        self.renewed.emit()

    async def _take(self, window: Window) -> None:
        """Renew the rows in their places and say what a new order would change."""
        model, here = self._model, {row.id for row in window.rows}
        model.renew(window.rows)
        for case_id in here:
            model.set_gone(case_id, is_gone=False)
        self._clear(here)
        self.total = window.total
        is_moved = not model.is_in_order(window.rows)
        self._weigh(sum(model.place(one) is None for one in here), is_moved=is_moved)
        missing = model.ids(window.offset, window.offset + PAGE - 1) - here
        if missing:
            await self._look_up(missing)

    async def _look_up(self, missing: set[str]) -> None:
        """What became of rows that stand here but that the answer does not hold any more."""
        epoch, suspects = self._epoch, sorted(missing & self._suspects)[:LOOKED_UP]
        for case_id in suspects:
            view = await self._screen.desk.case(case_id)
            if epoch != self._epoch:
                return
            self._settle(case_id, row_of(view) if view else None)
        self._weigh(is_moved=len(suspects) < len(missing))

    def _settle(self, case_id: str, row: QueueRow | None) -> None:
        desk, queue = self._screen.desk, self.question.queue
        stays = row is not None and belongs(row, queue, desk.now(), desk.me.login)
        self._clear({case_id})
        self._model.set_gone(case_id, is_gone=not stays)
        if row is not None:
            self._model.renew([row])
        self._weigh(is_moved=stays)

    def _clear(self, cases: set[str]) -> None:
        """These were seen as they are; but not those that news came of while they were being read."""
        self._suspects -= cases - (self._news or set())

    def _weigh(self, unseen: int = 0, *, is_moved: bool) -> None:
        """Compare the frozen order with what is known of the new one."""
        gone = len(self._model.gone)
        fresh = max(self.total - self._model.rowCount() + gone, 0)
        self._tell(Pending(fresh, gone, self.pending.is_moved or is_moved or unseen > fresh))

    def _tell(self, pending: Pending) -> None:
        if pending != self.pending:
            self.pending = pending
            self.pending_changed.emit()

    async def _window(self, offset: int) -> Window:
        """One answer for all who ask the same at the same time; kept until something changes."""
        key = (self.question, offset, self._age)
        before = self._on_their_way.get(key)
        found = None if before is None else await asyncio.shield(before)
        return found or await self._fetched(key)

    async def _fetched(self, key: _Key) -> Window:
        told: asyncio.Future[Window | None] = asyncio.get_running_loop().create_future()
        self._on_their_way[key] = told
        try:
            found = await self._asked_at_desk(key[1])
        except BaseException:
            told.set_result(None)
            raise
        finally:
            self._on_their_way.pop(key, None)
        told.set_result(found)
        if key == (self.question, key[1], self._age):
            self._latest = found
        return found

    async def _asked_at_desk(self, offset: int) -> Window:
        asked = self.question
        return await self._screen.desk.window(
            WindowQuery(
                queue=asked.queue,
                now=self._screen.desk.now(),
                filter=asked.filter,
                sort=asked.sort,
                descending=asked.descending,
                offset=offset,
                limit=PAGE,
            )
        )
