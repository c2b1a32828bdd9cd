"""Whole cases read from the centre, page by page, open ones first."""

from collections.abc import Iterable, Iterator
from typing import Any

from app.domain.case import Case, Dossier
from app.domain.effects import row_from
from app.services.ports import Central

PAGE = 200


def whole_cases(central: Central) -> Iterator[Dossier]:
    """Every case that the reader sees, open ones by due instant, then those that ended."""
    position: str | None = None
    while True:
        page = central.snapshot(position, PAGE)
        yield from dossiers(page.rows)
        position = page.position
        if position is None:
            return


def dossiers(rows: Iterable[tuple[str, dict[str, Any]]]) -> Iterator[Dossier]:
    """The cases among `rows`, each with all that hangs on it."""
    found: dict[str, Dossier] = {}
    for table, wire in rows:
        row = row_from(table, wire)
        if isinstance(row, Case):
            found[row.id] = Dossier(row)
        else:
            found[row.case_id] = found[row.case_id].with_row(row)
    yield from found.values()
