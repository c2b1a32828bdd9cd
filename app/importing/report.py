"""What an import did, or would do: numbers that add up, what was noticed, and where the rejects lie."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from app.domain.commands import ImportRecord
from app.importing.findings import Finding


class Ending(StrEnum):
    """How an import ended. What is in stays in; a later run goes on where this one stopped."""

    FINISHED = "FINISHED"
    CANCELLED = "CANCELLED"
    UNREACHABLE = "UNREACHABLE"


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One of the first rows: the line it stands on, and the record it becomes or why it does not."""

    line: int
    record: ImportRecord | None
    code: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """rows = imported + already + rejected + left, always.

    `imported` are cases made by this run (or, in a dry run, that a run would make), `already` rows
    whose case was there before or that say again what another row said, `left` rows that were not
    reached. `reasons` count the rejected rows by code, `samples` are the first row of each code.
    `code` says what could not be reached.
    """

    file: str
    kind: str
    encoding: str
    rows: int
    imported: int
    already: int
    rejected: int
    left: int
    reasons: tuple[tuple[str, int], ...]
    samples: tuple[PreviewRow, ...]
    findings: tuple[Finding, ...]
    unused_columns: tuple[str, ...]
    rejects_file: Path | None
    batch: str | None
    ending: Ending
    is_dry_run: bool
    seconds: float
    code: str = ""


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of source: the columns it must have, and those it may have besides."""

    kind: str
    needed: tuple[str, ...]
    used: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A file before it is imported: its first rows, how many there are, and what was noticed.

    rows = those that become cases + repeated + rejected. `mapped` says by field of a record from which
    columns it is made; `first` and `last` are the earliest and the latest instant of its records.
    """

    file: str
    kind: str
    encoding: str
    rows: int
    rejected: int
    repeated: int
    shown: tuple[PreviewRow, ...]
    reasons: tuple[tuple[str, int], ...]
    samples: tuple[PreviewRow, ...]
    findings: tuple[Finding, ...]
    unused_columns: tuple[str, ...]
    mapped: tuple[tuple[str, tuple[str, ...]], ...]
    first: datetime | None
    last: datetime | None
