"""A seat's disk that takes nothing, F15: nothing is promised, it is said, and when there is room work goes on."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.domain.commands import File
from app.services.local import UNFINISHED
from app.services.ports import Unreachable
from tests.sync.desks import Desks, cut, found, report, settled
from tests.sync.test_desk import everything, told

if sys.platform != "win32":
    import resource

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no limit of files there")


@contextmanager
def no_room() -> Iterator[None]:
    """Whatever this process writes into a file is refused by the system itself."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.fault("F15")
@pytest.mark.parametrize("is_cut_off", [False, True])
def test_f15_what_could_not_be_kept_was_not_promised_and_is_kept_when_there_is_room(
    tmp_path: Path, is_cut_off: bool
):
    desks = Desks(tmp_path, found(tmp_path))

    async def story() -> None:
        li = await desks.at("li")
        old = await li.send(report("早已登记"))
        await settled(li)
        away = cut(li) if is_cut_off else None
        with no_room():
            for wish in (report("没有存下"), File(case_id=old.case_id)):
                with pytest.raises(Unreachable, match="disk"):
                    await li.send(wish)
            assert (await li.window(everything(li))).total == 1  # and everything can be read
        kept = li._house.desk.submit(lambda: li._at.outbox.entries(UNFINISHED)).result()
        assert list(kept) == []
        done = await li.send(report("有地方了"))
        if away is not None:
            away.is_away = False
            li._at.wire.wake()
        await settled(li)
        assert (await li.window(everything(li))).total == 2
        assert await li.case(done.case_id) is not None
        assert await li.attention() == ()

    told(desks, story)
