"""Choosing the channel a report came by; the one used last is there to begin with."""

from ui.habits import Habits
from ui.picker_index import Entry, NameIndex
from ui.screen import Screen
from ui.views.choices import Choice
from ui.views.living import run_for
from ui.views.name_picker import NamePicker


class ChannelPicker(NamePicker):
    """A short list, so that it is shown whole."""

    def __init__(self, screen: Screen) -> None:
        self._habits = Habits(screen.desk, "channels")
        self._is_begun = False
        super().__init__(screen, "intake.channel", self._rows, self._found, screen.data.channel)
        self.chosen.connect(self._use)
        run_for(screen, self, self._load())

    def begin(self, code: str) -> None:
        """A draft's channel, or the usual one."""
        self._is_begun = bool(code)
        self.set_value(code or self._usual())

    def show_given(self, code: str) -> None:
        """The channel that stands on the books, or none: nothing usual takes its place."""
        self._is_begun = True
        self.set_value(code)

    async def _load(self) -> None:
        await self._habits.load()
        if not self._is_begun:
            self.set_value(self._usual())
        self.refresh()

    def _usual(self) -> str:
        codes = [one.code for one in self._screen.desk.setting.directory.channels]
        known = [code for code in self._habits.recent if code in codes]
        return next(iter([*known, *codes]), "")

    def _use(self, code: str) -> None:
        self._is_begun = True
        self._screen.run(self._habits.use(code))

    def _rows(self) -> list[Choice]:
        channels = self._screen.desk.setting.directory.channels
        return [Choice(one.code, self._screen.data.of(one)) for one in channels]

    def _found(self, query: str) -> list[Choice]:
        channels = self._screen.desk.setting.directory.channels
        index = NameIndex.of(Entry(one.code, (self._screen.data.of(one),)) for one in channels)
        hits = index.find(query, self._habits.uses)
        return [Choice(hit.code, hit.text, marks=hit.marks) for hit in hits]
