"""Files of cases behind a bad line to a real server."""

import asyncio
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from app.domain.commands import AddNote
from app.services.files import Whereabouts
from app.sync import gait
from db import centre
from tests.store.conftest import socket_of
from tests.store.cutting import FURTHEST, cut_way
from tests.store.proxy import Proxy
from tests.store.storm import hasty, place_of
from tests.store.test_files_travel import attached
from tests.store.test_postgres_faults import told
from tests.sync.desks import Desks, until

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
#: So many places are tried in every suite, both ways; every one of them is in tests/soak.
PLACES = 5


@pytest.mark.fault("F29")
def test_f29_a_file_arrives_wherever_its_way_was_cut(
    request: pytest.FixtureRequest, tmp_path: Path
):
    with cut_way(request, "cut_files", tmp_path) as way:
        for which, furthest in FURTHEST.items():
            for place in range(PLACES):
                way.carried(1 + place * furthest // PLACES, which)
        assert min(way.cuts.values()) >= PLACES, way.cuts
        assert way.town.link.rows("SELECT count(*) FROM kept_file") == [(2 * PLACES,)]


@pytest.mark.fault("F29")
def test_f29_no_case_waits_for_its_file_on_a_line_that_breaks_again_and_again(
    url: str, postgres: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    hasty(monkeypatch)
    monkeypatch.setattr(gait, "MOST_OF_A_PART", gait.FIRST)
    content = Random(5).randbytes(12 * gait.FIRST)
    with closing(Proxy(socket_of(postgres), Random(5))) as line:
        desks = Desks(tmp_path, place_of(url, line))

        async def story() -> None:
            li, mei = await desks.at("li"), await desks.at("mei")
            line.up.cut, line.down.cut = 0.05, 0.02
            wish = await attached(li, tmp_path, content)
            for words in ("一", "二", "三"):
                await li.send(AddNote(case_id=wish.case_id, text=words))
                await until(lambda: li.sync_state.waiting == 0, 30)
            for _ in range(300):
                said = await mei.files.fetch(wish.digest, wish.size)
                if said is Whereabouts.HERE:
                    return
                assert said in (Whereabouts.AWAY, Whereabouts.NOT_YET)
                await asyncio.sleep(0.05)
            raise AssertionError("it never came")

        told(desks, story, line)
        assert line.breaks > 2
    assert centre.verify(url).is_sound
