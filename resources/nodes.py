"""YAML read as nodes that remember their line and their path, so that every complaint has a place."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

import yaml

from resources.cells import Cell
from resources.wrong import Expected, Wrong

_Choice = TypeVar("_Choice", bound=StrEnum)

# The parser in C, where the wheel has it, reads ten times faster. The stubs leave `compose` untyped.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_compose: Callable[..., yaml.Node | None] = getattr(yaml, "compose")  # noqa: B009


@dataclass(frozen=True, slots=True)
class Entry:
    """A node of a file and the path to it, as in `clocks[3].limits.A` (list places count from 1)."""

    file: str
    field: str
    node: yaml.Node

    @property
    def line(self) -> int:
        """The line the node begins on, from 1."""
        return self.node.start_mark.line + 1

    def wrong(self, expected: Expected, got: str = "") -> Wrong:
        """The complaint about this node."""
        return Wrong(self.file, self.line, self.field, expected, got or str(self.node.value)[:40])

    def key_among(self, kind: type[_Choice], key: str) -> _Choice:
        """The member of `kind` that this entry's key names."""
        if key not in kind.__members__:
            raise self.wrong(Expected.KNOWN_FIELD, key)
        return kind(key)

    def missing(self, name: str) -> Wrong:
        """The complaint that a field of this mapping, or a row of this list, is not there."""
        return Wrong(self.file, self.line, self._below(name), Expected.PRESENT, "")

    def fields(self, required: frozenset[str], optional: frozenset[str]) -> "Fields":
        """The mapping's fields; unknown, repeated and missing ones are refused."""
        found: dict[str, Entry] = {}
        for key, entry in self.pairs():
            if key not in required | optional:
                raise entry.wrong(Expected.KNOWN_FIELD)
            found[key] = entry
        for name in sorted(required - found.keys()):
            raise self.missing(name)
        return Fields(self, found)

    def pairs(self) -> Iterator[tuple[str, "Entry"]]:
        """Key and value of each field of a mapping, in file order; repeated keys are refused."""
        if not isinstance(self.node, yaml.MappingNode):
            raise self.wrong(Expected.MAPPING)
        seen: set[str] = set()
        for key, value in self.node.value:
            entry = Entry(self.file, self._below(str(key.value)), value)
            if str(key.value) in seen:
                raise Wrong(
                    self.file, key.start_mark.line + 1, entry.field, Expected.UNIQUE, str(key.value)
                )
            seen.add(str(key.value))
            yield str(key.value), entry

    def items(self) -> Iterator["Entry"]:
        """The elements of a list."""
        if not isinstance(self.node, yaml.SequenceNode):
            raise self.wrong(Expected.LIST)
        for place, node in enumerate(self.node.value, start=1):
            yield Entry(self.file, f"{self.field}[{place}]", node)

    def cell(self) -> Cell:
        """The scalar here."""
        if not isinstance(self.node, yaml.ScalarNode):
            raise self.wrong(Expected.SCALAR)
        tag = self.node.tag.rpartition(":")[2]
        return Cell(self.file, self.line, self.field, self.node.value, tag)

    def _below(self, name: str) -> str:
        return f"{self.field}.{name}" if self.field else name


@dataclass(frozen=True, slots=True)
class Fields:
    """The checked fields of a mapping."""

    whole: Entry
    entries: Mapping[str, Entry]

    def __contains__(self, name: str) -> bool:
        return name in self.entries

    def __getitem__(self, name: str) -> Cell:
        """The scalar of a field; a blank one in the mapping's place when it was left out."""
        if name in self.entries:
            return self.entries[name].cell()
        return Cell(self.whole.file, self.whole.line, self.whole.missing(name).field, "")

    @property
    def first(self) -> Cell:
        """The field written first, which is where a reader looks for a row."""
        return next(iter(self.entries.values())).cell()

    def flag(self, name: str, *, default: bool) -> bool:
        """A flag field, or the default when it was left out."""
        return self[name].flag() if name in self.entries else default

    def items(self, name: str) -> Iterator[Entry]:
        """The elements of a list field; none when it was left out."""
        return self.entries[name].items() if name in self.entries else iter(())


def read(path: Path) -> Entry:
    """The document of a YAML file; Wrong when it cannot be read or parsed."""
    try:
        node = _compose(path.read_text(encoding="utf-8-sig"), Loader=_Loader)
    except (OSError, UnicodeDecodeError) as trouble:
        raise Wrong(path.name, 1, "", Expected.READABLE, str(trouble)) from trouble
    except yaml.YAMLError as trouble:
        raise Wrong(path.name, _line_of(trouble), "", Expected.READABLE, str(trouble)) from trouble
    if node is None:
        raise Wrong(path.name, 1, "", Expected.MAPPING, "")
    return Entry(path.name, "", node)


def _line_of(trouble: yaml.YAMLError) -> int:
    mark = trouble.problem_mark if isinstance(trouble, yaml.MarkedYAMLError) else None
    return mark.line + 1 if mark else 1
