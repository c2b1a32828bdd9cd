"""What stands beside a report while it is typed: asked for on *desk*, followed or denied by a key, and remembered."""

from collections.abc import Collection

from PySide6.QtCore import QObject, Signal

from app.domain.case import Case
from app.domain.duplicates import Proposal
from app.domain.terms import Nature
from app.services.foresee import as_case
from ui.screen import Screen
from ui.verdicts import Verdicts
from ui.views.beside_card import BesideCard
from ui.views.draft_keeper import DraftKeeper
from ui.views.intake_fields import IntakeFields
from ui.views.intake_wishes import joining
from ui.views.living import run_for

#: A report of fewer signs is not looked for.
LEAST = 6


class IntakeBeside(QObject):
    """`wished` with what follows the registration where a proposal is taken; `found` when others are shown."""

    wished = Signal(object)
    found = Signal()

    def __init__(
        self,
        screen: Screen,
        fields: IntakeFields,
        card: BesideCard,
        draft: DraftKeeper,
    ) -> None:
        super().__init__(card)
        self._screen, self._fields, self._card = screen, fields, card
        self._draft = draft
        self._asked: tuple[object, ...] = ()
        self._verdicts = Verdicts(screen.desk, "beside")
        card.taken.connect(self._take)
        card.denied.connect(self._deny)
        run_for(screen, self, self._load())

    def look(self, own: Collection[str]) -> None:
        """Ask anew where anything has changed that likeness is seen by; `own` are cases of the same reporter."""
        case = as_case(self._fields.wish, self._draft.about, self._screen.desk.now())
        about = (case.narrative, case.address, case.community, case.category, frozenset(own))
        asked = (self._draft.id, *about, case.nature)
        if asked == self._asked:
            return
        self._asked = asked
        if len(case.narrative.strip()) < LEAST or case.nature is Nature.THANKS:
            self._show(None, case)
        else:
            run_for(self._screen, self, self._ask(case, own, asked))

    async def _load(self) -> None:
        await self._verdicts.load()
        self._card.tell_record(self._verdicts)

    async def _ask(self, case: Case, own: Collection[str], asked: tuple[object, ...]) -> None:
        """A later question makes this answer stale."""
        found = await self._screen.desk.hindsight.beside(case, own)
        if asked == self._asked:
            self._show([one for one in found if not self._is_denied(one)], case)

    def _is_denied(self, one: Proposal) -> bool:
        return self._verdicts.is_denied(self._draft.id, one.case.id)

    def _show(self, found: list[Proposal] | None, case: Case) -> None:
        self._card.tell(found, case.narrative)
        self.found.emit()

    def _take(self, one: Proposal) -> None:
        self.wished.emit(
            joining(one, self._draft.about, self._fields.wish, self._screen.desk.setting)
        )

    def taken(self) -> None:
        """What was proposed was sent."""
        self._screen.run(self._verdicts.take())

    def _deny(self, one: Proposal) -> None:
        run_for(self._screen, self, self._denied(one))

    async def _denied(self, one: Proposal) -> None:
        await self._verdicts.deny(self._draft.id, one.case.id)
        self._card.tell_record(self._verdicts)
        self._card.take_away(one)
        self.found.emit()
