"""What a verification says: each thing that is not as it must be, and how much was looked at."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it must be. `code` says what, `where` which log line or row.

    `seq` is the log line (0: none); `facts` are for the sentence about it and decide nothing.
    """

    code: str
    where: str
    seq: int = 0
    facts: Mapping[str, Any] = field(default_factory=dict[str, Any], compare=False)


@dataclass(frozen=True, slots=True)
class Report:
    """The result of a verification; counts, so that "nothing found" is seen to be about something.

    `redacted` lines lack a text by law; `sealed` lines brought personal data that were opened and
    found right; `decided` is False when the log was not worth deciding again, or nobody asked;
    `given` lines were decided by an earlier program: chained and folded, but not decided again;
    `files` of cases were read and summed up.
    """

    lines: int
    rows: int
    redacted: int
    sealed: int
    decided: bool
    findings: tuple[Finding, ...]
    given: int = 0
    files: int = 0

    @property
    def is_sound(self) -> bool:
        """Whether nothing was found."""
        return not self.findings
