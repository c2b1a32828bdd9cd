"""A CSV file as numbered rows: which alphabet it is in, where each row begins, and which rows are broken."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from app.domain.refused import Refused
from app.importing.spreadsheet import restored

#: A file above this size is no table of a district's year (bytes).
LARGEST_FILE = 512 * 2**20
#: A quoted cell longer than this was never closed (lines, characters).
_LONGEST_ROW = (400, 200_000)
_DELIMITERS = ",\t;"
#: What a table of rejects has before the source's columns; the last holds rows that have no cells.
OWN_COLUMNS = ("_line", "_code", "_原因", "_reason", "_row")
#: GB18030 read as UTF-8 leaves ten stray bytes for each sign that happens to fit; damaged UTF-8, few.
_STILL_UTF8 = 0.5


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file's header and the text below it; `encoding` is utf-8, utf-8-sig, utf-16 or gb18030."""

    name: str
    encoding: str
    delimiter: str
    header: tuple[str, ...]
    lines: tuple[str, ...]
    first_line: int

    @property
    def is_rejects(self) -> bool:
        """Whether it is a table of rejects come back, whose cells were made harmless."""
        return self.header[: len(OWN_COLUMNS)] == OWN_COLUMNS


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: the line it begins on, its text as it stands there, and its cells by column.

    `cells` is None for a row that is no row; `code` says why.
    """

    line: int
    text: str
    cells: Mapping[str, str] | None
    code: str = ""


def read_sheet(path: Path) -> Sheet:
    """The file at `path`. Raises Refused: import-not-found, import-unreadable, import-too-large, import-empty."""
    text, encoding = decoded(_bytes_of(path))
    lines = tuple(io.StringIO(text, newline=""))
    start = next((place for place, line in enumerate(lines) if line.strip()), None)
    if start is None:
        raise Refused("import-empty", file=path.name)
    delimiter = max(_DELIMITERS, key=lines[start].count)
    cells = _cells([lines[start]], delimiter)
    if isinstance(cells, str):
        raise Refused("import-header-broken", file=path.name)
    header = tuple(cell.strip() for cell in cells)
    return Sheet(path.name, encoding, delimiter, header, lines[start + 1 :], start + 2)


def decoded(data: bytes) -> tuple[str, str]:
    """Text and the name of its encoding; bytes that fit neither alphabet become lone surrogates."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace"), "utf-16"
    name = "utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "utf-8"
    text = data.decode(name, "surrogateescape")
    stray = _stray(text)
    if not stray or name == "utf-8-sig":
        return text, name
    fitting = sum(sign > "\x7f" for sign in text) - stray
    if stray <= fitting * _STILL_UTF8:
        return text, name
    return _better(data, text, stray)


def _better(data: bytes, text: str, stray: int) -> tuple[str, str]:
    other = data.decode("gb18030", "surrogateescape")
    return (other, "gb18030") if _stray(other) < stray else (text, "utf-8")


def is_legible(text: str) -> bool:
    """Whether every character was really there: no byte that fits no alphabet, no NUL."""
    return "\0" not in text and "\ufffd" not in text and not _stray(text)


def _stray(text: str) -> int:
    """How many characters are bytes that could not be read (cheap when there are none)."""
    if text.isascii():
        return 0
    try:
        text.encode()
    except UnicodeEncodeError:
        return sum("\ud800" <= sign <= "\udfff" for sign in text)
    return 0


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise Refused("import-too-large", file=path.name, most=LARGEST_FILE)
        return path.read_bytes()
    except FileNotFoundError as trouble:
        raise Refused("import-not-found", file=path.name) from trouble
    except OSError as trouble:
        raise Refused("import-unreadable", file=path.name) from trouble


def rows_of(sheet: Sheet) -> Iterator[SheetRow]:
    """Every row below the header, broken ones included; blank lines are no rows.

    A broken row costs one line: reading goes on with the next.
    """
    place = 0
    while place < len(sheet.lines):
        if not sheet.lines[place].strip():
            place += 1
            continue
        row, length = _row_at(sheet, place)
        yield row
        place += length


def _row_at(sheet: Sheet, place: int) -> tuple[SheetRow, int]:
    number = sheet.first_line + place
    length, cells = _record(sheet, place)
    text = "".join(sheet.lines[place : place + length]).rstrip("\r\n")
    if isinstance(cells, str):
        return SheetRow(number, text, None, cells), length
    if not is_legible(text):
        return SheetRow(number, text, None, "characters-unreadable"), length
    if len(cells) != len(sheet.header):
        code = "cells-too-few" if len(cells) < len(sheet.header) else "cells-too-many"
        return SheetRow(number, text, None, code), length
    if sheet.is_rejects:
        cells = [restored(cell) for cell in cells]
    return SheetRow(number, text, dict(zip(sheet.header, cells, strict=True))), length


def _record(sheet: Sheet, place: int) -> tuple[int, Sequence[str] | str]:
    """How many lines the row takes and its cells, or 1 and why it cannot be read."""
    first = sheet.lines[place]
    if '"' not in first:
        return 1, first.rstrip("\r\n").split(sheet.delimiter)
    cells = _cells([first], sheet.delimiter)
    if cells != _UNCLOSED:
        return 1, cells
    for length in _closings(sheet.lines, place):
        cells = _cells(sheet.lines[place : place + length], sheet.delimiter)
        if not isinstance(cells, str):
            return length, cells
        if cells != _UNCLOSED:
            break
    return 1, "quotes-broken"


def _closings(lines: Sequence[str], place: int) -> Iterator[int]:
    """Lengths at which an open quote may be closed, within reason."""
    most, longest = _LONGEST_ROW
    size = 0
    for length, line in enumerate(islice(lines, place, place + most), 1):
        size += len(line)
        if size > longest:
            return
        if length > 1 and '"' in line:
            yield length


_UNCLOSED = "quotes-unclosed"
_TROUBLES = (("unexpected end", _UNCLOSED), ("field larger", "text-too-long"))


def _cells(lines: Sequence[str], delimiter: str) -> Sequence[str] | str:
    """The cells of exactly one row, or the code of what is wrong with it."""
    try:
        found = list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error as trouble:
        return next((code for words, code in _TROUBLES if words in str(trouble)), "quotes-broken")
    return found[0] if len(found) == 1 else "quotes-broken"
