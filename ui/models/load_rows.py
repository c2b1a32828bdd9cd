"""The shift leader's numbers as lines of cells, each with the list that it opens."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from app.services.filters import UNCLAIMED, Filter
from app.services.loads import CLAIMABLE, Loads, Tally
from app.services.queries import Queue, Sort
from ui.countdown import amount
from ui.models.queue_source import Question
from ui.names import DataNames
from ui.wording import Wording

#: What is counted of each line, in the order of the columns.
COUNTED = ("waiting", "late", "soon", "returned")
#: Of a queue it is also told what nobody has claimed, and how long the first waits.
OF_QUEUES = (*COUNTED, "unclaimed", "oldest")
_NARROWS: Mapping[str, Mapping[str, Any]] = {
    "waiting": {},
    "late": {"is_late": True},
    "soon": {"is_soon": True},
    "returned": {"is_returned": True},
    "unclaimed": {"holder": UNCLAIMED},
}


@dataclass(frozen=True, slots=True)
class Cell:
    """What is read, the list behind it (None: there is nothing to open), and the colour of its words."""

    text: str
    opens: Question | None = None
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A queue, a person or a unit by its code, what it is called, and its cells."""

    code: str
    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class LoadRows:
    """Says the numbers in the language in use."""

    words: Wording
    data: DataNames

    def queues(self, loads: Loads, now: datetime) -> tuple[Line, ...]:
        """Every queue, also where nothing waits."""
        return tuple(
            Line(
                queue, self.words.say(f"queue.name.{queue}"), tuple(self._queue(queue, loads, now))
            )
            for queue in loads.queues
        )

    def people(self, loads: Loads) -> tuple[Line, ...]:
        """Whoever has claimed anything."""
        return self._lines(loads.people, self.data.person, "holder")

    def units(self, loads: Loads) -> tuple[Line, ...]:
        """Whichever unit has anything in hand."""
        return self._lines(loads.units, self.data.unit, "unit")

    def whole(self, loads: Loads) -> tuple[tuple[str, Cell], ...]:
        """What concerns the shift most: the part of its words, and the number."""
        asked, whole = loads.queues, loads.all
        everything = Question(Queue.ALL, Filter(is_open=True))
        return (
            ("late", cell_of(whole.late, Question(Queue.OVERDUE), "breached")),
            ("soon", _counted(whole, "soon", Question(Queue.ALL))),
            ("decide", cell_of(asked[Queue.RETURNED].waiting, Question(Queue.RETURNED))),
            ("asked", cell_of(asked[Queue.ASKED].waiting, Question(Queue.ASKED))),
            ("unclaimed", _counted(whole, "unclaimed", Question(Queue.ALL))),
            ("waiting", cell_of(whole.waiting, everything)),
        )

    def _queue(self, queue: Queue, loads: Loads, now: datetime) -> Iterator[Cell]:
        tally = loads.queues[queue]
        for name in COUNTED:
            yield _counted(tally, name, Question(queue))
        is_claimed = queue in CLAIMABLE
        yield _counted(tally, "unclaimed", Question(queue)) if is_claimed else Cell("")
        yield self._oldest(queue, loads.oldest.get(queue), now)

    def _oldest(self, queue: Queue, since: datetime | None, now: datetime) -> Cell:
        """How long the first waits; the list begins with it."""
        if since is None:
            return Cell("")
        told = amount(max(0, int((now - since).total_seconds())), self.words.say)
        return Cell(told, Question(queue, sort=Sort.REGISTERED))

    def _lines(
        self, tallies: Mapping[str, Tally], name: Callable[[str], str], part: str
    ) -> tuple[Line, ...]:
        return tuple(
            Line(
                code,
                name(code),
                tuple(_counted(tally, one, _open(part, code)) for one in COUNTED),
            )
            for code, tally in tallies.items()
        )


def _open(part: str, code: str) -> Question:
    narrows: dict[str, Any] = {part: code}
    return Question(Queue.ALL, Filter(is_open=True, **narrows))


def _counted(tally: Tally, name: str, whole: Question) -> Cell:
    tone = "breached" if name == "late" else ""
    number: int = getattr(tally, name)
    return cell_of(number, replace(whole, filter=replace(whole.filter, **_NARROWS[name])), tone)


def cell_of(number: int, opens: Question, tone: str = "") -> Cell:
    """A number that opens its list; nothing has none."""
    return Cell(f"{number:,}", opens, tone) if number else Cell("0", tone="faint")
