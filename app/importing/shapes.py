"""What a source's table looks like, and how one of its rows becomes a record."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.commands import ImportRecord
from app.domain.refused import Refused
from app.domain.taxonomy import Directory
from app.importing.findings import Notes
from app.importing.reading import OWN_COLUMNS

Cells = Mapping[str, str]
#: A row as a record, or Refused with the code of what is wrong with it; notes what it had to decide.
Mapper = Callable[[Cells], ImportRecord]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One kind of source. `needed` columns must be there, `used` ones are looked at when they are.

    `own` columns tell rows apart that are otherwise the same report. `fills` says by field of a record
    which columns it is made from. `mapper` is made for one file, whose rows it may look through first.
    """

    kind: str
    needed: tuple[str, ...]
    used: tuple[str, ...]
    own: tuple[str, ...]
    fills: Mapping[str, tuple[str, ...]]
    mapper: Callable[[Directory, Sequence[Cells], Notes], Mapper]


def check_header(shape: Shape, file: str, header: Sequence[str]) -> None:
    """Raises Refused('import-column-missing' or 'import-column-twice') when this is not such a file."""
    missing = [column for column in shape.needed if column not in header]
    if missing:
        facts: dict[str, Any] = {"column": missing[0], "columns": tuple(missing)}
        raise Refused("import-column-missing", file=file, kind=shape.kind, **facts)
    twice = next((column for column in header if header.count(column) > 1 and column), None)
    if twice is not None:
        raise Refused("import-column-twice", file=file, kind=shape.kind, column=twice)


def mapped(shape: Shape, header: Sequence[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Fields of a record that this file fills, each with the columns it is made from."""
    found = (
        (name, tuple(column for column in columns if column in header))
        for name, columns in shape.fills.items()
    )
    return tuple((name, columns) for name, columns in found if columns)


def unused(shape: Shape, header: Sequence[str]) -> tuple[str, ...]:
    """Columns of the file that are not taken over."""
    known = {*shape.needed, *shape.used, *OWN_COLUMNS}
    return tuple(column for column in header if column not in known)
