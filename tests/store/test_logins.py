"""What a seat keeps of logins: no password, only what one can be checked against, and for a time."""

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.domain.refused import Refused
from db.outbox.logins import TRIES, Logins

PASSWORD, WRONG = "canary-春天-7f3c", "canary-autumn"
VALID = timedelta(hours=72)


class Room:
    """A seat's file of logins and the clock on its wall."""

    def __init__(self, folder: Path) -> None:
        self.now = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
        self.file = folder / "logins.json"
        self.logins = self.at("postgresql://centre/fenbo")

    def at(self, store: str) -> Logins:
        return Logins(self.file, store, lambda: self.now, VALID)

    def passes(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def room(tmp_path: Path) -> Room:
    room = Room(tmp_path)
    room.logins.let_in("li", PASSWORD)
    return room


def code(act, *given: str) -> str:
    try:
        act(*given)
    except Refused as no:
        return no.code
    return ""


def test_whom_the_centre_let_in_begins_a_day_without_it_by_his_password_only(room: Room):
    assert room.logins.guards("li")
    assert code(room.logins.begin, "li", PASSWORD) == ""
    assert code(room.logins.begin, "li", WRONG) == "login-tries"
    assert code(room.logins.begin, "li", "") == "login-tries"
    assert code(room.logins.begin, "mei", PASSWORD) == "login-unknown"


def test_a_login_is_good_for_so_long_and_no_longer(room: Room):
    room.passes(hours=72)
    assert code(room.logins.begin, "li", PASSWORD) == ""
    room.passes(seconds=1)
    assert code(room.logins.begin, "li", PASSWORD) == "login-expired"
    assert code(room.logins.prove, "li", PASSWORD) == "", "who sits here may still lift the curtain"
    room.logins.let_in("li", PASSWORD)
    assert code(room.logins.begin, "li", PASSWORD) == ""


def test_a_day_that_ends_at_the_centre_is_as_good_as_a_login(room: Room):
    room.passes(hours=100)
    room.logins.seen("li")
    room.logins.seen("mei")
    room.passes(hours=72)
    assert code(room.logins.begin, "li", PASSWORD) == ""
    assert code(room.logins.begin, "mei", PASSWORD) == "login-unknown"


def test_a_clock_set_back_makes_nobody_younger(room: Room):
    room.passes(days=-30)
    assert code(room.logins.begin, "li", PASSWORD) == "login-expired"


def test_five_wrong_passwords_lock_and_each_more_doubles_it(room: Room):
    left = []
    for _ in range(TRIES - 1):
        with pytest.raises(Refused, match="login-tries") as no:
            room.logins.prove("li", WRONG)
        left.append(no.value.facts["left"])
    assert left == [4, 3, 2, 1]
    for minutes, seconds in ((0, 31), (1, 1), (2, 1), (4, 1)):
        with pytest.raises(Refused, match="login-locked") as no:
            room.logins.prove("li", WRONG)
        assert (no.value.facts["minutes"], no.value.facts["seconds"]) == (minutes, seconds)
        assert code(room.logins.prove, "li", PASSWORD) == "login-locked", "the right one waits too"
        room.passes(minutes=minutes, seconds=seconds)
    assert code(room.logins.prove, "li", PASSWORD) == ""
    assert code(room.logins.prove, "li", WRONG) == "login-tries"


def test_a_lock_outlives_the_program_and_another_person_is_not_kept_out(room: Room):
    room.logins.let_in("mei", PASSWORD)
    for _ in range(TRIES):
        code(room.logins.prove, "li", WRONG)
    again = room.at("postgresql://centre/fenbo")
    assert code(again.prove, "li", PASSWORD) == "login-locked"
    assert code(again.prove, "mei", PASSWORD) == ""


def test_guessing_at_unknown_logins_is_counted_together(room: Room):
    for name in ("a", "b", "c", "d"):
        assert room.logins.failed(name).code == "login-tries"
    assert room.logins.failed("e").code == "login-locked"
    assert code(room.logins.allow, "f") == "login-locked"
    assert code(room.logins.allow, "li") == ""


def test_who_is_shut_out_is_known_no_more(room: Room):
    room.logins.forget("li")
    assert not room.logins.guards("li")
    assert code(room.logins.begin, "li", PASSWORD) == "login-unknown"
    room.logins.forget("nobody")


def test_a_centre_that_asks_for_no_password_is_none_here_either(room: Room):
    room.logins.let_in("mei", "")
    assert not room.logins.guards("mei")
    assert code(room.logins.begin, "mei", "") == ""
    room.passes(hours=73)
    assert code(room.logins.begin, "mei", "") == "login-expired"


def test_another_centre_knows_nobody(room: Room):
    other = room.at("postgresql://elsewhere/fenbo")
    assert other.is_empty
    assert (other.last, room.logins.last) == ("", "li")
    assert code(other.begin, "li", PASSWORD) == "login-unknown"
    other.let_in("mei", WRONG)
    assert code(room.logins.begin, "li", PASSWORD) == ""


def test_the_file_holds_no_password_and_is_nobody_elses_to_read(room: Room):
    held = room.file.read_bytes()
    assert PASSWORD.encode() not in held
    assert PASSWORD.encode("unicode_escape") not in held
    assert stat.S_IMODE(room.file.stat().st_mode) == 0o600
    room.logins.let_in("mei", PASSWORD)
    people = room.logins._people()
    assert people["li"]["hash"] != people["mei"]["hash"], "each is salted"


@pytest.mark.parametrize("held", [b"", b"{", b"[]", b'{"postgresql://centre/fenbo": 3}', b"\xff"])
def test_a_damaged_file_lets_nobody_in_and_is_mended_by_the_next_login(room: Room, held: bytes):
    room.file.write_bytes(held)
    assert code(room.logins.begin, "li", PASSWORD) == "login-unknown"
    room.logins.let_in("li", PASSWORD)
    assert code(room.logins.begin, "li", PASSWORD) == ""


def test_what_the_centre_has_refused_opens_nothing_here_any_more(room: Room):
    """Neither the curtain nor a day without the centre, until it lets somebody in by another one."""
    room.logins.refuse("li", WRONG)
    assert code(room.logins.prove, "li", PASSWORD) == "", "another one was refused, not this"
    room.logins.refuse("mei", PASSWORD)
    room.logins.refuse("li", PASSWORD)
    for act in (room.logins.prove, room.logins.begin):
        assert code(act, "li", PASSWORD) == code(act, "li", WRONG) == "login-unchecked"
    assert not room.logins.fits("li", PASSWORD)
    assert room.logins.guards("li"), "he is asked all the same"
    room.logins.seen("li")
    room.logins.refuse("li")
    assert code(room.at("postgresql://centre/fenbo").prove, "li", PASSWORD) == "login-unchecked"
    room.logins.let_in("li", WRONG)
    assert code(room.logins.prove, "li", WRONG) == ""
    room.logins.refuse("li")
    assert code(room.logins.prove, "li", WRONG) == "login-unchecked"
