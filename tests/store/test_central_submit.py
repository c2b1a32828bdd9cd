"""What the central store takes and what it refuses, on SQLite and on PostgreSQL alike."""

import json
from dataclasses import replace

import pytest

from app.domain.effects import Insert, Reliance, Set, insertion
from app.services.envelope import Sealed, encode
from db.central.verify import verify_link
from tests.store.town import Town


def test_a_command_is_applied_logged_and_stamped(town: Town):
    case_id, cmd = town.register("li", title="路灯不亮", registered_by="somebody-else")
    page = town.store("zhao").pull(town.store("zhao").head().__class__(), 10)
    (line,) = page.rows
    assert (line.cmd_id, line.actor, line.kind, line.case_id) == (cmd, "li", "register", case_id)
    assert line.applied[0].values["registered_by"] == "li"
    assert verify_link(town.link, town.sealer).is_sound


def test_a_repeated_command_gets_the_stored_answer(town: Town):
    case = town.case()
    envelope = town.envelope("li", "register", case.id, Insert("case_file", case.id, _values(case)))
    first = town.send(envelope)
    town.clock.forward(hours=1)
    assert town.send(envelope) == first
    assert town.store("li").head().seq == first.seq == 1


def test_a_repeated_command_in_one_batch_is_taken_once(town: Town):
    case = town.case()
    text = encode(
        town.envelope("li", "register", case.id, Insert("case_file", case.id, _values(case)))
    )
    first, second = town.store("li").submit([(text, None), (text, None)])
    assert first == second
    assert town.store("li").head().seq == 1


@pytest.mark.parametrize("change", ["payload", "actor", "sealed"])
@pytest.mark.fault("F21")
def test_an_id_used_for_something_else_is_refused(town: Town, change: str):
    case = town.case()
    envelope = town.envelope("li", "register", case.id, Insert("case_file", case.id, _values(case)))
    town.done(envelope, Sealed(case.id, phone="13800138000"))
    sealed = Sealed(case.id, phone="13800138000" if change != "sealed" else "13800138001")
    if change == "payload":
        envelope = replace(envelope, wish={"title": "something else"})
    if change == "actor":
        envelope = replace(envelope, actor="mei")
    assert town.send(envelope, sealed).status == "id-reuse"


def test_the_login_of_the_connection_is_the_only_identity(town: Town):
    case = town.case()
    forged = town.envelope("zhao", "register", case.id, Insert("case_file", case.id, _values(case)))
    answer = town.send(forged, via="li")
    assert (answer.status, answer.why) == ("denied", "actor")
    assert town.store("li").head().seq == 0


def test_a_change_of_a_changed_row_is_a_conflict_that_says_who_was_there(town: Town):
    case_id, base = town.register()
    first = town.envelope("mei", "amend", case_id, Set("case_file", case_id, {"title": "a"}, base))
    town.done(first)
    late = town.envelope("li", "amend", case_id, Set("case_file", case_id, {"title": "b"}, base))
    answer = town.send(late)
    assert (answer.status, answer.why) == ("conflict", "base")
    assert answer.facts is not None
    ((table, row),) = answer.facts["rows"]
    assert (table, row["title"], row["changed_by"]) == ("case_file", "a", first.cmd_id)
    assert [(one["actor"], one["cmd_id"]) for one in answer.facts["since"]] == [
        ("mei", first.cmd_id)
    ]
    json.dumps(answer.facts)


def test_a_loser_hears_conflict_even_where_the_rule_would_now_say_no(town: Town):
    case_id, base = town.register()
    file = Set("case_file", case_id, {"status": "FILED"}, base)
    town.done(town.envelope("mei", "file", case_id, file))
    assert town.send(town.envelope("li", "file", case_id, file)).status == "conflict"


def test_a_row_that_a_decision_relied_on_must_not_have_changed(town: Town):
    case_id, task_id, base = town.dispatched()
    signed = town.done(town.sign("ann", case_id, task_id, base))
    note = town.note("li", case_id)
    stale = replace(note, relies_on=(Reliance("task", task_id, base),))
    answer = town.send(stale)
    assert (answer.status, answer.why) == ("conflict", "relied-on")
    fresh = replace(note, cmd_id=town.new_id(), relies_on=(Reliance("task", task_id, signed),))
    assert town.send(fresh).status == "done"


