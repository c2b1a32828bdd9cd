"""One command on several cases: whole or not at all, told to each seat as it sees, explained to who loses."""

from app.domain.effects import Insert, Set
from app.services.ports import Answer, Cursor, LogRow
from db.central.rows import find
from db.central.verify import verify_link
from tests.store.town import Town, wire

Case = tuple[str, str]


def said(answer: Answer) -> tuple[str, str]:
    return answer.status, answer.why


def following(town: Town, into: str, member: Case, status: str, *tasks: str) -> list[Set]:
    """The rows of a case that follows another from now on, its tasks called off."""
    at = wire(town.clock.now)
    case = {"status": "MERGED", "stage": "ENDED", "merged_into": into, "merged_at": at}
    hands = {"units": "", "lead_unit": None} if tasks else {}
    off = {"status": "CANCELLED", "returned_at": at}
    changed = Set("case_file", member[0], {**case, "merged_from": status, **hands}, member[1])
    return [changed, *(Set("task", one, off, member[1]) for one in tasks)]


def merge(town: Town, into: Case, *rows: Set, actor: str = "li", kind: str = "merge"):
    counted = sum(one.table == "case_file" for one in rows)
    mine = Set("case_file", into[0], {"members": counted}, into[1])
    return town.envelope(actor, kind, into[0], mine, *rows)


def part(town: Town, into: Case, member: Case, status: str, *tasks: str, unit: str = ""):
    free = {"merged_into": None, "merged_at": None, "merged_from": "", "status": status}
    hands = {"units": f"|{unit}|", "lead_unit": unit} if unit else {}
    on = {"status": "PENDING_SIGN", "returned_at": None}
    rows = [Set("case_file", member[0], {**free, **hands}, member[1])]
    rows += [Set("task", one, on, member[1]) for one in tasks]
    mine = Set("case_file", into[0], {"members": 0}, into[1])
    return town.envelope("li", "unmerge", into[0], mine, *rows)


def news(town: Town, login: str, since: Cursor) -> list[LogRow]:
    return list(town.store(login).pull(since, 100).rows)


def sound(town: Town) -> bool:
    return verify_link(town.link, town.sealer).findings == ()


def test_both_cases_are_written_by_one_line_that_names_the_other(town: Town):
    into, member = town.filed(), town.filed()
    since = town.store("mei").head()
    cmd = town.done(merge(town, into, *following(town, into[0], member, "FILED")))
    for one in (into, member):
        row = find(town.link, ("case_file", one[0]))
        assert row is not None
        assert row["changed_by"] == cmd
    (line,) = news(town, "mei", since)
    assert (line.case_id, line.others, line.gone, line.removed) == (
        into[0],
        (member[0],),
        (),
        False,
    )
    assert [one.id for one in line.applied] == [into[0], member[0]]
    assert sound(town)


def test_it_stands_in_the_life_of_either(town: Town):
    into, member = town.filed(), town.filed()
    cmd = town.done(merge(town, into, *following(town, into[0], member, "FILED")))
    for one in (into, member):
        last = town.store("mei").history(one[0])[-1]
        assert (last.cmd_id, last.case_id) == (cmd, one[0])
    page = town.store("mei").snapshot(None, 100)
    told = [(one.cmd_id, one.case_id) for one in page.history]
    assert {(cmd, into[0]), (cmd, member[0])} <= set(told)
    assert len(told) == len(set(told))


def test_a_unit_that_loses_the_member_hears_that_it_left_and_of_nothing_else(town: Town):
    into = town.filed()
    case_id, task_id, base = town.dispatched("water")
    since = town.store("ann").head()
    rows = following(town, into[0], (case_id, base), "DISPATCHED", task_id)
    town.done(merge(town, into, *rows))
    (line,) = news(town, "ann", since)
    assert (line.case_id, line.removed, line.applied, line.rows) == (case_id, True, (), ())
    assert (line.wish, line.others, line.gone) == ({}, (), ())
    assert news(town, "bo", since) == []


