"""The page of all drafts: takes one up again, or throws it away."""

from collections.abc import Callable, Coroutine
from typing import Any

from app.services.queries import Draft
from ui.form_drafts import FormDrafts
from ui.screen import Screen

Resume = Callable[[Draft], Coroutine[Any, Any, None]]


class HalfTyped:
    """`open_page` lays a page open under a title."""

    def __init__(
        self, screen: Screen, forms: FormDrafts, open_page: Callable[[str, Any], None]
    ) -> None:
        self._screen, self._forms, self._open_page = screen, forms, open_page

    async def show(self, resume: Resume) -> None:
        """Lay open what was left half-typed; `resume` takes one up where it belongs."""
        await self._forms.keep()
        from ui.views.drafts_page import DraftsPage  # read when it is opened, or ahead

        page = DraftsPage(self._screen, await self._screen.desk.drafts())

        def take_up(draft: Draft) -> None:
            self._screen.run(resume(draft))

        def drop(draft: Draft) -> None:
            self._screen.run(self._drop(draft, resume))

        page.resumed.connect(take_up)
        page.dropped.connect(drop)
        self._open_page("verb.drafts", page)

    async def _drop(self, draft: Draft, resume: Resume) -> None:
        self._forms.forget(draft.id)
        await self._screen.desk.drop_draft(draft.id)
        await self.show(resume)
