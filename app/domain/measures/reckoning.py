"""The working-day calendar in the middle of a case: deadlines counted anew when holidays are announced."""

from app.domain.bases import rebased
from app.domain.case import Dossier, Row
from app.domain.commands import Resettle
from app.domain.deadlines import settle
from app.domain.moment import Moment
from app.domain.refused import Refused


def resettle(wish: Resettle, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """What still runs is counted by another holiday table; what has stopped stays as it was judged.

    The wish says which deadline it found and which one follows, so that the log tells both.
    """
    if not moment.setting.knows_calendar(wish.calendar):
        raise Refused("calendar-unknown", calendar=wish.calendar)
    case = rebased(on.case, moment.now, calendar=wish.calendar)
    after = settle(on.with_row(case), moment.setting)
    if (wish.due_was, wish.due_now) != (on.case.due_at, after.due_at):
        raise Refused("due-otherwise", due=after.due_at)
    return (case,)
