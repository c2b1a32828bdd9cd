"""What is decided anew counts from when it was first said: a caller was told a number, and the clock runs."""

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest

from app.cli.verifying import decided_again
from app.domain.commands import AddNote, Dispatch, File, RaiseGrade, Sign
from app.domain.terms import CaseStatus, Grade
from app.services.checks import TOLERANCE
from app.services.live import LiveDesk
from app.services.telling import TOLD_AT
from db.central.verify import verify
from tests.sync.desks import OTHER_UNIT, SETTING, UNIT, Desks, back, cut, report, settled
from tests.sync.test_desk import filed, refuse, the_case, told

HOURS = timedelta(hours=1)
SECOND = timedelta(seconds=1)


def log_of(desks: Desks, kind: str) -> list[tuple[datetime, datetime]]:
    """When the commands of a kind were claimed to be given, and when they came in."""
    sql = "SELECT claimed_at, received_at FROM log WHERE kind = ? ORDER BY seq"
    with closing(sqlite3.connect(desks.store)) as db:
        found = db.execute(sql, (kind,)).fetchall()
    return [(datetime.fromisoformat(one), datetime.fromisoformat(other)) for one, other in found]


verdicts = partial(decided_again, SETTING)


def is_sound(desks: Desks) -> bool:
    """Whether the store tells the truth, and decides every line as it was decided."""
    found = verify(desks.store, verdicts)
    assert found.findings == ()
    return found.is_sound


async def marks(desk: LiveDesk, case_id: str) -> dict[str, str]:
    """Kinds of commands that count from another time than they were first said, and when that was."""
    view = await desk.case(case_id)
    assert view is not None
    return {one.kind: one.wish[TOLD_AT] for one in view.timeline if TOLD_AT in one.wish}


async def registered_and_more(li: LiveDesk, desks: Desks) -> Any:
    """A caller was told a number; filing and dispatch followed, a minute apart."""
    done = await li.send(report())
    desks.passed += TOLERANCE
    await li.send(File(case_id=done.case_id))
    desks.passed += TOLERANCE
    await li.send(Dispatch(case_id=done.case_id, unit=UNIT))
    return done


def test_a_registration_decided_anew_counts_from_when_the_caller_was_told(desks: Desks):
    async def story() -> None:
        li, mei = await desks.at("li"), await desks.at("mei")
        await settled(li, mei)
        cut(li)
        done = await registered_and_more(li, desks)
        before = (await the_case(li, done.case_id)).case
        refuse(li, done.cmd_id)
        desks.close(li)
        desks.passed += 2 * HOURS
        await mei.send(report("其间别处的事"))
        await settled(mei)
        li = await desks.at("li")
        await settled(li, mei)
        desks.passed += HOURS
        await li.settle_attention(done.cmd_id, "again")
        await settled(li, mei)
        after = (await the_case(mei, done.case_id)).case
        times = ("registered_at", "filed_at", "dispatched_at", "due_at", "edition", "number")
        assert {one: getattr(after, one) for one in times} == {
            one: getattr(before, one) for one in times
        }
        (_, mine) = log_of(desks, "register")
        assert mine[0] == before.registered_at
        assert mine[1] - mine[0] > 3 * HOURS
        assert await marks(li, done.case_id) == {}
        assert is_sound(desks)

    told(desks, story)


def test_decided_anew_twice_it_still_counts_from_the_first_time(desks: Desks):
    async def story() -> None:
        li = await desks.at("li")
        await settled(li)
        cut(li)
        done = await li.send(report())
        first = (await the_case(li, done.case_id)).case.registered_at
        for _ in range(2):
            (cmd_id,) = [one.cmd_id for one in await li._on_desk(_unfinished(li))]
            refuse(li, cmd_id)
            desks.close(li)
            desks.passed += HOURS
            li = await desks.at("li")
            cut(li)
            await li.settle_attention(cmd_id, "again")
        desks.close(li)
        li = await desks.at("li")
        await settled(li)
        assert (await the_case(li, done.case_id)).case.registered_at == first
        assert is_sound(desks)

    told(desks, story)


def _unfinished(desk: LiveDesk) -> Any:
    from app.services.local import UNFINISHED

    return lambda: desk._at.outbox.entries(UNFINISHED)


@pytest.mark.parametrize("off", [3 * HOURS, -3 * HOURS, timedelta(days=1), -timedelta(days=1)])
@pytest.mark.fault("F23")
def test_a_wrong_clock_moves_no_deadline_however_late_it_is_noticed(desks: Desks, off: timedelta):
    """The centre believes neither; how long ago the caller was told is known all the same."""

    async def story() -> None:
        li, mei = await desks.at("li"), await desks.at("mei")
        await mei.send(report("先前的事"))
        await settled(li, mei)
        desks.passed += HOURS
        away = cut(li)
        li._at.wire._line.clock.offset = off  # pyright: ignore
        begun = desks.clock()
        done = await registered_and_more(li, desks)
        claimed = (await the_case(li, done.case_id)).case.registered_at
        assert abs(claimed - begun - off) < 30 * SECOND
        desks.passed += HOURS
        await back(li, away)
        assert await li.attention() == ()
        case = (await the_case(li, done.case_id)).case
        assert case.status is CaseStatus.DISPATCHED
        found = [case.registered_at, case.filed_at, case.dispatched_at]
        wanted = [begun, begun + TOLERANCE, begun + 2 * TOLERANCE]
        assert [abs(one - other) < 30 * SECOND for one, other in zip(found, wanted, strict=True)]
        assert [one for one, _ in log_of(desks, "register")][1] == case.registered_at
        first = await marks(li, case.id)
        assert first["register"] == claimed.isoformat(timespec="microseconds").replace(
            "+00:00", "Z"
        )
        assert is_sound(desks)

    told(desks, story)


