"""Chapter 4, article 21: a case that nobody takes falls back, step by step, each given its time (兜底)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from app.domain.case import Dossier, Row, Task
from app.domain.commands import FallBack
from app.domain.coordinations import live
from app.domain.deadlines import ledgers
from app.domain.fallbacks import (
    FIRST_ASKED,
    FIRST_HANDLED,
    LAST,
    STEPS,
    STREET,
    THIRD_PARTY,
    caught,
)
from app.domain.leaving import is_taken_back
from app.domain.lengths import within
from app.domain.measures import dispatch, guards, parallel
from app.domain.moment import Moment
from app.domain.refused import Refused
from app.domain.rotas import Rota
from app.domain.taxonomy import Unit, UnitKind
from app.domain.terms import CaseStatus, Clock, TaskPart, TaskStatus


def ready_to_fall(on: Dossier, moment: Moment) -> None:
    """Raises Refused: thanks-not-dispatched, sensitive-category, coordination-rules, has-lead, fallback-runs."""
    dispatch.fit_for_units(on, moment)
    if live(on) is not None:
        raise Refused("coordination-rules")
    if on.lead is not None:
        _over(on.lead, on, moment)


def _over(lead: Task, on: Dossier, moment: Moment) -> None:
    """Whoever leads keeps the case, but one on whom it fell that has not taken it on in time."""
    if not lead.fallback or lead.status is not TaskStatus.PENDING_SIGN:
        raise Refused("has-lead", unit=lead.unit)
    due = step_due(lead, on, moment)
    if due is not None and moment.now <= due:
        raise Refused("fallback-runs", unit=lead.unit, due=due)


def step_due(task: Task, on: Dossier, moment: Moment) -> datetime | None:
    """Until when a unit on whom the case fell may take it on."""
    own = (one for one in ledgers(on, moment.setting) if one.about == task.id)
    return next((one.due for one in own if one.clock is Clock.KF), None)


def rota_of(on: Dossier, moment: Moment) -> Rota | None:
    """The rota by which things of the case's class are dealt with that nobody owns, if there is one."""
    rotas = moment.setting.directory.rotas
    return next((one for one in rotas if on.case.category in one.categories), None)


def candidates(step: str, on: Dossier, moment: Moment) -> tuple[str, ...]:
    """The units on whom the case may fall by that step, the likeliest first; for a third party under no rota, ()."""
    return tuple(dict.fromkeys(_candidates(step, on, moment)))


def _candidates(step: str, on: Dossier, moment: Moment) -> Iterator[str]:
    past = [one for one in on.tasks if not is_taken_back(one) and not one.fallback]
    signed = [one for one in past if one.signed_at is not None]
    if step == FIRST_ASKED and past:
        yield min(past, key=lambda one: one.dispatched_at).unit
    elif step == FIRST_HANDLED and signed:
        yield min(signed, key=lambda one: one.signed_at or one.dispatched_at).unit
    elif step == STREET and on.case.street:
        yield from (one.code for one in moment.setting.directory.units if _is_of(one, on))
    elif step == THIRD_PARTY and (rota := rota_of(on, moment)) is not None:
        yield from rota.units


def _is_of(unit: Unit, on: Dossier) -> bool:
    return unit.kind is UnitKind.STREET and unit.street == on.case.street


def next_steps(on: Dossier, moment: Moment) -> tuple[str, ...]:
    """The ways that are open now, in their order: of the lowest number after the last that somebody can be found for.

    What is nobody's by its class goes by the rota at once: there is no first unit.
    """
    last = max((STEPS[one.fallback] for one in caught(on)), default=0)
    if rota_of(on, moment) is not None and last < LAST:
        return (THIRD_PARTY,)
    open_ = [step for step, at in STEPS.items() if at > last or at == LAST]
    found = [one for one in open_ if STEPS[one] == LAST or candidates(one, on, moment)]
    lowest = min(STEPS[one] for one in found)
    return tuple(one for one in found if STEPS[one] == lowest)


def fall_back(wish: FallBack, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """The case falls on a unit, which leads from now on; one that let its time pass is relieved of it."""
    ready_to_fall(on, moment)
    text = guards.words(wish.text, "words-missing")
    _in_order(wish, on, moment)
    gone = _relieved(on, moment)
    parallel.free((wish.unit,), on.with_row(gone) if gone else on)
    task = dispatch.new_task(moment.new_id("task"), wish.unit, TaskPart.LEAD, text, on, moment)

    is_third = wish.step == THIRD_PARTY
    caught_by = replace(
        task, fallback=wish.step, cost=within(wish.cost.strip()) if is_third else ""
    )
    return (
        replace(caught_by, rota=wish.rota, turn=wish.turn),
        *((gone,) if gone else ()),
        *_under_way(on, moment),
    )


def _in_order(wish: FallBack, on: Dossier, moment: Moment) -> None:
    """Raises Refused: fallback-step, fallback-unit, rota-unknown, turn-missing."""
    open_ = next_steps(on, moment)
    if wish.step not in open_:
        raise Refused("fallback-step", step=STEPS[open_[0]])
    known = candidates(wish.step, on, moment)
    if STEPS[wish.step] < LAST and wish.unit not in known:
        raise Refused("fallback-unit", unit=wish.unit)
    _in_turn(wish, rota_of(on, moment) if wish.step == THIRD_PARTY else None)


def _in_turn(wish: FallBack, rota: Rota | None) -> None:
    """Where there is a rota, whose turn it was is put on the books; another unit may be taken all the same."""
    if wish.rota != (rota.code if rota else ""):
        raise Refused("rota-unknown", rota=wish.rota)
    if rota is not None and wish.turn not in rota.units:
        raise Refused("turn-missing")


def _relieved(on: Dossier, moment: Moment) -> Task | None:
    lead = on.lead
    return lead and replace(lead, status=TaskStatus.REDISPATCHED, returned_at=moment.now)


def _under_way(on: Dossier, moment: Moment) -> Iterator[Row]:
    if on.case.status is CaseStatus.FILED:
        yield replace(on.case, status=CaseStatus.DISPATCHED, dispatched_at=moment.now)
