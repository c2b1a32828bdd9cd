"""Learning classes anew from the closed cases of a seat's own store, and whether what was learned may be used.

What is new is held against what is used by cases that neither has seen: those closed in the last month, and after
the one in use was learned. It is taken up where it is no worse; the one before stays beside it, and every comparison
is written down.
"""

import json
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from app.services.guess import CHOICES

if TYPE_CHECKING:
    from app.insight.classes import ClassModel
    from db.replica.confirmed import Confirmed

#: What was learned from a replica lies beside it under these endings: in use, before that, and all comparisons.
MODEL, BEFORE, RECORD = ".model", ".model.before", ".learned.jsonl"
#: Of a class with fewer closed cases nothing is learned, nor of a store with fewer cases in all.
LEAST_OF_CLASS, LEAST = 5, 200
#: Cases of so many days are held out, and so many it takes to tell one from the other.
HELD_DAYS, LEAST_HELD = 30, 50


@dataclass(frozen=True, slots=True)
class Lesson:
    """A comparison: of how many `cases` and `classes` was learned, closed until when, how many were held out.

    `right` is the share of these that what is new knew, `before` what is in use (None: nothing is, or nothing
    could be held out). `version` counts what was taken up.
    """

    version: int
    cases: int
    classes: int
    until: str = ""
    held: int = 0
    right: float | None = None
    before: float | None = None
    is_adopted: bool = False


def learn(replica: Path) -> Lesson:
    """Keep beside a replica what its closed cases teach, unless it is worse; 0 classes where too few teach anything."""
    from db.replica.confirmed import confirmed

    cases = list(_enough(confirmed(replica)))
    classes = {one.category for one in cases}
    last = last_lesson(replica)
    if len(cases) < LEAST or len(classes) < CHOICES:
        return Lesson(last.version if last else 0, len(cases), 0)
    lesson = _compared(cases, last, _in_use(replica))
    if lesson.is_adopted:
        _adopt(replica, _trained(cases))
    _write_down(replica, lesson)
    return lesson


def last_lesson(replica: Path) -> Lesson | None:
    """The last one that was taken up; None for none. A line that cannot be read is none."""
    found: list[Lesson] = []
    with suppress(OSError):
        for line in beside(replica, RECORD).read_text("utf-8").splitlines():
            with suppress(ValueError, TypeError):
                found.append(Lesson(**json.loads(line)))
    return next((one for one in reversed(found) if one.is_adopted), None)


def beside(replica: Path, ending: str) -> Path:
    """The file of that ending beside a replica."""
    return replica.with_name(replica.stem + ending)


def _enough(cases: Sequence["Confirmed"]) -> Iterator["Confirmed"]:
    often = Counter(one.category for one in cases)
    return (one for one in cases if often[one.category] >= LEAST_OF_CLASS)


def _trained(cases: Sequence["Confirmed"]) -> "ClassModel":
    from app.insight.classes import train

    return train([one.text for one in cases], [one.category for one in cases])


def _compared(
    cases: Sequence["Confirmed"], last: Lesson | None, used: "ClassModel | None"
) -> Lesson:
    """Without anything in use what is new is taken; else by what both have not seen."""
    until = max(one.closed_at for one in cases)
    cut = max(_days_before(until), last.until if last else "")
    held = [one for one in cases if one.closed_at > cut]
    seen = [one for one in cases if one.closed_at <= cut]
    about = (
        (last.version + 1 if last else 1),
        len(cases),
        len({one.category for one in cases}),
        until,
    )
    if len(held) < LEAST_HELD or len({one.category for one in seen}) < CHOICES:
        return Lesson(*about, is_adopted=used is None)
    right, before = _share(_trained(seen), held), _share(used, held) if used else None
    is_no_worse = before is None or right >= before
    return Lesson(*about, len(held), round(right, 4), before and round(before, 4), is_no_worse)


def _days_before(until: str) -> str:
    """The instant a month before, written as the rows are; nothing for none."""
    if not until:
        return ""
    from app.domain.effects import to_wire

    return str(to_wire(datetime.fromisoformat(until) - timedelta(days=HELD_DAYS)))


def _share(model: "ClassModel", held: Sequence["Confirmed"]) -> float:
    """How many of the cases it knows at once."""
    firsts = (model.suggest(one.text).choices[:1] for one in held)
    hits = sum(
        bool(first) and first[0].code == one.category
        for first, one in zip(firsts, held, strict=True)
    )
    return hits / len(held)


def _in_use(replica: Path) -> "ClassModel | None":
    from app.insight.packing import NotAModel, opened

    with suppress(OSError, NotAModel):
        return opened(beside(replica, MODEL).read_bytes())
    return None


def _adopt(replica: Path, model: "ClassModel") -> None:
    from app.insight.packing import packed

    half = replica.with_name(f".{os.getpid()}.model")
    half.write_bytes(packed(model))
    with suppress(FileNotFoundError):
        beside(replica, MODEL).replace(beside(replica, BEFORE))
    half.replace(beside(replica, MODEL))


def _write_down(replica: Path, lesson: Lesson) -> None:
    with beside(replica, RECORD).open("a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(lesson)) + "\n")
