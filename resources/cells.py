"""One value of a resource file with its place, and the typed readings of it; each raises Wrong."""

import re
from collections.abc import Collection, Sequence
from datetime import date, time
from enum import StrEnum
from typing import NamedTuple, TypeVar

from app.domain.limits import Limit, LimitUnit
from resources.wrong import Expected, Wrong

_Choice = TypeVar("_Choice", bound=StrEnum)

_CATEGORY_CODE = re.compile(r"\d{2}(\d{2}){0,2}")
_SHIFT = re.compile(r"(\d\d:\d\d)-(\d\d:\d\d)")
_FLAGS = {"true": True, "false": False, "1": True, "0": False}


class Cell(NamedTuple):
    """A scalar as written; `tag` is YAML's short name of its type, empty in a table.

    A tuple, for a start reads twenty thousand of them.
    """

    file: str
    line: int
    field: str
    text: str
    tag: str = ""

    def wrong(self, expected: Expected, choices: Collection[str] = ()) -> Wrong:
        """The complaint about this very place."""
        return Wrong(self.file, self.line, self.field, expected, self.text, tuple(choices))

    @property
    def is_blank(self) -> bool:
        """Whether nothing was written."""
        return not self.text or self.tag == "null"

    def words(self) -> str:
        """Text for people; a number or a date does not count as text."""
        if self.is_blank or self.tag not in ("", "str"):
            raise self.wrong(Expected.TEXT)
        return self.text

    def code(self) -> str:
        """A code, whatever YAML takes it for."""
        if self.is_blank:
            raise self.wrong(Expected.TEXT)
        return self.text

    def known(self, codes: Collection[str]) -> str:
        """A code that must be among `codes`."""
        if self.text not in codes:
            raise self.wrong(Expected.KNOWN_CODE)
        return self.text

    def category_code(self) -> str:
        """A category code: two digits for each of one to three levels."""
        if not _CATEGORY_CODE.fullmatch(self.text):
            raise self.wrong(Expected.CATEGORY_CODE)
        return self.text

    def whole(self) -> int:
        """A whole number, zero or more."""
        if not (self.text.isascii() and self.text.isdecimal()):
            raise self.wrong(Expected.WHOLE_NUMBER)
        return int(self.text)

    def number(self) -> float:
        """A number with or without decimals."""
        try:
            return float(self.text)
        except ValueError:
            raise self.wrong(Expected.NUMBER) from None

    def value(self) -> int | float | str:
        """A parameter's value, of the type in which it is written."""
        match self.tag:
            case "int":
                return self.whole()
            case "float":
                return self.number()
            case _:
                return self.words()

    def day(self) -> date:
        """A date, yyyy-mm-dd."""
        try:
            return date.fromisoformat(self.text)
        except ValueError:
            raise self.wrong(Expected.DATE) from None

    def maybe_day(self) -> date | None:
        """A date, or None when nothing was written."""
        return None if self.is_blank else self.day()

    def flag(self) -> bool:
        """True or false (1 or 0 in tables)."""
        if self.text not in _FLAGS:
            raise self.wrong(Expected.FLAG)
        return _FLAGS[self.text]

    def choice(self, kind: type[_Choice]) -> _Choice:
        """A member of `kind`, by its value."""
        try:
            return kind(self.text)
        except ValueError:
            raise self.wrong(Expected.CHOICE, [str(member) for member in kind]) from None

    def among(self, words: Sequence[str]) -> str:
        """One of these words."""
        if self.text not in words:
            raise self.wrong(Expected.CHOICE, [str(word) for word in words])
        return self.text

    def limit(self) -> Limit:
        """A time limit, as in `2 WORK_HOUR`."""
        number, _, unit = self.text.partition(" ")
        units = {str(member): member for member in LimitUnit}
        if not (number.isascii() and number.isdecimal()) or unit not in units:
            raise self.wrong(Expected.LIMIT, tuple(units))
        return Limit(int(number), units[unit])

    def shift(self) -> tuple[time, time]:
        """A stretch of working time, as in `09:00-12:00`."""
        written = _SHIFT.fullmatch(self.text)
        try:
            begin, end = map(time.fromisoformat, written.groups() if written else ())
        except ValueError:
            raise self.wrong(Expected.SHIFT) from None
        if begin >= end:
            raise self.wrong(Expected.SHIFT)
        return begin, end
