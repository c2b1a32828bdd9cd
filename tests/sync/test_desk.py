"""Real desks at one centre: what one does the others see, and nothing stops at a bad line."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from app.domain.case import TABLES
from app.domain.commands import (
    AddNote,
    AskVerification,
    Dispatch,
    File,
    ImportRecord,
    Person,
    RaiseGrade,
    Register,
    Sign,
    Undo,
)
from app.domain.refused import Refused
from app.domain.terms import CaseStatus, Grade, Stage
from app.services.filters import Filter
from app.services.live import LiveDesk
from app.services.local import Fill, Keep
from app.services.ports import Answer, Cursor, Unreachable
from app.services.queries import Changed, Delivery, Draft, Queue, SyncState, WindowQuery
from db.replica.store import SqliteReplica
from tests.sync.desks import (
    CLASS,
    OTHER_UNIT,
    SETTING,
    UNIT,
    Desks,
    back,
    clock,
    cut,
    report,
    rows_of,
    settled,
    until,
)

Story = Callable[[], Awaitable[None]]


def told(desks: Desks, story: Story) -> None:
    """Tell a story; the desks are closed before the screen's loop is."""

    async def whole() -> None:
        try:
            await story()
        finally:
            desks.close()

    asyncio.run(whole())


async def filed(desk: LiveDesk) -> str:
    done = await desk.send(report())
    await desk.send(File(case_id=done.case_id))
    return done.case_id


def everything(desk: LiveDesk, **wish: Any) -> WindowQuery:
    return WindowQuery(queue=Queue.ALL, now=desk.now(), filter=Filter(**wish))


# What one does the others see


def test_a_registration_is_seen_at_another_desk_within_half_a_second(desks: Desks):
    async def story() -> None:
        li, mei = await desks.at("li"), await desks.at("mei")
        heard: dict[str, float] = {}

        def hear(changed: Changed) -> None:
            heard.update(dict.fromkeys(changed.cases or (), time.monotonic()))

        mei.on_changed(hear)
        waits: list[float] = []
        while not waits or (min(waits) >= 0.5 and len(waits) < 20):  # others use this machine too
            begun = time.monotonic()
            done = await li.send(report())
            await until(lambda done=done: done.case_id in heard)
            waits.append(heard[done.case_id] - begun)
        assert min(waits) < 0.5
        view = await mei.case(done.case_id)
        assert view is not None
        assert [(one.kind, one.delivery) for one in view.timeline] == [
            ("register", Delivery.FINISHED)
        ]

    told(desks, story)


def test_an_own_change_is_on_the_own_screen_at_once(desks: Desks):
    async def story() -> None:
        li = desks.begin("li")
        cut(li)
        news: list[Changed] = []
        li.on_changed(news.append)
        done = await li.send(report())
        window = await li.window(everything(li))
        assert [(row.id, row.is_unsent) for row in window.rows] == [(done.case_id, True)]
        await until(lambda: news)
        assert news == [Changed(frozenset({done.case_id}), is_own=True)]

    told(desks, story)


def test_a_unit_sees_its_own_cases_only_and_loses_what_leaves_it(desks: Desks):
    async def story() -> None:
        li, ann = await desks.at("li"), await desks.at("ann")
        case_id = await filed(li)
        await li.send(report("别的单位的事"))
        done = await li.send(Dispatch(case_id=case_id, unit=UNIT))
        await settled(li)
        await until(lambda: rows_of(ann, ["case_file"])["case_file"])
        view = await ann.case(case_id)
        assert view is not None
        assert [task.unit for task in view.dossier.tasks] == [UNIT]
        assert (await ann.window(everything(ann))).total == 1
        assert "sign" in view.verbs
        await li.undo(done.cmd_id)
        await until(lambda: not rows_of(ann, ["case_file", "task"])["case_file"])
        assert await ann.case(case_id) is None

    told(desks, story)


