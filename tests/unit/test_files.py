"""Files of cases as a screen asks for them, with a shelf and a courier that do as they are told."""

import asyncio
from concurrent.futures import Future
from typing import Any

import pytest

from app.domain.refused import Refused
from app.services.case_files import CaseFiles
from app.services.files import Whereabouts, is_digest, suffix_of
from app.services.ports import Unreachable

HERE, SENT, COMING, OTHER = (digit * 64 for digit in "abcd")


class Shelf:
    def __init__(self) -> None:
        self.lent: list[tuple[str, str]] = []

    def listed(self) -> frozenset[str]:
        return frozenset({HERE, SENT})

    def keep(self, path: str) -> tuple[str, int]:
        return path, 1

    def lend(self, digest: str, suffix: str) -> str:
        self.lent.append((digest, suffix))
        return "copy"


class Courier:
    def __init__(self, comes: Whereabouts | Exception = Whereabouts.HERE) -> None:
        self.comes = comes
        self.asked: list[tuple[str, int]] = []

    def fetch(self, digest: str, size: int) -> "Future[Whereabouts]":
        self.asked.append((digest, size))
        said: Future[Whereabouts] = Future()
        comes = self.comes
        said.set_exception(comes) if isinstance(comes, Exception) else said.set_result(comes)
        return said

    def coming(self) -> dict[str, int]:
        return {COMING: 3}

    def unsent(self) -> frozenset[str]:
        return frozenset({HERE})


def files(courier: Courier, shelf: Any = None) -> CaseFiles:
    async def beside(job: Any) -> Any:
        return job()

    return CaseFiles(shelf or Shelf(), beside, lambda: courier)


def test_where_each_file_is_as_far_as_is_known_here():
    found = asyncio.run(files(Courier()).where([HERE, SENT, COMING, OTHER]))
    assert list(found.values()) == ["UNSENT", "HERE", "COMING", "ELSEWHERE"]


def test_what_is_here_is_not_asked_for():
    courier = Courier(Whereabouts.NOT_YET)
    assert asyncio.run(files(courier).fetch(HERE, 9)) is Whereabouts.HERE
    assert courier.asked == []
    assert asyncio.run(files(courier).fetch(OTHER, 9)) is Whereabouts.NOT_YET
    assert courier.asked == [(OTHER, 9)]


def test_a_centre_that_is_away_is_no_error_and_a_disk_that_is_full_is_one():
    away = files(Courier(Unreachable("unanswered")))
    assert asyncio.run(away.fetch(OTHER, 9)) is Whereabouts.AWAY
    with pytest.raises(Unreachable, match="file"):
        asyncio.run(files(Courier(Unreachable("file"))).fetch(OTHER, 9))


def test_only_kinds_that_cannot_act_are_lent_and_by_their_kind_alone():
    shelf = Shelf()
    desk = files(Courier(), shelf)
    assert asyncio.run(desk.keep("path")) == ("path", 1)
    assert asyncio.run(desk.lend(HERE, "../../照片.JPG")) == "copy"
    assert shelf.lent == [(HERE, "jpg")]
    with pytest.raises(Refused, match="file-kind"):
        asyncio.run(desk.lend(HERE, "x.exe"))


@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        ("照片.jpg", "jpg"),
        ("答复.PDF", "pdf"),
        ("..\\..\\x.docx", "docx"),
        ("a.jpg. . ", "jpg"),
        ("photo\u202egpj.exe", ""),
        ("a.jpg.lnk", ""),
        ("a.html", ""),
        ("a.docm", ""),
        ("a.jpg:x", ""),
        ("jpg", ""),
        ("", ""),
        ("a.jpg/../../b", ""),
    ],
)
def test_a_name_is_for_show(name: str, suffix: str):
    assert suffix_of(name) == suffix


def test_what_a_digest_is():
    assert is_digest("0123456789abcdef" * 4)
    for odd in ("", "0" * 63, "0" * 65, "G" * 64, "A" * 64, "0" * 64 + "\n", "../" + "0" * 61):
        assert not is_digest(odd)
