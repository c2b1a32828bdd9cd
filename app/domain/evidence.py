"""The evidence pack of a dispute: what was asked, who sent it back and why, what the duty list says, who had it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.domain.case import Case, Coordination, Dossier, Request, Task
from app.domain.leaving import is_taken_back
from app.domain.taxonomy import Category, Directory
from app.domain.terms import RequestKind


@dataclass(frozen=True, slots=True)
class Sent:
    """A dispatch on the map: to whom, from when, and until when it had the case (None: it has it still)."""

    task: Task
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Back:
    """A return: of which unit, the how-manieth of its own, and what was asked and judged."""

    unit: str
    nth: int
    request: Request


@dataclass(frozen=True, slots=True)
class Duty:
    """A line of the duty list: a class from the first level down, and whose it is (None: nobody's by name)."""

    category: str
    unit: str | None


@dataclass(frozen=True, slots=True)
class Pack:
    """All that whoever rules has to know, in the order of reading; `amended` are rulings that changed the list."""

    case: Case
    sent: tuple[Sent, ...]
    back: tuple[Back, ...]
    blockers: tuple[Request, ...]
    duty: tuple[Duty, ...]
    amended: tuple[Coordination, ...] = ()

    @property
    def named(self) -> Mapping[str, int]:
        """Which units were named as the proper one, and by how many returns."""
        return Counter(one.request.proper_unit for one in self.back if one.request.proper_unit)

    @property
    def tally(self) -> Mapping[str, tuple[int, int]]:
        """How often each unit sent the case back, and how often that was improper."""
        units = dict.fromkeys(one.unit for one in self.back)
        return {unit: tally_of(unit, self.back) for unit in units}


def tally_of(unit: str, back: tuple[Back, ...]) -> tuple[int, int]:
    """How often a unit sent the case back, and how often that was judged improper."""
    own = [one.request for one in back if one.unit == unit]
    return len(own), sum(one.is_improper and one.status == "REFUSED" for one in own)


def returns_of(on: Dossier) -> tuple[Back, ...]:
    """The returns of a case in their order, each counted for the case by its place and for its unit by `nth`."""
    counted: Counter[str] = Counter()
    found: list[Back] = []
    for request in sorted(on.requests, key=lambda one: (one.asked_at, one.id)):
        if request.kind == RequestKind.RETURN and request.status != "WITHDRAWN":
            unit = on.unit_of(request.task_id)
            counted[unit] += 1
            found.append(Back(unit, counted[unit], request))
    return tuple(found)


def pack_of(on: Dossier, directory: Directory, amended: tuple[Coordination, ...] = ()) -> Pack:
    """The pack of a case as it stands; it is built from the rows alone, so that every seat builds the same."""
    tasks = (one for one in on.tasks if not is_taken_back(one))
    sent = (Sent(one, one.returned_at) for one in sorted(tasks, key=_begun))
    blocked = (one for one in on.requests if one.kind == RequestKind.BLOCKER)
    path = _path(on.case.category, directory)
    return Pack(
        on.case,
        tuple(sent),
        returns_of(on),
        tuple(one for one in blocked if one.status != "WITHDRAWN"),
        tuple(Duty(one.code, one.unit) for one in path),
        tuple(one for one in amended if one.category == on.case.category),
    )


def _begun(task: Task) -> tuple[datetime, str]:
    return task.dispatched_at, task.id


def _path(category: str | None, directory: Directory) -> tuple[Category, ...]:
    """From the first level down to the class; () where it is none of the standard."""
    found = directory.taxonomy.get(category)
    return () if found is None else directory.taxonomy.path(found.code)
