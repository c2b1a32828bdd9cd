"""Where else a search finds something, looked up only when it found nothing where it was asked."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from app.services.queries import Queue, WindowQuery
from ui.models.queue_source import Question, QueueSource
from ui.screen import Screen

_OF_NO_STAGE = (Queue.OVERDUE, Queue.ALL, Queue.MINE, Queue.ASKED)
#: The queues that a case can wait in, one at a time.
STAGES = tuple(queue for queue in Queue if queue not in _OF_NO_STAGE)


@dataclass(frozen=True, slots=True)
class Hits:
    """What the same words find elsewhere: in all, also of what has ended; and in which queues."""

    total: int
    queues: tuple[tuple[Queue, int], ...] = ()

    @property
    def ended(self) -> int:
        """Cases found that wait in no queue any more."""
        return self.total - sum(number for _, number in self.queues)


class Elsewhere(QObject):
    """`changed` when `hits` are known; None while there is no need to look, or no answer yet.

    They are looked up again after news: what was nowhere may have come.
    """

    changed = Signal()

    def __init__(self, screen: Screen, source: QueueSource) -> None:
        super().__init__(source)
        self._screen, self._source = screen, source
        self.hits: Hits | None = None
        source.opened.connect(self._begin)
        source.renewed.connect(self._look)

    def _begin(self) -> None:
        self.hits = None
        self._look()

    def _look(self) -> None:
        asked = self._source.question
        if asked.filter.text and asked.queue is not Queue.ALL and not self._source.total:
            self._screen.run(self._ask(asked))

    async def _ask(self, asked: Question) -> None:
        total = await self._count(asked, Queue.ALL)
        others = [queue for queue in STAGES if queue is not asked.queue] if total else []
        found = [(queue, await self._count(asked, queue)) for queue in others]
        if self._source.question is asked and not self._source.total:
            hits = Hits(total, tuple(one for one in found if one[1]))
            if hits != self.hits:
                self.hits = hits
                self.changed.emit()

    async def _count(self, asked: Question, queue: Queue) -> int:
        query = WindowQuery(queue=queue, now=self._screen.desk.now(), filter=asked.filter, limit=0)
        return (await self._screen.desk.window(query)).total