def test_the_verbs_and_the_next_step_follow_the_rule_table(desks: Desks):
    async def story() -> None:
        li = await desks.at("li")
        case_id = await filed(li)
        view = await li.case(case_id)
        assert view is not None
        assert (view.suggested, "dispatch" in view.verbs, "sign" in view.verbs) == (
            "dispatch",
            True,
            False,
        )
        assert view.ledgers and view.edition  # noqa: PT018 - both are the domain's to test
        assert await li.case("nothing") is None

    told(desks, story)


# Without the centre


def test_registering_goes_on_without_the_centre_and_is_sent_when_it_is_back(desks: Desks):
    async def story() -> None:
        li = await desks.at("li")
        away = cut(li)
        done = [await li.send(report()) for _ in range(3)]
        assert len({one.number for one in done}) == 3
        await until(lambda: not li.sync_state.online)
        assert (li.sync_state.waiting, li.sync_state.code) == (3, "store-not-there")
        assert await delivered(li, done[0].case_id, Delivery.QUEUED)
        desks.close(li)
        again = await desks.at("li")
        await settled(again)
        window = await again.window(everything(again))
        assert {row.id for row in window.rows} == {one.case_id for one in done}
        assert not any(row.is_unsent for row in window.rows)
        assert away.is_away

    told(desks, story)


def test_a_desk_opens_and_registers_while_the_store_is_away(desks: Desks):
    async def story() -> None:
        first = await desks.at("li")
        number = (await first.send(report())).number
        await settled(first)
        desks.close(first)
        hidden = desks.store.with_name("gone.db")
        desks.store.rename(hidden)
        li = desks.begin("li")
        done = await li.send(report())
        assert done.number not in ("", number)
        assert done.number[:4] == "SZPS"
        await until(lambda: li.sync_state.code)
        with pytest.raises(Unreachable):
            desks.begin("mei")
        hidden.rename(desks.store)
        li._at.wire.wake()
        await settled(li)
        assert (await li.window(everything(li))).total == 2

    told(desks, story)


def test_numbers_are_unique_in_one_second_and_over_a_restart(desks: Desks, tmp_path: Path):
    async def story() -> None:
        numbers: list[str] = []
        for _ in range(2):
            li = desks.begin("li")
            cut(li)
            numbers += [(await li.send(report())).number for _ in range(40)]
            desks.close(li)
        assert len(set(numbers)) == 80
        assert numbers[:40] == sorted(numbers[:40])

    told(desks, story)


async def delivered(desk: LiveDesk, case_id: str, how: Delivery) -> bool:
    """Whether the one command of a case comes to be delivered so; an attempt to send shows as SENT."""
    for _ in range(200):
        view = await desk.case(case_id)
        assert view is not None
        if [one.delivery for one in view.timeline] == [how]:
            return True
        await asyncio.sleep(0.01)
    return False


# Taking back


def test_taking_back_restores_what_was_there(desks: Desks):
    async def story() -> None:
        li, mei = await desks.at("li"), await desks.at("mei")
        case_id = await filed(li)
        before = await li.case(case_id)
        done = await li.send(Dispatch(case_id=case_id, unit=UNIT))
        offered = await li.undoable()
        assert offered[0].done == done
        await settled(li)
        await li.send(Undo(case_id=case_id, undone=done.cmd_id))
        await settled(li, mei)
        after = await mei.case(case_id)
        assert before is not None
        assert after is not None
        assert after.dossier.case.status is CaseStatus.FILED
        assert after.dossier.live_tasks == ()
        assert after.dossier.case.due_at == before.dossier.case.due_at
        assert after.timeline[-1].undoes == done.cmd_id
        assert done.cmd_id not in [one.done.cmd_id for one in await li.undoable()]
        assert await li.attention() == ()

    told(desks, story)


