"""A whole file looked through before anything is sent: its records in time order, its rejects, its findings."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

from app.domain.commands import ImportRecord
from app.domain.lengths import short, within
from app.domain.refused import Refused
from app.domain.taxonomy import Directory
from app.importing.findings import Notes
from app.importing.messages import MESSAGES
from app.importing.pingshan import PINGSHAN
from app.importing.reading import OWN_COLUMNS, Sheet, SheetRow, read_sheet, rows_of
from app.importing.shapes import Mapper, Shape, check_header, unused
from app.services.importing import Stopped

T = TypeVar("T")

SHAPES: Mapping[str, Shape] = {shape.kind: shape for shape in (PINGSHAN, MESSAGES)}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row that can become a case."""

    row: SheetRow
    record: ImportRecord


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that cannot, and why."""

    row: SheetRow
    code: str
    facts: Mapping[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True, slots=True)
class Survey:
    """What a file holds. `repeated` counts rows that say again, word for word, what a row before said.

    rows = candidates + rejects + repeated. Candidates are in the order in which they occurred.
    """

    kind: str
    sheet: Sheet
    rows: int
    candidates: tuple[Candidate, ...]
    rejects: tuple[Reject, ...]
    repeated: int
    unused: tuple[str, ...]
    notes: Notes


def never() -> bool:
    """Nobody says stop."""
    return False


def survey(
    path: Path,
    kind: str,
    directory: Directory,
    now: datetime,
    cancelled: Callable[[], bool] = never,
) -> Survey:
    """The file read as a source of that kind.

    Raises Refused: import-kind-unknown, import-not-found, import-unreadable, import-too-large, import-empty,
    import-header-broken, import-column-missing, import-column-twice; Stopped once `cancelled` says so.
    """
    shape = SHAPES.get(kind)
    if shape is None:
        raise Refused("import-kind-unknown", kind=kind, kinds="、".join(SHAPES))
    sheet = read_sheet(path)
    check_header(shape, sheet.name, sheet.header)
    rows = tuple(_until(cancelled, rows_of(sheet)))
    sifter = _Sifter(now)
    notes = sifter.notes
    readable = [row.cells for row in rows if row.cells is not None]
    mapper = shape.mapper(directory, readable, notes)
    for row in _until(cancelled, rows):
        sifter.take(row, mapper)
    candidates = sifter.in_order()
    _note_likely_repeats(shape, candidates, notes)
    rejects, again = tuple(sifter.rejects), sifter.repeated
    left_out = unused(shape, sheet.header)
    return Survey(kind, sheet, len(rows), candidates, rejects, again, left_out, notes)


def _until(cancelled: Callable[[], bool], rows: Iterable[T]) -> Iterator[T]:
    for row in rows:
        if cancelled():
            raise Stopped
        yield row


class _Sifter:
    """Rows on their way into candidates, rejects, and words said twice."""

    def __init__(self, now: datetime) -> None:
        self.notes = Notes()
        self.rejects: list[Reject] = []
        self.repeated = 0
        self._now = now
        self._known: dict[str, Candidate] = {}

    def take(self, row: SheetRow, mapper: Mapper) -> None:
        """Put one row where it belongs."""
        if row.cells is None:
            self.rejects.append(Reject(row, row.code))
            return
        try:
            self._keep(row, self._checked(mapper(row.cells)))
        except Refused as no:
            self.rejects.append(Reject(row, no.code, no.facts))

    def _checked(self, record: ImportRecord) -> ImportRecord:
        if record.occurred_at > self._now:
            raise Refused("time-in-future")
        within(record.narrative)
        short(title=record.title, address=record.address, source_ref=record.source_ref)
        return record

    def _keep(self, row: SheetRow, record: ImportRecord) -> None:
        before = self._known.setdefault(record.source_ref, Candidate(row, record))
        if before.row is row:
            return
        if before.record != record:
            raise Refused("id-twice", line=before.row.line)
        self.repeated += 1
        self.notes.add("row-repeated")

    def in_order(self) -> tuple[Candidate, ...]:
        """The candidates by time, rows of one second as they stand in the file."""
        found = list(self._known.values())
        for before, after in pairwise(found):
            if after.record.occurred_at < before.record.occurred_at:
                self.notes.add("out-of-order")
        return tuple(sorted(found, key=lambda one: one.record.occurred_at))


def _note_likely_repeats(shape: Shape, candidates: tuple[Candidate, ...], notes: Notes) -> None:
    """Rows equal but for their own number are imported; that they look alike is said."""
    told = Counter(_words(shape, one.row) for one in candidates)
    for count in told.values():
        for _ in range(count - 1):
            notes.add("likely-repeat")


def _words(shape: Shape, row: SheetRow) -> tuple[str, ...]:
    cells = row.cells or {}
    own = (*shape.own, *OWN_COLUMNS)
    return tuple(cell for column, cell in cells.items() if column not in own)
