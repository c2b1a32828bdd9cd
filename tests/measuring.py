"""Which lines and branches of the files that decide were run: measured while the whole suite runs.

Files are named, as the house wants them whole; there is no percentage over everything, which a hundred
easy lines would lift. Threads of the desk and the wire count, programs started beside do not. To be
measured slows a test down, up to six times, so only those are that are there to prove the named files.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from coverage import Coverage

ROOT = Path(__file__).parents[1]
#: What must be run to the last branch: folders with all that lies in them, and single files.
NAMED = ("app/domain", "app/services", "app/sync/merge.py", "ui/models/rows.py")
#: Where the tests are that prove them; screens and whole programs are built on what those hold.
PROVING = ("tests/unit", "tests/sync", "tests/store", "tests/ui/test_rows.py")


def named(root: Path = ROOT, names: Iterable[str] = NAMED) -> list[Path]:
    """Every file that is named."""
    places = [root / name for name in names]
    inside = (sorted(place.rglob("*.py")) if place.is_dir() else [place] for place in places)
    return [file for files in inside for file in files]


def proves(test: Path) -> bool:
    """Whether a file of tests is one of those that prove the named files."""
    return any(test.is_relative_to(ROOT / place) for place in PROVING)


class Measurement:
    """A measurement of some files alone, kept in a folder beside those of other processes."""

    def __init__(self, files: Iterable[Path], folder: Path) -> None:
        self._coverage = Coverage(
            data_file=str(folder / "measured"),
            data_suffix=True,
            branch=True,
            config_file=False,
            include=[str(file) for file in files],
            messages=False,
        )
        self._is_on = False
        self.turn(on=True)

    def turn(self, *, on: bool) -> None:
        """Go on measuring, or stop for a while."""
        if on and not self._is_on:
            self._coverage.start()
        elif self._is_on and not on:
            self._coverage.stop()
        self._is_on = on

    def end(self) -> None:
        """Stop for good, and keep what was measured."""
        self.turn(on=False)
        self._coverage.save()


def together(files: Iterable[Path], folder: Path) -> dict[Path, str]:
    """What no process ran, by file: `12, 14-16, 20->22` for lines, and branches from line to line.

    `folder` is where all of them kept what they measured; the report lies there afterwards.
    """
    kept = str(folder / "measured")
    whole = Coverage(data_file=kept, branch=True, config_file=False, messages=False)
    whole.combine([str(folder)], keep=True)
    report = folder / "coverage.json"
    whole.json_report([str(file) for file in files], outfile=str(report))
    found = json.loads(report.read_text("utf-8"))["files"]
    said = {Path(file).absolute(): _lines(one) for file, one in found.items()}
    return {file: lines for file, lines in said.items() if lines}


def told(missing: dict[Path, str], root: Path) -> Iterator[str]:
    """A line for each file that was not run to its last branch."""
    for file, lines in missing.items():
        yield f"  {file.relative_to(root).as_posix()}: {lines}"


def _lines(one: dict[str, list]) -> str:
    gone = set(one["missing_lines"])
    if gone and not one["executed_lines"]:
        return "nothing of it"
    branches = [
        (start, f"{start}->{'end' if end < 0 else end}")
        for start, end in one["missing_branches"]
        if start not in gone and end not in gone
    ]
    return ", ".join(told for _, told in sorted([*_stretches(gone), *branches]))


def _stretches(lines: set[int]) -> Iterator[tuple[int, str]]:
    """Lines that follow each other as one: where it begins, and `12-14`."""
    firsts = sorted(line for line in lines if line - 1 not in lines)
    lasts = sorted(line for line in lines if line + 1 not in lines)
    for first, last in zip(firsts, lasts, strict=True):
        yield first, str(first) if first == last else f"{first}-{last}"