def test_taking_back_is_too_late_when_somebody_has_built_on_it(desks: Desks):
    async def story() -> None:
        li, mei = await desks.at("li"), await desks.at("mei")
        case_id = await filed(li)
        done = await li.send(Dispatch(case_id=case_id, unit=UNIT))
        await settled(li, mei)
        await mei.send(RaiseGrade(case_id=case_id, grade=Grade.A, reason="急"))
        await settled(mei, li)
        with pytest.raises(Refused, match="undo-too-late"):
            await li.undo(done.cmd_id)
        with pytest.raises(Refused, match="undo-too-late"):
            await mei.undo(done.cmd_id)
        assert [one.done.kind for one in await li.undoable()] == []

    told(desks, story)


def test_a_fresh_registration_is_taken_back_and_stays_on_the_books(desks: Desks):
    async def story() -> None:
        li, mei = await desks.at("li"), await desks.at("mei")
        done = await li.send(report())
        await settled(li)
        assert [one.done for one in await li.undoable()] == [done]
        await li.undo(done.cmd_id)
        await settled(li, mei)
        after = await mei.case(done.case_id)
        assert after is not None
        case = after.dossier.case
        assert (case.status, case.number) == (CaseStatus.VOID, done.number)
        assert (case.stage, case.due_at, after.ledgers) == (Stage.ENDED, None, ())
        assert await li.attention() == ()
        counts = await mei.counts(mei.now())
        assert counts.waiting[Queue.FILING] == 0

    told(desks, story)


def test_a_registration_on_which_anything_hangs_is_not_taken_back(desks: Desks):
    async def story() -> None:
        li, mei = await desks.at("li"), await desks.at("mei")
        done = await li.send(report())
        await settled(li, mei)
        note = await mei.send(AddNote(case_id=done.case_id, text="来电人又来电"))
        await settled(mei, li)
        assert await li.undoable() == ()
        with pytest.raises(Refused, match="undo-too-late"):
            await li.undo(done.cmd_id)
        await mei.undo(note.cmd_id)
        await settled(mei, li)
        await li.undo(done.cmd_id)

    told(desks, story)


def test_a_registration_that_went_on_is_not_taken_back(desks: Desks):
    async def story() -> None:
        li = await desks.at("li")
        done = await li.send(report())
        filing = await li.send(File(case_id=done.case_id))
        await li.undo(filing.cmd_id)
        with pytest.raises(Refused, match="undo-too-late"):
            await li.undo(done.cmd_id)

    told(desks, story)


# Attention


async def two_dispatches(desks: Desks) -> tuple[LiveDesk, LiveDesk, str, str]:
    """Li dispatches while cut off, and builds on it; Mei dispatches meanwhile."""
    li, mei = await desks.at("li"), await desks.at("mei")
    case_id = await filed(li)
    await settled(li, mei)
    away = cut(li)
    await li.send(Dispatch(case_id=case_id, unit=UNIT, instruction="请派人"))
    task_id = (await the_case(li, case_id)).tasks[0].id
    await li.send(Sign(case_id=case_id, task_id=task_id))
    await mei.send(Dispatch(case_id=case_id, unit=OTHER_UNIT))
    await settled(mei)
    await back(li, away)
    await settled(li, mei)
    return li, mei, case_id, task_id


async def the_case(desk: LiveDesk, case_id: str) -> Any:
    view = await desk.case(case_id)
    assert view is not None
    return view.dossier


@pytest.mark.fault("F20")
def test_of_two_who_dispatch_one_is_told_with_all_that_built_on_it(desks: Desks):
    async def story() -> None:
        li, mei, case_id, _ = await two_dispatches(desks)
        first, second = await li.attention()
        assert (first.kind, first.why, first.facts["said"]) == ("dispatch", "conflict", "base")
        assert (second.kind, second.why) == ("sign", "built-on-refused")
        assert second.facts["on"] == first.cmd_id
        assert await the_case(li, case_id) == await the_case(mei, case_id)
        assert li.sync_state.attention == 2
        view = await li.case(case_id)
        assert view is not None
        assert [one.delivery for one in view.timeline[-2:]] == [Delivery.ATTENTION] * 2

    told(desks, story)


