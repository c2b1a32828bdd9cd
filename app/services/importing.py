"""What a screen asks of an importer: look a file through, take it over, stop; and what it is told."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from app.domain.commands import ImportRecord

#: The kinds of source that are understood, as the command line names them after --as.
KINDS = ("pingshan", "messages")


class Stopped(Exception):
    """Somebody said stop while the file was still looked through; nothing was taken over."""


class Finding(Protocol):
    """One thing noticed: its code, in how many rows, and the names it was noticed about."""

    @property
    def code(self) -> str: ...
    @property
    def count(self) -> int: ...
    @property
    def names(self) -> Sequence[tuple[str, int]]: ...


class PreviewRow(Protocol):
    """One of the first rows: its line, and the record it becomes, or the code of why it does not."""

    @property
    def line(self) -> int: ...
    @property
    def record(self) -> ImportRecord | None: ...
    @property
    def code(self) -> str: ...
    @property
    def facts(self) -> Mapping[str, Any]: ...


class Format(Protocol):
    """A kind of source: the columns it must have, and those it may have besides."""

    @property
    def kind(self) -> str: ...
    @property
    def needed(self) -> Sequence[str]: ...
    @property
    def used(self) -> Sequence[str]: ...


class Looked(Protocol):
    """What both a look and a run tell of a file.

    `reasons` count the rejected rows by code, `samples` are the first row of each code.
    """

    @property
    def file(self) -> str: ...
    @property
    def encoding(self) -> str: ...
    @property
    def rows(self) -> int: ...
    @property
    def rejected(self) -> int: ...
    @property
    def reasons(self) -> Sequence[tuple[str, int]]: ...
    @property
    def samples(self) -> Sequence[PreviewRow]: ...
    @property
    def findings(self) -> Sequence[Finding]: ...
    @property
    def unused_columns(self) -> Sequence[str]: ...


class Preview(Looked, Protocol):
    """A file before it is imported: rows = those that become cases + repeated + rejected.

    `mapped` says by field of a record from which columns it is made; `first` and `last` are the
    earliest and latest instants.
    """

    @property
    def kind(self) -> str: ...
    @property
    def repeated(self) -> int: ...
    @property
    def mapped(self) -> Sequence[tuple[str, Sequence[str]]]: ...
    @property
    def shown(self) -> Sequence[PreviewRow]: ...
    @property
    def first(self) -> datetime | None: ...
    @property
    def last(self) -> datetime | None: ...


class ImportReport(Looked, Protocol):
    """What was done, or in a dry run would be: rows = imported + already + rejected + left.

    `ending` is FINISHED, CANCELLED or UNREACHABLE; `rejects_file` holds the rows that were not taken.
    """

    @property
    def imported(self) -> int: ...
    @property
    def already(self) -> int: ...
    @property
    def left(self) -> int: ...
    @property
    def rejects_file(self) -> Path | None: ...
    @property
    def ending(self) -> str: ...
    @property
    def is_dry_run(self) -> bool: ...
    @property
    def seconds(self) -> float: ...


class Importer(Protocol):
    """Takes files over as historical cases, one at a time.

    Both questions raise Refused for a whole file, and Stopped when it was not yet looked through.
    """

    @property
    def formats(self) -> Sequence[Format]:
        """The kinds of source that are understood."""
        ...

    async def preview(self, path: Path, kind: str) -> Preview:
        """Look a file through without touching the store."""
        ...

    async def run(
        self,
        path: Path,
        kind: str,
        progress: Callable[[int, int], None],
        *,
        is_dry_run: bool = False,
    ) -> ImportReport:
        """Import; `progress(rows done, rows in all)` is called on the screen thread."""
        ...

    def cancel(self) -> None:
        """Stop at the next row that is looked at, or before the next batch; what is in stays in."""
        ...
