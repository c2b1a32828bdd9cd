"""Killed between the commits of its two files, F3: a seat knows what the centre has, and sends nothing again."""

from pathlib import Path
from typing import Any

import pytest

from app.services.local import State
from tests.sync.desks import Desks, found, report, settled
from tests.sync.test_desk import told


class Counted:
    """A centre, and what was offered to it."""

    def __init__(self, central: Any) -> None:
        self.central = central
        self.offered: list[str] = []

    def submit(self, batch: Any, *more: Any) -> Any:
        self.offered += [body for body, _ in batch]
        return self.central.submit(batch, *more)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.central, name)


@pytest.mark.fault("F3")
def test_f3_what_only_the_replica_knows_is_reconciled_and_nothing_is_sent_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """The feed had shown twenty commands, and the outbox was not told of one of them."""
    desks = Desks(tmp_path, found(tmp_path))

    async def story() -> None:
        li = await desks.at("li")
        done = {(await li.send(report(f"{number}"))).cmd_id for number in range(20)}
        await settled(li)
        outbox: Any = li._at.outbox

        def forget() -> None:
            with outbox.batch():
                outbox._db.execute("UPDATE command SET state = 'queued', seq = 0")

        li._house.desk.submit(forget).result()
        desks.close(li)
        counted: list[Counted] = []
        real = desks.begin

        def begin(login: str, seat: str = "") -> Any:
            desk = real(login, seat)
            line = desk._at.wire._line  # pyright: ignore
            line.central = Counted(line.central)
            counted.append(line.central)
            return desk

        monkeypatch.setattr(desks, "begin", begin)
        li = await desks.at("li")
        states = {
            one.cmd_id: one.state for one in await li._on_desk(lambda: li._at.outbox.recent(99))
        }
        assert states == dict.fromkeys(done, State.FINISHED)
        await settled(li)
        assert counted[0].offered == []
        assert li.sync_state.attention == 0

    told(desks, story)
