"""Names of data rows in the language of the screen: classes, units, places, channels, people."""

from collections.abc import Callable, Iterable
from typing import Protocol

from app.domain.taxonomy import Directory
from app.services.queries import Operator
from ui.wording import Wording

#: Between the levels of a class.
STEP = " › "


class _Named(Protocol):
    @property
    def name_zh(self) -> str: ...
    @property
    def name_en(self) -> str: ...


class DataNames:
    """What to call a row known by its code; a code that nobody knows is shown as it is."""

    def __init__(self, words: Wording, directory: Callable[[], Directory]) -> None:
        self._words = words
        self._directory = directory
        self._people: dict[str, str] = {}

    def learn(self, people: Iterable[Operator]) -> None:
        """Remember what people are called."""
        self._people.update({person.login: person.name for person in people})

    def category(self, code: str | None) -> str:
        """The class's own name."""
        return self._name(self._directory().taxonomy.by_code, code)

    def path(self, code: str | None) -> str:
        """The class from the first level down, `噪声 › 施工 › 夜间`."""
        try:
            steps = self._directory().taxonomy.path(code) if code else ()
        except KeyError:
            return code or ""
        return STEP.join(self.of(step) for step in steps)

    def unit(self, code: str | None) -> str:
        """A responsible unit."""
        return self._name(self._directory().unit, code)

    def units(self, codes: str) -> str:
        """Several units, given as comma-separated codes."""
        return self._words.join(
            self.unit(code.strip()) for code in codes.split(",") if code.strip()
        )

    def street(self, code: str | None) -> str:
        """A street (街道)."""
        return self._name(self._directory().street, code)

    def community(self, code: str | None) -> str:
        """A community (社区)."""
        return self._name(self._directory().community, code)

    def channel(self, code: str | None) -> str:
        """An intake channel."""
        return self._name(self._directory().channel, code)

    def person(self, login: str | None) -> str:
        """A person by login."""
        return self._people.get(login or "", login or "")

    def of(self, row: _Named) -> str:
        """The name of a row that bears both; Chinese where it has no English one."""
        return (row.name_en or row.name_zh) if self._words.language == "en" else row.name_zh

    def _name(self, find: Callable[[str], _Named], code: str | None) -> str:
        try:
            return self.of(find(code)) if code else ""
        except KeyError:
            return code or ""
