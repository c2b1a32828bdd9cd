"""Chapter 2, article 10: a danger is held off at once, whoever will answer for the case and whatever becomes of it.

An interim measure (临时处置) stands in for nothing: filing, signing, handling and closure ask what they always do.
"""

from dataclasses import replace

from app.domain.case import Dossier, Interim, Row
from app.domain.commands import OrderInterim, ReportInterim
from app.domain.interims import is_dangerous
from app.domain.measures import guards
from app.domain.moment import Moment
from app.domain.refused import Refused

ORDERED, ANSWERED, DONE = "ORDERED", "ANSWERED", "DONE"
#: States in which the unit still owes something.
OWED = frozenset({ORDERED, ANSWERED})


def ready_to_order(on: Dossier, _: Moment) -> None:
    """Raises Refused('no-danger') for what is neither of grade A nor a hazard to safety."""
    if not is_dangerous(on.case):
        raise Refused("no-danger")


def order_interim(wish: OrderInterim, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """A unit is to act at once; the case comes before its eyes also when it is not dispatched to it.

    Raises Refused: no-danger, unit-unknown, reason-unknown, words-missing, interim-ordered.
    """
    ready_to_order(on, moment)
    unit = guards.unit(wish.unit, moment).code
    listed = moment.setting.policy(on.case).interim_measures
    measure = guards.reason(wish.measure, listed)
    _not_ordered(unit, measure.code, on)
    ordered = Interim(
        id=moment.new_id("interim"),
        district=on.case.district,
        case_id=on.case.id,
        status=ORDERED,
        unit=unit,
        measure=measure.code,
        text=guards.reasoned(wish.text, measure),
        ordered_at=moment.now,
        ordered_by=moment.actor.login,
    )
    return (on.case, ordered)


def _not_ordered(unit: str, measure: str, on: Dossier) -> None:
    """Raises Refused('interim-ordered') while that unit owes the same already."""
    for one in on.interims:
        if one.status in OWED and (one.unit, one.measure) == (unit, measure):
            raise Refused("interim-ordered", unit=unit)


def at_hand(on: Dossier, moment: Moment) -> tuple[Interim, ...]:
    """What is owed and the actor may report on. Raises Refused('interim-missing', 'not-your-unit')."""
    owed = [one for one in on.interims if one.status in OWED]
    mine = tuple(one for one in owed if moment.actor.unit in (None, one.unit))
    if owed and not mine:
        raise Refused("not-your-unit", unit=owed[0].unit)
    if not mine:
        raise Refused("interim-missing")
    return mine


def ready_to_report(on: Dossier, moment: Moment) -> None:
    """Raises Refused as `at_hand`."""
    at_hand(on, moment)


def report_interim(wish: ReportInterim, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """The unit says how far it is: the first word answers the order, the last one ends it."""
    found = next((one for one in at_hand(on, moment) if one.id == wish.interim_id), None)
    if found is None:
        raise Refused("interim-missing")
    said = replace(
        found,
        status=DONE if wish.is_done else ANSWERED,
        answered_at=found.answered_at or moment.now,
        done_at=moment.now if wish.is_done else None,
        result=guards.words(wish.text, "words-missing"),
        reported_by=moment.actor.login,
        on_behalf=guards.on_behalf(found.unit, moment),
    )
    return (said,)