def test_a_unit_that_has_only_the_survivor_meets_no_row_of_the_member(town: Town):
    case_id, task_id, base = town.dispatched("roads")
    into_id, _, into_base = town.dispatched("water")
    since = {one: town.store(one).head() for one in ("ann", "bo")}
    rows = following(town, into_id, (case_id, base), "DISPATCHED", task_id)
    town.done(merge(town, (into_id, into_base), *rows))
    (mine,) = news(town, "ann", since["ann"])
    assert (mine.case_id, [one.id for one in mine.applied]) == (into_id, [into_id])
    assert (mine.others, mine.gone, mine.wish) == ((), (), {})
    (theirs,) = news(town, "bo", since["bo"])
    assert (theirs.case_id, theirs.removed) == (case_id, True)


def test_a_unit_of_both_keeps_the_one_and_loses_the_other(town: Town):
    case_id, task_id, base = town.dispatched("water")
    into_id, _, into_base = town.dispatched("water")
    since = town.store("ann").head()
    rows = following(town, into_id, (case_id, base), "DISPATCHED", task_id)
    town.done(merge(town, (into_id, into_base), *rows))
    (line,) = news(town, "ann", since)
    assert (line.case_id, line.removed, line.gone) == (into_id, False, (case_id,))
    assert [one.id for one in line.applied] == [into_id]


def test_what_parts_again_arrives_whole(town: Town):
    into = town.filed()
    case_id, task_id, base = town.dispatched("water")
    merged = town.done(
        merge(town, into, *following(town, into[0], (case_id, base), "DISPATCHED", task_id))
    )
    since = town.store("ann").head()
    town.done(part(town, (into[0], merged), (case_id, merged), "DISPATCHED", task_id, unit="water"))
    (line,) = news(town, "ann", since)
    assert (line.case_id, line.removed, line.applied) == (case_id, False, ())
    assert {(table, row["id"]) for table, row in line.rows} == {
        ("case_file", case_id),
        ("task", task_id),
    }
    assert sound(town)


def test_of_merge_and_dispatch_at_once_one_wins_and_the_other_is_explained(town: Town):
    into, member = town.filed(), town.filed()
    joining = merge(town, into, *following(town, into[0], member, "FILED"))
    task = town.task(member[0], "water")
    moved = {"status": "DISPATCHED", "units": "|water|", "lead_unit": "water"}
    made = Insert(
        "task",
        task.id,
        {
            "district": "pingshan",
            "case_id": member[0],
            "status": "PENDING_SIGN",
            "unit": "water",
            "dispatched_at": wire(town.clock.now),
        },
    )
    sending = town.envelope(
        "mei", "dispatch", member[0], Set("case_file", member[0], moved, member[1]), made
    )
    town.done(sending)
    before = find(town.link, ("case_file", into[0]))
    answer = town.send(joining)
    assert said(answer) == ("conflict", "base")
    assert answer.facts is not None
    assert [row["id"] for _, row in answer.facts["rows"]] == [member[0]]
    assert [line["kind"] for line in answer.facts["since"]] == ["dispatch"]
    assert find(town.link, ("case_file", into[0])) == before


def test_and_the_other_way_round_the_line_that_is_of_another_case_explains_it(town: Town):
    into, member = town.filed(), town.filed()
    cmd = town.done(merge(town, into, *following(town, into[0], member, "FILED")))
    move = Set("case_file", member[0], {"grade": "B"}, member[1])
    answer = town.send(town.envelope("mei", "raise_grade", member[0], move))
    assert said(answer) == ("conflict", "base")
    assert answer.facts is not None
    assert [line["cmd_id"] for line in answer.facts["since"]] == [cmd]


def test_of_two_who_merge_the_same_case_one_hears_of_the_other(town: Town):
    one, two, member = town.filed(), town.filed(), town.filed()
    mine = merge(town, one, *following(town, one[0], member, "FILED"))
    theirs = merge(town, two, *following(town, two[0], member, "FILED"), actor="mei")
    assert town.send(theirs).status == "done"
    assert said(town.send(mine)) == ("conflict", "base")
    row = find(town.link, ("case_file", one[0]))
    assert row is not None
    assert row["members"] == 0


