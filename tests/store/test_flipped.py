"""A seat's two files with bytes flipped at random: nothing to be sent is lost, and nothing wrong is shown."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from app.services.local import UNFINISHED
from app.services.queries import Draft
from tests.store.test_outbox import NOW, PERSON, Clock, entry, opened
from tests.sync.desks import Desks, found, report, rows_of, settled, until
from tests.sync.test_desk import everything, told

#: Seeds of the quick slice.
SEEDS = 60
PAGES = 6
#: What a replica holds of the centre.
TOLD = ["case_file", "history"]
ALL = {f"c{at}" for at in range(12)}


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An outbox with its hourly copy, as a seat leaves it."""
    folder = tmp_path_factory.mktemp("good")
    outbox = opened(folder, Clock())
    for cmd_id in sorted(ALL):
        outbox.add(entry(cmd_id, case_id=cmd_id, sealed=PERSON))
    outbox.save_draft(Draft("d", NOW, {"text": "半句"}))
    outbox.remember("size", [1, 2])
    outbox.tend()
    outbox.close()
    return folder


def flipped(path: Path, draw: Random) -> None:
    """One bit, some bytes in a row, or a whole page are other than they were."""
    content = bytearray(path.read_bytes())
    length = draw.choice((1, 1, 40, 4096))
    at = draw.randrange(max(1, len(content) - length))
    if length == 4096:
        at -= at % 4096
    for place in range(at, min(at + length, len(content))):
        content[place] ^= draw.randrange(1, 256)
    path.write_bytes(bytes(content))


def damaged(good: Path, folder: Path) -> Iterator[tuple[int, Path]]:
    for seed in range(SEEDS):
        here = folder / str(seed)
        shutil.copytree(good, here)
        flipped(here / "outbox.db", Random(seed))
        yield seed, here


@pytest.mark.fault("F14")
def test_f14_whatever_is_flipped_in_the_outbox_everything_to_be_sent_is_there(
    good: Path, tmp_path: Path
):
    met = 0
    for seed, here in damaged(good, tmp_path):
        outbox = opened(here, Clock())
        left = {one.cmd_id for one in outbox.entries(UNFINISHED)}
        assert left == ALL, f"seed {seed}: lacks {ALL - left}"
        outbox.recent(20)
        outbox.drafts()
        outbox.recall("size")
        outbox.add(entry("new"))
        outbox.tend()
        met += outbox.is_salvaged
        outbox.close()
    assert met > SEEDS / 4


@pytest.mark.fault("F13")
def test_f13_whatever_page_of_the_replica_is_overwritten_a_desk_shows_what_the_centre_has(
    tmp_path: Path,
):
    """It is moved aside and fetched again; the outbox is not touched, and what it holds is sent once."""
    desks = Desks(tmp_path, found(tmp_path))

    async def story() -> None:
        li = await desks.at("li")
        for number in range(30):
            await li.send(report(f"路面积水 {number} " + "水" * 90))
        await settled(li)
        sound = rows_of(li, TOLD)
        for seed in range(PAGES):
            desks.close(li)
            (file,) = (tmp_path / "li").rglob("replica-centre.db")
            overwritten(file, Random(seed))
            li = await desks.at("li")
            window = await li.window(everything(li))
            views = [await li.case(row.id) for row in window.rows]
            await settled(li)
            await until(lambda li=li: rows_of(li, TOLD) == sound)
            assert None not in views or list(file.parent.glob("*.broken-*"))
            assert await li.attention() == ()
        assert list(file.parent.glob("replica-centre.db.broken-*"))
        assert not list(file.parent.glob("outbox.db.broken-*"))

    told(desks, story)


def overwritten(path: Path, draw: Random) -> None:
    """One page but the first is noise."""
    content = bytearray(path.read_bytes())
    at = 4096 * draw.randrange(1, len(content) // 4096)
    content[at : at + 4096] = draw.randbytes(4096)
    path.write_bytes(bytes(content))
