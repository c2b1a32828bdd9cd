"""What an evaluation aims at: a figure, whether it may be at least or at most that, and whether it is."""

from collections.abc import Mapping
from typing import Any

#: A goal: "least" or "most", and the figure.
Goal = tuple[str, float]


def judged(found: Mapping[str, Any], goals: Mapping[str, Goal]) -> dict[str, dict[str, object]]:
    """Each goal whose figure was found, beside what was found."""
    return {
        name: {side: limit, "found": found[name], "met": _met(float(found[name]), side, limit)}
        for name, (side, limit) in goals.items()
        if found.get(name) is not None
    }


def _met(found: float, side: str, limit: float) -> bool:
    return found >= limit if side == "least" else found <= limit
