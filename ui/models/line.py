"""A line to read about what hangs on a case, and the section that it stands in."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A row to read: what, how it stands (and in which tone), what was written, and who when."""

    head: str
    state: str = ""
    tone: str = "muted"  # muted, text, done, refused, soon
    body: str = ""
    foot: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the pane: `case.part.<name>` is its heading."""

    name: str
    lines: tuple[Line, ...]