def test_what_needs_attention_can_be_kept_as_a_note_or_dropped(desks: Desks):
    async def story() -> None:
        li, _, case_id, _ = await two_dispatches(desks)
        first, second = await li.attention()
        await li.settle_attention(second.cmd_id, "drop", "不再需要")
        await li.settle_attention(first.cmd_id, "note")
        await settled(li)
        assert await li.attention() == ()
        assert [note.text for note in (await the_case(li, case_id)).notes] == ["请派人"]

    told(desks, story)


def test_what_needs_attention_is_decided_anew_by_the_rules_of_now(desks: Desks):
    async def story() -> None:
        li, mei, case_id, _ = await two_dispatches(desks)
        first, _ = await li.attention()
        with pytest.raises(Refused, match="has-lead"):
            await li.settle_attention(first.cmd_id, "again")
        assert len(await li.attention()) == 2
        for one in await mei.undoable():
            if one.done.kind == "dispatch":
                await mei.undo(one.done.cmd_id)
        await settled(mei, li)
        await li.settle_attention(first.cmd_id, "again")
        await settled(li, mei)
        assert [task.unit for task in (await the_case(mei, case_id)).live_tasks] == [UNIT]
        assert await li.attention() == ()  # what was built on it went along
        (task,) = (await the_case(mei, case_id)).live_tasks
        assert task.signed_at is not None

    told(desks, story)


def test_a_registration_decided_anew_keeps_its_person(desks: Desks):
    async def story() -> None:
        li = await desks.at("li")
        cut(li)
        done = await li.send(report(reporter=Person(name="王小明", phone="13812345678")))
        refuse(li, done.cmd_id)
        desks.close(li)
        li = await desks.at("li")
        await li.settle_attention(done.cmd_id, "again")
        await settled(li)
        (row,) = (await li.window(everything(li))).rows
        assert (row.id, row.number) == (done.case_id, done.number)
        dossier = await the_case(li, done.case_id)
        assert (dossier.case.phone_masked, dossier.case.reporter_masked) == ("138****5678", "王**")
        assert await li.reporter_history("138 1234 5678") == (row.id,)
        assert await li.reporter_history("13800000000") == ()

    told(desks, story)


def refuse(desk: LiveDesk, cmd_id: str, status: str = "denied", why: str = "") -> None:
    """As if the centre had said no."""
    desk._at.wire.stop()
    said = [Answer(cmd_id, status, why=why)]
    job = desk._house.desk.submit(
        lambda: desk._at.keeper.answered(said, Cursor())  # pyright: ignore
    )
    job.result()


# Personal data


def test_a_person_is_nowhere_in_the_files_of_a_desk_once_the_centre_has_it(
    desks: Desks, tmp_path: Path
):
    async def story() -> None:
        li = await desks.at("li")
        person = Person(name="欧阳锋锋", phone="13987654321", id_number="440301199001011234")
        done = await li.send(report("请回电 13987654321", reporter=person))
        await settled(li)
        dossier = await the_case(li, done.case_id)
        assert (dossier.case.phone_masked, dossier.case.reporter_masked[0]) == ("139****4321", "欧")
        desks.close(li)
        kept = b"".join(one.read_bytes() for one in (tmp_path / "li").rglob("*") if one.is_file())
        for secret in ("欧阳锋锋", "13987654321", "440301199001011234"):
            assert secret.encode() not in kept

    told(desks, story)


# The first fill, and files that may be lost


def test_an_empty_seat_is_filled_and_holds_what_another_seat_holds(desks: Desks):
    async def story() -> None:
        li = await desks.at("li")
        cases = [await filed(li) for _ in range(12)]
        for case_id in cases[:4]:
            await li.send(Dispatch(case_id=case_id, unit=UNIT))
            await li.send(AddNote(case_id=case_id, text="记一笔"))
        await settled(li)
        states: list[SyncState] = []
        mei = desks.begin("mei")
        mei.on_sync(states.append)
        await until(lambda: mei.sync_state.online)
        await settled(li, mei)
        tables = [*TABLES, "history", "preimage"]
        await until(lambda: rows_of(li, tables) == rows_of(mei, tables))
        assert (mei.sync_state.filled, mei.sync_state.to_fill) == (12, 12)

    told(desks, story)


