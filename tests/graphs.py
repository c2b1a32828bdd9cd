"""Several cases lived through side by side, so that one command may concern more than one of them."""

from datetime import datetime, timedelta
from uuid import UUID

from app.domain.case import Case, Dossier
from app.domain.commands import Command, Dispatch, File, Handle, Sign
from app.domain.decide import decide
from app.domain.effects import Decision
from app.domain.folding import all_folded
from app.domain.measures.disposal import criteria_for
from app.domain.moment import Actor, Moment
from app.domain.terms import Role
from app.services.concerned import concerned
from tests.kit import MORNING, a_unit, report, setting, someone

UNIT = a_unit()
CHIEF = someone(Role.SHIFT_LEADER)


class Graph:
    """Cases by id, as one store would have them, and everybody's way to act on them."""

    def __init__(self, at: datetime = MORNING) -> None:
        self.now = at
        self.cases: dict[str, Dossier] = {}
        self.count = 0

    def case(self, case_id: str) -> Case:
        """A case as it stands."""
        return self.cases[case_id].case

    def moment(self, command: Command, who: Actor) -> Moment:
        """The circumstances of the next command."""
        ids = concerned(command, self)
        beside = tuple(self.cases[one] for one in ids if one in self.cases)
        number, cmd_id = f"SZPS{self.count}", str(UUID(int=self.count + 1))
        return Moment(self.now, who, cmd_id, setting(), number, beside=beside)

    def followers(self, case_id: str) -> tuple[str, ...]:
        """The cases that follow one."""
        return tuple(one for one, on in self.cases.items() if on.case.merged_into == case_id)

    def family(self, case_id: str) -> tuple[str, ...]:
        """The parts of a split case; of a part the case and the other parts."""
        whole = self.cases[case_id].case.split_from or case_id if case_id in self.cases else case_id
        parts = (one for one, on in self.cases.items() if on.case.split_from == whole)
        return tuple(one for one in (whole, *parts) if one != case_id)

    def decided(self, command: Command, who: Actor | None = None) -> Decision:
        """What it would do now. Raises Refused."""
        on = self.cases.get(getattr(command, "case_id", ""))
        return decide(command, on, self.moment(command, who or someone()))

    def does(self, command: Command, who: Actor | None = None, after: int = 0) -> Decision:
        """Let `who` (an operator) do it, `after` so many minutes."""
        self.now += timedelta(minutes=after)
        decision = self.decided(command, who)
        self.count += 1
        self.take(decision.effects, str(UUID(int=self.count)))
        return decision

    def take(self, effects, cmd_id: str) -> None:
        """Fold effects of whatever cases they are on."""
        self.cases |= all_folded(self.cases, effects, cmd_id)

    # the usual ways

    def registered(self, after: int = 0, **more) -> str:
        """A new case; its id."""
        decision = self.does(report(**more), after=after)
        return decision.effects[0].id

    def filed(self, after: int = 0, **more) -> str:
        """A new case that waits for dispatch."""
        case_id = self.registered(after, **more)
        self.does(File(case_id=case_id), after=1)
        return case_id

    def dispatched(self, after: int = 0, unit: str = UNIT, **more) -> str:
        """A new case that waits for a unit's signature."""
        case_id = self.filed(after, **more)
        self.does(Dispatch(case_id=case_id, unit=unit), after=1)
        return case_id

    def at_work(self, after: int = 0, **more) -> str:
        """A new case that a unit works on."""
        case_id = self.dispatched(after, **more)
        self.does(Sign(case_id=case_id, task_id=self.task(case_id)), unit_person(), after=1)
        return case_id

    def task(self, case_id: str) -> str:
        """The case's latest task."""
        return self.cases[case_id].tasks[-1].id

    def handled(self, case_id: str) -> None:
        """The unit is done."""
        wish = Handle(case_id=case_id, task_id=self.task(case_id), result="好", notice="好")
        self.does(wish, unit_person(), after=1)

    def criteria(self, case_id: str) -> tuple[str, ...]:
        """What closure review ticks."""
        on = self.cases[case_id]
        found = criteria_for(on, Moment(self.now, someone(), str(UUID(int=0)), setting()))
        return tuple(one.code for one in found)


def unit_person() -> Actor:
    """Somebody of the unit that has the cases."""
    return someone(Role.UNIT_HANDLER, UNIT)
