"""The merge where only one of several rows is at fault: nothing is shown by halves, no gap is overlooked or made up."""

from dataclasses import replace

from app.domain.effects import Insert, Reliance, Set
from app.sync import merge
from tests.sync.test_merge import CASE, TASK, command, row, set_case, task, told

SCREEN = {CASE: row("old", a=0), TASK: task("old", b=0)}


def test_a_command_of_which_one_row_no_longer_fits_is_not_shown_by_halves():
    both = (set_case("old", a=1), Set("task", "t", {"b": 1}, "old"))
    assert merge.rebase(SCREEN, {}, (), [command("mine", *both)]).folded == {"mine"}
    for effects in (
        (set_case("other", a=1), both[1]),
        (both[0], Set("task", "t", {"b": 1}, "other")),
    ):
        plan = merge.rebase(SCREEN, {}, (), [command("mine", *effects)])
        assert (dict(plan.writes), plan.folded) == ({}, frozenset())


def test_a_command_of_which_one_row_relied_on_moved_is_not_shown():
    case, sister = Reliance("case_file", "c", "old"), Reliance("task", "t", "other")
    note = Insert("note", "n", {"case_id": "c"})
    for relied in ((case, sister), (sister, case)):
        assert not merge.matches(SCREEN, command("mine", note, relies=relied))
    assert merge.matches(SCREEN, command("mine", note, relies=(case,)))


def test_news_of_rows_that_are_here_leave_no_gap():
    news = [told(2, "theirs", set_case("old", a=1), Set("task", "t", {"b": 1}, "old"))]
    assert merge.rebase(SCREEN, {}, news, []).gaps == frozenset()
    born = [told(2, "theirs", Insert("task", "new", {"case_id": "c"}))]
    assert merge.rebase(SCREEN, {}, born, []).gaps == frozenset()


def test_news_of_which_one_row_is_not_here_leave_a_gap_wherever_it_stands():
    here, away = set_case("old", a=1), Set("task", "t", {"b": 1}, "old")
    for effects in ((here, away), (away, here)):
        plan = merge.rebase({CASE: row("old")}, {}, [told(2, "theirs", *effects)], [])
        assert plan.gaps == {"c"}
        assert plan.writes[CASE][1] == row("theirs", 2, a=1)
        assert TASK not in plan.writes


def test_a_removed_case_leaves_no_gap():
    plan = merge.rebase(SCREEN, {}, [told(2, "theirs", removed=True)], [])
    assert plan.gaps == frozenset()
    assert {key: after for key, (_, after) in plan.writes.items()} == {CASE: None, TASK: None}


def test_a_case_that_is_removed_takes_no_row_of_another_along():
    other = {"id": "u", "case_id": "other", "changed_by": "old", "seq": 1}
    plan = merge.rebase({**SCREEN, ("task", "u"): other}, {}, [told(2, "x", removed=True)], [])
    assert ("task", "u") not in plan.writes


def test_what_takes_up_a_case_that_will_never_be_falls_with_it_and_so_does_what_follows():
    """The second registration relies on the refused one; the note on the second has no base at all."""
    first = command("first", Insert("case_file", "c", {}))
    relied = (Reliance("case_file", "c", "first"),)
    second = replace(command("second", Insert("case_file", "d", {}), relies=relied), case_id="d")
    note = replace(command("note", Insert("note", "n", {"case_id": "d"})), case_id="d")
    stranger = replace(command("stranger", Insert("note", "m", {"case_id": "e"})), case_id="e")
    assert merge.built_on(first, [second, note, stranger]) == {"second", "note"}


def test_a_refused_command_falls_alone_when_nobody_built_on_it():
    first = command("first", set_case("old", a=1))
    later = command("later", set_case("theirs", a=2))
    assert merge.built_on(first, [later]) == frozenset()
