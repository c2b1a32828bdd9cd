"""Whoever changes the store behind its back is found out, line by line and row by row."""

import random
from dataclasses import replace

import pytest

from app.domain.effects import Reliance, Set
from app.services.envelope import Sealed
from db.central.verify import Finding, verify, verify_link
from tests.store.forging import forge
from tests.store.town import Town


@pytest.fixture
def busy(town: Town) -> Town:
    case_id, task_id, base = town.dispatched()
    town.done(town.sign("ann", case_id, task_id, base))
    town.return_asked("ann")
    town.verifying("grid1")
    town.done(town.note("li", case_id, "一句话"))
    return town


def _codes(town: Town) -> set[str]:
    return {finding.code for finding in verify_link(town.link, town.sealer).findings}


def test_an_honest_store_is_sound(busy: Town):
    report = verify_link(busy.link, busy.sealer)
    assert report.is_sound
    assert (report.lines, report.redacted) == (11, 0)
    assert report.rows == 3 + 2 + 1 + 1 + 1


def test_a_flipped_byte_in_any_text_of_the_log_is_named(busy: Town):
    draw = random.Random(7)
    for column in ("body", "applied"):
        for seq, text in busy.link.rows(f"SELECT seq, {column} FROM log ORDER BY seq"):
            place = draw.randrange(len(text))
            sign = "x" if text[place] != "x" else "y"
            flipped = text[:place] + sign + text[place + 1 :]
            busy.link.run(f"UPDATE log SET {column} = ? WHERE seq = ?", (flipped, seq))
            found = verify_link(busy.link, busy.sealer).findings
            assert Finding("text", f"log pingshan {seq}", seq) in found, (column, seq)
            busy.link.run(f"UPDATE log SET {column} = ? WHERE seq = ?", (text, seq))
    assert verify_link(busy.link, busy.sealer).is_sound


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("UPDATE log SET actor = 'wu' WHERE seq = 3", "chain"),
        ("UPDATE log SET role = 'DIRECTOR' WHERE seq = 3", "chain"),
        ("UPDATE log SET kind = 'file' WHERE seq = 3", "chain"),
        ("UPDATE log SET digest = 'x' WHERE seq = 3", "chain"),
        ("UPDATE log SET hash = 'x' WHERE seq = 11", "chain"),
        ("UPDATE log SET received_at = '2026-01-01T00:00:00.000000Z' WHERE seq = 3", "time"),
        ("UPDATE log SET claimed_at = '2026-01-01T00:00:00.000000Z' WHERE seq = 3", "column"),
        ("UPDATE log SET seat = 'ZZZ' WHERE seq = 3", "column"),
        ("UPDATE log SET case_id = 'x' WHERE seq = 3", "column"),
        ("UPDATE log SET scope_after = '|roads|' WHERE seq = 3", "scope"),
        ("UPDATE log SET scope_before = '|roads|' WHERE seq = 3", "scope"),
        ("DELETE FROM log WHERE seq = 3", "gap"),
        ("DELETE FROM log WHERE seq = 11", "head"),
        ("UPDATE head SET seq = 13", "head"),
        ("UPDATE head SET hash = 'x'", "head"),
        ("UPDATE case_file SET title = 'x' WHERE seq = 4", "row"),
        ("UPDATE task SET changed_by = 'x'", "row"),
        ("DELETE FROM note", "row-missing"),
        ("UPDATE note SET id = 'x'", "row"),
        ("DELETE FROM command WHERE seq = 5", "filter"),
        ("UPDATE command SET actor = 'x' WHERE seq = 5", "filter"),
        ("INSERT INTO command VALUES ('x', 'li', '', 'pingshan', 99, '')", "filter"),
        ("DELETE FROM rule WHERE place = 0", "rule-drift"),
        ("UPDATE rule SET not_by = NULL WHERE not_by IS NOT NULL", "rule-drift"),
    ],
)
def test_what_is_changed_behind_the_store_s_back_is_found(busy: Town, sql: str, code: str):
    assert busy.link.run(sql) > 0
    assert code in _codes(busy)


def test_a_rewritten_end_of_the_log_is_consistent_but_no_seat_believes_it(busy: Town):
    store = busy.store("li")
    witness = store.head()
    for sql in ("DELETE FROM log WHERE seq = 11", "DELETE FROM command WHERE seq = 11"):
        busy.link.run(sql)
    busy.link.run("DELETE FROM note")
    last = busy.link.rows("SELECT seq, hash FROM log ORDER BY seq DESC LIMIT 1")[0]
    busy.link.run("UPDATE head SET seq = ?, hash = ?", last)
    assert verify_link(busy.link, busy.sealer).is_sound
    assert store.pull(witness, 10).status == "diverged"


def test_a_body_redacted_by_law_leaves_the_chain_whole(busy: Town):
    busy.link.run("UPDATE log SET body = NULL WHERE seq = 11")
    report = verify_link(busy.link, busy.sealer)
    assert report.is_sound
    assert report.redacted == 1


def test_a_replay_hears_every_line_and_what_it_says_is_reported(busy: Town):
    heard = []

    def replay(lines):
        for line in lines:
            heard.append((line.seq, line.actor, line.role, line.envelope.kind))
            if line.envelope.kind == "sign":
                yield Finding("would-refuse", line.envelope.cmd_id, line.seq)

    report = verify_link(busy.link, busy.sealer, replay)
    assert [one.code for one in report.findings] == ["would-refuse"]
    assert heard[0] == (1, "li", "OPERATOR", "register")
    assert len(heard) == report.lines


