"""What was measured: each figure beside its bare counterpart and its goal."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from app.cli.benching.timing import Series, at


class Judged(StrEnum):
    """What of a series is held against the goal: a ratio of medians, or milliseconds."""

    RATIO = "ratio"
    P95 = "p95"
    P99 = "p99"
    LONGEST = "longest"


@dataclass(frozen=True, slots=True)
class Goal:
    """A limit that is aimed at; ratios are times the bare thing, the others milliseconds."""

    judged: Judged
    limit: float


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the report; `key` has words in resources/i18n. `notes` say what made the longest."""

    key: str
    ours: Series
    bare: Series | None = None
    goal: Goal | None = None
    notes: list[str] = field(default_factory=list[str])

    @property
    def ratio(self) -> float | None:
        """How many times the bare thing's median wall time ours takes."""
        return _ratio(self.ours.wall, self.bare.wall) if self.bare else None

    @property
    def cpu_ratio(self) -> float | None:
        """The same of processor time."""
        return _ratio(self.ours.cpu, self.bare.cpu) if self.bare else None

    @property
    def judged(self) -> float | None:
        """What is held against the goal."""
        return _JUDGES[self.goal.judged](self) if self.goal else None

    @property
    def is_met(self) -> bool | None:
        """Whether the goal is met; None where there is none."""
        if self.goal is None or self.judged is None:
            return None
        return self.judged <= self.goal.limit

    def plain(self) -> dict[str, Any]:
        """For machines; times in milliseconds."""
        return {
            "key": self.key,
            "ours": _plain(self.ours),
            "bare": _plain(self.bare) if self.bare else None,
            "ratio": _short(self.ratio),
            "cpu_ratio": _short(self.cpu_ratio),
            "goal": {"judged": str(self.goal.judged), "limit": self.goal.limit}
            if self.goal
            else None,
            "is_met": self.is_met,
            "notes": self.notes,
        }


_JUDGES: dict[Judged, Callable[[Figure], float | None]] = {
    Judged.RATIO: lambda figure: figure.ratio,
    Judged.P95: lambda figure: at(figure.ours.wall, 0.95),
    Judged.P99: lambda figure: at(figure.ours.wall, 0.99),
    Judged.LONGEST: lambda figure: max(figure.ours.wall, default=None),
}


def _ratio(ours: list[float], bare: list[float]) -> float | None:
    below = at(bare, 0.5)
    return at(ours, 0.5) / below if below else None


def _short(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def _plain(series: Series) -> dict[str, Any]:
    return {
        "rounds": len(series.wall),
        "p50": _short(at(series.wall, 0.5)),
        "p95": _short(at(series.wall, 0.95)),
        "p99": _short(at(series.wall, 0.99)),
        "longest": _short(max(series.wall, default=0.0)),
        "cpu_p50": _short(at(series.cpu, 0.5)),
        "cpu_p95": _short(at(series.cpu, 0.95)),
    }