def test_a_chain_of_own_commands_builds_on_its_own_ids(town: Town):
    case_id, base = town.register()
    first = town.envelope("li", "amend", case_id, Set("case_file", case_id, {"title": "a"}, base))
    second = town.envelope(
        "li", "amend", case_id, Set("case_file", case_id, {"title": "b"}, first.cmd_id)
    )
    answers = town.store("li").submit([(encode(first), None), (encode(second), None)])
    assert [one.status for one in answers] == ["done", "done"]


def test_what_builds_on_a_refused_command_is_a_conflict(town: Town):
    case_id, base = town.register()
    wrong = town.envelope("li", "amend", case_id, Set("case_file", case_id, {"grade": "A"}, base))
    after = town.envelope(
        "li", "amend", case_id, Set("case_file", case_id, {"title": "b"}, wrong.cmd_id)
    )
    answers = town.store("li").submit([(encode(wrong), None), (encode(after), None)])
    assert [one.status for one in answers] == ["denied", "conflict"]


def test_a_refusal_in_the_middle_of_a_batch_harms_nobody_else(town: Town):
    good = [town.case() for _ in range(2)]
    texts = [
        encode(town.envelope("li", "register", one.id, Insert("case_file", one.id, _values(one))))
        for one in good
    ]
    answers = town.store("li").submit([(texts[0], None), ("{", None), (texts[1], None)])
    assert [one.status for one in answers] == ["done", "denied", "done"]
    assert verify_link(town.link, town.sealer).is_sound


def test_not_yours_reads_the_same_as_not_there(town: Town):
    case_id, task_id, base = town.dispatched("water")
    foreign = town.send(town.sign("bo", case_id, task_id, base))
    nowhere = town.send(town.sign("bo", "no-such-case", "no-such-task", base))
    assert foreign.status == nowhere.status == "missing"
    assert foreign.why == nowhere.why
    assert set(foreign.facts or {}) == set(nowhere.facts or {})


def test_a_unit_signs_for_its_own_task(town: Town):
    case_id, task_id, base = town.dispatched("water")
    town.done(town.sign("ann", case_id, task_id, base))
    (row,) = town.link.rows("SELECT status, signed_by FROM task WHERE id = ?", (task_id,))
    assert row == ("SIGNED", "ann")


def test_a_stamped_field_says_who_did_it_whatever_the_payload_says(town: Town):
    case_id, task_id, base = town.dispatched()
    envelope = town.sign("ann", case_id, task_id, base)
    case, task = envelope.effects
    lied = replace(task, values={**task.values, "signed_by": "zhao"})
    town.done(replace(envelope, effects=(case, lied)))
    assert town.link.rows("SELECT signed_by FROM task WHERE id = ?", (task_id,)) == [("ann",)]


def test_a_child_hangs_only_under_a_case_and_task_of_ones_own(town: Town):
    case_id, _, _ = town.dispatched("water")
    _, other_task, _ = town.dispatched("roads")
    assert town.send(town.note("bo", case_id)).status == "missing"
    notice = town.blank("notice", case_id, task_id=other_task)
    assert town.send(town.envelope("ann", "record_notice", case_id, notice)).status == "missing"
    assert town.send(town.envelope("li", "record_notice", case_id, notice)).status == "missing"


def test_a_command_touches_its_own_case_only(town: Town):
    case_id, _base = town.register()
    other, other_base = town.register()
    stray = Set("case_file", other, {"title": "x"}, other_base)
    answer = town.send(town.envelope("li", "amend", case_id, stray))
    assert (answer.status, answer.why) == ("denied", "shape")
    moved = town.blank("note", other)
    assert town.send(town.envelope("li", "add_note", case_id, moved)).status == "denied"


def test_nobody_approves_his_own_request(town: Town):
    ids = town.return_asked("zhao")
    assert town.send(town.approval("zhao", ids)).why == "own-request"
    town.done(town.approval("wu", ids))


def test_a_request_the_centre_wrote_down_for_a_unit_is_its_writer_s_own(town: Town):
    ids = town.return_asked("zhao", on_behalf="water")
    assert town.send(town.approval("zhao", ids)).why == "own-request"
    town.done(town.approval("wu", ids))


