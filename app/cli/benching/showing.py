"""The report: a table for people, JSON for machines, and the machine both come from."""

import json
import os
import platform
import sqlite3
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

import PySide6
from PySide6.QtCore import qVersion

from app.cli.benching.figures import Figure, Judged
from app.cli.benching.timing import at
from ui.sentences import Words

_COLUMNS = ("what", "p50", "p95", "longest", "bare", "ratio", "goal")
_GAP = "  "


def machine() -> dict[str, Any]:
    """What the figures hold for."""
    return {
        "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "qt": qVersion(),
        "pyside": PySide6.__version__,
        "sqlite": sqlite3.sqlite_version,
        "load": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
    }


def as_json(cases: int, figures: Sequence[Figure]) -> str:
    """Everything, times in milliseconds."""
    report = {"machine": machine(), "cases": cases, "figures": [one.plain() for one in figures]}
    return json.dumps(report, ensure_ascii=False, indent=1)


def as_table(cases: int, figures: Sequence[Figure], words: Words) -> Iterator[str]:
    """A table in the language of `words`, and below it what held the screen up."""
    yield words.say("bench.machine", cases=cases, **machine())
    lines = [[words.say(f"bench.column.{name}") for name in _COLUMNS]]
    lines += [_cells(one, words) for one in figures]
    yield from _aligned(lines)
    for one in figures:
        if one.notes:
            yield words.say("bench.because", what=words.say(f"bench.of.{one.key}"))
            yield from (f"  {note}" for note in one.notes)


def as_line(one: Figure, words: Words) -> str:
    """One figure while the others are still measured."""
    what, *rest = _cells(one, words)
    named = zip(_COLUMNS[1:], rest, strict=True)
    told = (f"{words.say(f'bench.column.{name}')} {cell}" for name, cell in named if cell)
    return f"  {what}: {words.join(told)}"


def _cells(one: Figure, words: Words) -> list[str]:
    wall = one.ours.wall
    ours = [_ms(at(wall, 0.5)), _ms(at(wall, 0.95)), _ms(max(wall, default=0.0))]
    bare = _ms(at(one.bare.wall, 0.5)) if one.bare else ""
    ratio = f"{one.ratio:.2f}" if one.ratio is not None else ""
    return [words.say(f"bench.of.{one.key}"), *ours, bare, ratio, _goal(one, words)]


def _ms(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.2f}"


def _goal(one: Figure, words: Words) -> str:
    if one.goal is None:
        return ""
    is_ratio = one.goal.judged is Judged.RATIO
    limit = f"{one.goal.limit:.1f}x" if is_ratio else f"{one.goal.limit:.0f} ms"
    said = words.say(f"bench.goal.{one.goal.judged}", limit=limit)
    return f"{'✓' if one.is_met else '✗'} {said}"


def _aligned(lines: list[list[str]]) -> Iterator[str]:
    """Columns under each other; a Chinese character takes the room of two."""
    widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        cells = (_padded(cell, widths[at], is_first=at == 0) for at, cell in enumerate(line[:-1]))
        yield _GAP.join((*cells, line[-1])).rstrip()


def _padded(cell: str, width: int, *, is_first: bool) -> str:
    blanks = " " * (width - _width(cell))
    return cell + blanks if is_first else blanks + cell


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)
