"""What was picked in an act that is taken back was no choice of a person's, and is offered to nobody as a habit."""

from collections.abc import Mapping

from app.domain.commands import Command
from app.services.desk import Desk
from app.services.queries import Done
from ui.habits import Habits

#: What a command may have picked, and the habit that counts it.
_COUNTED: Mapping[str, str] = {"category": "classes", "unit": "units"}


class Picks:
    """Notes the picks of each act while its undo may be asked for here."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._of: dict[str, list[tuple[str, str]]] = {}

    def note(self, command: Command, done: Done) -> None:
        """These were picked by what was just done."""
        found = ((habit, getattr(command, name, None)) for name, habit in _COUNTED.items())
        self._of[done.cmd_id] = [(habit, code) for habit, code in found if code]

    async def take_back(self, cmd_id: str) -> None:
        """That act is undone."""
        for habit, code in self._of.pop(cmd_id, ()):
            await Habits(self._desk, habit).unuse(code)
