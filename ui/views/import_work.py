"""The work behind the import page: which kind a file is, its import, and the trace that outlives a closed window."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from app.domain.refused import Refused
from app.services.importing import Importer, ImportReport, Preview, Stopped
from ui.import_trace import ImportTrace
from ui.screen import Screen

#: The code with which a file is refused that is of another kind.
OTHER_KIND, NO_KIND = "import-column-missing", "import-no-kind"
UNREACHABLE = "UNREACHABLE"
#: How often it is remembered how far an import has come (seconds).
KEEP_EVERY = 2.0

Told = Callable[[int, int], None]


class ImportWork:
    """One file at a time. A trial leaves no trace."""

    def __init__(self, screen: Screen, importer: Importer, kinds: Sequence[str]) -> None:
        self._screen, self._importer, self._kinds = screen, importer, kinds
        self.trace = ImportTrace(screen.desk)
        self._is_left = False

    async def look(self, path: Path) -> Preview:
        """The file as the kind whose columns it has.

        Raises Refused, where no kind fits import-no-kind with what the nearest lacks; Stopped after `stop`.
        """
        nos: list[Refused] = []
        for kind in self._kinds:
            try:
                return await self._importer.preview(path, kind)
            except Refused as no:
                if no.code != OTHER_KIND:
                    raise
                nos.append(no)
        nearest = min(nos, key=lambda no: len(no.facts.get("columns", ())))
        raise Refused(NO_KIND, **nearest.facts) from nearest

    async def try_out(self, path: Path, kind: str, tell: Told) -> ImportReport:
        """Go through the motions."""
        return await self._importer.run(path, kind, tell, is_dry_run=True)

    async def carry_out(self, path: Path, kind: str, tell: Told) -> ImportReport:
        """Import, remembering how far it has come until it has come to its end.

        Raises Refused or Stopped, and then nothing new is remembered; Unreachable, and then it is unfinished.
        """
        trail = _Trail(self.trace, str(path), kind)
        await trail.begin()
        try:
            report = await self._importer.run(path, kind, self._traced(trail, tell))
        except (Refused, Stopped):
            await trail.take_back()
            raise
        if not self._is_left and report.ending != UNREACHABLE:
            await trail.end()
        return report

    def stop(self) -> None:
        """End what runs; what it took over stays."""
        self._importer.cancel()

    def leave(self) -> None:
        """Another person takes the seat: end what runs, and let it be offered to this one again."""
        self._is_left = True
        self.stop()

    def _traced(self, trail: "_Trail", tell: Told) -> Told:
        def told(done: int, total: int) -> None:
            tell(done, total)
            if not self._is_left and trail.falls_due():
                self._screen.run(trail.reach(done, total))

        return told


class _Trail:
    """The trace of one run; nothing is kept of it any more once it is over."""

    def __init__(self, trace: ImportTrace, path: str, kind: str) -> None:
        self._trace, self._path, self._kind = trace, path, kind
        self._is_over = self._was_there = False
        self._kept_at = time.monotonic()

    def falls_due(self) -> bool:
        """Whether it is time to remember how far it has come; asked once, it is not again for a while."""
        now = time.monotonic()
        is_due = not self._is_over and now - self._kept_at >= KEEP_EVERY
        self._kept_at = now if is_due else self._kept_at
        return is_due

    async def begin(self) -> None:
        """From here on it is unfinished; one that was so before has come as far as it had."""
        before = {one.path: one for one in await self._trace.unfinished()}.get(self._path)
        self._was_there = before is not None
        await self._trace.keep(
            self._path, self._kind, before.done if before else 0, before.total if before else 0
        )

    async def reach(self, done: int, total: int) -> None:
        """It has come so far."""
        if not self._is_over:
            await self._trace.keep(self._path, self._kind, done, total)

    async def take_back(self) -> None:
        """It never began: what was unfinished before is so still."""
        if not self._was_there:
            await self.end()

    async def end(self) -> None:
        """It is over."""
        self._is_over = True
        await self._trace.forget(self._path)
