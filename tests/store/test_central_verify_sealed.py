"""Sealed data altered, exchanged or lost behind the store's back: every line they came with is named."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from app.domain.effects import insertion
from app.services.envelope import Sealed
from db.central.sealing import Sealer, key_path
from db.central.verify import verify, verify_link
from tests.series import examples
from tests.store.forging import forge, set_in
from tests.store.town import Town

PEOPLE = (("欧阳翠花", "13912345678", "440307199001011234"), ("李雷", "13800001111", ""))
NUMBERS = (("138****2222", "13800002222"), ("139****3333", "13900003333"))
TABLES = {
    "reporter": ("case_id", "cmd_id", "name", "phone", "id_number"),
    "sealed_number": ("cmd_id", "place", "case_id", "mask", "value"),
}


def told(town: Town) -> list[str]:
    """Two cases with a reporter each (lines 1 and 2), and a note with numbers on the first (line 3)."""
    cases = []
    for person in PEOPLE:
        case = town.case()
        cases.append(case.id)
        envelope = town.envelope("li", "register", case.id, insertion(case))
        town.done(envelope, Sealed(case.id, *person, numbers=NUMBERS[:1]))
    town.done(town.note("li", cases[0]), Sealed(cases[0], numbers=NUMBERS))
    return cases


def named(town: Town) -> set[tuple[str, int]]:
    return {(one.code, one.seq) for one in verify_link(town.link, town.sealer).findings}


def test_sealed_data_as_they_came_are_sound(town: Town):
    told(town)
    report = verify_link(town.link, town.sealer)
    assert report.is_sound
    assert report.sealed == 3


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        ("DELETE FROM reporter", {("sealed", 1), ("sealed", 2)}),
        ("DELETE FROM sealed_number", {("sealed", 1), ("sealed", 2), ("sealed-lost", 3)}),
        ("DELETE FROM sealed_number WHERE place = 1", {("sealed", 3)}),
        ("UPDATE reporter SET id_number = name", {("sealed", 1), ("sealed", 2)}),
        ("UPDATE reporter SET name = ''", {("sealed", 1), ("sealed", 2)}),
        ("UPDATE sealed_number SET mask = '*'", {("sealed", 1), ("sealed", 2), ("sealed", 3)}),
        (
            "UPDATE sealed_number SET place = place + 5",
            {("sealed", 1), ("sealed", 2), ("sealed", 3)},
        ),
        (
            "UPDATE sealed_number SET cmd_id = 'x' WHERE place = 1",
            {("sealed", 3), ("sealed-extra", 0)},
        ),
    ],
)
def test_lines_whose_sealed_data_were_touched_are_named(
    town: Town, sql: str, found: set[tuple[str, int]]
):
    told(town)
    assert town.link.run(sql) > 0
    assert named(town) == found


def test_a_person_given_to_a_case_that_came_with_none_is_named(town: Town):
    case_id, cmd_id = town.register()
    sealed = (town.sealer.seal("李雷"), "", "")
    sql = "INSERT INTO reporter (case_id, cmd_id, name, phone, id_number) VALUES (?, ?, ?, ?, ?)"
    town.link.run(sql, (case_id, cmd_id, *sealed))
    assert named(town) == {("sealed", 1)}


def test_reporters_exchanged_between_two_cases_are_named(town: Town):
    told(town)
    (one, other) = town.link.rows("SELECT name, phone, case_id FROM reporter ORDER BY case_id")
    for (name, phone, _), (_, _, case_id) in ((one, other), (other, one)):
        sql = "UPDATE reporter SET name = ?, phone = ?, id_number = '' WHERE case_id = ?"
        town.link.run(sql, (name, phone, case_id))
    assert named(town) == {("sealed", 1), ("sealed", 2)}


def test_a_redacted_line_may_have_lost_its_sealed_data_but_not_have_others(town: Town):
    told(town)
    town.link.run("UPDATE log SET body = NULL WHERE seq = 3")
    assert named(town) == set()
    town.link.run("DELETE FROM sealed_number WHERE place = 1")
    assert named(town) == {("sealed", 3)}
    town.link.run("DELETE FROM sealed_number WHERE cmd_id = (SELECT cmd_id FROM log WHERE seq = 3)")
    report = verify_link(town.link, town.sealer)
    assert report.is_sound
    assert (report.redacted, report.sealed) == (1, 2)


def test_a_reporter_key_that_is_not_that_of_the_number_is_named(town: Town):
    """Written into the log too, and the chain hashed anew, so that the row agrees with its line."""
    told(town)
    key = town.sealer.reporter_key(PEOPLE[0][1])
    forge(town.link, town.sealer, 2, set_in({"reporter_key": key}))
    assert named(town) == {("reporter-key", 2)}


def test_a_reporter_key_without_a_number_is_named(town: Town):
    town.register()
    forge(town.link, town.sealer, 1, set_in({"reporter_key": "0" * 32}))
    assert named(town) == {("reporter-key", 1)}


def test_a_payload_that_the_duplicate_filter_would_not_know_again_is_named(town: Town):
    told(town)
    town.link.run("UPDATE command SET digest = 'x' WHERE seq = 2")
    assert named(town) == {("filter", 2)}
    town.link.run("UPDATE command SET answer = '{}' WHERE seq = 1")
    assert named(town) == {("filter", 1), ("filter", 2)}


def test_a_lost_key_is_told_and_the_rest_is_still_verified(sqlite_town: Town, file: Path):
    told(sqlite_town)
    sqlite_town.link.run("UPDATE case_file SET title = 'x' WHERE seq = 1")
    key_path(file).unlink()
    assert {one.code for one in verify(file).findings} == {"store-key-missing", "row"}


@pytest.mark.parametrize("key", [Fernet.generate_key(), b"no key at all"], ids=["another", "none"])
def test_another_key_is_told_once_and_blames_no_line(sqlite_town: Town, file: Path, key: bytes):
    told(sqlite_town)
    key_path(file).write_bytes(key)
    assert [one.code for one in verify(file).findings] == ["store-key-wrong"]


# Whatever byte is flipped and whatever is exchanged


@pytest.fixture
def kept(sqlite_town: Town, file: Path) -> Path:
    told(sqlite_town)
    assert verify(file).is_sound
    return file


def rows(path: Path, table: str) -> list[tuple]:
    with closing(sqlite3.connect(path)) as link:
        link.text_factory = bytes
        return link.execute(f"SELECT {', '.join(TABLES[table])} FROM {table}").fetchall()


@contextmanager
def holding(path: Path, table: str, wanted: list[tuple]) -> Iterator[None]:
    """The file with other rows in a table for as long as the block lasts."""
    before = rows(path, table)
    _write(path, table, wanted)
    try:
        yield
    finally:
        _write(path, table, before)


def _write(path: Path, table: str, wanted: list[tuple]) -> None:
    marks = ", ".join(
        f"CAST(? AS {'INT' if name == 'place' else 'TEXT'})" for name in TABLES[table]
    )
    with closing(sqlite3.connect(path)) as link, link:
        link.execute(f"DELETE FROM {table}")
        link.executemany(
            f"INSERT INTO {table} ({', '.join(TABLES[table])}) VALUES ({marks})", wanted
        )


def _lines(path: Path) -> list[tuple[str, int]]:
    """Command and number of every line of the log."""
    with closing(sqlite3.connect(path)) as link:
        return link.execute("SELECT cmd_id, seq FROM log").fetchall()


@settings(
    max_examples=examples(40, 150),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_any_byte_of_any_sealed_record_flipped_names_its_line(kept: Path, data: st.DataObject):
    table = data.draw(st.sampled_from(sorted(TABLES)))
    before = rows(kept, table)
    at = data.draw(st.integers(0, len(before) - 1))
    texts = [n for n, one in enumerate(before[at]) if isinstance(one, bytes) and one]
    column = data.draw(st.sampled_from(texts))
    text = bytearray(before[at][column])
    text[data.draw(st.integers(0, len(text) - 1))] ^= data.draw(st.integers(1, 255))
    flipped = tuple(bytes(text) if n == column else one for n, one in enumerate(before[at]))
    line = dict(_lines(kept))[before[at][TABLES[table].index("cmd_id")].decode()]
    with holding(kept, table, [*before[:at], flipped, *before[at + 1 :]]):
        assert line in {one.seq for one in verify(kept).findings}
    assert verify(kept).is_sound


@settings(
    max_examples=examples(30, 100),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_any_two_sealed_records_exchanged_are_named(kept: Path, data: st.DataObject):
    table = data.draw(st.sampled_from(sorted(TABLES)))
    before, names = rows(kept, table), TABLES[table]
    one, other = data.draw(
        st.lists(st.integers(0, len(before) - 1), min_size=2, max_size=2, unique=True)
    )
    swapped = data.draw(
        st.sets(st.integers(0, len(names) - 1), min_size=1, max_size=len(names) - 1)
    )
    after = list(before)
    after[one] = tuple(before[other if n in swapped else one][n] for n in range(len(names)))
    after[other] = tuple(before[one if n in swapped else other][n] for n in range(len(names)))
    keys = {row[:1] if table == "reporter" else row[:2] for row in after}
    assume(len(keys) == len(after))  # else the table would refuse it
    touched = {row[names.index("cmd_id")].decode() for row in (before[one], before[other])}
    lines = {seq for cmd_id, seq in _lines(kept) if cmd_id in touched}
    changed = {
        seq
        for cmd_id, seq in _lines(kept)
        if _opened(kept, table, cmd_id, after) != _opened(kept, table, cmd_id, before)
    }
    assert changed <= lines
    with holding(kept, table, after):
        assert {one.seq for one in verify(kept).findings} == changed


def _opened(path: Path, table: str, cmd_id: str, wanted: list[tuple]) -> set[tuple]:
    """The rows of a line with what is sealed in them opened: one number may be sealed in two ways."""
    sealer = Sealer(key_path(path).read_bytes())
    read = [[one.decode() if isinstance(one, bytes) else one for one in row] for row in wanted]
    return {
        tuple(sealer.unseal(one) if str(one).startswith("gAAAA") else one for one in row)
        for row in read
        if row[TABLES[table].index("cmd_id")] == cmd_id
    }


@pytest.mark.parametrize(
    ("table", "column"),
    [(table, name) for table, names in TABLES.items() for name in names if name != "place"],
)
def test_what_is_no_text_any_more_is_named(kept: Path, table: str, column: str):
    with closing(sqlite3.connect(kept)) as link, link:
        link.execute(f"UPDATE {table} SET {column} = CAST({column} AS BLOB)")
    lines = {1, 2} if table == "reporter" else {1, 2, 3}
    assert {one.seq for one in verify(kept).findings} - {0} == lines


def test_a_seal_written_otherwise_is_not_as_it_was_sealed(sqlite_town: Town):
    """Base64 has signs that say nothing; also those must be as they were."""
    sealer = sqlite_town.sealer
    seal = sealer.seal("李雷")
    assert sealer.opened(seal) == "李雷"
    odd = seal.rstrip("=")
    signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    last = signs[signs.index(odd[-1]) ^ 1]
    for wrong in (seal + "=", f"{seal[:9]}\n{seal[9:]}", odd[:-1] + last + seal[len(odd) :], "李"):
        assert sealer.opened(wrong) is None, wrong
    assert sealer.unseal(odd[:-1] + last + seal[len(odd) :]) == "李雷"
