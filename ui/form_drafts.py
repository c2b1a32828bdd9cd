"""The half-typed forms of whoever sits here: at hand when one opens again, kept behind what is typed."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.services.queries import Draft
from ui.screen import Screen
from ui.views.form_draft import is_of_a_form
from ui.views.journal import Journal


class FormDrafts(QObject):
    """`changed` after one was written to the disk or dropped."""

    changed = Signal()

    def __init__(self, screen: Screen, parent: QObject) -> None:
        super().__init__(parent)
        self._screen = screen
        self._known: dict[str, Draft] = {}
        self._journal = Journal(screen, self)
        self._journal.kept.connect(self.changed)
        self._journal.dropped.connect(self.changed)

    async def load(self) -> None:
        """Somebody sits down: what they left half-typed, and nothing of anybody else."""
        drafts = await self._screen.desk.drafts()
        self._known = {one.id: one for one in drafts if is_of_a_form(one)}

    def of(self, draft_id: str) -> Draft | None:
        """The draft of that id, if there is one."""
        return self._known.get(draft_id)

    def write(self, draft_id: str, fields: Mapping[str, Any]) -> None:
        """A form reads like this now; without fields it is as it was when it opened."""
        if fields:
            self._known[draft_id] = Draft(draft_id, self._screen.desk.now(), fields)
        elif self._known.pop(draft_id, None) is None:
            return
        self._journal.write(draft_id, fields)

    def forget(self, draft_id: str) -> None:
        """It was sent, or thrown away."""
        self._known.pop(draft_id, None)
        self._journal.forget(draft_id)

    def keep_soon(self) -> None:
        """Save without waiting for it."""
        self._journal.keep_soon()

    async def keep(self) -> None:
        """Save now. Raises Unreachable when the disk is away."""
        await self._journal.keep()
