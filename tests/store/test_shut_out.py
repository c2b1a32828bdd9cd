"""A person who is shut out or moved while his seat is cut off, F22: nothing goes up, nothing is lost."""

import asyncio
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from app.domain.commands import AddNote, Dispatch, File
from app.domain.terms import Role
from app.services.live import LiveDesk
from app.services.queries import Operator
from db import centre
from db.places import Place, is_server
from tests.sync.desks import UNIT, Desks, back, cut, found, report, settled, until
from tests.sync.test_desk import told

_NUMBERS = count(1)


@pytest.fixture(params=["file", "server"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    return found(tmp_path) if request.param == "file" else request.getfixturevalue("url")


def newcomer(place: Place) -> str:
    """Somebody of whom no other test of the same server hears."""
    login = f"leaver{next(_NUMBERS)}"
    centre.add_operator(place, Operator(login, login, Role.OPERATOR, ""))
    return login


async def _done(job: Callable[[], object]) -> None:
    await asyncio.to_thread(job)


@pytest.mark.fault("F22")
def test_f22_what_somebody_shut_out_had_still_to_send_stays_and_is_shown_to_who_sits_here_next(
    tmp_path: Path, place: Place
):
    desks, login = Desks(tmp_path, place), newcomer(place)

    async def story() -> None:
        li = await desks.at(login)
        await li.send(report("停用以前"))
        await settled(li)
        away = cut(li)
        lost = await li.send(report("停用以后登记的"))
        await _done(lambda: centre.deactivate(place, login))
        away.is_away = False
        li._at.wire.wake()
        code = "login-shut" if is_server(place) else "operator-inactive"
        await until(lambda: li.sync_state.code in (code, "centre-not-let-in"), 20)
        assert li.sync_state.waiting == 1
        assert centre.facts(place).commands == 1
        desks.close(li)
        zhao = await desks.at("zhao", seat=login)
        (one,) = (await zhao.report()).waiting
        assert (one.login, one.is_unsent, one.act.number) == (login, True, lost.number)
        assert one.act.wish["narrative"] == "停用以后登记的"
        assert zhao.sync_state.waiting == 1  # the bar goes on saying so
        assert centre.facts(place).commands == 1

    told(desks, story)
    assert centre.verify(place).is_sound


@pytest.mark.fault("F22")
def test_f22_whoever_was_moved_meanwhile_is_told_and_sees_his_new_scope_only(
    tmp_path: Path, place: Place
):
    """From the centre to a unit: what he may not do any more waits for a person, and the district's cases are gone."""
    desks, login = Desks(tmp_path, place), newcomer(place)

    async def story() -> None:
        li, mei = await desks.at(login), await desks.at("mei")
        done = await mei.send(report())
        await mei.send(File(case_id=done.case_id))
        await settled(li, mei)
        away = cut(li)
        await li.send(Dispatch(case_id=done.case_id, unit=UNIT))
        await _done(lambda: centre.move_operator(place, login, Role.UNIT_HANDLER, UNIT))
        await back(li, away)
        await until(lambda: li.sync_state.attention == 1)
        (one,) = await li.attention()
        assert one.kind == "dispatch"
        assert one.why in ("denied", "missing")
        await until(lambda: not _cases(li))
        assert (await li.report()).waiting[0].act.number == done.number
        assert _cases(mei) == [done.case_id]
        await mei.send(AddNote(case_id=done.case_id, text="仍在中心"))
        await settled(mei)
        assert not _cases(li)

    told(desks, story)
    assert centre.verify(place).is_sound


def _cases(desk: LiveDesk) -> list[str]:
    """Every case in a replica, hidden ones too."""

    def read() -> list[str]:
        db = desk._at.replica._db  # pyright: ignore
        shown = {case_id for (case_id,) in db.execute("SELECT id FROM case_file")}
        hidden = {i for (i,) in db.execute("SELECT id FROM preimage WHERE name = 'case_file'")}
        return sorted(shown | hidden)

    return desk._house.desk.submit(read).result()
