"""What is half-typed: on the disk two seconds after a change at the latest, never written twice at once."""

import asyncio
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.services.ports import Unreachable
from app.services.queries import Draft
from ui.screen import Screen
from ui.views.living import lives

Fields = Mapping[str, Any]

#: Unsaved typing waits this long (milliseconds): two seconds may be lost, and the saving itself takes time.
EVERY = 1500


class Journal(QObject):
    """Writes drafts behind whoever types them; `kept` and `dropped` tell the id of one, once it is so.

    What could not be written stays unsaved, and is tried again until the disk is back.
    """

    kept = Signal(str)
    dropped = Signal(str)

    def __init__(self, screen: Screen, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._screen = screen
        self._unsaved: dict[str, Fields] = {}
        self._one_at_a_time = asyncio.Lock()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self.keep_soon)

    def write(self, draft_id: str, fields: Fields) -> None:
        """The draft reads like this now; without fields there is nothing worth keeping."""
        self._unsaved[draft_id] = fields
        if not self._timer.isActive():
            self._timer.start()

    def calm(self, draft_id: str) -> None:
        """What was last written of this draft needs no keeping."""
        self._unsaved.pop(draft_id, None)
        if not self._unsaved:
            self._timer.stop()

    def forget(self, draft_id: str) -> None:
        """Its work is done: away with it, also from the disk."""
        self.calm(draft_id)
        self._screen.run(self._forget(draft_id))

    def keep_soon(self) -> None:
        """Save what is unsaved, without waiting for it."""
        if self._unsaved:
            self._screen.run(self.keep())

    async def keep(self) -> None:
        """Save everything now that was typed since the last time. Raises Unreachable when the disk is away."""
        self._timer.stop()
        async with self._one_at_a_time:
            while self._unsaved:
                draft_id, fields = self._unsaved.popitem()
                try:
                    await self._put(draft_id, fields)
                except BaseException as trouble:
                    self._not_kept(draft_id, fields, trouble)
                    raise

    def _not_kept(self, draft_id: str, fields: Fields, trouble: BaseException) -> None:
        self._unsaved.setdefault(draft_id, fields)
        if isinstance(trouble, Unreachable) and lives(self):
            self._timer.start()

    async def _put(self, draft_id: str, fields: Fields) -> None:
        if not fields:
            await self._drop(draft_id)
            return
        desk = self._screen.desk
        await desk.save_draft(Draft(draft_id, desk.now(), fields))
        if lives(self):
            self.kept.emit(draft_id)

    async def _forget(self, draft_id: str) -> None:
        """Once a save that is under way has ended: it would bring the draft back."""
        async with self._one_at_a_time:
            await self._drop(draft_id)

    async def _drop(self, draft_id: str) -> None:
        await self._screen.desk.drop_draft(draft_id)
        if lives(self):
            self.dropped.emit(draft_id)