def test_a_replica_read_from_the_log_alone_is_the_live_one_row_for_row(desks: Desks):
    async def story() -> None:
        li = await desks.at("li")
        case_id = await filed(li)
        await li.send(AskVerification(case_id=(await li.send(report())).case_id, officer="g"))
        done = await li.send(Dispatch(case_id=case_id, unit=UNIT))
        await li.undo(done.cmd_id)
        await settled(li)
        mei = desks.begin("mei")
        cut(mei)

        def from_the_log() -> None:
            mei._at.keeper.forget()  # pyright: ignore
            mei._at.replica.keep(Keep(fill=Fill(is_done=True)))

        mei._house.desk.submit(from_the_log).result()
        mei._at.wire._line.central.is_away = False  # pyright: ignore
        mei._at.wire.wake()
        tables = [*TABLES, "history", "seen", "preimage"]
        await until(lambda: rows_of(li, tables) == rows_of(mei, tables))

    told(desks, story)


@pytest.mark.fault("F13")
def test_a_broken_replica_is_fetched_again_and_the_outbox_is_untouched(
    desks: Desks, tmp_path: Path
):
    async def story() -> None:
        li = await desks.at("li")
        await filed(li)
        await settled(li)
        cut(li)
        unsent = await li.send(report("还没发出去"))
        desks.close(li)
        (file,) = (tmp_path / "li").rglob("replica-centre.db")
        file.write_bytes(file.read_bytes()[:4096] + b"\xa5" * 8192)
        again = await desks.at("li")
        await settled(again)
        assert (await again.window(everything(again))).total == 2
        assert await again.case(unsent.case_id) is not None
        assert list((tmp_path / "li").rglob("replica-centre.db.broken-1"))

    told(desks, story)


@pytest.mark.fault("F13")
def test_a_replica_that_breaks_under_the_hand_is_replaced_without_a_word(desks: Desks):
    async def story() -> None:
        li = await desks.at("li")
        await filed(li)
        await settled(li)

        def spoil() -> None:
            replica = li._at.replica
            assert isinstance(replica, SqliteReplica)
            replica.checkpoint()
            path = replica._path
            path.write_bytes(path.read_bytes()[:4096] + b"\xa5" * (path.stat().st_size - 4096))
            replica._db.execute("PRAGMA cache_size=0")
            replica._db.execute("PRAGMA shrink_memory")

        li._house.desk.submit(spoil).result()
        await li.window(everything(li))
        done = await li.send(report())
        await settled(li)
        await until(lambda: len(rows_of(li, ["case_file"])["case_file"]) == 2)
        await until(lambda: is_here(li, done.case_id))  # whoever meets the damage meets it first

    told(desks, story)


def is_here(desk: LiveDesk, case_id: str) -> bool:
    keeper, replica = desk._at.keeper, desk._at.replica
    job = desk._house.desk.submit(lambda: keeper.sound(lambda: replica.dossier(case_id)))
    return job.result() is not None


def test_a_restored_older_store_is_given_back_what_it_lost(desks: Desks):
    async def story() -> None:
        li, mei = await desks.at("li"), await desks.at("mei")
        await filed(li)
        await settled(li, mei)
        desks.close(li, mei)
        saved = {one: one.read_bytes() for one in desks.store.parent.iterdir()}
        li = await desks.at("li")
        lost = await filed(li)
        await settled(li)
        desks.close(li)
        for one in desks.store.parent.iterdir():
            one.unlink()
        for one, content in saved.items():
            one.write_bytes(content)
        li, mei = await desks.at("li"), await desks.at("mei")
        await settled(li)
        await settled(li, mei)
        await until(lambda: len(rows_of(mei, ["case_file"])["case_file"]) == 2)
        assert (await the_case(mei, lost)).case.status is CaseStatus.FILED
        assert await li.attention() == ()

    told(desks, story)


