"""Which time counts: the store's own, a seat's claim, and the past of historical stores and batches."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.effects import Insert, insertion
from db.central.verify import verify_link
from tests.store.town import Town, wire


def test_a_clock_that_runs_ahead_is_refused_and_one_that_lags_is_not(town: Town):
    case_id, _ = town.register()
    town.clock.forward(days=3)
    ahead = town.note("li", case_id)
    early, late = timedelta(seconds=61), timedelta(days=-3)
    assert town.send(replace(ahead, claimed_at=town.clock.now + early)).status == "clock"
    assert town.send(replace(ahead, claimed_at=town.clock.now + late)).status == "done"


@pytest.mark.fault("F24")
def test_the_log_keeps_its_own_time_when_the_store_s_clock_steps_back(town: Town):
    case_id, _ = town.register()
    town.clock.forward(days=-1)
    town.done(town.note("li", case_id))
    lines = town.store("li").history(case_id)
    assert lines[0].received_at < lines[1].received_at
    assert verify_link(town.link, town.sealer).is_sound


def test_a_live_store_knows_no_past(town: Town):
    case = town.case(historical=True)
    insert = Insert("case_file", case.id, _values(case))
    plain = town.envelope("li", "register", case.id, insert)
    assert town.send(plain).why == "not-historical"
    case_id, _ = town.register()
    dated = replace(town.note("li", case_id), occurred_at=town.clock.now - timedelta(days=400))
    assert town.send(dated).why == "not-historical"


@pytest.mark.parametrize("kind", ["historical", "demo"])
def test_a_store_of_the_past_lets_commands_say_when_they_occurred(town_of, kind: str):
    town = town_of(kind)
    then = town.clock.now - timedelta(days=400)
    case = town.case(historical=True, registered_at=then)
    insert = Insert("case_file", case.id, _values(case))
    town.done(replace(town.envelope("li", "register", case.id, insert), occurred_at=then))
    (line,) = town.store("li").history(case.id)
    assert line.is_historical
    ahead = replace(town.note("li", case.id), occurred_at=town.clock.now + timedelta(days=1))
    assert town.send(ahead).status == "clock"


def test_an_open_historical_batch_dates_back_its_own_cases_and_no_others(town: Town):
    opened = "INSERT INTO batch (id, opened_by, is_historical, opened_at) VALUES (?, ?, ?, ?)"
    town.link.run(opened, ("b1", "zhao", True, wire(town.clock.now)))
    then = town.clock.now - timedelta(days=400)
    case = town.case(historical=True, batch="b1", status="FILED", registered_at=then)
    insert = Insert("case_file", case.id, _values(case))
    record = town.envelope("zhao", "import_record", case.id, insert, occurred_at=then, batch="b1")
    assert town.send(replace(record, batch=None)).why == "batch"
    town.done(record)
    own, _ = town.register()
    stray = replace(town.note("li", own), occurred_at=then, batch="b1")
    assert town.send(stray).why == "batch"
    town.link.run("UPDATE batch SET closed_at = opened_at WHERE id = ?", ("b1",))
    late = replace(record, cmd_id=town.new_id(), case_id="x", effects=(replace(insert, id="x"),))
    assert town.send(late).why == "batch"


def _values(case):
    return dict(insertion(case).values)
