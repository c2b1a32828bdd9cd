"""The rows that were not taken over, as a table a person can open, correct and import again."""

import csv
from collections.abc import Iterable
from pathlib import Path

from app.domain.refused import Refused
from app.importing.reading import OWN_COLUMNS, Sheet
from app.importing.reasons import LANGUAGES, reason
from app.importing.spreadsheet import harmless
from app.importing.survey import Reject


class RejectsFile:
    """`<name>.rejects.csv` in a folder: its place is tried before anything is sent, and it is written last."""

    def __init__(self, source: Path, folder: Path | None) -> None:
        self.path = (folder or source.parent) / f"{source.stem}.rejects.csv"
        self._part = self.path.with_name(self.path.name + ".part")

    def reserve(self) -> None:
        """Raises Refused('rejects-unwritable') when the folder cannot be written to."""
        try:
            self._part.write_bytes(b"")
        except OSError as trouble:
            raise Refused("rejects-unwritable", folder=str(self.path.parent)) from trouble

    def release(self) -> None:
        """Leave nothing behind."""
        self._part.unlink(missing_ok=True)

    def write(self, sheet: Sheet, rejects: Iterable[Reject]) -> Path | None:
        """The table, rows in the order of the source; None (and no file) when nothing was rejected.

        An earlier table of the same source is replaced. Raises Refused('rejects-unwritable').
        """
        lines = sorted(rejects, key=lambda one: one.row.line)
        if not lines:
            self.release()
            return None
        try:
            self._write(sheet, lines)
        except OSError as trouble:
            raise Refused("rejects-unwritable", folder=str(self.path.parent)) from trouble
        return self.path

    def _write(self, sheet: Sheet, rejects: Iterable[Reject]) -> None:
        with self._part.open(
            "w", encoding="utf-8-sig", errors="backslashreplace", newline=""
        ) as out:
            table = csv.writer(out)
            table.writerow([*OWN_COLUMNS, *map(harmless, _header(sheet))])
            table.writerows([harmless(cell) for cell in _cells(sheet, one)] for one in rejects)
        self._part.replace(self.path)


def _cells(sheet: Sheet, one: Reject) -> list[str]:
    words = [reason(one.code, one.facts, language) for language in LANGUAGES]
    cells = one.row.cells
    own = [str(one.row.line), one.code, *words, one.row.text if cells is None else ""]
    return [*own, *(cells[column] for column in _header(sheet))] if cells is not None else own


def _header(sheet: Sheet) -> list[str]:
    """The source's own columns, also when it is itself a table of rejects."""
    return [column for column in sheet.header if column not in OWN_COLUMNS]
