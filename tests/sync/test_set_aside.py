"""What becomes of commands that went wrong: decided anew, kept as a note, sent by others, or told of."""

import time
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from app.domain.commands import AddNote, AskReturn, Dispatch, File, Person, RaiseGrade
from app.domain.effects import Insert, Reliance, Set
from app.domain.refused import Refused
from app.domain.terms import CaseStatus, Grade
from app.services.envelope import encode
from app.services.live import LiveDesk
from app.services.local import Entry, State
from app.services.ports import Answer, Cursor, Page, Unreachable
from app.services.queries import Draft
from app.sync import engine as engines
from app.sync.anew import MOST_TRIES
from app.sync.errands import Errands
from app.sync.screen import Screen
from tests.sync.desks import (
    OTHER_UNIT,
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
from tests.sync.fake_central import FakeCentral
from tests.sync.test_desk import everything, filed, refuse, the_case, told
from tests.sync.test_engine import Broken, Seat, many
from tests.sync.test_merge import command


async def asked(desk: LiveDesk, job: Any) -> Any:
    return await desk._on_desk(job)


# Decided anew


async def refused_registration(
    desks: Desks, narrative: str = "路面积水严重", **more: Any
) -> tuple[LiveDesk, Any]:
    """A registration that the centre refused, with filing and dispatch that were built on it."""
    li = await desks.at("li")
    cut(li)
    done = await li.send(report(narrative, **more))
    await li.send(File(case_id=done.case_id))
    await li.send(Dispatch(case_id=done.case_id, unit=UNIT))
    refuse(li, done.cmd_id)
    desks.close(li)
    return await desks.at("li"), done


def test_a_registration_decided_anew_keeps_number_and_id_and_takes_along_what_was_built_on_it(
    desks: Desks,
):
    async def story() -> None:
        person = Person(name="王小明", phone="13812345678")
        li, done = await refused_registration(desks, reporter=person)
        assert [one.can_be_note for one in await li.attention()] == [False, False, False]
        await li.settle_attention(done.cmd_id, "again")
        await settled(li)
        assert await li.attention() == ()
        case = (await the_case(li, done.case_id)).case
        assert (case.number, case.status) == (done.number, CaseStatus.DISPATCHED)
        assert (case.reporter_masked, case.phone_masked) == ("王**", "138****5678")
        assert await li.reporter_history("13812345678") == (done.case_id,)

    told(desks, story)


def test_decided_anew_twice_it_is_still_the_same_case(desks: Desks):
    async def story() -> None:
        li, done = await refused_registration(desks)
        cut(li)
        await li.settle_attention(done.cmd_id, "again")
        entries = await asked(li, lambda: li._at.outbox.of_case(done.case_id))
        newest = next(one for one in reversed(entries) if one.envelope.kind == "register")
        refuse(li, newest.cmd_id)
        desks.close(li)
        li = await desks.at("li")
        await li.settle_attention(newest.cmd_id, "again")
        await settled(li)
        (row,) = (await li.window(everything(li))).rows
        assert (row.id, row.number) == (done.case_id, done.number)

    told(desks, story)


def test_a_later_command_refused_by_the_rules_of_now_stays_set_aside(desks: Desks):
    async def story() -> None:
        li, done = await refused_registration(desks)
        first, filing, dispatching = await li.attention()
        await li.settle_attention(filing.cmd_id, "drop", "不再需要")
        await li.settle_attention(first.cmd_id, "again")
        await settled(li)
        assert [one.cmd_id for one in await li.attention()] == [dispatching.cmd_id]
        assert (await the_case(li, done.case_id)).case.status is CaseStatus.REGISTERED

    told(desks, story)


def test_a_new_command_and_the_end_of_the_old_one_are_one_transaction(
    desks: Desks, monkeypatch: pytest.MonkeyPatch
):
    async def story() -> None:
        li, done = await refused_registration(desks)
        outbox = li._at.outbox

        def broken(*_: Any) -> None:
            raise Unreachable("disk")

        with monkeypatch.context() as patch:
            patch.setattr(outbox, "mark", broken)
            with pytest.raises(Unreachable):
                await li.settle_attention(done.cmd_id, "again")
        states = await asked(li, outbox.retained)
        assert {state for _, state in states} == {State.ATTENTION}
        assert len(states) == 3

    told(desks, story)


@pytest.mark.parametrize("broken_at", [1, 2, 3])
def test_a_command_and_what_was_built_on_it_are_decided_anew_together_or_not_at_all(
    desks: Desks, monkeypatch: pytest.MonkeyPatch, broken_at: int
):
    """Half of it would be left to a person to piece together."""

    async def story() -> None:
        li, done = await refused_registration(desks)
        first, *_ = await li.attention()
        keep_, kept = li._at.outbox.add, list[int]()

        def add(entry: Entry) -> Entry:
            kept.append(1)
            if len(kept) == broken_at:
                raise Unreachable("disk")
            return keep_(entry)

        with monkeypatch.context() as patch:
            patch.setattr(li._at.outbox, "add", add)
            with pytest.raises(Unreachable):
                await li.settle_attention(first.cmd_id, "again")
            states = await asked(li, li._at.outbox.retained)
            assert [state for _, state in states] == [State.ATTENTION] * 3
        await until(lambda: not rows_of(li, ["case_file"])["case_file"])  # nor shown
        await li.settle_attention(first.cmd_id, "again")
        await settled(li)
        assert await li.attention() == ()
        assert (await the_case(li, done.case_id)).case.status is CaseStatus.DISPATCHED

    told(desks, story)


def test_a_draft_goes_in_one_step_with_its_registration(
    desks: Desks, monkeypatch: pytest.MonkeyPatch
):
    async def story() -> None:
        li = await desks.at("li")
        await li.save_draft(Draft("d", clock(), {"narrative": "半句"}))

        def broken(*_: Any) -> None:
            raise Unreachable("disk")

        with monkeypatch.context() as patch:
            patch.setattr(li._at.outbox, "drop_draft", broken)
            with pytest.raises(Unreachable):
                await li.send(report(), "d")
        assert (await li.window(everything(li))).total == 0
        assert len(await li.drafts()) == 1
        done = await li.send(report(), draft_id="d")
        assert await li.drafts() == ()
        assert await li.find(done.number.lower()) == (await li.window(everything(li))).rows[0]
        assert await li.find("nothing") is None

    told(desks, story)


async def outrun(desks: Desks) -> LiveDesk:
    """Both dispatch the same case; the other one was faster. The loser's desk."""
    li, mei = await desks.at("li"), await desks.at("mei")
    case_id = await filed(li)
    await settled(li, mei)
    away = cut(li)
    await li.send(Dispatch(case_id=case_id, unit=UNIT, instruction="请尽快处理"))
    await mei.send(Dispatch(case_id=case_id, unit=OTHER_UNIT))
    await settled(mei)
    await back(li, away)
    await settled(li, mei)
    return li


@pytest.mark.fault("F20")
def test_what_was_set_aside_says_what_was_wanted_what_is_now_and_who_was_faster(desks: Desks):
    async def story() -> None:
        li = await outrun(desks)
        (one,) = await li.attention()
        assert (one.kind, one.why) == ("dispatch", "conflict")
        assert (one.wish["unit"], one.wish["instruction"]) == (UNIT, "请尽快处理")
        assert one.case is not None
        assert one.saw is not None
        assert (one.saw.status, one.saw.lead_unit) == (CaseStatus.FILED, None)
        assert (one.case.status, one.case.lead_unit) == (CaseStatus.DISPATCHED, OTHER_UNIT)
        (faster,) = one.since
        assert (faster.actor, faster.kind, faster.wish["unit"]) == ("mei", "dispatch", OTHER_UNIT)

    told(desks, story)


def test_what_is_dropped_is_dropped_with_a_reason(desks: Desks):
    async def story() -> None:
        li = await outrun(desks)
        (one,) = await li.attention()
        with pytest.raises(Refused, match="drop-needs-reason"):
            await li.settle_attention(one.cmd_id, "drop", "  ")
        assert len(await li.attention()) == 1
        await li.settle_attention(one.cmd_id, "drop", "已由他人分拨")
        assert await li.attention() == ()
        entry = await asked(li, lambda: li._at.outbox.entry(one.cmd_id))
        assert (entry.state, entry.facts["dropped"]) == (State.DROPPED, "已由他人分拨")

    told(desks, story)


def test_a_registration_set_aside_is_given_back_whole_and_only_that(desks: Desks):
    async def story() -> None:
        person = Person(name="王小明", phone="13812345678")
        words = "路面积水，找13987654321的物业，身份证440301199001011234"
        place = "龙坪路7号（13700001111）"
        li, _ = await refused_registration(desks, narrative=words, reporter=person, address=place)
        first, filing, _ = await li.attention()
        assert (first.can_be_reopened, filing.can_be_reopened) == (True, False)
        assert "13987654321" not in first.wish["narrative"]
        again = await li.registration(first.cmd_id)
        assert again == report(words, reporter=person, address=place)
        assert await li.registration(filing.cmd_id) is None
        assert await li.registration("nothing") is None

    told(desks, story)


def test_taken_in_again_it_keeps_its_number_and_nothing_of_it_waits_any_more(desks: Desks):
    async def story() -> None:
        li, done = await refused_registration(desks)
        first, filing, dispatching = await li.attention()
        await li.save_draft(Draft("d", clock(), {"narrative": "半句"}))
        again = await li.send(report("路面积水，已改短"), "d", settles=first.cmd_id)
        assert (again.number, again.case_id) == (done.number, done.case_id)
        assert [one.cmd_id for one in await li.attention()] == [
            filing.cmd_id,
            dispatching.cmd_id,
        ]
        assert await li.drafts() == ()
        await settled(li)
        assert (await the_case(li, done.case_id)).case.narrative == "路面积水，已改短"
        other = await li.send(report("另一件"), settles=first.cmd_id)
        assert other.number != done.number, "what is settled already lends its number to nobody"

    told(desks, story)


# Kept as a note


def test_only_words_are_kept_as_a_note(desks: Desks):
    async def story() -> None:
        li, mei = await desks.at("li"), await desks.at("mei")
        case_id = await filed(li)
        await li.send(Dispatch(case_id=case_id, unit=UNIT))
        await settled(li, mei)
        away = cut(li)
        task = (await the_case(li, case_id)).tasks[0].id
        reason = li.setting.policy((await the_case(li, case_id)).case).return_reasons[0].code
        wish = AskReturn(
            case_id=case_id,
            task_id=task,
            reason=reason,
            text="不归我们管",
            proper_unit=OTHER_UNIT,
            basis="第三条",
        )
        await li.send(wish)
        await mei.send(RaiseGrade(case_id=case_id, grade=Grade.A, reason="急"))
        await settled(mei)
        await back(li, away)
        (one,) = await li.attention()
        assert one.can_be_note
        await li.settle_attention(one.cmd_id, "note")
        assert [note.text for note in (await the_case(li, case_id)).notes] == ["不归我们管\n第三条"]

    told(desks, story)


# A wrong clock


def test_a_wrong_clock_is_set_and_the_registration_goes_through_under_its_number(desks: Desks):
    async def story() -> None:
        li = await desks.at("li")
        await settled(li)
        away = cut(li)
        li._at.wire._line.clock.offset = timedelta(hours=3)  # pyright: ignore
        done = await li.send(report())
        await li.send(File(case_id=done.case_id))
        await back(li, away)
        assert await li.attention() == ()
        case = (await the_case(li, done.case_id)).case
        assert (case.number, case.status) == (done.number, CaseStatus.FILED)
        assert abs(case.registered_at - clock()) < timedelta(minutes=1)

    told(desks, story)


@pytest.mark.parametrize("off", [timedelta(0), timedelta(hours=3)])
def test_a_clock_that_stays_wrong_is_told_to_a_person_after_some_tries(
    desks: Desks, off: timedelta
):
    async def story() -> None:
        li = await desks.at("li")
        await settled(li)
        line = li._at.wire._line  # pyright: ignore
        line.clock.offset = off
        central, offers = line.central, []

        class Stubborn:
            def __getattr__(self, name: str) -> Any:
                return getattr(central, name)

            def submit(self, batch: Any, *_: Any) -> list[Answer]:
                offers.append(batch)
                return [Answer("", "clock", why="ahead") for _ in batch]

        line.central = Stubborn()
        done = await li.send(report())
        await until(lambda: li.sync_state.attention)
        (one,) = await li.attention()
        assert (one.why, one.number, len(offers)) == ("clock", done.number, MOST_TRIES + 1)

    told(desks, story)


def test_deciding_anew_is_made_up_for_when_the_line_broke_before_it(
    monkeypatch: pytest.MonkeyPatch,
):
    central = FakeCentral()
    central.submit([(encode(command("0", Insert("case_file", "c", {}))), None)])
    central.submit([(encode(command("t", Insert("task", "t", {"case_id": "c"}))), None)])
    seat = Seat(central)
    seat.rounds()
    seat.keep("1", Set("case_file", "c", {"a": 1}, "0"), relies=(Reliance("task", "t", "t"),))
    central.submit([(encode(command("theirs", Set("task", "t", {"a": 2}, "t"))), None)])

    def broken(*_: Any) -> None:
        raise Unreachable("lost")

    with monkeypatch.context() as patch:
        patch.setattr(seat.line.central, "pull", broken)
        seat.rounds(1)
    assert seat.again == []
    seat.rounds(1)
    assert seat.again == ["1"]


def test_deciding_anew_is_made_up_for_when_the_program_ended_before_it(
    desks: Desks, monkeypatch: pytest.MonkeyPatch
):
    async def story() -> None:
        li = await desks.at("li")
        await settled(li)
        away = cut(li)
        li._at.wire._line.clock.offset = timedelta(hours=3)  # pyright: ignore
        done = await li.send(report())
        with monkeypatch.context() as patch:
            patch.setattr(engines.Engine, "_decide_again", lambda _: None)
            await back(li, away)
            assert len(await li.attention()) == 1
            desks.close(li)
        li = await desks.at("li")
        await until(lambda: not li.sync_state.attention)
        await settled(li)
        assert (await the_case(li, done.case_id)).case.number == done.number

    told(desks, story)


def test_a_seat_that_is_being_filled_does_not_read_the_whole_log_for_one_command():
    class Ahead(FakeCentral):
        def submit(self, batch: Any, *_: Any) -> list[Answer]:
            return [Answer("", "clock", why="ahead") for _ in batch]

        def pull(self, cursor: Cursor, limit: int) -> Page:
            read.append(limit)
            return super().pull(cursor, limit)

    read: list[int] = []
    central = Ahead()
    vars(central).update(vars(many(450)))
    seat = Seat(central)
    keep(seat, "1", "c")
    seat.rounds(1)
    assert (read, seat.again) == ([1], ["1"])
    assert not seat.screen.replica.fill().is_done
    seat.rounds(20)
    assert seat.screen.replica.fill().is_done


# Who left


def test_what_somebody_left_unsent_is_shown_and_goes_up_while_another_sits_there(
    desks: Desks, monkeypatch: pytest.MonkeyPatch
):
    async def story() -> None:
        li = await desks.at("li")
        cut(li)
        done = await li.send(report())
        await until(lambda: not li.sync_state.online)
        monkeypatch.setattr(Errands, "run", lambda _: None)
        await li.switch("mei")
        assert li.sync_state.waiting == 1
        assert await li.case(done.case_id) is None
        monkeypatch.undo()
        await until(lambda: li.sync_state.online and not li.sync_state.waiting, 5)
        await until(lambda: li._house.desk.submit(lambda: _has(li, done.case_id)).result())
        await li.switch("li")
        await settled(li)
        states = await asked(li, li._at.outbox.retained)
        assert states == [(done.cmd_id, State.FINISHED)]

    told(desks, story)


def _has(desk: LiveDesk, case_id: str) -> bool:
    return desk._at.replica.dossier(case_id) is not None


def test_what_the_centre_does_not_take_waits_for_its_author(desks: Desks):
    async def story() -> None:
        li, mei = await desks.at("li", seat="one"), await desks.at("mei", seat="two")
        case_id = await filed(li)
        await settled(li, mei)
        cut(li)
        await li.send(Dispatch(case_id=case_id, unit=UNIT))
        await li.send(AddNote(case_id=case_id, text="派了"))
        await mei.send(Dispatch(case_id=case_id, unit=OTHER_UNIT))
        await settled(mei)
        await until(lambda: not li.sync_state.online)
        await li.switch("zhao")
        await until(lambda: li.sync_state.online)
        assert li.sync_state.waiting == 2
        await li.switch("li")
        await until(lambda: li.sync_state.attention)
        assert [one.kind for one in await li.attention()][:1] == ["dispatch"]

    told(desks, story)


# Bugs of ours


class Picky(FakeCentral):
    """Falls over one command."""

    def submit(self, batch: Any, *rest: Any) -> list[Answer]:
        if any('"cmd_id":"bad"' in body for body, _ in batch):
            raise ZeroDivisionError
        return super().submit(batch, *rest)


def bugs_of(seat: Seat) -> list[BaseException]:
    met: list[BaseException] = []
    seat.engine._report = met.append
    return met


def test_a_command_that_the_centre_falls_over_is_set_aside_and_the_others_go_on():
    seat = Seat(Picky())
    bugs = bugs_of(seat)
    for one, case_id in (("a", "c1"), ("bad", "c2"), ("z", "c3")):
        keep(seat, one, case_id)
    seat.rounds()
    states = {one: seat.state(one) for one in ("a", "bad", "z")}
    assert states == {"a": State.FINISHED, "bad": State.ATTENTION, "z": State.FINISHED}
    assert [type(one) for one in bugs] == [ZeroDivisionError]
    (entry,) = seat.screen.outbox.entries([State.ATTENTION])
    assert (entry.why, entry.facts["said"]) == ("error", "ZeroDivisionError")


def keep(seat: Seat, cmd_id: str, case_id: str) -> None:
    envelope = replace(command(cmd_id, Insert("case_file", case_id, {})), case_id=case_id)
    seat.screen.keep(Entry(envelope=envelope, body=encode(envelope), number="", befores={}))


def test_a_centre_that_falls_over_everything_is_no_proof_against_a_command():
    seat = Seat(Broken(ZeroDivisionError("all of it")))
    bugs = bugs_of(seat)
    keep(seat, "1", "c")
    waits = [seat.engine.round() for _ in range(4)]
    assert seat.state("1") is State.QUEUED
    assert waits == [0.2, 0.4, 0.8, engines.LONGEST_WAIT]
    assert len(bugs) == 1  # told once, not at every try
    assert seat.states[-1].code == "sync-stopped"
    seat.line.central = FakeCentral()
    seat.rounds()
    assert (seat.state("1"), seat.states[-1].online) == (State.FINISHED, True)


def test_a_bug_does_not_end_the_thread_and_goes_where_bugs_of_threads_go(
    monkeypatch: pytest.MonkeyPatch,
):
    met: list[Any] = []
    monkeypatch.setattr(engines.threading, "excepthook", met.append)
    seat = Seat(Broken(ZeroDivisionError()))
    seat.engine._draw = lambda: 0.0
    seat.engine.start()
    end = time.monotonic() + 5
    while seat.engine._failures < 3 and time.monotonic() < end:
        time.sleep(0.01)
    seat.engine.stop()
    assert seat.engine._failures >= 3
    assert [one.exc_type for one in met] == [ZeroDivisionError]


def test_a_feed_that_never_comes_to_its_head_is_read_again_later():
    class Endless(FakeCentral):
        def pull(self, cursor: Cursor, limit: int) -> Page:
            return replace(super().pull(cursor, limit), rows=(), cursor=cursor, at_head=False)

    seat = Seat(Endless())
    keep(seat, "1", "c")
    seat.rounds(4)
    assert seat.states[-1].code == "unanswered"


def test_a_queue_that_does_not_move_is_begun_anew(monkeypatch: pytest.MonkeyPatch):
    seat = Seat(FakeCentral())
    bugs = bugs_of(seat)
    seat.rounds()
    monkeypatch.setattr(Screen, "sendable", lambda *_: [])
    keep(seat, "1", "c")
    started: list[int] = []
    start = seat.screen.start
    monkeypatch.setattr(seat.screen, "start", lambda: (started.append(1), start()))
    seat.rounds(3)
    assert started == []
    seat.engine._moved_at -= engines.STUCK_AFTER + 1
    seat.rounds(1)
    assert (started, [type(one) for one in bugs]) == ([1], [engines.Stuck])
    monkeypatch.undo()
    seat.rounds()
    assert seat.state("1") is State.FINISHED


def test_what_cannot_be_a_note_is_refused_as_one(desks: Desks):
    async def story() -> None:
        li, done = await refused_registration(desks)
        with pytest.raises(Refused):
            await li.settle_attention(done.cmd_id, "note")
        assert len(await li.attention()) == 3

    told(desks, story)
