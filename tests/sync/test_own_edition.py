"""A centre's own edition through its files' misfortunes: its cases are read, moved and verified all the same."""

import asyncio
from pathlib import Path

import pytest

from app.__main__ import main
from app.cli.places import rules, setting
from app.cli.wiring import open_desk
from app.domain.commands import AddNote, File
from app.domain.refused import Refused
from app.services.live import LiveDesk
from app.services.queries import CaseView
from tests.sync.desks import Desks, report, settled

OWN = """\
code: PS-OWN
based_on: PS-4
title_zh: 本中心实施细则
title_en: Our own rules
effective_from: 2020-12-01
version: "1"
clocks:
  - {clock: K1, limits: {B: 20 CLOCK_MINUTE, C: 20 CLOCK_MINUTE}, article: 11, origin: P}
"""


class Centre:
    """A store with an own edition beside it, and one seat that is opened anew for each question."""

    def __init__(self, desks: Desks) -> None:
        self.store, self.seat = desks.store, desks.folder / "li"
        self.file = desks.store.parent / "policy" / "own.yaml"
        self.file.parent.mkdir()
        self.file.write_text(OWN, "utf-8")
        self._desks = desks

    async def at(self) -> LiveDesk:
        rules.cache_clear()
        post = asyncio.get_running_loop().call_soon_threadsafe
        desk = open_desk(self.seat, self.store, "li", setting(self.store, self.seat), post)
        self._desks._open.append(desk)
        await settled(desk)
        return desk

    async def view(self, desk: LiveDesk, case_id: str) -> CaseView:
        found = await desk.case(case_id)
        assert found is not None
        return found

    def is_sound(self) -> bool:
        rules.cache_clear()
        return main(["store", "verify", str(self.store)]) == 0


def minutes(view: CaseView) -> list[int]:
    return [one.limit.value for one in view.ledgers if one.clock == "K1"]


@pytest.mark.parametrize("misfortune", ["typo", "moved", "new version"])
def test_a_case_is_read_filed_and_verified_under_the_edition_it_was_registered_by(
    desks: Desks, misfortune: str
):
    async def story() -> None:
        centre = Centre(desks)
        desk = await centre.at()
        done = await desk.send(report())
        await settled(desk)
        desks.close(desk)
        befall(centre.file, misfortune)
        desk = await centre.at()
        view = await centre.view(desk, done.case_id)
        assert (view.edition, minutes(view)) == ("PS-OWN@1", [20])
        await desk.send(File(case_id=done.case_id))
        later = await desk.send(report("路灯不亮"))
        wanted = ("PS-OWN@2", [30]) if misfortune == "new version" else ("PS-OWN@1", [20])
        view = await centre.view(desk, later.case_id)
        assert (view.edition, minutes(view)) == wanted
        await settled(desk)
        desks.close(desk)
        assert centre.is_sound()

    asyncio.run(story())


def befall(file: Path, misfortune: str) -> None:
    changed = {
        "typo": OWN.replace("20 CLOCK_MINUTE", "20 MINUTES"),
        "new version": OWN.replace('"1"', '"2"').replace("20 CLOCK_MINUTE", "30 CLOCK_MINUTE"),
    }
    if misfortune == "moved":
        file.parent.rename(file.parent.with_name("elsewhere"))
    else:
        file.write_text(changed[misfortune], "utf-8")


def test_without_any_copy_a_case_is_read_and_noted_but_not_decided_by_another_edition(
    desks: Desks, capsys: pytest.CaptureFixture[str]
):
    async def story() -> None:
        centre = Centre(desks)
        desk = await centre.at()
        done = await desk.send(report())
        await settled(desk)
        desks.close(desk)
        centre.file.unlink()
        for copy in (centre.store.parent / "policy-kept").iterdir():
            copy.unlink()
        desk = await centre.at()
        assert (await centre.view(desk, done.case_id)).edition == "PS-OWN@1"
        with pytest.raises(Refused) as no:
            await desk.send(File(case_id=done.case_id))
        assert (no.value.code, no.value.facts) == ("edition-missing", {"edition": "PS-OWN@1"})
        await desk.send(AddNote(case_id=done.case_id, text="等版本"))
        await settled(desk)
        desks.close(desk)
        assert not centre.is_sound()
        assert "PS-OWN@1" in capsys.readouterr().out, "which edition is wanting is said"

    asyncio.run(story())
