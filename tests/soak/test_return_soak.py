"""Three hundred seats come back after an hour, with thirty commands each, F28; only on request, with figures."""

import asyncio
import os
import secrets
import time
from pathlib import Path
from random import Random

import pytest

from app.domain.commands import AddNote, File
from app.domain.terms import Role
from app.services.live import LiveDesk
from app.services.queries import Operator
from db import centre
from db.postgres.link import owner
from tests.soak.test_partitions_soak import say
from tests.store import server
from tests.store.conftest import postgres, postgres_link  # noqa: F401 - found by its name here
from tests.store.test_postgres_faults import Pulse, is_back, is_sound, logged, told
from tests.sync.desks import DISTRICT, Desks, cut, report, settled, until

SEATS, COMMANDS = 300, 30
#: As long as the target for the whole, times what a machine may be slower that runs all seats itself (seconds).
DRAINED = 600.0


@pytest.mark.soak
@pytest.mark.fault("F28")
def test_three_hundred_seats_return_at_once(
    request: pytest.FixtureRequest, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    if os.environ.get("FENBO_SOAK") != "1" and request.config.getoption("markexpr") != "soak":
        pytest.skip("three hundred desks take ten minutes: ask with -m soak or FENBO_SOAK=1")
    seed = int(os.environ.get("FENBO_SOAK_SEED", secrets.randbits(32)))
    seats = int(os.environ.get("FENBO_SOAK_RUNS", SEATS))
    request.getfixturevalue("postgres")
    bin_ = server.programs()
    assert bin_ is not None
    with (
        capsys.disabled(),
        server.served(bin_, server.free_port(), ("max_connections=1500",)) as its,
    ):
        say(f"\nreturn soak: {seats} seats, seed {seed} (repeat with FENBO_SOAK_SEED={seed};")
        say("FENBO_SOAK_RUNS sets the number of seats)")
        url = f"postgresql://fenbo@127.0.0.1:{its.port}/postgres"
        centre.init(url, DISTRICT, "SZPS", "live")
        people = [f"seat{number}" for number in range(seats)]
        for login in people:
            centre.add_operator(url, Operator(login, login, Role.OPERATOR, ""))
        desks = Desks(tmp_path, url)
        told(desks, lambda: returned(desks, url, people, Random(seed)))
        assert is_sound(url)


async def returned(desks: Desks, url: str, people: list[str], draw: Random) -> None:
    at = [await desks.at(login) for login in people]
    await settled(*at)
    away = [cut(desk) for desk in at]
    done = [cmd_id for desk in at for cmd_id in await worked(desk, draw)]
    begun = time.monotonic()
    for one in away:
        one.is_away = False
    pulse = Pulse()
    beating = asyncio.create_task(pulse.beat())
    for desk in at:
        await until(lambda desk=desk: is_back(desk), DRAINED)
    passed = time.monotonic() - begun
    beating.cancel()
    say(
        f"{len(done)} commands of {len(at)} seats drained in {passed:.1f} s"
        f" ({len(done) / passed:.0f} a second); the screen's loop stood still {pulse.longest:.2f} s at most"
    )
    with owner(url) as link:
        assert logged(link) == dict.fromkeys(done, 1)
    assert {desk.sync_state.attention for desk in at} == {0}


async def worked(desk: LiveDesk, draw: Random) -> list[str]:
    """Some thirty commands of somebody who is cut off: cases, filed and noted."""
    ids: list[str] = []
    while len(ids) < COMMANDS:
        case = await desk.send(report(f"停机 {draw.random()}"))
        more = [File(case_id=case.case_id), AddNote(case_id=case.case_id, text="备注")]
        sent = [await desk.send(one) for one in more[: draw.randint(0, 2)]]
        ids += [case.cmd_id, *(one.cmd_id for one in sent)]
    return ids
