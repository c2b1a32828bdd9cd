"""Replies that say the same as those of a case under review: looked for among the newest of its units and class."""

from collections.abc import Iterator

from app.domain.case import Dossier
from app.domain.policy import Policy
from app.domain.replies import copied
from app.domain.terms import CaseStatus
from app.services.filters import Filter
from app.services.queries import Copied, Queue, Sort, WindowQuery
from app.services.replica import Replica

#: So many cases are looked through for each unit; each is read whole.
MOST_LOOKED_AT = 30
#: From which share on two replies are the same, and what counts where an edition does not say.
SHARE, USUAL = "closure.copied_containment_share", 0.8


def copied_replies(on: Dossier, policy: Policy, replica: Replica) -> tuple[Copied, ...]:
    """For a case that waits for its review, whose reply else reads the same, the likest first."""
    if on.case.status is not CaseStatus.PENDING_CLOSURE or on.case.category is None:
        return ()
    share = policy.number(SHARE) if SHARE in policy.parameters else USUAL
    found = [
        Copied(number, likeness, task.unit)
        for task in on.live_tasks
        for number, likeness in copied(task.result, _others(on, task.unit, replica), share)
    ]
    return tuple(sorted(found, key=lambda one: -one.share))


def _others(on: Dossier, unit: str, replica: Replica) -> Iterator[tuple[str, str]]:
    """Number and reply of the unit's other cases of that class, the newest first."""
    asked = WindowQuery(
        queue=Queue.ALL,
        now=on.case.registered_at,
        filter=Filter(unit=unit, category=on.case.category),
        sort=Sort.REGISTERED,
        descending=True,
        limit=MOST_LOOKED_AT,
    )
    for row in replica.window(asked).rows:
        other = replica.dossier(row.id) if row.id != on.case.id else None
        for task in other.tasks if other else ():
            if task.unit == unit and task.result:
                yield row.number, task.result
