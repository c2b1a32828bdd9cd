"""What every widget is given: the desk, the words, the looks, and the roads for work and news."""

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from app.domain.moment import Moment
from app.services.desk import Desk
from app.services.foresee import NOT_KEPT
from ui.keymap import Keymap
from ui.names import DataNames
from ui.theme import Theme
from ui.wording import Wording

NOTHING: Mapping[str, Any] = {}


class Toast(Protocol):
    """A short message that never takes the focus; `kind` is told, done, refused or urgent."""

    def __call__(self, key: str, facts: Mapping[str, Any] = NOTHING, kind: str = "told") -> None:
        """Show the sentence of `key` with `facts`."""
        ...


@dataclass(frozen=True, slots=True)
class Screen:
    """One person's screen. `run` starts a coroutine on the screen's loop and sees to its troubles.

    Refused becomes a toast (a form catches its own), Unreachable goes to the status bar, anything
    else is our bug and makes a crash report.
    """

    desk: Desk
    words: Wording
    theme: Theme
    run: Callable[[Coroutine[Any, Any, None]], None]
    toast: Toast
    data: DataNames
    keymap: Keymap = field(default_factory=Keymap)

    @property
    def moment(self) -> Moment:
        """Now, here and by whoever sits here, for foreseeing only."""
        return Moment(self.desk.now(), self.desk.me, NOT_KEPT, self.desk.setting)
