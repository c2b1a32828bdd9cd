"""What a seat that was tampered with might claim: another time, another unit's eyes, another district."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.effects import Insert, Reliance, Set, insertion
from app.services.envelope import encode
from app.services.ports import Cursor, Sent
from tests.store.town import Town, wire

LONG_AGO = timedelta(days=900)


def test_nothing_was_signed_before_it_was_dispatched(town: Town):
    case_id, task_id, base = town.dispatched()
    early = replace(town.sign("ann", case_id, task_id, base), claimed_at=town.clock.now - LONG_AGO)
    answer = town.send(early)
    assert (answer.status, answer.why) == ("clock", "behind")
    lagging = town.clock.now - timedelta(seconds=59)
    assert town.send(replace(early, claimed_at=lagging)).status == "done"


def test_what_is_relied_on_was_there_before(town: Town):
    case_id, task_id, base = town.dispatched()
    note = replace(town.note("li", case_id), relies_on=(Reliance("task", task_id, base),))
    early = replace(note, claimed_at=town.clock.now - timedelta(hours=1))
    assert town.send(early).status == "clock"
    assert town.send(note).status == "done"


def test_work_of_a_cut_off_seat_is_taken_although_others_went_on_meanwhile(town: Town):
    case_id, task_id, base = town.dispatched()
    town.clock.forward(hours=1)
    signed, note = town.sign("ann", case_id, task_id, base), town.note("ann", case_id)
    registered = town.case()
    fresh = town.envelope("li", "register", registered.id, insertion(registered))
    town.clock.forward(hours=1)
    town.done(town.note("li", case_id))
    town.clock.forward(hours=1)
    for envelope in (signed, note, fresh):
        offer = [(encode(envelope), None)]
        (answer,) = town.store(envelope.actor).submit(offer, Sent(town.clock.now))
        assert answer.status == "done", answer


def test_nothing_was_decided_before_what_its_seat_had_read_by_then(town: Town):
    town.register()
    read_to = town.store("li").head().text
    case = town.case(registered_at=town.clock.now - LONG_AGO)
    early = town.envelope("li", "register", case.id, insertion(case), read_to=read_to)
    early = replace(early, claimed_at=town.clock.now - timedelta(seconds=61))
    assert town.send(early).status == "clock"
    for read in ("", "x", "1:", "1:of-a-lost-history", "99:x", "-1:x", "９:x", f"{2**70}:x"):
        other = town.case(registered_at=early.claimed_at)
        effect = (insertion(other),)
        sent = replace(early, cmd_id=town.new_id(), case_id=other.id, effects=effect, read_to=read)
        assert town.send(sent).status == "done", read


def test_where_a_seat_had_read_to_holds_also_when_its_scope_was_changed_once(town: Town):
    town.register()
    head = town.store("li").head()
    case = town.case()
    early = town.envelope("li", "register", case.id, insertion(case))
    marked = Cursor(head.seq, f"{head.hash}.3").text
    early = replace(early, claimed_at=town.clock.now - LONG_AGO, read_to=marked)
    assert town.send(early).status == "clock"


@pytest.mark.parametrize("seconds", [-61, 61])
def test_a_request_sent_by_a_wrong_clock_is_not_looked_at(town: Town, seconds: int):
    case = town.case()
    texts = [(encode(town.envelope("li", "register", case.id, insertion(case))), None), ("{", None)]
    sent = Sent(town.clock.now + timedelta(seconds=seconds))
    answers = town.store("li").submit(texts, sent)
    assert [(one.status, one.why) for one in answers] == [("clock", "sent")] * 2
    assert answers[0].cmd_id in texts[0][0]
    assert town.store("li").head().seq == 0
    near = Sent(town.clock.now + timedelta(seconds=seconds - (1 if seconds > 0 else -1)))
    assert town.store("li").submit(texts[:1], near)[0].status == "done"


def test_a_unit_cannot_show_a_case_to_another(town: Town):
    case_id, task_id, base = town.dispatched("water")
    for values in ({"units": "|water|roads|"}, {"lead_unit": "roads"}, {"units": ""}):
        envelope = town.sign("ann", case_id, task_id, base)
        case, task = envelope.effects
        forged = replace(case, values={**case.values, **values})
        answer = town.send(replace(envelope, effects=(forged, task)))
        assert (answer.status, answer.why) == ("denied", "value")
        assert answer.facts == {"table": "case_file", "field": next(iter(values))}
    assert town.store("bo").snapshot(None, 10).rows == ()
    town.done(town.sign("ann", case_id, task_id, base))


def test_a_case_follows_its_tasks_whether_the_command_says_so_or_not(town: Town):
    case_id, base = town.filed()
    task = town.task(case_id, "water")
    silent = Set("case_file", case_id, {"status": "DISPATCHED"}, base)
    answer = town.send(town.envelope("li", "dispatch", case_id, silent, insertion(task)))
    assert (answer.status, answer.why) == ("denied", "value")
    ids = town.return_asked("ann")
    back = town.approval("wu", ids)
    kept = replace(back.effects[0], values={"status": "FILED"})
    answer = town.send(replace(back, effects=(kept, *back.effects[1:])))
    assert (answer.status, answer.why) == ("denied", "value")
    town.done(back)
    again = town.task(ids[0], "roads")
    values = {"status": "DISPATCHED", "units": "|roads|", "lead_unit": "roads"}
    move = Set("case_file", ids[0], values, back.cmd_id)
    town.done(town.envelope("li", "dispatch", ids[0], move, insertion(again)))


def test_a_new_case_is_in_nobody_s_hands(town: Town):
    case = town.case(units="|roads|", lead_unit="roads")
    assert town.send(town.envelope("li", "register", case.id, insertion(case))).why == "value"


def test_a_name_speaks_for_one(town: Town):
    case_id, base = town.filed()
    task = town.task(case_id, "water|roads")
    values = {"status": "DISPATCHED", "units": "|water|roads|", "lead_unit": "water|roads"}
    move = Set("case_file", case_id, values, base)
    answer = town.send(town.envelope("li", "dispatch", case_id, move, insertion(task)))
    assert answer.facts == {"table": "task", "field": "unit"}


@pytest.mark.parametrize("days", [-1, 4 * 366])
def test_a_due_instant_that_no_limit_gives_is_refused(town: Town, days: int):
    case_id, base = town.register()
    due = {"title": "x", "due_at": wire(town.clock.now + timedelta(days=days))}
    change = Set("case_file", case_id, due, base)
    answer = town.send(town.envelope("li", "amend", case_id, change))
    assert answer.facts == {"table": "case_file", "field": "due_at"}
    soon = replace(change, values={**due, "due_at": wire(town.clock.now + timedelta(days=5))})
    town.done(town.envelope("li", "amend", case_id, soon))


def test_a_row_is_made_in_the_command_s_own_district(town: Town):
    case = town.case(district="longgang")
    assert town.send(town.envelope("li", "register", case.id, insertion(case))).why == "shape"
    case_id, _ = town.register()
    note = town.note("li", case_id)
    stray = Insert("note", "n", {**note.effects[0].values, "district": "longgang"})
    assert town.send(replace(note, effects=(stray,))).why == "shape"


@pytest.mark.parametrize("name", ["district", "case_id", "id"])
def test_a_row_is_never_moved(town: Town, name: str):
    case_id, task_id, base = town.dispatched()
    envelope = town.sign("ann", case_id, task_id, base)
    case, task = envelope.effects
    moved = replace(task, values={**task.values, name: "elsewhere"})
    assert town.send(replace(envelope, effects=(case, moved))).why == "shape"
