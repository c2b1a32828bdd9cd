"""Choosing the responsible unit: the one the class names first, then those used often, then any by name."""

from collections.abc import Mapping, Sequence

from ui.habits import Habits
from ui.indexes import indexes_of
from ui.picker_index import Hit
from ui.screen import Screen
from ui.views.choices import Choice
from ui.views.class_rows import ALSO
from ui.views.living import run_for
from ui.views.name_picker import NamePicker

#: Units used often that are offered.
OFTEN = 3


class UnitPicker(NamePicker):
    """`offer` says which units come first and why; `without` are not to be chosen."""

    def __init__(self, screen: Screen) -> None:
        self._habits = Habits(screen.desk, "units")
        self._first: tuple[tuple[str, str], ...] = ()
        self._notes: Mapping[str, str] = {}
        self._without: frozenset[str] = frozenset()
        super().__init__(screen, "picker.unit", self._rows, self._found, screen.data.unit)
        run_for(screen, self, self._load())

    def offer(self, first: Sequence[tuple[str, str]], without: Sequence[str] = ()) -> None:
        """Units with the key of the reason for offering them; and those that are no choice."""
        self._without = frozenset(without)
        reasons: dict[str, str] = {}
        for code, why in first:
            if code and code not in self._without:
                reasons.setdefault(code, why)
        self._first = tuple(reasons.items())
        self.refresh()

    def tell_notes(self, notes: Mapping[str, str]) -> None:
        """What is known of units that are offered, by their codes."""
        self._notes = notes
        self.refresh()

    def remember(self) -> None:
        """Count the unit chosen as used."""
        if self.value:
            self._screen.run(self._habits.use(self.value))

    async def _load(self) -> None:
        await self._habits.load()
        self.refresh()

    def _rows(self) -> list[Choice]:
        say = self._screen.words.say
        rows = [self._row(code, say(why) if why else "") for code, why in self._first]
        known = {row.code for row in rows} | self._without
        often = sorted(self._habits.uses, key=lambda code: -self._habits.uses[code])
        fresh = [code for code in often if code not in known][:OFTEN]
        return rows + [self._row(code, say("picker.by_habit")) for code in fresh]

    def _row(self, code: str, why: str) -> Choice:
        known = self._notes.get(code, "")
        return Choice(
            code, self._screen.data.unit(code), note=" · ".join(one for one in (why, known) if one)
        )

    def _found(self, query: str) -> list[Choice]:
        index = indexes_of(self._screen.desk.setting.directory).units
        hits = index.find(query, self._habits.uses)
        return [self._hit(hit) for hit in hits if hit.code not in self._without]

    def _hit(self, hit: Hit) -> Choice:
        name = self._screen.data.unit(hit.code)
        if hit.text == name or not hit.marks:
            return Choice(hit.code, name, marks=hit.marks)
        front = name + ALSO
        return Choice(hit.code, front + hit.text, marks=tuple(len(front) + at for at in hit.marks))
