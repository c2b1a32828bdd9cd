"""The outbox: durable, locked, in order, and saved as far as it can be when its file is damaged."""

import json
import sqlite3
import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.domain.effects import Insert, Set
from app.services.envelope import Envelope, Sealed, encode
from app.services.local import UNFINISHED, Entry, State
from app.services.ports import Answer, Broken, Unreachable
from app.services.queries import Draft
from db.outbox.box import Box
from db.outbox.steps import STEPS
from db.outbox.store import RETAINED, SqliteOutbox

NOW = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
PERSON = Sealed("c1", "王小明", "13812345678", "", (("139****1111", "13900001111"),))


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def outbox(tmp_path: Path, clock: Clock) -> Iterator[SqliteOutbox]:
    one = opened(tmp_path, clock)
    yield one
    one.close()


def opened(folder: Path, clock: Any, login: str = "li") -> SqliteOutbox:
    return SqliteOutbox(folder / "outbox.db", login, Box(folder / "desk.key"), clock)


def entry(cmd_id: str, case_id: str = "c1", sealed: Sealed | None = None, **more: Any) -> Entry:
    envelope = Envelope(
        cmd_id=cmd_id,
        kind="register",
        actor="li",
        seat="0A1",
        district="d",
        case_id=case_id,
        wish={"text": "词"},
        effects=(Insert("case_file", case_id, {"a": 1}), Set("task", "t", {"b": None}, "base")),
        claimed_at=NOW,
    )
    befores = {("case_file", case_id): None, ("task", "t"): {"id": "t", "b": True}}
    given = {"number": "SZPS1", "befores": befores, "sealed": sealed, **more}
    return Entry(envelope=envelope, body=encode(envelope), **given)


def bytes_of(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(folder.glob("outbox*")))


def test_a_command_comes_back_as_it_was_kept_in_another_life(tmp_path: Path, clock: Clock):
    first = opened(tmp_path, clock)
    kept = first.add(entry("1", sealed=PERSON))
    first.close()
    again = opened(tmp_path, clock)
    assert again.entries(UNFINISHED) == [kept]
    assert (again.entry("1"), again.entry("2")) == (kept, None)
    again.close()


def test_what_is_decided_anew_is_as_old_as_its_first_wish(outbox: SqliteOutbox, clock: Clock):
    first = outbox.add(entry("1"))
    clock.now += timedelta(hours=3)
    again = outbox.add(entry("2", kept_at=first.kept_at))
    fresh = outbox.add(entry("3"))
    clock.now += timedelta(hours=1)
    ages = [outbox.age(one) for one in (first, again, fresh)]
    assert ages == [timedelta(hours=4), timedelta(hours=4), timedelta(hours=1)]
    assert [one.kept_at for one in outbox.entries(UNFINISHED)] == [NOW, NOW, fresh.kept_at]


def test_every_commit_is_on_the_disk_before_it_is_answered(outbox: SqliteOutbox):
    assert outbox._db.execute("PRAGMA synchronous").fetchone() == (2,)
    assert outbox._db.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_commands_are_told_in_their_order(outbox: SqliteOutbox):
    for one in "312":
        outbox.add(entry(one, case_id=f"c{one}"))
    assert [one.cmd_id for one in outbox.entries(UNFINISHED)] == ["3", "1", "2"]
    assert [one.cmd_id for one in outbox.recent(2)] == ["2", "1"]
    assert [one.cmd_id for one in outbox.of_case("c1")] == ["1"]
    assert outbox.retained() == [(one, State.QUEUED) for one in "312"]


def test_personal_data_lie_locked_until_their_command_is_forgotten(tmp_path: Path, clock: Clock):
    """A centre restored from a backup is given back its persons from here."""
    outbox = opened(tmp_path, clock)
    outbox.add(entry("1", sealed=PERSON))
    outbox.save_draft(Draft("d", NOW, {"phone": "13812345678", "name": "王小明"}))
    outbox.mark(["1"], State.FINISHED)
    outbox.tend()
    for secret in ("王小明", "13812345678", "13900001111"):
        assert secret.encode() not in bytes_of(tmp_path)
    assert [one.sealed for one in outbox.recent(1)] == [PERSON]
    clock.now += RETAINED + timedelta(seconds=1)
    outbox.tend()
    assert outbox._db.execute("SELECT sealed FROM command").fetchall() == []
    outbox.close()


def test_the_key_is_for_this_user_alone_and_is_made_once(tmp_path: Path):
    Box(tmp_path / "key").lock({"a": 1})
    made = (tmp_path / "key").read_bytes()
    assert Box(tmp_path / "key").open(Box(tmp_path / "key").lock([1])) == [1]
    assert (tmp_path / "key").read_bytes() == made
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600


