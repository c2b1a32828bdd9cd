"""Which place a report names: offered in the picker and hinted at beside it, never put in by itself."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject

from app.insight.places import grown
from ui.indexes import indexes_of
from ui.screen import Screen
from ui.views.intake_fields import IntakeFields
from ui.views.living import run_for
from ui.views.place_picker import Named

#: So many names that the directory does not know are looked for among earlier cases.
MOST = 3


class IntakePlaces(QObject):
    """Reads address and narrative whenever the hand rests (`look`)."""

    def __init__(self, screen: Screen, fields: IntakeFields) -> None:
        super().__init__(fields)
        self._screen, self._fields = screen, fields
        self._text = ""
        self._named: dict[str, Named] = {}

    def look(self) -> None:
        """Names of the directory count at once; what only sounds like a place is asked for."""
        wish = self._fields.wish
        text = f"{wish.address}\n{wish.narrative}"
        if text != self._text:
            self._text, self._named = text, {}
            self._read(text)
        self._tell()

    def _read(self, text: str) -> None:
        directory = self._screen.desk.setting.directory
        found = indexes_of(directory).gazetteer.places(text)
        below = {one.code for one in directory.communities}
        own = [(one.code, one.name) for one in found if one.code is not None]
        for code, name in sorted(own, key=lambda one: one[0] not in below):
            self._named.setdefault(code, Named(code, "intake.place.named", {"name": name}))
        heard = list(dict.fromkeys(one.name for one in found if one.code is None))[:MOST]
        if heard:
            run_for(self._screen, self, self._ask(heard, text))

    async def _ask(self, heard: list[str], text: str) -> None:
        """A text that was changed meanwhile makes this answer stale."""
        found = await self._screen.desk.hindsight.placed(heard)
        if text == self._text:
            for name, counts in found.items():
                self._grow(name, counts)
            self._tell()

    def _grow(self, name: str, counts: Mapping[str, int]) -> None:
        known = {one.code for one in self._screen.desk.setting.directory.communities}
        code, many = grown(counts)
        if code in known:
            self._named.setdefault(
                code, Named(code, "intake.place.grown", {"name": name, "n": many})
            )

    def _tell(self) -> None:
        named, place = list(self._named.values()), self._fields.place
        place.propose(named)
        hint = partial(self._hint, named[0]) if named and place.is_blank else str
        self._fields.field("form.place").hint(hint)

    def _hint(self, one: Named) -> str:
        say = self._screen.words.say
        why = say(one.key, **one.facts)
        return say("intake.place.hint", place=self._screen.data.place(one.code), why=why)
