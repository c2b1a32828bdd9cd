"""The table an evaluation reads: any CSV, with what each of its columns is here."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from app.cli.evaluating.columns import Columns
from app.domain.refused import Refused
from app.importing.cells import instant_of
from app.importing.reading import read_sheet, rows_of


def table(path: Path, columns: Columns, wanted: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """Each row's cells by meaning. Rows that lack one of `wanted`, or are broken, are left out.

    Raises Refused as `read_sheet` does, and 'eval-column-missing', 'eval-meaning-missing'.
    """
    sheet = read_sheet(path)
    for meaning in wanted:
        if meaning not in columns:
            raise Refused("eval-meaning-missing", meaning=meaning)
    for name in (name for names in columns.values() for name in names):
        if name not in sheet.header:
            raise Refused("eval-column-missing", column=name, file=path.name)
    for row in rows_of(sheet):
        if row.cells is not None:
            cells = row.cells
            read = {
                meaning: "\n".join(cells[name].strip() for name in names)
                for meaning, names in columns.items()
            }
            if all(read[meaning].strip() for meaning in wanted):
                yield read


def moment(text: str) -> datetime:
    """When it was, as the importer reads it. Raises Refused."""
    return instant_of(text)