def test_answers_are_kept_with_the_state_that_follows(outbox: SqliteOutbox):
    for one in "123":
        outbox.add(entry(one))
    outbox.answered([Answer("1", "done", seq=9, facts={"hash": "h"})], State.ACKED)
    outbox.answered([Answer("2", "conflict", why="base", facts={"rows": [1]})], State.ATTENTION)
    one, two, _ = outbox.entries(State)
    assert (one.state, one.seq, one.why) == (State.ACKED, 9, "")
    assert (two.state, two.why, two.facts) == (
        State.ATTENTION,
        "conflict",
        {"said": "base", "rows": [1]},
    )
    assert outbox.waiting() == (2, 1)
    outbox.mark(["2"], State.DROPPED)
    assert outbox.waiting() == (2, 0)


def test_a_person_sees_only_the_own_commands_drafts_and_settings(tmp_path: Path, clock: Clock):
    mine = opened(tmp_path, clock)
    mine.add(entry("1"))
    mine.save_draft(Draft("d", NOW, {}))
    mine.remember("size", [1, 2])
    mine.remember_here("seat", "0A1")
    mine.close()
    theirs = opened(tmp_path, clock, "mei")
    assert (theirs.entries(UNFINISHED), theirs.drafts(), theirs.recall("size")) == ([], (), None)
    assert theirs.recall_here("seat") == "0A1"
    theirs.close()
    again = opened(tmp_path, clock)
    assert again.recall("size") == [1, 2]
    again.close()


def test_drafts_are_told_newest_first_until_dropped(outbox: SqliteOutbox):
    for at, draft_id in enumerate("ab"):
        outbox.save_draft(Draft(draft_id, NOW + timedelta(minutes=at), {"text": draft_id}))
    outbox.save_draft(Draft("a", NOW, {"text": "changed"}))
    assert [(one.id, one.fields) for one in outbox.drafts()] == [
        ("b", {"text": "b"}),
        ("a", {"text": "changed"}),
    ]
    outbox.drop_draft("b")
    assert [one.id for one in outbox.drafts()] == ["a"]


def test_what_others_left_unsent_is_counted_and_told_and_what_they_must_settle_is_not(
    tmp_path: Path, clock: Clock
):
    mine = opened(tmp_path, clock)
    for one in "12345":
        mine.add(entry(one))
    mine.mark("3", State.ACKED)
    mine.mark("4", State.ATTENTION)
    mine.mark("5", State.FINISHED)
    assert (mine.waiting(), mine.left_behind()) == ((3, 1), [])
    mine.switch("mei")
    mine.add(entry("6"))
    assert mine.waiting() == (3, 0)
    assert [one.cmd_id for one in mine.left_behind()] == ["1", "2"]
    mine.close()


def test_a_draft_never_moves_to_another_person(tmp_path: Path, clock: Clock):
    outbox = opened(tmp_path, clock)
    outbox.save_draft(Draft("same", NOW, {"text": "li"}))
    outbox.switch("mei")
    outbox.save_draft(Draft("same", NOW, {"text": "mei"}))
    outbox.drop_draft("same")
    assert outbox.drafts() == ()
    outbox.switch("li")
    assert [one.fields for one in outbox.drafts()] == [{"text": "li"}]
    outbox.close()


def test_a_batch_is_kept_whole_or_not_at_all(outbox: SqliteOutbox):
    outbox.add(entry("1"))

    def broken_off() -> None:
        with outbox.batch():
            outbox.mark(["1"], State.ACKED)
            raise ValueError("in the middle")

    with pytest.raises(ValueError, match="in the middle"):
        broken_off()
    kept = outbox.entry("1")
    assert kept is not None
    assert kept.state is State.QUEUED


def test_numbers_given_out_are_known_by_their_stem(outbox: SqliteOutbox):
    outbox.add(entry("1", number="SZPS1A0"))
    outbox.add(entry("2", number="SZPS1B0"))
    assert outbox.numbers("SZPS1A") == {"SZPS1A0"}


def test_what_was_finished_long_ago_is_forgotten_and_nothing_else(
    outbox: SqliteOutbox, clock: Clock
):
    for one in "1234":
        outbox.add(entry(one))
    outbox.mark("12", State.FINISHED)
    outbox.mark("4", State.ATTENTION)
    clock.now += RETAINED + timedelta(seconds=1)
    outbox.mark("2", State.FINISHED)
    outbox.tend()
    assert [cmd_id for cmd_id, _ in outbox.retained()] == ["2", "3", "4"]


# Damage


@pytest.mark.fault("F15")
def test_a_disk_that_does_not_write_is_unreachable_and_nothing_is_promised(outbox: SqliteOutbox):
    outbox._db.execute("PRAGMA query_only=1")
    with pytest.raises(Unreachable, match="disk"):
        outbox.add(entry("1"))
    outbox._db.execute("PRAGMA query_only=0")
    assert outbox.entries(UNFINISHED) == []