def test_no_claim_lies_before_the_line_that_the_seat_had_read(desks: Desks):
    """A clock that was set back on purpose gains nothing: the line read last is the earliest time."""

    async def story() -> None:
        li, mei = await desks.at("li"), await desks.at("mei")
        await mei.send(report("先前的事"))
        await settled(li, mei)
        away = cut(li)
        li._at.wire._line.clock.offset = -24 * HOURS  # pyright: ignore
        done = await li.send(report())
        _make_older(li, done.cmd_id, 48 * HOURS)
        desks.passed += HOURS
        await back(li, away)
        (first, own) = log_of(desks, "register")
        assert own[0] == first[1]
        assert (await the_case(li, done.case_id)).case.registered_at == first[1]
        assert is_sound(desks)

    told(desks, story)


def _make_older(desk: LiveDesk, cmd_id: str, by: timedelta) -> None:
    """As if the seat's own clock had been set forward since."""

    def older() -> None:
        db = desk._at.outbox._db  # pyright: ignore
        (kept,) = db.execute("SELECT kept_at FROM command WHERE cmd_id = ?", (cmd_id,)).fetchone()
        at = (datetime.fromisoformat(kept) - by).isoformat()
        db.execute("UPDATE command SET kept_at = ? WHERE cmd_id = ?", (at, cmd_id))

    desk._house.desk.submit(older).result()


async def signed_while_cut_off(desks: Desks, mei: LiveDesk) -> tuple[str, datetime, str]:
    """Li signs for the unit, and hears that something it only relied on has moved: case, time, command."""
    li = await desks.at("li")
    case_id = await filed(li)
    await li.send(Dispatch(case_id=case_id, unit=UNIT))
    await settled(li, mei)
    desks.passed += HOURS
    cut(li)
    (task,) = (await the_case(li, case_id)).tasks
    done = await li.send(Sign(case_id=case_id, task_id=task.id))
    (task,) = (await the_case(li, case_id)).tasks
    refuse(li, done.cmd_id, "conflict", "relied-on")
    desks.close(li)
    return case_id, task.signed_at, done.cmd_id


async def signed_again(desks: Desks, mei: LiveDesk, cmd_id: str) -> None:
    desks.passed += HOURS
    li = await desks.at("li")
    await settled(li, mei)
    await li.settle_attention(cmd_id, "again")
    await settled(li, mei)
    assert await li.attention() == ()


def test_what_only_relied_on_what_moved_keeps_its_time(desks: Desks):
    """What moved had been done before; it only came in later."""

    async def story() -> None:
        mei = await desks.at("mei")
        case_id, signed_at, cmd_id = await signed_while_cut_off(desks, mei)
        desks.passed -= HOURS / 2
        await mei.send(RaiseGrade(case_id=case_id, grade=Grade.A, reason="急"))
        await settled(mei)
        desks.passed += HOURS / 2
        await signed_again(desks, mei, cmd_id)
        (task,) = (await the_case(mei, case_id)).tasks
        assert task.signed_at == signed_at
        assert await marks(mei, case_id) == {}
        assert is_sound(desks)

    told(desks, story)


def test_it_moves_to_the_latest_of_what_it_builds_on_and_says_so(desks: Desks):
    async def story() -> None:
        mei = await desks.at("mei")
        case_id, signed_at, cmd_id = await signed_while_cut_off(desks, mei)
        desks.passed += HOURS / 2
        await mei.send(RaiseGrade(case_id=case_id, grade=Grade.A, reason="急"))
        await settled(mei)
        await signed_again(desks, mei, cmd_id)
        (task,) = (await the_case(mei, case_id)).tasks
        ((raised_at, _),) = log_of(desks, "raise_grade")
        assert task.signed_at == raised_at > signed_at
        first = datetime.fromisoformat((await marks(mei, case_id))["sign"])
        assert first == signed_at
        assert is_sound(desks)

    told(desks, story)


def test_a_note_taken_along_stands_no_earlier_than_its_case(desks: Desks):
    async def story() -> None:
        li, mei = await desks.at("li"), await desks.at("mei")
        await mei.send(report("先前的事"))
        await settled(li, mei)
        desks.passed += HOURS
        away = cut(li)
        li._at.wire._line.clock.offset = 3 * HOURS  # pyright: ignore
        done = await li.send(report())
        await li.send(AddNote(case_id=done.case_id, text="来电人很急"))
        await back(li, away)
        dossier = await the_case(li, done.case_id)
        assert dossier.notes[0].made_at >= dossier.case.registered_at
        assert await li.attention() == ()
        assert is_sound(desks)

    told(desks, story)


def test_what_a_person_decides_upon_changed_rows_is_an_act_of_now(desks: Desks):
    async def story() -> None:
        li, mei = await desks.at("li"), await desks.at("mei")
        case_id = await filed(li)
        await settled(li, mei)
        away = cut(li)
        await li.send(Dispatch(case_id=case_id, unit=UNIT))
        task_id = (await the_case(li, case_id)).tasks[0].id
        await li.send(Sign(case_id=case_id, task_id=task_id))
        theirs = await mei.send(Dispatch(case_id=case_id, unit=OTHER_UNIT))
        await settled(mei)
        await mei.undo(theirs.cmd_id)
        await settled(mei)
        await back(li, away)
        desks.passed += HOURS
        now = desks.clock()
        first, _ = await li.attention()
        await li.settle_attention(first.cmd_id, "again")
        await settled(li, mei)
        (task,) = (await the_case(mei, case_id)).live_tasks
        assert now - SECOND < task.dispatched_at <= task.signed_at < now + HOURS
        assert await marks(mei, case_id) == {}
        assert is_sound(desks)

    told(desks, story)
