"""Names of data rows in the language of the screen: classes, units, places, channels, people."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol

from app.domain.moment import Setting
from app.domain.policy import Policy
from app.services.queries import Operator
from ui.wording import Wording

#: Between the levels of a class.
STEP = " › "


class _Named(Protocol):
    @property
    def name_zh(self) -> str: ...
    @property
    def name_en(self) -> str: ...


#: How the English names of communities and streets end.
_KINDS = (" Community", " Subdistrict")


class DataNames:
    """What to call a row known by its code; a code that nobody knows is shown as it is."""

    def __init__(self, words: Wording, setting: Callable[[], Setting]) -> None:
        self._words = words
        self._setting = setting
        self._people: dict[str, str] = {}

    def learn(self, people: Iterable[Operator]) -> None:
        """Remember what people are called."""
        self._people.update({person.login: person.name for person in people})

    def said_by(self, words: Wording) -> "DataNames":
        """The same names in the language of other words."""
        other = DataNames(words, self._setting)
        other._people.update(self._people)
        return other

    def category(self, code: str | None) -> str:
        """The class's own name."""
        return self._name(self._setting().directory.taxonomy.by_code, code)

    def path(self, code: str | None) -> str:
        """The class from the first level down, `噪声 › 施工 › 夜间`."""
        try:
            steps = self._setting().directory.taxonomy.path(code) if code else ()
        except KeyError:
            return code or ""
        return STEP.join(self.of(step) for step in steps)

    def unit(self, code: str | None) -> str:
        """A responsible unit."""
        return self._name(self._setting().directory.unit, code)

    def units(self, codes: str) -> str:
        """Several units, given as comma-separated codes."""
        return self._words.join(
            self.unit(code.strip()) for code in codes.split(",") if code.strip()
        )

    def street(self, code: str | None) -> str:
        """A street (街道)."""
        return self._name(self._setting().directory.street, code)

    def community(self, code: str | None) -> str:
        """A community (社区)."""
        return self._name(self._setting().directory.community, code)

    def place(self, code: str | None) -> str:
        """A street or, where the code is one's, a community with its street."""
        found = next(
            (one for one in self._setting().directory.communities if one.code == code), None
        )
        return f"{self.street(found.street)} {self.of(found)}" if found else self.street(code)

    def short(self, name: str) -> str:
        """The name of a place without what all places of its kind are called, where room is scarce."""
        return next((name.removesuffix(one) for one in _KINDS if name.endswith(one)), name)

    def channel(self, code: str | None) -> str:
        """An intake channel."""
        return self._name(self._setting().directory.channel, code)

    def person(self, login: str | None) -> str:
        """A person by login."""
        return self._people.get(login or "", login or "")

    def criterion(self, code: str) -> str:
        """A closure criterion, of whichever edition knows it."""
        found = (
            one
            for edition in self._setting().editions.known
            for one in edition.closure_criteria
            if one.code == code
        )
        return next((self.of(one) for one in found), code)

    def title(self, edition: Policy) -> str:
        """An edition of the Measures."""
        is_english = self._words.language == "en" and edition.title_en
        return edition.title_en if is_english else edition.title_zh

    def told(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        """Facts of a sentence with the codes of data rows turned into names."""
        return {name: self._told(name, value) for name, value in facts.items()}

    def _told(self, name: str, value: Any) -> Any:
        if isinstance(value, (list, tuple)):
            return [self._told(name, one) for one in value]  # pyright: ignore[reportUnknownVariableType]
        find = {
            "unit": self.unit,
            "behalf": self.unit,
            "category": self.path,
            "street": self.street,
            "community": self.community,
            "missing": self.criterion,
            "officer": self.person,
            "holder": self.person,
            "leader": self.person,
        }.get(name)
        return find(value) if find and isinstance(value, str) else value

    def of(self, row: _Named) -> str:
        """The name of a row that bears both; Chinese where it has no English one."""
        return (row.name_en or row.name_zh) if self._words.language == "en" else row.name_zh

    def _name(self, find: Callable[[str], _Named], code: str | None) -> str:
        try:
            return self.of(find(code)) if code else ""
        except KeyError:
            return code or ""
