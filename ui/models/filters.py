"""A filter as its parts: what each is called, what it is set to, and how it is kept as plain data."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any

from app.domain.terms import Grade, Nature
from app.services.filters import UNCLAIMED, Filter, Happening
from app.services.queries import Queue, Sort
from ui.names import DataNames
from ui.wording import Wording

#: The parts a person sets one by one, in the order they are offered; a pair of dates counts as one.
#: What happened on a day, and what is due on one, come with a number that was pressed; nobody sets them.
PARTS = (
    *("street", "community", "category", "unit", "solver"),
    *("channel", "nature", "grade", "dates"),
    *("happened", "due_on", "holder", "is_open", "is_late", "is_soon", "is_returned"),
)
#: Parts that are so or not; the menu offers them together.
STANDING = ("is_open", "is_late", "is_soon", "is_returned")
_PAIRS = {"dates": ("registered_from", "registered_to"), "happened": ("happened", "happened_on")}
#: What a warning counted: nobody sets that by hand.
CASES = "cases"


@dataclass(frozen=True, slots=True)
class Saved:
    """A named list: queue, filter and order."""

    name: str
    queue: Queue
    filter: Filter
    sort: Sort
    descending: bool

    def plain(self) -> dict[str, Any]:
        """As JSON can keep it."""
        return {
            "name": self.name,
            "queue": self.queue.value,
            "filter": to_plain(self.filter),
            "sort": self.sort.value,
            "descending": self.descending,
        }


def saved_of(plain: Mapping[str, Any]) -> Saved | None:
    """What `Saved.plain` gave, or None when an older or newer program kept something else."""
    try:
        return Saved(
            str(plain["name"]),
            Queue(plain["queue"]),
            of_plain(plain["filter"]),
            Sort(plain["sort"]),
            bool(plain["descending"]),
        )
    except (KeyError, TypeError, ValueError):
        return None


def is_set(one: Filter, part: str) -> bool:
    """Whether a part narrows anything."""
    names = _PAIRS.get(part, (part,))
    return any(getattr(one, name) for name in names)


def without(one: Filter, part: str) -> Filter:
    """The filter with a part left open; without a street there is no community either."""
    if part in STANDING:
        return replace(one, **{part: False})
    if part == CASES:
        return replace(one, cases="")
    names = {**_PAIRS, "street": ("street", "community")}.get(part, (part,))
    return replace(one, **dict.fromkeys(names))


def narrowed(one: Filter) -> list[str]:
    """The parts that are set, in order; the searched text is not one of them."""
    return [part for part in (*PARTS, CASES) if is_set(one, part)]


def to_plain(one: Filter) -> dict[str, Any]:
    """The parts that are set, as JSON can keep them."""
    return {name: str(value) for name, value in asdict(one).items() if value}


def of_plain(plain: Mapping[str, Any]) -> Filter:
    """What `to_plain` gave. Raises ValueError for a word no part knows, TypeError for a strange shape."""
    known = {one.name for one in fields(Filter)}
    return Filter(
        **{name: _read(name, str(value)) for name, value in plain.items() if name in known}
    )


def _is_so(value: str) -> bool:
    return value == str(True)


_READ: Mapping[str, Callable[[str], Any]] = {
    "nature": Nature,
    "grade": Grade,
    "happened": Happening,
    **dict.fromkeys(STANDING, _is_so),
    **dict.fromkeys((*_PAIRS["dates"], "happened_on", "due_on"), date.fromisoformat),
}


def _read(name: str, value: str) -> Any:
    return _READ.get(name, str)(value)


@dataclass(frozen=True, slots=True)
class FilterText:
    """Says the parts of a filter."""

    words: Wording
    data: DataNames

    def name(self, part: str) -> str:
        """What the part is called."""
        return self.words.say(f"queue.filter.{part}")

    def chip(self, one: Filter, part: str) -> str:
        """The part and what it is set to; how a case stands is said by its name alone."""
        if part in STANDING:
            return self.name(part)
        return self.words.say(
            "queue.filter.chip", name=self.name(part), value=self.value(one, part)
        )

    def value(self, one: Filter, part: str) -> str:
        """What the part is set to."""
        say, data = self.words.say, self.data
        find: Mapping[str, Callable[[Filter], str]] = {
            "street": lambda one: data.street(one.street),
            "community": lambda one: data.community(one.community),
            "category": lambda one: data.path(one.category),
            "unit": lambda one: data.unit(one.unit),
            "solver": lambda one: data.unit(one.solver),
            "channel": lambda one: data.channel(one.channel),
            "nature": lambda one: say(f"queue.nature.{one.nature}"),
            "grade": lambda one: say(f"queue.grade_name.{one.grade}"),
            "dates": self._dates,
            "happened": self._happened,
            "due_on": lambda one: str(one.due_on),
            "holder": lambda one: self._holder(one.holder),
            CASES: lambda one: self._counted(one.cases),
        }
        return find[part](one)

    def _happened(self, one: Filter) -> str:
        what = self.words.say(f"queue.filter.happened.{one.happened}")
        return self.words.say("queue.filter.happened_value", what=what, day=one.happened_on)

    def _counted(self, cases: str | None) -> str:
        return self.words.say("queue.filter.counted", n=len((cases or "").split()))

    def _holder(self, login: str | None) -> str:
        free = self.words.say("queue.filter.unclaimed")
        return free if login == UNCLAIMED else self.data.person(login)

    def _dates(self, one: Filter) -> str:
        first, last = one.registered_from, one.registered_to
        if first == last:
            return str(first)
        open_end = self.words.say("queue.filter.open_end")
        return self.words.say(
            "queue.filter.from_to", first=first or open_end, last=last or open_end
        )
