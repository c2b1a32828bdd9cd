"""Whether somebody of a unit may see the reporter of a case now: by leave not used yet, or by a look not over yet."""

from datetime import datetime

from app.domain.case import GRANTED, SEEN, Request
from app.domain.moment import Moment
from app.domain.objections import objection
from app.domain.refused import Refused
from app.domain.revealing import stays
from app.services.queries import CaseView


def leave_of(view: CaseView, login: str) -> Request | None:
    """The latest leave that he has or had for this case."""
    given = (one for one in reversed(view.dossier.requests) if one.status in (GRANTED, SEEN))
    return next((one for one in given if one.asked_by == login), None)


def looked_at(view: CaseView, login: str) -> datetime | None:
    """When he used it, as the log has it; None while he has not."""
    one = leave_of(view, login)
    if one is None or one.status != SEEN:
        return None
    return next((entry.at for entry in view.timeline if entry.cmd_id == one.changed_by), None)


def barred(view: CaseView, moment: Moment) -> Refused | None:
    """Why he may not see the reporter now, None when he may."""
    no = objection("see_reporter", view.dossier, moment)
    seen = looked_at(view, moment.actor.login)
    if no is None or no.code != "reveal-used" or seen is None:
        return no
    is_over = moment.now >= seen + stays(moment.setting.policy(view.dossier.case))
    return no if is_over else None
