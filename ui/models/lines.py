"""A row to read of what hangs on a case."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """What, how it stands (and in which tone), what was written, and who when."""

    head: str
    state: str = ""
    tone: str = "muted"  # muted, text, done, refused, soon
    body: str = ""
    foot: str = ""
