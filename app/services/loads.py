"""How the open cases lie over queues, people and units: what a shift leader looks at."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from app.domain.terms import Stage
from app.services.queries import Queue

K = TypeVar("K")

#: The queues in which nobody but the centre has the case: there it can be claimed.
CLAIMABLE = (Queue.FILING, Queue.DISPATCH, Queue.CLOSURE)
WAITING = tuple(Queue(stage) for stage in Stage if stage is not Stage.ENDED)


@dataclass(frozen=True, slots=True)
class Tally:
    """Numbers of open cases: all, those late, due within the hour, once returned, and claimed by nobody."""

    waiting: int = 0
    late: int = 0
    soon: int = 0
    returned: int = 0
    unclaimed: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.waiting + other.waiting,
            self.late + other.late,
            self.soon + other.soon,
            self.returned + other.returned,
            self.unclaimed + other.unclaimed,
        )


@dataclass(frozen=True, slots=True)
class Heap:
    """The open cases of one queue that the same person has claimed ('': nobody) and the same units have."""

    queue: Queue
    holder: str
    units: tuple[str, ...]
    tally: Tally


@dataclass(frozen=True, slots=True)
class Loads:
    """What lies where. `oldest` says since when the first of a queue waits: since it was registered or, where
    somebody waits for an answer, since he asked.
    """

    heaps: tuple[Heap, ...] = ()
    oldest: Mapping[Queue, datetime] = field(default_factory=dict[Queue, datetime])
    asked: Tally = Tally()

    @property
    def all(self) -> Tally:
        """Everything that is open."""
        return sum((heap.tally for heap in self.heaps), Tally())

    @property
    def queues(self) -> dict[Queue, Tally]:
        """Every queue that something can wait in, in order; what units ask to see comes last."""
        empty = dict.fromkeys(WAITING, Tally())
        return {**empty, **_summed(self.heaps, _queue_of), Queue.ASKED: self.asked}

    @property
    def people(self) -> dict[str, Tally]:
        """Who has claimed anything, most first."""
        return _by_size(_summed(self.heaps, _holder_of))

    @property
    def units(self) -> dict[str, Tally]:
        """Who deals with anything, most first; a case of several units counts for each."""
        return _by_size(_summed(self.heaps, lambda heap: heap.units))


def _queue_of(heap: Heap) -> tuple[Queue, ...]:
    return (heap.queue,)


def _holder_of(heap: Heap) -> tuple[str, ...]:
    return (heap.holder,) if heap.holder else ()


def _summed(heaps: Iterable[Heap], keys: Callable[[Heap], Iterable[K]]) -> dict[K, Tally]:
    found: dict[K, Tally] = {}
    for heap in heaps:
        for key in keys(heap):
            found[key] = found.get(key, Tally()) + heap.tally
    return found


def _by_size(found: Mapping[str, Tally]) -> dict[str, Tally]:
    order = sorted(found.items(), key=lambda pair: (-pair[1].waiting, pair[0]))
    return dict(order)
