"""Which texts belong together, by patterns in a table of their own (name,pattern), which stays with the data."""

import re
from collections.abc import Sequence
from pathlib import Path

from app.domain.refused import Refused
from app.importing.reading import read_sheet, rows_of


def gold_of(path: Path, texts: Sequence[str]) -> dict[str, list[int]]:
    """The numbers of the texts of each name. Raises Refused('eval-gold-shape') and as `read_sheet` does."""
    sheet = read_sheet(path)
    if set(sheet.header) != {"name", "pattern"}:
        raise Refused("eval-gold-shape", file=path.name)
    rows = [row.cells for row in rows_of(sheet) if row.cells is not None]
    found = {row["name"]: _fitting(row["pattern"], texts, path) for row in rows}
    return {name: numbers for name, numbers in found.items() if len(numbers) > 1}


def _fitting(pattern: str, texts: Sequence[str], path: Path) -> list[int]:
    try:
        fits = re.compile(pattern).search
    except re.error as wrong:
        raise Refused("eval-gold-shape", file=path.name) from wrong
    return [number for number, text in enumerate(texts) if fits(text)]
