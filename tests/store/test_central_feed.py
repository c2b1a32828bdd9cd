"""What a seat is told: the feed in its scope, the first fill, and the life of a case."""

from dataclasses import replace

import pytest

from app.domain.effects import Set
from app.services.ports import Cursor
from db.central import people
from tests.store.town import Town


def _pulled(town: Town, login: str, cursor: Cursor | None = None, limit: int = 100):
    page = town.store(login).pull(cursor or Cursor(), limit)
    assert page.status == "ok"
    return page


def test_the_feed_is_read_in_pages_to_the_head(town: Town):
    ids = [town.register()[1] for _ in range(5)]
    seen, cursor, at_head = [], Cursor(), False
    while not at_head:
        page = _pulled(town, "mei", cursor, 2)
        seen += [row.cmd_id for row in page.rows]
        cursor, at_head = page.cursor, page.at_head
    assert seen == ids
    assert cursor == town.store("mei").head()
    assert _pulled(town, "mei", cursor).rows == ()


def test_a_line_carries_what_was_asked_and_what_was_done(town: Town):
    case_id, _ = town.register()
    note = replace(town.note("li", case_id, "看过了"), wish={"text": "看过了"})
    town.done(note)
    line = _pulled(town, "mei").rows[-1]
    assert line.wish == {"text": "看过了"}
    assert line.applied[0].values["made_by"] == "li"
    assert line.claimed_at == town.clock.now


def test_a_cursor_of_another_history_is_told_so(town: Town):
    town.register()
    store = town.store("li")
    assert store.pull(Cursor(1, "0" * 64), 10).status == "diverged"
    assert store.pull(Cursor(2, store.head().hash), 10).status == "diverged"
    assert store.pull(store.head(), 10).status == "ok"


def test_a_unit_sees_its_own_cases_and_no_other_s(town: Town):
    mine, task_id, base = town.dispatched("water")
    town.dispatched("roads")
    town.done(town.sign("ann", mine, task_id, base))
    page = _pulled(town, "cao")
    assert {row.case_id for row in page.rows} == {mine}
    assert page.cursor == town.store("cao").head()
    entered, signed = page.rows
    assert [table for table, _ in entered.rows] == ["case_file", "task"]
    assert entered.applied == ()
    assert {effect.table for effect in signed.applied} == {"case_file", "task"}


def test_a_case_that_leaves_a_unit_is_taken_away(town: Town):
    ids = town.return_asked("ann")
    before = town.store("ann").head()
    town.done(town.approval("zhao", ids))
    (line,) = _pulled(town, "ann", before).rows
    assert line.removed
    assert (line.applied, line.rows, line.wish) == ((), (), {})
    assert line.cmd_id
    assert town.store("ann").history(ids[0]) == []


def test_units_of_a_case_see_how_each_others_tasks_stand_and_change_their_own(town: Town):
    case_id, task_id, base = town.dispatched("water")
    other = town.task(case_id, "roads")
    with town.link.writing():
        town.link.run("UPDATE case_file SET units = '|water|roads|' WHERE id = ?", (case_id,))
        values = (other.id, "pingshan", case_id, town.clock.now.isoformat())
        columns = "id, district, case_id, dispatched_at, unit, status, changed_by, seq, instruction"
        empty = "limit_source, dispatched_by, signed_by, handled_by, result, on_behalf, pauses"
        town.link.run(
            f"INSERT INTO task ({columns}, {empty})"
            " VALUES (?, ?, ?, ?, 'roads', 'SIGNED', 'x', 0, '', '', '', '', '', '', '', '')",
            values,
        )
    foreign = town.send(town.sign("bo", case_id, task_id, base))
    assert foreign.status == "missing"
    town.done(town.sign("ann", case_id, task_id, base))
    page = town.store("bo").snapshot(None, 10)
    assert {row["unit"] for table, row in page.rows if table == "task"} == {"roads", "water"}
    history = town.store("bo").history(case_id)
    assert task_id in {effect.id for line in history for effect in line.applied}


@pytest.mark.parametrize(("officer", "who"), [("grid1", {"grid1"}), ("", {"grid1", "grid2"})])
def test_a_grid_officer_sees_what_he_was_asked_to_look_at(town: Town, officer: str, who: set[str]):
    case_id, look_id, base = town.verifying(officer)
    for login in ("grid1", "grid2"):
        seen = {row.case_id for row in _pulled(town, login).rows}
        filled = {row["id"] for _, row in town.store(login).snapshot(None, 10).rows}
        assert seen == ({case_id} if login in who else set())
        assert filled == ({case_id, look_id} if login in who else set())
    found = Set("verification", look_id, {"status": "TRUE", "finding": "确实"}, base)
    case = Set("case_file", case_id, {"stage": "FILING"}, base)
    report = town.envelope("grid2", "report_verification", case_id, case, found)
    assert town.send(report).status == ("done" if "grid2" in who else "missing")


