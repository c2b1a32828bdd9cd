"""How files are carried: how much at a time, what is sent and what is left, and who waits for what comes."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

import pytest

from app.domain.lengths import LARGEST_FILE
from app.domain.refused import Refused
from app.services.files import MOST_OF_A_PART, Whereabouts
from app.services.ports import Unreachable
from app.sync import outgoing
from app.sync.gait import AIM, FIRST, LEAST, Gait
from app.sync.incoming import Incoming
from app.sync.outgoing import Outgoing
from db.shelf import Shelf

CONTENT = b"0123456789"
DIGEST = hashlib.sha256(CONTENT).hexdigest()
OTHER = "1" * 64


def kept(folder: Path, content: bytes = CONTENT) -> Shelf:
    shelf, source = Shelf(folder / "files"), folder / "source"
    source.write_bytes(content)
    shelf.keep(str(source))
    return shelf


class Centre:
    """Takes parts in order; `no` is what it says instead."""

    def __init__(self) -> None:
        self.held: dict[str, bytes] = {}
        self.whole: set[str] = set()
        self.no: Exception | None = None
        self.questions = 0

    def files_at(self, digests: Iterable[str]) -> set[str]:
        self.questions += 1
        return self.whole & set(digests)

    def put(self, digest: str, size: int, at: int, part: bytes) -> int:
        self.questions += 1
        if self.no:
            raise self.no
        held = self.held.get(digest, b"")
        if at == len(held):
            held = self.held[digest] = held + part
        return len(held)


def sending(shelf: Shelf, centre: Centre, attached: Iterable[str] = (DIGEST,)) -> Outgoing:
    return Outgoing(shelf, lambda some: set(attached) & set(some), centre.files_at, centre.put)


def test_more_is_carried_at_a_time_while_it_is_quick_and_less_when_it_is_slow():
    gait = Gait()
    assert gait.part == FIRST
    gait.took(AIM)
    assert gait.part == FIRST
    gait.took(4 * AIM)
    assert gait.part == FIRST // 4
    for _ in range(20):
        gait.took(0.0)
    assert gait.part == MOST_OF_A_PART
    gait.took(1000.0)
    assert gait.part == LEAST
    gait.took(AIM / 2)
    gait.hung()
    gait.hung()
    assert gait.part == LEAST


def test_what_is_on_no_case_is_not_sent_and_nothing_is_asked_twice(tmp_path: Path):
    centre, shelf = Centre(), kept(tmp_path)
    out = sending(shelf, centre, attached=())
    assert out.unsent() == frozenset(), "nothing is known yet"
    out.look(1)
    out.look(1)
    assert not out.waiting
    assert out.unsent() == {DIGEST}
    out.step(4)
    assert centre.questions == 0


def test_what_the_centre_has_is_not_sent(tmp_path: Path):
    centre = Centre()
    centre.whole = {DIGEST}
    out = sending(kept(tmp_path), centre)
    for state in range(3):
        out.look(state)
    assert (out.waiting, out.unsent(), centre.questions) == (0, frozenset(), 1)
    out.forget()
    out.look(2)
    assert centre.questions == 2


def test_it_is_sent_in_parts_after_the_first_question(tmp_path: Path):
    centre, out = Centre(), None
    out = sending(kept(tmp_path), centre)
    centre.held[DIGEST] = CONTENT[:3]
    out.look(1)
    for held in (3, 7, 10):
        out.step(4)
        assert len(centre.held[DIGEST]) == held
    assert (out.waiting, out.unsent()) == (0, frozenset())


@pytest.mark.parametrize(
    "no", [Refused("file-denied"), Refused("file-wrong"), Unreachable("file")], ids=str
)
def test_what_cannot_be_sent_now_rests_a_while_and_stands_in_nobodys_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, no: Exception
):
    centre, shelf = Centre(), kept(tmp_path)
    out = sending(shelf, centre)
    centre.no = no
    out.look(1)
    out.step(4)
    out.look(1)
    assert not out.waiting
    assert shelf.listed() == {DIGEST}, "it is what its digest says"
    centre.no = None
    monkeypatch.setattr(outgoing.time, "monotonic", lambda: float("inf"))
    out.look(1)
    for _ in range(4):
        out.step(4)
    assert centre.held[DIGEST] == CONTENT


@pytest.mark.parametrize("no", [Refused("operator-inactive"), Unreachable("centre")], ids=str)
def test_a_centre_that_is_away_or_says_no_to_everything_is_not_the_files_doing(
    tmp_path: Path, no: Exception
):
    centre = Centre()
    out = sending(kept(tmp_path), centre)
    centre.no = no
    out.look(1)
    with pytest.raises(type(no)):
        out.step(4)
    assert out.waiting


def arriving(shelf: Shelf, content: bytes | None = CONTENT, most: int = 4) -> Incoming:
    return Incoming(shelf, lambda _, at: None if content is None else content[at : at + most])


def test_a_file_comes_slice_by_slice_to_all_who_wait_for_it(tmp_path: Path):
    shelf = Shelf(tmp_path)
    into = arriving(shelf)
    one, two = into.ask(DIGEST, 10), into.ask(DIGEST, 10)
    into.step()
    assert (into.coming(), into.is_busy, one.done()) == ({DIGEST: 4}, True, False)
    into.step()
    into.step()
    assert one.result() is two.result() is Whereabouts.HERE
    assert (into.coming(), into.is_busy) == ({}, False)
    into.step()


def test_who_has_stopped_waiting_is_waited_for_by_nobody_and_what_came_is_kept(tmp_path: Path):
    shelf = Shelf(tmp_path)
    into = arriving(shelf)
    asked = into.ask(DIGEST, 10)
    into.step()
    asked.cancel()
    into.step()
    assert (into.coming(), shelf.held(DIGEST)) == ({}, 4)
    again = into.ask(DIGEST, 10)
    given_up = into.ask(DIGEST, 10)
    given_up.cancel()
    for _ in range(3):
        into.step()
    assert again.result() is Whereabouts.HERE


@pytest.mark.parametrize("content", [CONTENT[:7], b"", b"0123456780", CONTENT + b"more"])
def test_what_comes_short_long_or_otherwise_is_not_kept(tmp_path: Path, content: bytes):
    shelf = Shelf(tmp_path)
    into = arriving(shelf, content)
    asked = into.ask(DIGEST, 10)
    while not asked.done():
        into.step()
    assert asked.result() is (
        Whereabouts.HERE
        if content.startswith(CONTENT) and len(content) == 10
        else Whereabouts.WRONG
    )
    assert (shelf.held(DIGEST), shelf.listed()) == (0, frozenset())


@pytest.mark.parametrize("torn", [b"\0" * 4, CONTENT + b"\0", b"\0" * 10])
def test_what_lay_here_and_was_torn_is_fetched_once_more(tmp_path: Path, torn: bytes):
    shelf = Shelf(tmp_path)
    shelf.add(DIGEST, 0, torn)
    into = arriving(shelf)
    asked = into.ask(DIGEST, 10)
    while not asked.done():
        into.step()
    assert asked.result() is Whereabouts.HERE
    shelf.add(OTHER, 0, torn)
    asked = into.ask(OTHER, 10)
    while not asked.done():
        into.step()
    assert asked.result() is Whereabouts.WRONG


def test_nothing_is_asked_for_what_is_no_file(tmp_path: Path):
    into = arriving(Shelf(tmp_path))
    asked = [into.ask("../x", 10), into.ask(DIGEST, 0), into.ask("1" * 64, LARGEST_FILE + 1)]
    for _ in asked:
        into.step()
    assert [one.result() for one in asked] == [Whereabouts.WRONG] * 3


def test_a_disk_that_takes_nothing_is_told_and_is_not_the_centre_being_away(tmp_path: Path):
    shelf = Shelf(tmp_path / "files")
    into = arriving(shelf)
    (tmp_path / "files").write_bytes(b"in the way")
    asked = into.ask(DIGEST, 10)
    into.step()
    with pytest.raises(Unreachable, match="file"):
        asked.result()


def test_a_centre_that_is_away_lets_everybody_go(tmp_path: Path):
    def away(_: str, __: int) -> bytes:
        raise Unreachable("centre")

    into = Incoming(Shelf(tmp_path), away)
    asked = into.ask(DIGEST, 10)
    with pytest.raises(Unreachable):
        into.step()
    into.away("centre")
    assert str(asked.exception()) == "centre"
    into.end()
    assert str(into.ask(DIGEST, 10).exception()) == "stopped"


def test_what_lies_on_the_shelf_is_known_by_its_digest_alone(tmp_path: Path):
    shelf = kept(tmp_path)
    for stray in ("half/x", "ab/notes.txt", f"{DIGEST[:2]}/{DIGEST}.damaged"):
        (tmp_path / "files" / stray).parent.mkdir(exist_ok=True)
        (tmp_path / "files" / stray).write_bytes(b"x")
    assert Shelf(tmp_path / "files").listed() == shelf.listed() == {DIGEST}
    assert (shelf.size(DIGEST), shelf.read(DIGEST, 8, 4)) == (10, b"89")
    for odd in ("", "..", "../../etc/passwd", DIGEST.upper()):
        with pytest.raises(Unreachable, match="file"):
            shelf.place(odd)


def test_a_copy_for_another_program_may_be_spoilt_and_is_made_anew(tmp_path: Path):
    shelf = kept(tmp_path)
    copy = Path(shelf.lend(DIGEST, "txt"))
    made = copy.stat().st_mtime_ns
    assert shelf.lend(DIGEST, "txt") == str(copy)
    assert copy.stat().st_mtime_ns == made, "it may be open"
    copy.write_bytes(b"edited")
    assert Path(shelf.lend(DIGEST, "txt")).read_bytes() == CONTENT
    assert shelf.read(DIGEST, 0, 99) == CONTENT


def test_a_file_that_is_too_large_is_refused_before_it_is_copied(tmp_path: Path):
    large = tmp_path / "large"
    with large.open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    with pytest.raises(Refused, match="file-too-large"):
        Shelf(tmp_path / "files").keep(str(large))
    assert not (tmp_path / "files").exists()
