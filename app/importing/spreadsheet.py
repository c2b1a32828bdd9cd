"""Cells that a spreadsheet program opens without running them, and the way back."""

#: A spreadsheet takes a cell that begins like this for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
#: The mark that makes a cell text, and the sources' own sign for a lack.
_TEXT, _LACK = "'", "-"


def harmless(cell: str) -> str:
    """The cell with an apostrophe before it when it looks like a formula; a lone dash stays."""
    return _TEXT + cell if _looks_like_formula(cell) else cell


def restored(cell: str) -> str:
    """The cell as it was before `harmless`."""
    return cell[1:] if cell.startswith(_TEXT) and _looks_like_formula(cell[1:]) else cell


def _looks_like_formula(cell: str) -> bool:
    """True, too, for what would look like one once it was restored: the way back must be sure."""
    bare = cell.lstrip(" " + _TEXT)
    return bare.startswith(_FORMULA) and cell != _LACK
