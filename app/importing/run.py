"""An import from the first look at a file to its report."""

from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.domain.moment import Setting
from app.domain.permits import may
from app.domain.refused import Refused
from app.importing.archive import Archive
from app.importing.delivery import Delivery
from app.importing.rejects import RejectsFile
from app.importing.report import Ending, ImportReport, Preview, PreviewRow
from app.importing.shapes import mapped
from app.importing.survey import SHAPES, Candidate, Reject, Survey, never, survey

#: So many of a file's first rows are shown before it is imported.
SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What to import: the file, what kind of source it is, and where rejects go (None: beside it).

    A dry run looks and decides, but offers the centre nothing, and writes rejects only where it is told to.
    """

    path: Path
    kind: str
    rejects_folder: Path | None = None
    is_dry_run: bool = False

    def rejects_file(self) -> RejectsFile | None:
        """Where the rejects go; None when they are only counted."""
        if self.is_dry_run and self.rejects_folder is None:
            return None
        return RejectsFile(self.path, self.rejects_folder)


def _heedless(_: int, __: int) -> None:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """Who looks on: `progress(rows done, rows in all)`, and whether to stop at the next row or batch."""

    clock: Callable[[], datetime]
    progress: Callable[[int, int], None] = _heedless
    cancelled: Callable[[], bool] = never


def import_file(job: Job, archive: Archive, setting: Setting, watch: Watch) -> ImportReport:
    """Take the records of a file over, oldest first, as one historical batch; a second run adds nothing.

    Raises Refused: import-not-permitted, rejects-unwritable, and what `survey` refuses a whole file for;
    Stopped when it was not yet looked through.
    """
    began = watch.clock()
    _permitted(archive)
    found = survey(job.path, job.kind, setting.directory, began, watch.cancelled)
    with ExitStack() as at_the_end:
        if file := job.rejects_file():
            file.reserve()
            at_the_end.callback(file.release)
        delivery = Delivery(archive, setting, watch.clock, found)
        ending = delivery.run(watch.progress, watch.cancelled, is_dry_run=job.is_dry_run)
        place = file.write(found.sheet, (*found.rejects, *delivery.rejects)) if file else None
    seconds = (watch.clock() - began).total_seconds()
    return _report(job, found, delivery, (ending, place, seconds))


def _permitted(archive: Archive) -> None:
    role = archive.actor.role
    if not may("import_record", role, None):
        raise Refused("import-not-permitted", role=str(role))


def _report(
    job: Job, found: Survey, delivery: Delivery, end: tuple[Ending, Path | None, float]
) -> ImportReport:
    rejects = (*found.rejects, *delivery.rejects)
    ending, place, seconds = end
    return ImportReport(
        file=found.sheet.name,
        kind=found.kind,
        encoding=found.sheet.encoding,
        rows=found.rows,
        imported=delivery.imported,
        already=delivery.already + found.repeated,
        rejected=len(rejects),
        left=delivery.left,
        reasons=_counted(rejects),
        samples=_samples(rejects),
        findings=found.notes.told(),
        unused_columns=found.unused,
        rejects_file=place,
        batch=delivery.batch,
        ending=ending,
        is_dry_run=job.is_dry_run,
        seconds=seconds,
        code=delivery.code,
    )


def preview(
    path: Path,
    kind: str,
    setting: Setting,
    now: datetime,
    cancelled: Callable[[], bool] = never,
) -> Preview:
    """The file looked through without a store. Raises Refused and Stopped as `survey` does."""
    found = survey(path, kind, setting.directory, now, cancelled)
    times = [one.record.occurred_at for one in found.candidates]
    return Preview(
        file=found.sheet.name,
        kind=found.kind,
        encoding=found.sheet.encoding,
        rows=found.rows,
        rejected=len(found.rejects),
        repeated=found.repeated,
        shown=_first_rows(found),
        reasons=_counted(found.rejects),
        samples=_samples(found.rejects),
        findings=found.notes.told(),
        unused_columns=found.unused,
        mapped=mapped(SHAPES[found.kind], found.sheet.header),
        first=min(times, default=None),
        last=max(times, default=None),
    )


def _first_rows(found: Survey) -> tuple[PreviewRow, ...]:
    """The file's first rows in its own order."""
    rows = [_shown(one) for one in (*found.candidates, *found.rejects)]
    return tuple(sorted(rows, key=lambda row: row.line)[:SHOWN])


def _shown(one: Candidate | Reject) -> PreviewRow:
    if isinstance(one, Candidate):
        return PreviewRow(one.row.line, one.record)
    return PreviewRow(one.row.line, None, one.code, one.facts)


def _counted(rejects: Iterable[Reject]) -> tuple[tuple[str, int], ...]:
    return tuple(Counter(one.code for one in rejects).most_common())


def _samples(rejects: Iterable[Reject]) -> tuple[PreviewRow, ...]:
    """The first row of each code."""
    firsts: dict[str, Reject] = {}
    for one in sorted(rejects, key=lambda reject: reject.row.line):
        firsts.setdefault(one.code, one)
    return tuple(map(_shown, firsts.values()))