# The rest of the desk


def test_another_person_sits_down_and_sees_what_is_his(desks: Desks):
    async def story() -> None:
        li = await desks.at("li")
        case_id = await filed(li)
        await li.send(Dispatch(case_id=case_id, unit=UNIT))
        await li.remember("size", 3)
        assert "ann" in [one.login for one in await li.people()]
        await li.switch("ann")
        await until(lambda: rows_of(li, ["case_file"])["case_file"])
        assert (li.me.login, li.me.unit, await li.recall("size")) == ("ann", UNIT, None)
        with pytest.raises(Refused, match="operator-unknown"):
            await li.switch("nobody")
        assert li.me.login == "ann"
        await li.switch("li")
        await settled(li)
        assert await li.recall("size") == 3
        assert (await the_case(li, case_id)).case.status is CaseStatus.DISPATCHED

    told(desks, story)


def test_an_administrator_does_not_read_the_centres_replica(desks: Desks, tmp_path: Path):
    async def story() -> None:
        li = await desks.at("li", seat="shared")
        await filed(li)
        await settled(li)
        desks.close(li)
        adm = await desks.at("adm", seat="shared")
        assert (await adm.window(everything(adm))).total == 0

    told(desks, story)


def test_half_typed_intake_and_files_are_kept(desks: Desks, tmp_path: Path):
    async def story() -> None:
        li = await desks.at("li")
        await li.save_draft(Draft("d", clock(), {"narrative": "半句"}))
        assert [one.fields for one in await li.drafts()] == [{"narrative": "半句"}]
        await li.drop_draft("d")
        assert await li.drafts() == ()
        source = tmp_path / "照片.jpg"
        source.write_bytes(b"x" * 3_000_000)
        digest, size = await li.files.keep(str(source))
        assert size == 3_000_000
        assert (tmp_path / "li" / "files" / digest[:2] / digest).read_bytes() == source.read_bytes()
        assert await li.files.keep(str(source)) == (digest, size)
        with pytest.raises(Unreachable, match="file"):
            await li.files.keep(str(tmp_path / "nothing"))

    told(desks, story)


def test_what_the_rules_refuse_leaves_no_trace(desks: Desks):
    async def story() -> None:
        li = await desks.at("li")
        with pytest.raises(Refused, match="description-missing"):
            await li.send(Register(narrative=" "))
        with pytest.raises(Refused, match="case-missing"):
            await li.send(File(case_id="nothing"))
        with pytest.raises(Refused, match="undo-too-late"):
            await li.undo("nothing")
        assert (await li.window(everything(li))).total == 0
        assert li.sync_state.waiting == 0

    told(desks, story)


def test_a_record_of_the_past_keeps_its_time(desks: Desks):
    async def story() -> None:
        zhao = await desks.at("zhao")
        cut(zhao)
        at = clock().replace(year=2025)
        wish = ImportRecord(
            source_ref="GD-1", batch="b", occurred_at=at, narrative="旧事", category=CLASS
        )
        done = await zhao.send(wish)
        dossier = await the_case(zhao, done.case_id)
        assert (dossier.case.registered_at, dossier.case.historical) == (at, True)
        (entry,) = zhao._house.desk.submit(lambda: zhao._at.outbox.recent(1)).result()
        assert (entry.envelope.occurred_at, entry.envelope.batch) == (at, "b")
        assert entry.envelope.claimed_at > at

    told(desks, story)


def test_the_setting_of_the_desk_is_what_it_was_given(desks: Desks):
    async def story() -> None:
        li = await desks.at("li")
        assert li.setting is SETTING
        assert abs((li.now() - clock()).total_seconds()) < 1

    told(desks, story)
