"""CSV read as rows of cells that remember their line and column."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from resources.cells import Cell
from resources.wrong import Expected, Wrong

Row = dict[str, Cell]


def rows(path: Path, columns: tuple[str, ...]) -> Iterator[Row]:
    """Each line of a table whose header must name exactly `columns`, in any order; Wrong otherwise."""
    reader = csv.reader(io.StringIO(_text_of(path), newline=""), strict=True)
    header = next(reader, list[str]())
    _check_header(path.name, header, columns)
    try:
        for cells in reader:
            if cells:
                yield _row(path.name, reader.line_num, header, cells)
    except csv.Error as trouble:
        raise Wrong(path.name, reader.line_num, "", Expected.READABLE, str(trouble)) from trouble


def unique(cell: Cell, seen: set[str]) -> str:
    """A code not seen before in its table; remembers it."""
    if cell.code() in seen:
        raise cell.wrong(Expected.UNIQUE)
    seen.add(cell.text)
    return cell.text


def listed(cell: Cell) -> tuple[str, ...]:
    """The words of a cell that holds several, parted by bars."""
    return tuple(word for word in cell.text.split("|") if word)


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as trouble:
        raise Wrong(path.name, 1, "", Expected.READABLE, str(trouble)) from trouble


def _check_header(file: str, header: list[str], columns: tuple[str, ...]) -> None:
    seen: set[str] = set()
    for name in header:
        cell = Cell(file, 1, name, name)
        if name not in columns:
            raise cell.wrong(Expected.KNOWN_FIELD, columns)
        unique(cell, seen)
    for name in columns:
        if name not in seen:
            raise Wrong(file, 1, name, Expected.PRESENT, "")


def _row(file: str, line: int, header: list[str], cells: list[str]) -> Row:
    if len(cells) != len(header):
        raise Wrong(file, line, header[-1], Expected.CELLS, str(len(cells)), (str(len(header)),))
    return {
        name: Cell(file, line, name, text.strip()) for name, text in zip(header, cells, strict=True)
    }
