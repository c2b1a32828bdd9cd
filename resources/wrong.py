"""What is wrong with a resource file: where, what was expected there, and what was found."""

from enum import StrEnum
from typing import Any


class Expected(StrEnum):
    """What a place in a file should have held; the screen has a sentence for each."""

    READABLE = "readable"  # a UTF-8 file that can be read and parsed
    MAPPING = "mapping"
    LIST = "list"
    SCALAR = "scalar"
    PRESENT = "present"  # the field, column or row that is missing
    KNOWN_FIELD = "known_field"
    CELLS = "cells"  # as many cells as the header has columns
    TEXT = "text"
    WHOLE_NUMBER = "whole_number"
    NUMBER = "number"
    DATE = "date"  # yyyy-mm-dd
    SHIFT = "shift"  # hh:mm-hh:mm, in order, not overlapping
    FLAG = "flag"  # true or false
    LIMIT = "limit"  # a whole number and a unit, as in 2 WORK_HOUR
    CHOICE = "choice"
    CATEGORY_CODE = "category_code"  # two digits for each level
    KNOWN_CODE = "known_code"
    UNIQUE = "unique"
    PERIOD = "period"  # an end that is not before its beginning
    NO_OVERLAP = "no_overlap"
    NEW_VERSION = "new_version"  # another version number than the one accepted with other content
    IN_PLACE = "in_place"  # the file of an edition that was accepted
    TABLE_IN_PLACE = "table_in_place"  # the centre's own table of holidays
    SAME_TYPE = "same_type"  # a parameter stays a number or stays a word


class Wrong(Exception):
    """A resource file cannot be taken: `file` name, `line` from 1, `field` path, expected and got.

    `choices` are the words that would have been accepted, when there is such a list.
    """

    def __init__(  # noqa: PLR0913 - the five facts of the complaint, and the choices
        self,
        file: str,
        line: int,
        field: str,
        expected: Expected,
        got: str,
        choices: tuple[str, ...] = (),
    ) -> None:
        super().__init__(file, line, field, expected, got, choices)
        self.file = file
        self.line = line
        self.field = field
        self.expected = expected
        self.got = got
        self.choices = choices

    @property
    def facts(self) -> dict[str, Any]:
        """What the sentence of the complaint speaks of."""
        names = ("file", "line", "field", "got", "choices")
        return {name: getattr(self, name) for name in names}

    def __str__(self) -> str:
        among = f" ({'|'.join(self.choices)})" if self.choices else ""
        return f"{self.file}:{self.line}: {self.field}: {self.expected}{among}, got {self.got!r}"