def test_an_undo_takes_back_ones_own_command_to_what_stood_there(town: Town):
    case_id, base = town.register(title="before")
    cmd = town.done(
        town.envelope("li", "amend", case_id, Set("case_file", case_id, {"title": "after"}, base))
    )

    def undo(actor: str, title: str, **more):
        back = Set("case_file", case_id, {"title": title}, more.pop("base", cmd))
        return town.envelope(actor, "undo.amend", case_id, back, **{"undoes": cmd, **more})

    assert town.send(undo("mei", "before")).why == "undo-not-own"
    assert town.send(undo("li", "before", undoes=None)).why == "undo"
    assert town.send(undo("li", "before", undoes=base)).why == "undo"
    assert town.send(undo("li", "invented")).why == "undo-value"
    assert town.send(undo("li", "before", base=base)).status == "conflict"
    town.done(undo("li", "before"))
    assert town.send(undo("li", "before")).status == "conflict"
    assert verify_link(town.link, town.sealer).is_sound


def test_a_field_that_an_older_program_did_not_write_stood_as_new_rows_have_it(town: Town):
    case_id, base = town.register()
    text = town.link.row("SELECT applied FROM log")[0]
    assert '"bases":"",' in text
    town.link.run("UPDATE log SET applied = ?", (text.replace('"bases":"",', ""),))
    made = Set("case_file", case_id, {"grade": "B", "bases": "x"}, base)
    cmd = town.done(town.envelope("li", "classify", case_id, made))

    def undo(bases: str | None):
        back = Set("case_file", case_id, {"grade": "C", "bases": bases}, cmd)
        return town.envelope("li", "undo.classify", case_id, back, undoes=cmd)

    assert town.send(undo("y")).facts == {"field": "bases"}
    town.done(undo(""))


def test_an_undone_insert_is_withdrawn_and_nothing_else(town: Town):
    case_id, _ = town.register()
    note = town.note("li", case_id, "wrong case")
    cmd = town.done(note)
    (made,) = note.effects
    back = Set("note", made.id, {"status": "WITHDRAWN"}, cmd)
    rewritten = replace(back, values={"status": "WITHDRAWN", "text": "never said"})
    assert (
        town.send(town.envelope("li", "undo.add_note", case_id, rewritten, undoes=cmd)).why
        == "field"
    )
    town.done(town.envelope("li", "undo.add_note", case_id, back, undoes=cmd))


def test_what_takes_nothing_back_may_not_say_so(town: Town):
    case_id, base = town.register()
    change = Set("case_file", case_id, {"title": "x"}, base)
    assert town.send(town.envelope("li", "amend", case_id, change, undoes=base)).why == "undo"


def test_a_deactivated_operator_is_shut_out(town: Town):
    from app.domain.refused import Refused
    from db.central import people

    case_id, _ = town.register()
    with town.link.writing():
        people.deactivate(town.link, "li")
    for ask in (
        lambda: town.send(town.note("li", case_id)),
        lambda: town.store("li").snapshot(None, 10),
        lambda: town.store("li").head(),
    ):
        with pytest.raises(Refused, match="operator-inactive"):
            ask()


def test_an_insert_of_a_known_row_is_not_an_overwrite(town: Town):
    case_id, _ = town.register(title="first")
    again = town.case(id=case_id, title="second")
    insert = Insert("case_file", case_id, _values(again))
    answer = town.send(town.envelope("mei", "register", case_id, insert))
    assert (answer.status, answer.why) == ("id-reuse", "row")


def test_a_denied_command_leaves_no_trace(town: Town):
    case_id, base = town.register()
    before = _everything(town)
    town.send(
        town.envelope("vis", "file", case_id, Set("case_file", case_id, {"status": "FILED"}, base))
    )
    town.send(
        town.envelope(
            "li", "file", case_id, Set("case_file", case_id, {"status": "CLOSED_ON_TIME"}, base)
        )
    )
    assert _everything(town) == before


def _everything(town: Town):
    tables = ("case_file", "note", "log", "command", "head", "reporter", "sealed_number")
    return {table: town.link.rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in tables}


def _values(case):
    return dict(insertion(case).values)


def test_a_row_of_another_case_is_not_there_for_a_command(town: Town):
    """It might be seen, and still this command speaks of its own case."""
    case_id, _, _ = town.dispatched()
    _, other_task, base = town.dispatched()
    stray = Set("task", other_task, {"status": "SIGNED"}, base)
    answer = town.send(town.envelope("li", "sign", case_id, stray))
    assert (answer.status, answer.facts) == ("missing", {"table": "task", "id": other_task})
