"""A seat attaches a file, sends it in small parts, and is killed while it does; run as a program of its own."""

import asyncio
import sys
import time
from pathlib import Path
from typing import Any

from app.domain.commands import Attach
from app.sync import gait
from db.central.store import CentralStore
from tests.sync.desks import Desks, report

#: Bytes of a part, and how long each takes (seconds): the killer has time to see some of them.
PART, SLOW = 1024, 0.02


async def send_on(folder: Path, store: Path, source: Path) -> None:
    """Attach it to a new case, and wait to be killed."""
    li = await Desks(folder, store).at("li")
    digest, size = await li.files.keep(str(source))
    case_id = (await li.send(report())).case_id
    await li.send(Attach(case_id=case_id, stage="REPORT", name="a.txt", digest=digest, size=size))
    await asyncio.Event().wait()


def _slowly(put: Any) -> Any:
    def slow(*given: Any) -> int:
        time.sleep(SLOW)
        return put(*given)

    return slow


if __name__ == "__main__":
    gait.FIRST = gait.MOST_OF_A_PART = PART
    CentralStore.put_part = _slowly(CentralStore.put_part)
    asyncio.run(send_on(*map(Path, sys.argv[1:])))
