"""What was noticed while a file was read: how often, and under which names."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

#: So many names are told of one finding, the commonest first.
NAMES_TOLD = 20


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing noticed: its code, in how many rows, and the names it was noticed about."""

    code: str
    count: int
    names: tuple[tuple[str, int], ...] = ()


class Notes:
    """Findings while they are being counted."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._names: dict[str, Counter[str]] = {}

    def add(self, code: str, name: str = "") -> None:
        """Note it once more, about `name` if it is about a name."""
        self._counts[code] += 1
        if name:
            self._names.setdefault(code, Counter())[name] += 1

    def add_all(self, code: str, names: Iterable[str]) -> None:
        """Note it about each of some names."""
        for name in names:
            self.add(code, name)

    def told(self) -> tuple[Finding, ...]:
        """Everything noticed, in the order in which it was first noticed."""
        return tuple(Finding(code, count, self._told(code)) for code, count in self._counts.items())

    def _told(self, code: str) -> tuple[tuple[str, int], ...]:
        return tuple(self._names.get(code, Counter[str]()).most_common(NAMES_TOLD))