def test_other_kinds_keep_to_their_own_case(town: Town):
    into, member = town.filed(), town.filed()
    rows = [Set("case_file", one[0], {"grade": "B"}, one[1]) for one in (into, member)]
    assert said(town.send(town.envelope("li", "raise_grade", into[0], *rows))) == (
        "denied",
        "shape",
    )
    note = town.blank("note", member[0], text="…")
    assert said(town.send(town.envelope("li", "add_note", into[0], note))) == ("denied", "shape")


def test_a_merge_writes_only_what_its_rules_open_on_each_case(town: Town):
    into, member = town.filed(), town.filed()
    rows = following(town, into[0], member, "FILED")
    for actor in ("ann", "vis", "sys"):
        assert town.send(merge(town, into, *rows, actor=actor)).status in ("denied", "missing")
    lie = Set("case_file", member[0], {**rows[0].values, "grade": "A"}, member[1])
    assert said(town.send(merge(town, into, lie))) == ("denied", "field")
    alone = Set("case_file", into[0], {"members": 1}, into[1])
    assert said(town.send(town.envelope("li", "merge", into[0], alone))) == ("denied", "count")
    note = town.blank("note", member[0], text="…")
    both = town.envelope("li", "merge", into[0], alone, *rows, note)
    assert said(town.send(both)) == ("denied", "move")
    swapped = town.envelope("li", "merge", member[0], alone, *rows)
    assert said(town.send(swapped)) == ("denied", "move")


def test_by_which_units_each_case_is_found_the_store_works_out_itself(town: Town):
    into = town.filed()
    case_id, task_id, base = town.dispatched("water")
    case, task = following(town, into[0], (case_id, base), "DISPATCHED", task_id)
    still = {
        name: value for name, value in case.values.items() if name not in ("units", "lead_unit")
    }
    lie = Set("case_file", case_id, still, base)
    assert said(town.send(merge(town, into, lie, task))) == ("denied", "value")


def test_taking_back_restores_every_case_and_nothing_that_was_not_there(town: Town):
    into = town.filed()
    case_id, task_id, base = town.dispatched("water")
    before = {
        key: find(town.link, key)
        for key in (("case_file", into[0]), ("case_file", case_id), ("task", task_id))
    }
    cmd = town.done(
        merge(town, into, *following(town, into[0], (case_id, base), "DISPATCHED", task_id))
    )
    back = {
        "status": "DISPATCHED",
        "stage": "SIGN",
        "merged_into": None,
        "merged_at": None,
        "merged_from": "",
    }
    rows = [
        Set("case_file", into[0], {"members": 0}, cmd),
        Set("case_file", case_id, {**back, "units": "|water|", "lead_unit": "water"}, cmd),
        Set("task", task_id, {"status": "PENDING_SIGN", "returned_at": None}, cmd),
    ]
    wrong = Set("case_file", case_id, {**rows[1].values, "merged_from": "REGISTERED"}, cmd)
    undo = town.envelope("li", "undo.merge", into[0], rows[0], wrong, rows[2], undoes=cmd)
    assert said(town.send(undo)) == ("denied", "undo-value")
    town.done(town.envelope("li", "undo.merge", into[0], *rows, undoes=cmd))
    for key, row in before.items():
        now = find(town.link, key)
        assert now is not None
        assert row is not None
        assert {**now, "changed_by": "", "seq": 0} == {**row, "changed_by": "", "seq": 0}
    assert sound(town)


def test_a_concern_that_was_put_out_of_the_log_is_found(town: Town):
    into, member = town.filed(), town.filed()
    town.done(merge(town, into, *following(town, into[0], member, "FILED")))
    town.link.run("DELETE FROM concern")
    assert [one.code for one in verify_link(town.link, town.sealer).findings] == ["scope"]
