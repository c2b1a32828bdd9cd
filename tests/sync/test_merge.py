"""The merge, case by case: restore, apply, fold."""

from datetime import UTC, datetime
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.effects import Effect, Insert, Reliance, Set
from app.services.envelope import Envelope
from app.services.ports import LogRow
from app.sync import merge

NOW = datetime(2026, 3, 2, tzinfo=UTC)
CASE = ("case_file", "c")
TASK = ("task", "t")


def row(by: str, seq: int = 1, **values: Any) -> dict[str, Any]:
    return {"id": "c", "changed_by": by, "seq": seq, **values}


def task(by: str, seq: int = 1, **values: Any) -> dict[str, Any]:
    return {"id": "t", "case_id": "c", "changed_by": by, "seq": seq, **values}


def command(cmd_id: str, *effects: Effect, relies: tuple[Reliance, ...] = ()) -> Envelope:
    return Envelope(
        cmd_id=cmd_id,
        kind="k",
        actor="a",
        seat="s",
        district="d",
        case_id="c",
        wish={},
        effects=effects,
        relies_on=relies,
        claimed_at=NOW,
    )


def told(seq: int, cmd_id: str, *effects: Effect, **more: Any) -> LogRow:
    return LogRow(
        seq=seq,
        cmd_id=cmd_id,
        actor="a",
        kind="k",
        case_id="c",
        wish={},
        applied=effects,
        claimed_at=NOW,
        received_at=NOW,
        hash=f"h{seq}",
        **more,
    )


def set_case(base: str, **values: Any) -> Set:
    return Set("case_file", "c", values, base)


# Folding own commands


def test_an_own_command_is_shown_over_what_it_hides():
    own = command("mine", set_case("old", title="new"))
    plan = merge.rebase({CASE: row("old", title="as it was")}, {}, (), [own])
    after = row("mine", title="new")
    assert plan.writes == {CASE: (row("old", title="as it was"), after)}
    assert plan.held == {CASE: row("old", title="as it was")}
    assert plan.folded == {"mine"}


def test_a_chain_of_own_commands_is_shown_to_its_end_over_the_first_row():
    chain = [command("one", set_case("old", a=1)), command("two", set_case("one", a=2))]
    plan = merge.rebase({CASE: row("old", a=0)}, {}, (), chain)
    assert plan.writes[CASE][1] == row("two", a=2)
    assert plan.held == {CASE: row("old", a=0)}


def test_a_command_whose_base_is_another_is_not_shown():
    plan = merge.rebase({CASE: row("theirs")}, {}, (), [command("mine", set_case("old", a=1))])
    assert (dict(plan.writes), dict(plan.held), plan.folded) == ({}, {}, frozenset())


def test_a_command_that_relied_on_a_row_that_moved_is_not_shown():
    own = command("mine", set_case("old", a=1), relies=(Reliance("task", "t", "before"),))
    screen = {CASE: row("old"), TASK: task("after")}
    assert merge.rebase(screen, {}, (), [own]).folded == frozenset()
    assert merge.rebase({**screen, TASK: task("before")}, {}, (), [own]).folded == {"mine"}


def test_an_inserted_row_is_shown_once_and_hides_that_there_was_none():
    own = command("mine", Insert("case_file", "c", {"title": "x"}))
    plan = merge.rebase({CASE: None}, {}, (), [own])
    assert plan.writes == {CASE: (None, row("mine", seq=0, title="x"))}
    assert plan.held == {CASE: None}
    assert merge.rebase({CASE: row("theirs")}, {}, (), [own]).folded == frozenset()


def test_a_note_on_a_case_that_is_not_here_is_not_shown():
    own = command("mine", Insert("note", "n", {"case_id": "c"}))
    assert merge.rebase({CASE: None, ("note", "n"): None}, {}, (), [own]).folded == frozenset()
    assert merge.rebase({CASE: row("x"), ("note", "n"): None}, {}, (), [own]).folded == {"mine"}


