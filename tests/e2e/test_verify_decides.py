"""Every decision is worked out again: a due instant, or anything else, put in by whoever owns the file is found."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.cli import demo
from app.cli.verifying import verified
from app.domain.effects import to_wire
from db.central import admin
from db.central.link import Link
from db.central.sealing import key_path, read_key
from tests.store.forging import Change, forge, set_in

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

DUE = "SELECT seq, json_extract(value, '$.values.due_at') FROM log, json_each(applied)"


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty cases in ten days, as lawful as any."""
    path = tmp_path_factory.mktemp("district") / "central.db"
    demo.make(path, (40, 10, 5), lambda _done, _of: None)
    return path


@pytest.fixture
def store(district: Path, tmp_path: Path) -> Path:
    return copied(district, tmp_path)


def copied(district: Path, folder: Path) -> Path:
    path = folder / district.name
    shutil.copy2(district, path)
    shutil.copy2(key_path(district), key_path(path))
    return path


@contextmanager
def opened(path: Path) -> Iterator[Link]:
    with admin.opened(path) as link, link.writing():
        yield link


def tampered(path: Path, seq: int, change: Change) -> None:
    with opened(path) as link:
        forge(link, read_key(path), seq, change)


@cache
def dues(path: Path) -> list[tuple[int, str]]:
    """Lines that say when a case is due, and when."""
    with opened(path) as link:
        return [(seq, due) for seq, due in link.rows(DUE) if due is not None]


def later(due: str, **by: float) -> str:
    return str(to_wire(datetime.fromisoformat(due) + timedelta(**by)))


def test_an_untouched_district_is_decided_alike(district: Path):
    report = verified(district)
    assert report.is_sound
    assert report.decided
    assert len(dues(district)) > 40


def test_a_due_instant_changed_everywhere_is_named_with_the_right_one(store: Path):
    seq, due = dues(store)[0]
    tampered(store, seq, set_in({"due_at": later(due, days=1)}, also_decided=True))
    first = verified(store).findings[0]
    assert (first.code, first.seq) == ("due-otherwise", seq)
    assert (first.facts["right"], first.facts["said"]) == (due, later(due, days=1))
    assert first.facts["number"]


def test_a_due_instant_changed_in_what_was_applied_only_is_named(store: Path):
    seq, due = dues(store)[-1]
    tampered(store, seq, set_in({"due_at": later(due, microseconds=1)}))
    first = verified(store).findings[0]
    assert (first.code, first.seq) == ("applied-otherwise", seq)
    assert first.facts["fields"] == ("case_file.due_at",)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_whichever_deadline_is_moved_its_line_is_the_first_named(
    district: Path, tmp_path: Path, data: st.DataObject
):
    store = copied(district, tmp_path)
    seq, due = data.draw(st.sampled_from(dues(district)))
    by = data.draw(st.integers(-(10**9), 10**9).filter(bool))
    everywhere = data.draw(st.booleans())
    tampered(store, seq, set_in({"due_at": later(due, seconds=by)}, also_decided=everywhere))
    findings = verified(store).findings
    assert findings[0].seq == seq
    assert "otherwise" in findings[0].code


def test_a_limit_fixed_on_a_task_otherwise_is_named(store: Path):
    with opened(store) as link:
        sql = "SELECT min(seq) FROM log WHERE kind = 'dispatch'"
        ((seq,),) = link.rows(sql)
    tampered(store, seq, set_in({"limit_value": 999}, also_decided=True))
    first = verified(store).findings[0]
    assert first.seq == seq
    assert first.code in ("due-otherwise", "decided-otherwise")


def test_a_decision_by_another_hand_is_named(store: Path):
    with opened(store) as link:
        ((seq,),) = link.rows("SELECT min(seq) FROM log WHERE kind = 'file'")
        link.run("UPDATE log SET role = 'UNIT_HANDLER' WHERE seq = ?", (seq,))
    tampered(store, seq, lambda _body, _applied: None)
    first = verified(store).findings[0]
    assert (first.code, first.seq) == ("refused", seq)
    assert first.facts["code"] == "not-permitted"


def test_what_a_decision_relied_on_cannot_be_left_out(store: Path):
    with opened(store) as link:
        sql = "SELECT min(seq) FROM log WHERE json_array_length(body, '$.relies_on') > 0"
        ((seq,),) = link.rows(sql)
    tampered(store, seq, lambda body, _applied: body.update(relies_on=[]))
    first = verified(store).findings[0]
    assert (first.code, first.seq) == ("decided-otherwise", seq)


def test_an_edition_that_is_not_here_is_said_and_the_rest_is_decided(store: Path):
    tampered(store, 1, set_in({"edition": "another"}, also_decided=True))
    found = verified(store).findings
    assert {(one.code, one.facts["code"]) for one in found} == {("refused", "edition-missing")}
    with opened(store) as link:
        ((case_id,),) = link.rows("SELECT case_id FROM log WHERE seq = 1")
        mine = {seq for (seq,) in link.rows("SELECT seq FROM log WHERE case_id = ?", (case_id,))}
    assert {one.seq for one in found} == mine


@pytest.mark.parametrize("column", ["body", "applied"])
def test_lines_redacted_by_law_are_no_damage(store: Path, column: str):
    """The first line of a case, on which everything after it was decided."""
    with opened(store) as link:
        link.run(f"UPDATE log SET {column} = NULL WHERE kind = 'register' AND seq % 3 = 0")
        ((redacted,),) = link.rows("SELECT count(*) FROM log WHERE body IS NULL OR applied IS NULL")
    report = verified(store)
    assert report.findings == ()
    assert report.redacted == redacted > 5
    assert report.decided


def test_a_row_that_no_line_made_is_named_also_beside_redacted_cases(store: Path):
    with opened(store) as link:
        link.run("UPDATE log SET applied = NULL WHERE seq = 1")
        ((case_id,),) = link.rows("SELECT max(case_id) FROM log WHERE seq > 1")
        link.run("UPDATE case_file SET title = 'x' WHERE id = ?", (case_id,))
    (found,) = verified(store).findings
    assert (found.code, found.where) == ("row", f"case_file {case_id}")


def test_a_log_that_lies_is_not_decided_again(store: Path):
    with opened(store) as link:
        body = json.dumps({"cmd_id": "x"})
        link.run("UPDATE log SET body = ? WHERE seq = 2", (body,))
    report = verified(store)
    assert ("text", 2) in {(one.code, one.seq) for one in report.findings}
    assert not report.decided
