"""How the screen looks, speaks and listens: what verbs change of it, and what comes back with a person."""

from collections.abc import Callable, Mapping

from ui.memory import Memory, wear_looks
from ui.screen import Screen
from ui.sentences import LANGUAGES
from ui.theme import BASE_PX, NAMES, SIZES


class Looks:
    """The deeds behind the verbs of looks; what is chosen is remembered for the person who sits here."""

    def __init__(self, screen: Screen, memory: Memory) -> None:
        self._screen, self._memory = screen, memory
        self.deeds: Mapping[str, Callable[[], None]] = {
            "theme": self._next_theme,
            "language": self._next_language,
            "larger": lambda: self._step(1),
            "smaller": lambda: self._step(-1),
            "usual_size": lambda: self._write(BASE_PX),
        }

    async def follow(self) -> None:
        """Another person sits here: what he chose earlier is chosen again, and his keys are his own."""
        await wear_looks(self._screen.desk, self._screen.words, self._screen.theme)
        await self._memory.recall_keys()

    def _next_theme(self) -> None:
        self._screen.theme.use(_after(NAMES, self._screen.theme.name))
        self._memory.keep_looks()

    def _next_language(self) -> None:
        self._screen.words.use(_after(LANGUAGES, self._screen.words.language))
        self._memory.keep_looks()

    def _step(self, by: int) -> None:
        at = SIZES.index(self._screen.theme.font_px) + by
        self._write(SIZES[max(0, min(at, len(SIZES) - 1))])

    def _write(self, px: int) -> None:
        self._screen.theme.use_size(px)
        self._memory.keep_looks()
        self._screen.toast("frame.text_size", {"px": px, "least": SIZES[0], "most": SIZES[-1]})


def _after(names: tuple[str, ...], name: str) -> str:
    return names[(names.index(name) + 1) % len(names)]
