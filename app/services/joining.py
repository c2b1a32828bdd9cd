"""What merging would lead to, told before it is sent; and where to look for reports of the same event."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from app.domain.calendar import local_date
from app.domain.case import Case, Dossier, case_of
from app.domain.clocks import Ledger
from app.domain.commands import Merge
from app.domain.deadlines import due_first, ledgers
from app.domain.duplicates import wide
from app.domain.measures import merging
from app.domain.moment import Moment
from app.domain.policy import Policy
from app.domain.refused import Refused
from app.domain.taxonomy import Taxonomy
from app.services.filters import Filter
from app.services.queries import Queue, Sort, WindowQuery

#: So many of the newest are looked through for each question.
MOST = 40


@dataclass(frozen=True, slots=True)
class Joined:
    """The binding clock of the case that survives, before and after; or why the rules say no."""

    before: Ledger | None
    after: Ledger | None
    no: Refused | None = None


def foresee_merge(on: Dossier, members: Sequence[Dossier], moment: Moment) -> Joined:
    """The cases `members` merged into `on` at this moment."""
    now = replace(moment, beside=tuple(members))
    wish = Merge(case_id=on.case.id, members=tuple(one.case.id for one in members))
    before = due_first(ledgers(on, moment.setting))
    try:
        rows = merging.merge(wish, on, now)
    except Refused as no:
        return Joined(before, before, no)
    after = on
    for row in rows:
        after = after.with_row(row) if case_of(row) == on.case.id else after
    return Joined(before, due_first(ledgers(after, moment.setting)))


def questions(
    case: Case, policy: Policy, taxonomy: Taxonomy, moment: Moment
) -> tuple[WindowQuery, ...]:
    """What to ask the desk for: cases about as old in the same community, and of the same class."""
    days = timedelta(days=policy.number("merge.suggest_window_days"))
    since, until = local_date(case.registered_at - days), local_date(case.registered_at + days)
    return tuple(
        WindowQuery(
            queue=Queue.ALL,
            now=moment.now,
            filter=replace(one, registered_from=since, registered_to=until),
            sort=Sort.REGISTERED,
            descending=True,
            limit=MOST,
        )
        for one in _filters(case, taxonomy)
    )


def _filters(case: Case, taxonomy: Taxonomy) -> Iterator[Filter]:
    if case.community:
        yield Filter(community=case.community)
    category = wide(case.category, taxonomy)
    if category:
        yield Filter(category=category)
