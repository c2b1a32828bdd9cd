"""What a wish would lead to, told before it is sent: the same rules and clocks that will judge it."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from app.domain.case import Case, Dossier, Row, Task
from app.domain.clocks import Ledger
from app.domain.commands import AddAssist, Classify, Dispatch, Redispatch, Register
from app.domain.deadlines import ledgers
from app.domain.measures import dispatch, filing, intake
from app.domain.moment import Moment
from app.domain.refused import Refused
from app.domain.terms import CaseStatus, Clock, Nature

#: The command id under which something is decided that will not be kept.
NOT_KEPT = str(UUID(int=0))
#: The clocks that dispatch sets going.
OF_DISPATCH = (Clock.K3, Clock.K5)
_UNSPOKEN = "…"


@dataclass(frozen=True, slots=True)
class Foresight:
    """What filing would still ask for (its codes), and the clocks that would run."""

    missing: tuple[str, ...]
    clocks: tuple[Ledger, ...]


def as_case(wish: Register, about: str, now: datetime) -> Case:
    """What is being taken in as a case like any other, though nothing is decided; `about` is its id if it has one."""
    return Case(
        id=about,
        district="",
        number="",
        status=CaseStatus.REGISTERED,
        narrative=wish.narrative,
        nature=wish.nature,
        category=wish.category,
        address=wish.address,
        street=wish.street,
        community=wish.community,
        registered_at=now,
    )


def foresee_intake(wish: Register, unit: str | None, moment: Moment) -> Foresight:
    """A report registered, filed and dispatched to `unit` at this moment.

    Thanks are not filed: nothing is missing and nothing runs.
    """
    if wish.nature is Nature.THANKS:
        return Foresight((), ())
    case = _registered(wish, moment)
    missing = filing.missing_for_filing(replace(case, narrative=wish.narrative), moment)
    filed = replace(case, status=CaseStatus.FILED, filed_at=moment.now)
    running = _running(Dossier(filed), moment)
    first = tuple(one for one in running if one.clock in (Clock.K1, Clock.K2))
    return Foresight(missing, first + foresee_dispatch(Dossier(filed), None, unit, moment))


def foresee_dispatch(
    on: Dossier, category: str | None, unit: str | None, moment: Moment
) -> tuple[Ledger, ...]:
    """The sign-in and disposal clocks if the case went to `unit` now, under `category` if one is given.

    Empty without a unit, and where the rules would refuse.
    """
    if not unit:
        return ()
    try:
        after = _dispatched(_classified(on, category, moment), unit, moment)
    except Refused:
        return ()
    return _newest(after, moment)


def foresee_redispatch(
    on: Dossier, waiting: Task | None, unit: str | None, moment: Moment
) -> tuple[Ledger, ...]:
    """The same clocks if the task `waiting` for its signature went to `unit` instead now."""
    if not unit or waiting is None:
        return ()
    wish = Redispatch(case_id=on.case.id, task_id=waiting.id, unit=unit, reason=_UNSPOKEN)
    try:
        return _newest(_with(on, dispatch.redispatch(wish, on, moment)), moment)
    except Refused:
        return ()


def _newest(on: Dossier, moment: Moment) -> tuple[Ledger, ...]:
    mine = on.tasks[-1].id
    running = _running(on, moment)
    return tuple(one for one in running if one.about == mine and one.clock in OF_DISPATCH)


def _registered(wish: Register, moment: Moment) -> Case:
    words = wish.narrative if wish.narrative.strip() else _UNSPOKEN
    spoken = replace(wish, narrative=words, supplements=None)  # no clock depends on it
    (case,) = intake.register(spoken, None, moment)
    return case


def _classified(on: Dossier, category: str | None, moment: Moment) -> Dossier:
    if category is None or category == on.case.category:
        return on
    wish = Classify(case_id=on.case.id, category=category)
    return _with(on, intake.classify(wish, on, moment))


def _dispatched(on: Dossier, unit: str, moment: Moment) -> Dossier:
    """To a unit that leads, or where one does already to one that assists: both have the limit of their task."""
    about = on.case.id
    if on.lead is not None:
        return _with(on, dispatch.add_assist(AddAssist(case_id=about, unit=unit), on, moment))
    return _with(on, dispatch.dispatch(Dispatch(case_id=about, unit=unit), on, moment))


def _with(on: Dossier, rows: tuple[Row, ...]) -> Dossier:
    for row in rows:
        on = on.with_row(row)
    return on


def _running(on: Dossier, moment: Moment) -> tuple[Ledger, ...]:
    return ledgers(on, moment.setting)
