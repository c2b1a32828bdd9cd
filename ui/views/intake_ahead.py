"""What an intake form looks up while one types: deadlines and gaps to come, cases of the number and the place."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.calendar import local_date
from app.domain.refused import Refused
from app.services.filters import Filter
from app.services.foresee import Foresight, foresee_intake
from app.services.queries import QueueRow, WindowQuery
from ui.models.same_place import question, under_way
from ui.screen import Screen
from ui.views.beside_text import without
from ui.views.intake_aside import LISTED, IntakeAside
from ui.views.intake_fields import IntakeFields
from ui.views.intake_places import IntakePlaces
from ui.views.living import run_for

#: Foresight and history wait until the hand rests this long (milliseconds).
REST = 150
PHONE = 7  # figures of a telephone number before its history is looked for


class LookAhead(QObject):
    """Fills the aside from the fields, a little after each edit. `judged` with the rules' no, or None, `looked` with
    the cases of the number.

    `booked` is the case that the form has registered already, or nothing.
    """

    judged = Signal(object)
    looked = Signal(object)

    def __init__(
        self,
        screen: Screen,
        fields: IntakeFields,
        aside: IntakeAside,
        booked: Callable[[], str],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._screen, self._fields, self._aside = screen, fields, aside
        self._booked = booked
        self._asked = 0
        self._places = IntakePlaces(screen, fields)
        self._around: Filter | None = None
        self._rows: tuple[QueueRow, ...] | None = None
        self._resting = QTimer(self, singleShot=True, interval=REST)
        self._resting.timeout.connect(self.look)
        fields.edited.connect(self._resting.start)

    @property
    def missing(self) -> tuple[str, ...]:
        """What filing would ask for now. Raises Refused when there is nothing to be filed."""
        return self._foreseen().missing

    @property
    def refusal(self) -> Refused | None:
        """Why what is typed cannot be put on the books as it stands."""
        if self._fields.narrative.is_blank:
            return None  # nothing typed yet is no fault; it is asked for when it is sent
        try:
            self._foreseen()
        except Refused as no:
            return no
        return None

    def look(self) -> None:
        """Tell the aside how it stands now."""
        desk = self._screen.desk
        policy = desk.setting.editions.judging(local_date(desk.now())).policy
        no = self.refusal
        is_dark = self._fields.is_empty or no is not None
        self._aside.tell_foresight(None if is_dark else self._foreseen(), policy)
        self.judged.emit(no)
        self._aside.triggers.tell("", self._fields.narrative.text)
        self._places.look()
        self._asked += 1
        phone = self._fields.phone.text()
        run_for(self._screen, self, self._look_back(phone, self._asked))
        self._look_around()

    async def _look_back(self, phone: str, asked: int) -> None:
        """Earlier cases of the number; a later question makes this answer stale."""
        figures = sum(one.isdigit() for one in phone)
        desk = self._screen.desk
        ids = await desk.reporter_history(phone) if figures >= PHONE else ()
        views = [await desk.case(one) for one in ids[:LISTED]]
        if asked == self._asked:
            cases = [view.dossier.case for view in views if view is not None]
            self._aside.tell_history(cases, len(ids) if figures >= PHONE else None)
            self.looked.emit(ids)

    def _look_around(self) -> None:
        """Cases under way about the same place and class, asked for when one of these has changed."""
        desk = self._screen.desk
        asked = question(self._fields.wish, desk.setting.directory.taxonomy, desk.now())
        about = asked.filter if asked is not None else None
        if asked is None:
            self._rows = None
            self._aside.same.tell(None)
        elif about != self._around:
            run_for(self._screen, self, self._found_around(asked))
        self._around = about

    async def _found_around(self, asked: WindowQuery) -> None:
        found = await self._screen.desk.window(asked)
        if asked.filter == self._around:
            self._rows = under_way(asked.filter.text, found.rows, self._booked())
            self.sift()

    def sift(self) -> None:
        """What stands beside it for its words is not listed for its place once more."""
        if self._rows is not None:
            self._aside.same.tell(without(self._rows, self._aside.beside.shown))

    def _foreseen(self) -> Foresight:
        moment = self._screen.moment
        return foresee_intake(self._fields.wish, self._fields.unit.value, moment)
