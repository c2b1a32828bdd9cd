"""Keeps half-typed intake: a draft of its own for each report, dropped once it is a case."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from PySide6.QtCore import QObject, Signal

from app.domain.calendar import LOCAL
from app.services.queries import Draft
from ui.plain import plain
from ui.screen import NOTHING, Screen
from ui.views.form_draft import is_of_a_form
from ui.views.intake_fields import IntakeFields
from ui.views.intake_wishes import THE_NEW_ONE, Booked
from ui.views.journal import Journal
from ui.views.living import lives


class DraftKeeper(QObject):
    """One draft at a time. `saved` after the number of drafts or their content changed; `shown` says when.

    Once registered (`booked`), what is typed on is a draft again: of changes to that case, not of a new one.
    """

    saved = Signal()

    def __init__(self, screen: Screen, fields: IntakeFields, parent: QObject) -> None:
        super().__init__(parent)
        self._screen, self._fields = screen, fields
        self._id = str(uuid4())
        self._journal = Journal(screen, self)
        self._aside: Mapping[str, str] = NOTHING
        self.booked: Booked | None = None
        self.shown = plain(role="small")
        self._journal.kept.connect(self._kept)
        self._journal.dropped.connect(self.saved)
        fields.edited.connect(self._changed)

    @property
    def id(self) -> str:
        """The draft that is kept now."""
        return self._id

    @property
    def about(self) -> str:
        """The case that it is registered as, or THE_NEW_ONE."""
        return self.booked.case_id if self.booked else THE_NEW_ONE

    @property
    def settles(self) -> str:
        """The command set aside that is settled once this is on the books, or nothing."""
        return self._aside.get("command", "")

    @property
    def number(self) -> str:
        """The number it was told by before the centre did not take it, or nothing."""
        return self._aside.get("number", "")

    def begin(self, given: Mapping[str, Any] = NOTHING) -> None:
        """Fields with what is `given`, and a draft of their own once something is typed."""
        self._id = str(uuid4())
        self.booked, self._aside = None, given.get("aside", NOTHING)
        self._fields.restore(given)
        self._journal.calm(self._id)

    def resume(self, draft: Draft) -> None:
        """Go on with a draft; it keeps its id."""
        self._id = draft.id
        self.booked = Booked.of_draft(draft.fields)
        self._aside = draft.fields.get("aside", NOTHING)
        self._fields.restore(draft.fields)
        self._journal.calm(self._id)

    def keep_soon(self) -> None:
        """Save what is unsaved, without waiting for it."""
        self._journal.keep_soon()

    async def keep(self) -> None:
        """Save now, if anything was typed since the last time. Raises Unreachable when the disk is away."""
        await self._journal.keep()

    def book(self, booked: Booked) -> None:
        """It is a case now, and what was written then no draft any more."""
        self.booked, self._aside = booked, NOTHING
        self.finish()
        if booked.changed(self._fields.wish, self._fields.usual_grade):
            self._changed()  # typed while it was being registered

    def finish(self) -> None:
        """All that was asked for is done."""
        self._journal.forget(self._id)

    async def drop(self, draft: Draft) -> None:
        """Throw one away."""
        await self._screen.desk.drop_draft(draft.id)
        if lives(self):
            self.saved.emit()

    async def others(self) -> list[Draft]:
        """What other reports were left half-typed, newest first."""
        drafts = await self._screen.desk.drafts()
        return [one for one in drafts if one.id != self._id and not is_of_a_form(one)]

    def _changed(self) -> None:
        beside = self.booked.in_draft if self.booked is not None else {}
        beside |= {"aside": dict(self._aside)} if self._aside else {}
        is_empty = self._fields.is_empty
        self._journal.write(self._id, {} if is_empty else {**self._fields.values, **beside})

    def _kept(self, _id: str) -> None:
        at = self._screen.desk.now().astimezone(LOCAL).strftime("%H:%M:%S")
        self.shown.setText(self._screen.words.say("intake.draft.kept", at=at))
        self.saved.emit()
