"""Choosing the street or the community a report speaks of; a community brings its street with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.domain.calendar import local_date
from ui.habits import Habits
from ui.indexes import indexes_of
from ui.picker_index import Hit
from ui.screen import Screen
from ui.views.choices import Choice
from ui.views.living import run_for
from ui.views.name_picker import NamePicker

#: Places used lately that are offered before the streets.
LATELY = 3


@dataclass(frozen=True, slots=True)
class Named:
    """A street or community that a report names, and the key and facts of what speaks for it."""

    code: str
    key: str
    facts: Mapping[str, Any]


class PlacePicker(NamePicker):
    """One box for both: `street` and `community` of what was chosen."""

    def __init__(self, screen: Screen) -> None:
        self._habits = Habits(screen.desk, "places")
        self._named: tuple[Named, ...] = ()
        super().__init__(screen, "picker.place", self._rows, self._found, screen.data.place)
        self.chosen.connect(self._use)
        run_for(screen, self, self._load())

    @property
    def community(self) -> str | None:
        """The community's code, when one was chosen."""
        return self.value if self.value in self._streets else None

    @property
    def street(self) -> str | None:
        """The street's code: the one chosen, or the community's own."""
        return self._streets.get(self.value, self.value or None)

    def set_place(self, street: str | None, community: str | None) -> None:
        """Show a place of a case."""
        self.set_value(community or street or "")

    def propose(self, named: Sequence[Named]) -> None:
        """Places to be offered before all others."""
        if tuple(named) != self._named:
            self._named = tuple(named)
            self.refresh()

    @property
    def _streets(self) -> dict[str, str]:
        return {one.code: one.street for one in self._screen.desk.setting.directory.communities}

    async def _load(self) -> None:
        await self._habits.load()
        self.refresh()

    def _use(self, code: str) -> None:
        self._screen.run(self._habits.use(code))

    def _rows(self) -> list[Choice]:
        known = {item.code for item in self._screen.desk.setting.directory.streets}
        known |= self._streets.keys()
        lately = [code for code in self._habits.recent if code in known][:LATELY]
        streets = [one.code for one in self._screen.desk.setting.directory.streets]
        rows = {code: self._row(code) for code in dict.fromkeys([*lately, *streets])}
        say = self._screen.words.say
        first = {one.code: say(one.key, **one.facts) for one in self._named}
        proposed = {code: replace(self._row(code), note=why) for code, why in first.items()}
        return list(
            (proposed | {code: row for code, row in rows.items() if code not in first}).values()
        )

    def _row(self, code: str, marks: tuple[int, ...] = ()) -> Choice:
        data = self._screen.data
        street = self._streets.get(code)
        if street:
            return Choice(code, data.community(code), data.street(street), marks=marks)
        return Choice(code, data.street(code), marks=marks)

    def _found(self, query: str) -> list[Choice]:
        directory = self._screen.desk.setting.directory
        today = local_date(self._screen.desk.now())
        gone = {one.code for one in directory.communities if not one.exists_on(today)}
        hits = indexes_of(directory).places.find(query, self._habits.uses)
        return [self._hit(hit) for hit in hits if hit.code not in gone]

    def _hit(self, hit: Hit) -> Choice:
        row = self._row(hit.code)
        return self._row(hit.code, hit.marks) if hit.text == row.text else row