# What the centre says


def test_the_centres_news_stand_under_the_own_command_that_still_fits():
    own = command("mine", Set("task", "t", {"b": 2}, "old"))
    screen = {CASE: row("old", a=0), TASK: task("mine", b=2)}
    hidden = {TASK: task("old", b=0)}
    plan = merge.rebase(screen, hidden, [told(2, "theirs", set_case("old", a=1))], [own])
    assert plan.writes == {CASE: (row("old", a=0), row("theirs", 2, a=1))}
    assert plan.held == hidden
    assert plan.released == frozenset()


def test_a_colleagues_change_of_the_same_row_takes_the_own_one_off_the_screen():
    own = command("mine", set_case("old", a=1))
    screen, hidden = {CASE: row("mine", a=1)}, {CASE: row("old", a=0)}
    plan = merge.rebase(screen, hidden, [told(2, "theirs", set_case("old", a=7))], [own])
    assert plan.writes[CASE][1] == row("theirs", 2, a=7)
    assert plan.released == {CASE}


def test_an_own_command_that_came_back_is_truth_with_the_centres_stamps():
    screen, hidden = {CASE: row("mine", a=1)}, {CASE: row("old", a=0)}
    news = [told(2, "mine", set_case("old", a=1, signed="login"))]
    plan = merge.rebase(screen, hidden, news, [])
    assert plan.writes[CASE][1] == row("mine", 2, a=1, signed="login")
    assert plan.released == {CASE}


def test_an_older_log_row_does_not_undo_a_newer_row():
    plan = merge.rebase({CASE: row("new", 9, a=9)}, {}, [told(3, "old", set_case("x", a=3))], [])
    assert dict(plan.writes) == {}


def test_a_change_of_a_row_that_is_not_here_leaves_a_gap():
    plan = merge.rebase({CASE: None}, {}, [told(3, "theirs", set_case("x", a=3))], [])
    assert plan.gaps == {"c"}
    assert dict(plan.writes) == {}


def test_a_case_that_entered_the_scope_comes_whole_and_not_over_newer_rows():
    entered = told(5, "theirs", rows=(("case_file", row("theirs", 5)), ("task", task("older", 2))))
    plan = merge.rebase({CASE: None, TASK: task("newer", 4)}, {}, [entered], [])
    assert plan.writes == {CASE: (None, row("theirs", 5))}


def test_a_case_that_left_the_scope_goes_with_all_that_hangs_on_it():
    other = ("task", "other")
    screen = {CASE: row("a"), TASK: task("a"), other: {**task("a"), "id": "other", "case_id": "d"}}
    plan = merge.rebase(screen, {}, [told(5, "theirs", removed=True)], [])
    assert set(plan.writes) == {CASE, TASK}
    assert all(after is None for _, after in plan.writes.values())


def test_a_removed_case_is_not_brought_back_by_an_own_command():
    own = command("mine", set_case("old", a=1))
    screen, hidden = {CASE: row("mine", a=1)}, {CASE: row("old")}
    plan = merge.rebase(screen, hidden, [told(5, "theirs", removed=True)], [own])
    assert plan.writes == {CASE: (row("mine", a=1), None)}
    assert plan.released == {CASE}


def test_a_removal_passes_over_rows_that_are_not_there():
    assert not merge.rebase({CASE: None}, {}, [told(5, "x", removed=True)], []).writes


# What hangs together


def test_news_of_a_row_concern_the_commands_that_hang_on_it_transitively():
    rows = {
        "one": frozenset({CASE, TASK}),
        "two": frozenset({TASK}),
        "far": frozenset({("n", "n")}),
    }
    users = {CASE: {"one"}, TASK: {"one", "two"}, ("n", "n"): {"far"}}
    assert merge.concerned(users, rows, [CASE]) == ({"one", "two"}, {CASE, TASK})
    assert merge.concerned(users, rows, [("x", "x")]) == (frozenset(), {("x", "x")})


