"""Keeps half-typed intake: saved every two seconds of change, dropped once it is a case."""

from uuid import uuid4

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.calendar import LOCAL
from app.services.queries import Draft
from ui.plain import plain
from ui.screen import Screen
from ui.views.intake_fields import IntakeFields
from ui.views.living import lives

#: At most this much typing is lost when the power goes (milliseconds).
EVERY = 2000


class DraftKeeper(QObject):
    """One draft at a time. `saved` after the number of drafts or their content changed; `shown` says when."""

    saved = Signal()

    def __init__(self, screen: Screen, fields: IntakeFields, parent: QObject) -> None:
        super().__init__(parent)
        self._screen, self._fields = screen, fields
        self._id = str(uuid4())
        self._unsaved = self._is_finished = False
        self.shown = plain(role="small")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self.keep_soon)
        fields.edited.connect(self._changed)

    def begin(self) -> None:
        """Empty fields, and a draft of their own once something is typed."""
        self._id = str(uuid4())
        self._fields.clear()
        self._settle()

    def resume(self, draft: Draft) -> None:
        """Go on with a draft; it keeps its id."""
        self._id = draft.id
        self._fields.restore(draft.fields)
        self._settle()

    def keep_soon(self) -> None:
        """Save what is unsaved, without waiting for it."""
        if self._unsaved:
            self._screen.run(self.keep())

    async def keep(self) -> None:
        """Save now, if anything was typed since the last time."""
        self._timer.stop()
        if not self._unsaved or self._is_finished or self._fields.is_empty:
            return
        self._unsaved = False
        now = self._screen.desk.now()
        draft = Draft(self._id, now, self._fields.values)
        await self._screen.desk.save_draft(draft)
        if not lives(self):
            return
        at = now.astimezone(LOCAL).strftime("%H:%M:%S")
        self.shown.setText(self._screen.words.say("intake.draft.kept", at=at))
        self.saved.emit()

    async def finish(self) -> None:
        """It is a case now: no draft any more, also when more is typed."""
        self._settle()
        self._is_finished = True
        await self._drop(self._id)

    async def drop(self, draft: Draft) -> None:
        """Throw one away."""
        await self._drop(draft.id)

    async def others(self) -> list[Draft]:
        """What else was left half-typed, newest first."""
        drafts = await self._screen.desk.drafts()
        return [one for one in drafts if one.id != self._id]

    async def _drop(self, draft_id: str) -> None:
        await self._screen.desk.drop_draft(draft_id)
        if lives(self):
            self.saved.emit()

    def _changed(self) -> None:
        self._unsaved = True
        if not self._timer.isActive():
            self._timer.start()

    def _settle(self) -> None:
        self._unsaved = self._is_finished = False
        self._timer.stop()
