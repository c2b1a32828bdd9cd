"""Keeps half-typed intake: saved so often that at most two seconds are lost, dropped once it is a case."""

import asyncio
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.calendar import LOCAL
from app.services.ports import Unreachable
from app.services.queries import Draft
from ui.plain import plain
from ui.screen import NOTHING, Screen
from ui.views.intake_fields import IntakeFields
from ui.views.intake_wishes import Booked
from ui.views.living import lives

#: Unsaved typing waits this long (milliseconds): two seconds may be lost, and the saving itself takes time.
EVERY = 1500


class DraftKeeper(QObject):
    """One draft at a time. `saved` after the number of drafts or their content changed; `shown` says when.

    Once registered (`booked`), what is typed on is a draft again: of changes to that case, not of a new one.
    """

    saved = Signal()

    def __init__(self, screen: Screen, fields: IntakeFields, parent: QObject) -> None:
        super().__init__(parent)
        self._screen, self._fields = screen, fields
        self._id = str(uuid4())
        self._unsaved = False
        self._one_at_a_time = asyncio.Lock()
        self.booked: Booked | None = None
        self.shown = plain(role="small")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self.keep_soon)
        fields.edited.connect(self._changed)

    @property
    def id(self) -> str:
        """The draft that is kept now."""
        return self._id

    def begin(self, given: Mapping[str, Any] = NOTHING) -> None:
        """Fields with what is `given`, and a draft of their own once something is typed."""
        self._id = str(uuid4())
        self.booked = None
        self._fields.restore(given)
        self._settle()

    def resume(self, draft: Draft) -> None:
        """Go on with a draft; it keeps its id."""
        self._id = draft.id
        self.booked = Booked.of_draft(draft.fields)
        self._fields.restore(draft.fields)
        self._settle()

    def keep_soon(self) -> None:
        """Save what is unsaved, without waiting for it."""
        if self._unsaved:
            self._screen.run(self.keep())

    async def keep(self) -> None:
        """Save now, if anything was typed since the last time; what could not be saved stays unsaved.

        Raises Unreachable when the disk is away; it is tried again until it is back.
        """
        self._timer.stop()
        async with self._one_at_a_time:
            if not self._unsaved or self._fields.is_empty:
                return
            self._unsaved = False
            try:
                await self._save()
            except BaseException as trouble:
                self._unsaved = True
                if isinstance(trouble, Unreachable) and lives(self):
                    self._timer.start()
                raise

    def book(self, booked: Booked) -> None:
        """It is a case now, and what was written then no draft any more."""
        self.booked = booked
        self.finish()
        if booked.changed(self._fields.wish):
            self._changed()  # typed while it was being registered

    def finish(self) -> None:
        """All that was asked for is done."""
        self._settle()
        self._screen.run(self._forget(self._id))

    async def drop(self, draft: Draft) -> None:
        """Throw one away."""
        await self._drop(draft.id)

    async def others(self) -> list[Draft]:
        """What else was left half-typed, newest first."""
        drafts = await self._screen.desk.drafts()
        return [one for one in drafts if one.id != self._id]

    async def _save(self) -> None:
        now = self._screen.desk.now()
        booked = self.booked.in_draft if self.booked is not None else {}
        await self._screen.desk.save_draft(Draft(self._id, now, {**self._fields.values, **booked}))
        if not lives(self):
            return
        at = now.astimezone(LOCAL).strftime("%H:%M:%S")
        self.shown.setText(self._screen.words.say("intake.draft.kept", at=at))
        self.saved.emit()

    async def _forget(self, draft_id: str) -> None:
        """Once a save that is under way has ended: it would bring the draft back."""
        async with self._one_at_a_time:
            await self._drop(draft_id)

    async def _drop(self, draft_id: str) -> None:
        await self._screen.desk.drop_draft(draft_id)
        if lives(self):
            self.saved.emit()

    def _changed(self) -> None:
        self._unsaved = True
        if not self._timer.isActive():
            self._timer.start()

    def _settle(self) -> None:
        self._unsaved = False
        self._timer.stop()