def test_the_rows_of_a_command_are_what_it_writes_reads_and_its_case():
    own = command("m", Set("task", "t", {}, "b"), relies=(Reliance("note", "n", "b"),))
    assert merge.keys_of(own) == {CASE, TASK, ("note", "n")}
    assert merge.written(own) == {TASK}


def test_a_refusal_takes_along_what_builds_on_it_and_nothing_else():
    refused = command("bad", set_case("old", a=1))
    later = [
        command("set", set_case("bad", a=2)),
        command("relied", relies=(Reliance("case_file", "c", "set"),)),
        command("decided on theirs", set_case("theirs", a=3)),
    ]
    assert merge.built_on(refused, later) == {"set", "relied"}


def test_a_refused_registration_takes_along_every_command_on_its_case():
    refused = command("bad", Insert("case_file", "c", {}))
    assert merge.built_on(refused, [command("note", Insert("note", "n", {}))]) == {"note"}


def test_log_rows_name_the_rows_they_touch_and_bring():
    news = told(1, "x", set_case("b"), rows=(("task", task("x")),))
    assert merge.news_keys(news) == {CASE, TASK}


# Whatever happens in between, the end is the same


values = st.integers(0, 3)


@st.composite
def histories(draw: st.DrawFn) -> list[LogRow]:
    """A life of one case and its task as the log tells it."""
    rows = [
        told(1, "r1", Insert("case_file", "c", {"a": 0}), Insert("task", "t", {"case_id": "c"}))
    ]
    for seq in range(2, draw(st.integers(2, 7))):
        keys = draw(st.sets(st.sampled_from([CASE, TASK]), min_size=1))
        effects = [Set(*key, {"a": draw(values)}, "any") for key in sorted(keys)]
        rows.append(told(seq, f"r{seq}", *effects))
    return rows


def applied(history: list[LogRow], own: list[Envelope], cuts: list[int]) -> tuple[Any, Any]:
    """Screen and pre-images after the history came in pieces, with own commands over it throughout."""
    screen: dict[Any, Any] = {CASE: None, TASK: None}
    hidden: dict[Any, Any] = {}
    for start, end in zip([0, *cuts], [*cuts, len(history)], strict=True):
        plan = merge.rebase(screen, hidden, history[start:end], own)
        screen.update({key: after for key, (_, after) in plan.writes.items()})
        hidden = {key: old for key, old in hidden.items() if key not in plan.released}
        hidden.update(plan.held)
    return screen, hidden


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(histories(), st.data())
def test_it_does_not_matter_in_which_pieces_the_news_come(
    history: list[LogRow], data: st.DataObject
):
    base = data.draw(st.sampled_from([row.cmd_id for row in history]))
    own = [command("mine", set_case(base, b=1)), command("next", set_case("mine", b=2))]
    cuts = sorted(data.draw(st.sets(st.integers(0, len(history)))))
    assert applied(history, own, cuts) == applied(history, own, [])


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(histories(), st.data())
def test_without_own_commands_nothing_of_them_is_left(history: list[LogRow], data: st.DataObject):
    base = data.draw(st.sampled_from([row.cmd_id for row in history]))
    screen, hidden = applied(history, [command("mine", set_case(base, b=1))], [])
    plan = merge.rebase(screen, hidden, (), [])
    screen.update({key: after for key, (_, after) in plan.writes.items()})
    assert screen == applied(history, [], [])[0]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(histories(), st.integers(0, 6))
def test_rows_fetched_whole_are_the_rows_the_log_leads_to(history: list[LogRow], at: int):
    whole, _ = applied(history, [], [])
    early, _ = applied(history[: at % len(history)], [], [])
    page = told(0, "", rows=tuple((key[0], one) for key, one in whole.items() if one))
    plan = merge.rebase(early, {}, [page, *history], [])
    early.update({key: after for key, (_, after) in plan.writes.items()})
    assert early == whole
