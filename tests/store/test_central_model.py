"""Random lives of a store: whatever is asked of it in whatever order, its promises hold (I2, I4, I7, I12)."""

import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.effects import Insert, Set, insertion
from app.services.envelope import encode
from app.services.ports import Cursor
from db.central.verify import verify_link
from tests.store.conftest import town_on
from tests.store.town import Clock, Town

WHO = st.sampled_from(["li", "mei", "zhao", "ann", "bo", "grid1", "aud", "adm"])
STEP = st.one_of(
    st.tuples(st.just("register"), WHO),
    st.tuples(st.just("note"), WHO, st.integers(0, 5)),
    st.tuples(
        st.just("move"),
        WHO,
        st.integers(0, 5),
        st.sampled_from(["file", "void", "amend", "dispatch", "nonsense", "undo.file"]),
        st.booleans(),
    ),
    st.tuples(st.just("again"), st.integers(0, 20), st.booleans()),
    st.tuples(st.just("clock"), st.integers(-100, 100)),
)


class Life:
    """Commands sent so far, and what the store said."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.cases: list[str] = []
        self.sent: list[tuple] = []

    def step(self, step: tuple) -> None:
        match step:
            case ("register", who):
                case = self.town.case()
                self.cases.append(case.id)
                self.send(self.town.envelope(who, "register", case.id, insertion(case)))
            case ("note", who, at) if self.cases:
                self.send(self.town.note(who, self.cases[at % len(self.cases)]))
            case ("move", who, at, kind, is_stale) if self.cases:
                self.move(who, self.cases[at % len(self.cases)], kind, is_stale)
            case ("again", at, is_changed) if self.sent:
                self.again(*self.sent[at % len(self.sent)], is_changed)
            case ("clock", seconds):
                self.town.clock.forward(seconds=seconds)

    def move(self, who: str, case_id: str, kind: str, is_stale) -> None:
        found = self.town.link.row("SELECT changed_by FROM case_file WHERE id = ?", (case_id,))
        base = "stale" if is_stale or found is None else found[0]
        after = {
            "file": "FILED",
            "void": "VOID",
            "dispatch": "DISPATCHED",
            "undo.file": "REGISTERED",
        }
        values = {"status": after[kind]} if kind in after else {"title": kind}
        effects: list = [Set("case_file", case_id, values, base)]
        if kind == "dispatch":
            values["units"] = "|water|"
            effects.append(insertion(self.town.task(case_id, "water")))
        undoes = base if kind.startswith("undo") else None
        self.send(self.town.envelope(who, kind, case_id, *effects, undoes=undoes))

    def send(self, envelope) -> None:
        before = self.state()
        answer = self.town.send(envelope)
        if answer.status != "done":
            assert self.state() == before, "I12: a refusal changed something"
        self.sent.append((envelope, answer))

    def again(self, envelope, answer, is_changed) -> None:
        before = self.state()
        if answer.status != "done":
            return
        if is_changed:
            again = self.town.send(replace(envelope, wish={"other": 1}))
            assert again.status == "id-reuse"
        else:
            assert self.town.send(envelope) == answer, "I2"
        assert self.state() == before

    def state(self):
        tables = ("log", "command", "head", "case_file", "task", "note")
        return {one: self.town.link.rows(f"SELECT * FROM {one} ORDER BY 1, 2") for one in tables}


def _checked(life: Life) -> None:
    report = verify_link(life.town.link, life.town.sealer)
    assert report.is_sound, report.findings  # I4, I7 and rows = fold(log)
    done = [envelope for envelope, answer in life.sent if answer.status == "done"]
    assert report.lines == len(done)
    page = life.town.store("zhao").pull(Cursor(), 1000)
    assert [row.cmd_id for row in page.rows] == [one.cmd_id for one in done]
    assert [row.actor for row in page.rows] == [one.actor for one in done]  # I11
    _assert_replica(life.town, "zhao", page.rows)


def _assert_replica(town: Town, login: str, lines) -> None:
    """What a seat folds from the feed is what a fresh seat is filled with (I3)."""
    rows: dict = {}
    for line in lines:
        for one in line.applied:
            row = rows.setdefault((one.table, one.id), {"id": one.id})
            assert isinstance(one, Insert) == (len(row) == 1)
            row.update({**one.values, "changed_by": line.cmd_id, "seq": line.seq})
    filled = town.store(login).snapshot(None, 1000)
    assert {(table, row["id"]): row for table, row in filled.rows} == rows
    json.dumps(filled.rows)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(STEP, max_size=25))
def test_whatever_is_asked_the_promises_hold(tmp_path_factory: pytest.TempPathFactory, steps: list):
    town = town_on(tmp_path_factory.mktemp("life"), Clock())
    life = Life(town)
    for step in steps:
        life.step(step)
    _checked(life)
    town.close()


@settings(max_examples=15, deadline=None)
@given(st.data())
def test_a_batch_is_answered_as_its_commands_would_be_one_by_one(tmp_path_factory, data):
    """One tail for many commands is only faster: same answers, same log, save for the hashes' times."""
    one_by_one = town_on(tmp_path_factory.mktemp("one"), Clock())
    together = town_on(tmp_path_factory.mktemp("all"), Clock())
    case_id, base = one_by_one.register()
    assert together.register() == (case_id, base)
    envelopes = []
    for _ in range(data.draw(st.integers(1, 12))):
        bases = [base, "stale", *(one.cmd_id for one in envelopes)]
        change = Set("case_file", case_id, {"title": "x"}, data.draw(st.sampled_from(bases)))
        envelopes.append(one_by_one.envelope("li", "amend", case_id, change))
    single = [one_by_one.send(one) for one in envelopes]
    batch = together.store("li").submit([(encode(one), None) for one in envelopes])
    assert [(one.status, one.seq, one.why) for one in single] == [
        (one.status, one.seq, one.why) for one in batch
    ]
    assert [row[:2] for row in one_by_one.link.rows("SELECT cmd_id, seq FROM log")] == [
        row[:2] for row in together.link.rows("SELECT cmd_id, seq FROM log")
    ]
    one_by_one.close()
    together.close()
