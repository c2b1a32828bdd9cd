"""Importing for a screen: the work in a thread of its own, its news on the screen's."""

import asyncio
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from app.domain.moment import Setting
from app.importing.archive import Archive
from app.importing.report import Format, ImportReport, Preview
from app.importing.run import Job, Watch, import_file, preview
from app.importing.survey import SHAPES

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class FileImporter:
    """One person's importer; one import at a time. `opened` opens the store for as long as it is needed."""

    opened: Callable[[], AbstractContextManager[Archive]]
    setting: Setting
    clock: Callable[[], datetime]
    _stop: threading.Event = field(default_factory=threading.Event, init=False, repr=False)

    @property
    def formats(self) -> tuple[Format, ...]:
        """The kinds of source that are understood."""
        return tuple(Format(one.kind, one.needed, one.used) for one in SHAPES.values())

    async def preview(self, path: Path, kind: str) -> Preview:
        """The file before it is imported. Raises Refused and Stopped as `run.preview` does."""
        self._stop.clear()
        seen = partial(preview, path, kind, self.setting, self.clock(), self._stop.is_set)
        return await self._aside(seen)

    async def run(
        self,
        path: Path,
        kind: str,
        progress: Callable[[int, int], None],
        *,
        rejects_folder: Path | None = None,
        is_dry_run: bool = False,
    ) -> ImportReport:
        """Import; `progress(rows done, rows in all)` is called in the caller's loop.

        Raises Refused and Stopped as `run.import_file` does, and Unreachable when the store cannot be opened.
        """
        job = Job(path=path, kind=kind, rejects_folder=rejects_folder, is_dry_run=is_dry_run)
        self._stop.clear()
        loop = asyncio.get_running_loop()

        def told(done: int, total: int) -> None:
            loop.call_soon_threadsafe(progress, done, total)

        watch = Watch(clock=self.clock, progress=told, cancelled=self._stop.is_set)
        return await self._aside(partial(self._import, job, watch))

    def cancel(self) -> None:
        """Stop at the next row that is looked at, or before the next batch; what is in stays in."""
        self._stop.set()

    async def _aside(self, work: Callable[[], T]) -> T:
        try:
            return await asyncio.to_thread(work)
        except asyncio.CancelledError:
            self.cancel()
            raise

    def _import(self, job: Job, watch: Watch) -> ImportReport:
        with self.opened() as archive:
            return import_file(job, archive, self.setting, watch)
