"""The disposal clock of a task as it runs now."""

from app.domain.case import Dossier, Task
from app.domain.clocks import Ledger
from app.domain.deadlines import ledgers
from app.domain.emergencies import STEPS
from app.domain.moment import Setting
from app.domain.terms import Clock


def disposal_of(task: Task, on: Dossier, setting: Setting) -> Ledger | None:
    """The disposal clock of a task that still runs; None for a task taken over from elsewhere, or done."""
    own = (one for one in ledgers(on, setting) if one.clock is Clock.K5 and one.about == task.id)
    return next((one for one in own if one.stopped is None and one.matter not in STEPS), None)