def test_a_grid_officer_loses_the_case_when_it_is_filed(town: Town):
    case_id, _, base = town.verifying("grid1")
    cursor = town.store("grid1").head()
    town.done(
        town.envelope("li", "file", case_id, Set("case_file", case_id, {"status": "FILED"}, base))
    )
    (line,) = _pulled(town, "grid1", cursor).rows
    assert line.removed


def test_who_keeps_the_store_reads_no_case(town: Town):
    town.register()
    assert _pulled(town, "adm").rows == ()
    assert town.store("adm").snapshot(None, 10).total == 0


@pytest.mark.parametrize("login", ["li", "zhao", "wu", "vis", "ass", "aud", "sys"])
def test_the_whole_district_is_open_to_the_centre(town: Town, login: str):
    case_id, _, _ = town.dispatched()
    assert {row.case_id for row in _pulled(town, login).rows} == {case_id}


def test_a_new_role_makes_a_seat_fetch_its_scope_anew_once(town: Town):
    case_id, _, _ = town.dispatched("water")
    page = _pulled(town, "bo")
    assert page.rows == ()
    from app.domain.terms import Role

    with town.link.writing():
        people.move_operator(town.link, "bo", Role.UNIT_HANDLER, "water")
    assert town.store("bo").pull(page.cursor, 10).status == "refetch"
    now = town.store("bo").head()
    assert {row["id"] for _, row in town.store("bo").snapshot(None, 10).rows} >= {case_id}
    assert town.store("bo").pull(now, 10).status == "ok"
    town.done(town.note("li", case_id))
    page = _pulled(town, "bo", now)
    assert [row.kind for row in page.rows] == ["add_note"]
    assert _pulled(town, "bo", page.cursor).rows == ()


def test_the_first_fill_brings_urgent_cases_first_and_every_case_once(town: Town):
    from datetime import timedelta

    soon = [town.register(due_at=town.clock.now + timedelta(hours=n))[0] for n in (3, 1, 2)]
    never, _ = town.register()
    ended = []
    for days in (2, 1):
        when = town.clock.now - timedelta(days=days)
        case_id, base = town.register(registered_at=when)
        void = Set("case_file", case_id, {"status": "VOID"}, base)
        town.done(town.envelope("zhao", "void", case_id, void))
        ended.append(case_id)
    order, position, totals = [], None, set()
    while True:
        page = town.store("mei").snapshot(position, 2)
        order += [row["id"] for table, row in page.rows if table == "case_file"]
        totals.add(page.total)
        assert page.done == len(order)
        if (position := page.position) is None:
            break
    assert order == [soon[1], soon[2], soon[0], never, ended[1], ended[0]]
    assert totals == {6}


def test_a_page_brings_what_hangs_on_its_cases_and_their_latest_history(town: Town):
    case_id, task_id, base = town.dispatched("water")
    town.done(town.note("li", case_id))
    page = town.store("mei").snapshot(None, 10)
    assert [table for table, _ in page.rows] == ["case_file", "task", "note"]
    (case,) = [row for table, row in page.rows if table == "case_file"]
    assert (case["seq"], case["changed_by"]) == (3, base)
    assert [line.kind for line in page.history] == ["register", "file", "dispatch", "add_note"]
    told = [replace(line, applied=()) for line in town.store("mei").history(case_id)]
    assert list(page.history) == told
    assert task_id in {row["id"] for _, row in page.rows}


def test_units_with_odd_names_are_told_apart(town: Town):
    from app.domain.terms import Role

    mine, _, _ = town.dispatched("a_b%")
    town.dispatched("axbc")
    with town.link.writing():
        people.move_operator(town.link, "ann", Role.UNIT_HANDLER, "a_b%")
        people.move_operator(town.link, "bo", Role.UNIT_HANDLER, "A_B%")
    assert {row.case_id for row in _pulled(town, "ann").rows} == {mine}
    assert _pulled(town, "bo").rows == ()
    assert town.store("bo").snapshot(None, 10).rows == ()


def test_a_seat_keeps_its_code_and_no_two_have_the_same(town: Town):
    codes = [town.store("li").seat_code(device) for device in ("desk-a", "desk-b", "desk-a")]
    assert codes == ["000", "001", "000"]