def spoil(path: Path, first_page: int) -> None:
    """Overwrite everything from a page on."""
    content = bytearray(path.read_bytes())
    start = first_page * 4096
    content[start:] = b"\xa5" * (len(content) - start)
    path.write_bytes(bytes(content))


@pytest.mark.parametrize("first_page", [0, 1, 3, 12])
@pytest.mark.fault("F14")
def test_after_damage_the_copy_and_every_readable_row_come_back(
    tmp_path: Path, clock: Clock, first_page: int
):
    outbox = opened(tmp_path, clock)
    for at in range(40):
        outbox.add(entry(str(at), case_id=f"c{at}", sealed=PERSON))
    outbox.tend()
    outbox.add(entry("after the copy"))
    outbox.mark(["3"], State.FINISHED)
    outbox.close()
    spoil(tmp_path / "outbox.db", first_page)
    again = opened(tmp_path, clock)
    assert again.is_salvaged
    assert {cmd_id for cmd_id, _ in again.retained()} >= {str(at) for at in range(40)}
    again.add(entry("new"))
    again.close()
    assert (tmp_path / "outbox.db.broken-1").exists()


def test_damage_is_never_copied_over_the_last_good_copy(tmp_path: Path, clock: Clock):
    """Also where the copying itself meets nothing odd: among drafts, which nobody reads meanwhile."""
    outbox = opened(tmp_path, clock)
    for at in range(90):
        outbox.save_draft(Draft(str(at), NOW, {"text": "半句" * 90}))
    outbox.tend()
    good = outbox.copy_path.read_bytes()
    outbox._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    outbox._db.execute("PRAGMA shrink_memory")
    spoil(tmp_path / "outbox.db", len(good) // 4096 - 3)
    with pytest.raises(Broken):
        outbox.tend()
    assert outbox.copy_path.read_bytes() == good
    assert not list(tmp_path.glob("*.new"))
    outbox.close()


@pytest.mark.parametrize("first_page", [0, 6])
def test_when_the_copy_is_damaged_too_the_desk_opens_with_the_readable_rows_of_both(
    tmp_path: Path, clock: Clock, first_page: int
):
    outbox = opened(tmp_path, clock)
    for at in range(40):
        outbox.add(entry(str(at), case_id=f"c{at}", sealed=PERSON))
    outbox.tend()
    outbox.close()
    spoil(outbox.copy_path, 20)
    spoil(tmp_path / "outbox.db", first_page)
    again = opened(tmp_path, clock)
    assert again.is_salvaged
    assert {cmd_id for cmd_id, _ in again.retained()} >= {str(at) for at in range(9)}
    again.add(entry("new"))
    again.close()


@pytest.mark.parametrize("is_there", [False, True])
def test_a_file_that_is_gone_or_empty_comes_back_from_its_copy(
    tmp_path: Path, clock: Clock, is_there: bool
):
    outbox = opened(tmp_path, clock)
    outbox.add(entry("1"))
    outbox.tend()
    outbox.close()
    (tmp_path / "outbox.db").unlink()
    if is_there:
        (tmp_path / "outbox.db").touch()
    again = opened(tmp_path, clock)
    assert (again.is_salvaged, again.retained()) == (True, [("1", State.QUEUED)])
    again.close()


def test_a_sound_file_is_not_salvaged(outbox: SqliteOutbox):
    assert not outbox.is_salvaged


def test_a_copy_that_was_cut_off_never_replaces_a_good_one(
    tmp_path: Path, outbox: SqliteOutbox, monkeypatch: pytest.MonkeyPatch
):
    outbox.add(entry("1"))
    outbox.tend()
    good = outbox.copy_path.read_bytes()
    outbox.close()
    with pytest.raises(sqlite3.ProgrammingError):
        outbox.tend()
    assert outbox.copy_path.read_bytes() == good


# Old files


OLD = sorted((Path(__file__).parents[1] / "old_dbs").glob("outbox-*.sql"))


def test_there_is_an_old_file_for_every_layout():
    assert [file.stem for file in OLD] == [f"outbox-{at + 1}" for at in range(len(STEPS))]


@pytest.mark.parametrize("old", OLD, ids=lambda file: file.stem)
def test_every_old_file_still_opens(tmp_path: Path, clock: Clock, old: Path):
    connection = sqlite3.connect(tmp_path / "outbox.db")
    connection.executescript(old.read_text("utf-8"))
    connection.close()
    outbox = opened(tmp_path, clock)
    assert [one.cmd_id for one in outbox.entries(UNFINISHED)] == ["kept"]
    assert outbox.recall("size") == json.loads("[1, 2]")
    assert outbox._db.execute("SELECT id, login FROM draft").fetchall() == [("d", "li")]
    outbox.add(entry("new"))
    outbox.close()
