"""What the program knows of itself and has to tell at the start."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Complaint:
    """Something to be told once at the start: the key of its sentence, and the facts."""

    key: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Product:
    """What the program knows of itself.

    Version, where its trouble reports lie, whether all is made up, which of the centre's own files
    could not be taken (more may be told until the window opens), and after how long without anybody
    the window covers itself (None: never).
    """

    version: str = ""
    reports: Path = Path()
    is_demo: bool = False
    complaints: list[Complaint] = field(default_factory=list[Complaint])
    lock_after: timedelta | None = None
