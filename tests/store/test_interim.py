"""An interim measure at both stores: its unit sees the case and reports, nobody else, and it can be taken back."""

from dataclasses import replace

import pytest

from app.domain.case import Interim
from app.domain.effects import Set, insertion
from app.services.envelope import Envelope
from tests.store.town import Town, wire

pytestmark = pytest.mark.article(10)


def ordered(town: Town, unit: str = "water", units: str | None = None) -> Envelope:
    """An order about a case that nobody has filed yet, as a desk decides it."""
    case_id, base = town.register(safety_hazard=True)
    one = Interim(
        id=town.new_id(),
        district="pingshan",
        case_id=case_id,
        status="ORDERED",
        unit=unit,
        measure="FENCE_OFF",
        ordered_at=town.clock.now,
    )
    moved = {"units": f"|{unit}|" if units is None else units}
    case = Set("case_file", case_id, moved, base)
    return town.envelope("li", "order_interim", case_id, case, insertion(one))


def report(town: Town, order: Envelope, login: str) -> Envelope:
    (interim,) = [one for one in order.effects if one.table == "interim"]
    said = {"status": "DONE", "result": "已围挡", "done_at": wire(town.clock.now)}
    done = Set("interim", interim.id, said, order.cmd_id)
    return town.envelope(login, "report_interim", order.case_id, done)


def seen(town: Town, login: str) -> set[str]:
    return {row["id"] for _, row in town.store(login).snapshot(None, 10).rows}


def test_the_unit_has_the_case_before_its_eyes_and_reports(town: Town):
    order = ordered(town)
    town.done(order)
    assert seen(town, "ann") == {one.id for one in order.effects}
    assert seen(town, "bo") == set()
    town.done(report(town, order, "ann"))


def test_no_other_unit_reports_though_it_sees_the_case(town: Town):
    order = ordered(town)
    base = town.done(order)
    second = replace(order.effects[1], id=town.new_id())
    second = replace(second, values={**second.values, "unit": "roads"})
    case = Set("case_file", order.case_id, {"units": "|water|roads|"}, base)
    town.done(town.envelope("li", "order_interim", order.case_id, case, second))
    assert {second.id, order.effects[1].id} < seen(
        town, "bo"
    )  # its desk has to know whose hands it is in
    assert town.send(report(town, order, "bo")).status == "missing"
    town.done(report(town, order, "mei"))


@pytest.mark.parametrize("units", ["", "|roads|", "|water|roads|"])
def test_no_desk_says_itself_who_sees_the_case(town: Town, units: str):
    answer = town.send(ordered(town, units=units))
    assert (answer.status, answer.why) == ("denied", "value")
    assert answer.facts == {"table": "case_file", "field": "units"}


def test_a_unit_with_a_bar_in_its_name_speaks_for_nobody(town: Town):
    answer = town.send(ordered(town, unit="water|roads"))
    assert answer.facts == {"table": "interim", "field": "unit"}


def test_an_order_taken_back_takes_the_case_from_its_unit(town: Town):
    order = ordered(town)
    base = town.done(order)
    case, one = order.effects
    back = (
        Set("case_file", case.id, {"units": ""}, base),
        Set("interim", one.id, {"status": "WITHDRAWN"}, base),
    )
    undo = town.envelope("li", "undo.order_interim", order.case_id, *back)
    town.done(replace(undo, undoes=base))
    assert seen(town, "ann") == set()