def test_a_log_line_without_its_base_is_named(sqlite_town: Town, file):
    """A store that had accepted a lost update would say so (I4)."""
    from db.central.chain import (
        ENTRIES,
        Head,
        append,
        effects_text,
        entry_from,
        head_of,
        move_head,
        sha256,
    )

    case_id, _ = sqlite_town.register()
    (last,) = map(entry_from, sqlite_town.link.rows(ENTRIES))
    stale = effects_text([Set("case_file", case_id, {"title": "x"}, "nobody")])
    body = (last.body or "").replace(last.cmd_id, "forged")
    forged = replace(
        last,
        seq=2,
        cmd_id="forged",
        applied=stale,
        applied_hash=sha256(stale),
        prev=last.hash,
        body=body,
        body_hash=sha256(body),
        received_at=last.received_at[:-2] + "9Z",
        scope_before="|",
        scope_after="|",
    )
    forged = replace(forged, hash=forged.chained())
    append(sqlite_town.link, forged)
    head = head_of(sqlite_town.link, "pingshan")
    move_head(sqlite_town.link, Head(head.feed, 2, forged.hash, head.at))
    assert "base" in {one.code for one in verify(file).findings}


def test_sealed_parts_do_not_disturb_the_rows(town: Town):
    case = town.case()
    from app.domain.effects import insertion

    sealed = Sealed(case.id, "张三", "13800138000", "", (("138****8000", "13800138000"),))
    town.done(town.envelope("li", "register", case.id, insertion(case)), sealed)
    assert verify_link(town.link, town.sealer).is_sound


@pytest.mark.parametrize(
    "times",
    [
        {"claimed_at": "2026-03-01T01:00:00.000000Z"},  # before the line that its seat had read
        {"claimed_at": "2026-03-03T01:00:00.000000Z"},  # after it was received
        {"occurred_at": "2026-03-02T01:00:00.000000Z"},  # in a store that knows no other time
    ],
)
def test_a_claimed_time_that_the_store_would_not_have_taken_is_named(town: Town, times):
    case_id, _ = town.register()
    town.clock.forward(hours=5)
    town.done(town.note("li", case_id))
    assert verify_link(town.link, town.sealer).is_sound
    forge(town.link, town.sealer, 2, lambda body, _applied: body.update(times))
    found = verify_link(town.link, town.sealer).findings
    assert [(one.code, one.seq) for one in found] == [("claim", 2)]


@pytest.mark.fault("F24")
def test_a_store_s_clock_that_was_set_back_blames_nobody(town: Town):
    case_id, _ = town.register()
    town.clock.forward(hours=-5)
    town.done(town.note("li", case_id))
    town.clock.forward(hours=-5)
    town.done(town.note("li", case_id))
    assert verify_link(town.link, town.sealer).is_sound


def test_what_a_line_relied_on_must_have_stood_there(town: Town):
    case_id, base = town.register()
    relied = Reliance("case_file", case_id, base)
    note = replace(town.note("li", case_id), relies_on=(relied,))
    town.done(note)
    assert verify_link(town.link, town.sealer).is_sound
    forge(town.link, town.sealer, 2, lambda body, _: body["relies_on"][0].update(base="nobody"))
    assert ("base", 2) in {
        (one.code, one.seq) for one in verify_link(town.link, town.sealer).findings
    }


def test_what_lost_its_line_by_law_is_no_false_ground_to_rely_on(town: Town):
    """A row of another case, relied on, of which nobody can say any more how it stood."""
    other, task_id, base = town.dispatched()
    case_id, _ = town.register()
    relied = (Reliance("case_file", other, base), Reliance("task", task_id, base))
    town.done(replace(town.note("li", case_id), relies_on=relied))
    assert verify_link(town.link, town.sealer).is_sound
    for seq in (1, 3):
        town.link.run("UPDATE log SET applied = NULL WHERE seq = ?", (seq,))
        assert verify_link(town.link, town.sealer).is_sound
    forge(town.link, town.sealer, 4, lambda _body, _applied: None)
    stray = Reliance("case_file", case_id, "nobody")
    forge(town.link, town.sealer, 5, lambda body, _: body["relies_on"].append(_plain(stray)))
    assert {(one.code, one.seq) for one in verify_link(town.link, town.sealer).findings} == {
        ("base", 5)
    }


def _plain(one: Reliance) -> dict[str, str]:
    return {"table": one.table, "id": one.id, "base": one.base}


@pytest.mark.parametrize(
    "values",
    [{"title": "invented"}, {"title": "before", "due_at": "2026-03-09T01:00:00.000000Z"}],
)
def test_taking_back_to_what_never_stood_there_is_named(town: Town, values):
    case_id, base = town.register(title="before")
    wrote = Set("case_file", case_id, {"title": "after"}, base)
    cmd = town.done(town.envelope("li", "amend", case_id, wrote))
    back = Set("case_file", case_id, {"title": "before"}, cmd)
    town.done(town.envelope("li", "undo.amend", case_id, back, undoes=cmd))
    assert verify_link(town.link, town.sealer).is_sound

    def change(body, applied):
        for effects in (body["effects"], applied):
            effects[0]["values"] = values

    forge(town.link, town.sealer, 3, change)
    assert {(one.code, one.seq) for one in verify_link(town.link, town.sealer).findings} == {
        ("undo", 3)
    }
