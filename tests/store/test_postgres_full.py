"""A server that says no for a while: no room, no more connections, locks in the way; and hints that nobody sent."""

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from app.domain.commands import Dispatch, File
from app.domain.terms import Role
from app.services.live import LiveDesk
from app.services.local import State
from app.services.queries import Operator
from db import centre
from db.central.link import Link
from tests.store.conftest import postgres_link
from tests.store.test_postgres_faults import is_back, is_sound, logged, told
from tests.sync.desks import UNIT, Desks, cut, report, settled, until

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

#: What is told of a tail that others hold: the server gave up waiting, or the seat did.
BUSY = ("store-busy", "unanswered")
#: Seats that come back at once, what each has to send, and how long a person may be kept waiting then (seconds).
SEATS, COMMANDS, STALL = 20, 15, 5.0


@pytest.fixture
def root(url: str) -> Iterator[Link]:
    link = postgres_link(url, "fenbo")
    yield link
    link.close()


@pytest.fixture
def desks(tmp_path: Path, url: str) -> Desks:
    return Desks(tmp_path, url)


async def goes_on(desk: LiveDesk, code: str) -> list[str]:
    """Registers and files while the centre takes nothing for the reason `code`; what was asked for."""
    first = await desk.send(report("照常登记"))
    await until(lambda: not desk.sync_state.online and desk.sync_state.code == code)
    second = await desk.send(File(case_id=first.case_id))
    view = await desk.case(first.case_id)
    assert view is not None
    assert (desk.sync_state.waiting, desk.sync_state.attention) == (2, 0)
    return [first.cmd_id, second.cmd_id]


async def healed(desk: LiveDesk, root: Link, done: list[str]) -> None:
    await until(lambda: is_back(desk))
    await settled(desk)
    assert logged(root) == dict.fromkeys(done, 1)
    assert desk.sync_state.attention == 0


# F16


@contextmanager
def failing(root: Link, state: str) -> Iterator[None]:
    """Whatever is to be written into the log fails with a SQLSTATE, as the server itself would say it."""
    root.script(f"""
        CREATE FUNCTION fenbo.fails() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            RAISE EXCEPTION 'could not extend file' USING ERRCODE = '{state}'; END $$;
        CREATE TRIGGER fails BEFORE INSERT ON fenbo.log FOR EACH ROW EXECUTE FUNCTION fenbo.fails();
    """)
    try:
        yield
    finally:
        root.script("DROP TRIGGER fails ON fenbo.log; DROP FUNCTION fenbo.fails()")


@pytest.mark.fault("F16")
@pytest.mark.parametrize(("state", "code"), [("53100", "store-full"), ("53200", "centre-full")])
def test_f16_a_server_without_room_is_waited_for(
    desks: Desks, url: str, root: Link, state: str, code: str
):
    async def story() -> None:
        li = await desks.at("li")
        await settled(li)
        with failing(root, state):
            done = await goes_on(li, code)
        await healed(li, root, done)

    told(desks, story)
    assert is_sound(url)


@pytest.mark.fault("F16")
def test_f16_a_server_that_lets_nobody_more_in_is_waited_for(desks: Desks, url: str, root: Link):
    async def story() -> None:
        li = await desks.at("li")
        await settled(li)
        root.run("ALTER ROLE li CONNECTION LIMIT 0")
        try:
            root.rows("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'li'")
            done = await goes_on(li, "centre-full")
        finally:
            root.run("ALTER ROLE li CONNECTION LIMIT -1")
        await healed(li, root, done)

    told(desks, story)
    assert is_sound(url)


# F18


@pytest.mark.fault("F18")
def test_f18_whom_a_deadlock_throws_out_is_taken_once_all_the_same(
    desks: Desks, url: str, root: Link
):
    """A keeper holds the case and then wants the tail, which `submit` holds while it wants the case: 40P01."""

    async def story() -> None:
        li = await desks.at("li")
        done = [await li.send(report())]
        done.append(await li.send(File(case_id=done[0].case_id)))
        await settled(li)
        before = _deadlocks(root)
        with psycopg.connect(url) as keeper:
            keeper.execute("SET deadlock_timeout = '60s'")  # it is not the keeper who gives way
            keeper.execute("SELECT 1 FROM fenbo.case_file FOR UPDATE")
            done.append(await li.send(Dispatch(case_id=done[0].case_id, unit=UNIT)))
            await until(lambda: _waits(root, "li"))
            await asyncio.to_thread(keeper.execute, "SELECT 1 FROM fenbo.head FOR UPDATE")
            assert _deadlocks(root) > before or await _counted(root, before)
        await healed(li, root, [one.cmd_id for one in done])

    told(desks, story)
    assert is_sound(url)


def _deadlocks(root: Link) -> int:
    root.run("SELECT pg_stat_clear_snapshot()")
    found = root.row("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
    return int((found or (0,))[0])


async def _counted(root: Link, before: int) -> bool:
    """The server counts them a moment later."""
    await until(lambda: _deadlocks(root) > before)
    return True


def _waits(root: Link, login: str) -> bool:
    sql = "SELECT 1 FROM pg_stat_activity WHERE usename = ? AND wait_event_type = 'Lock'"
    return root.row(sql, (login,)) is not None


@pytest.mark.fault("F18")
def test_f18_two_who_must_not_see_each_other_are_both_taken_in_turn(
    desks: Desks, url: str, root: Link
):
    """Logins set to SERIALIZABLE: whoever comes second to the tail hears 40001."""
    for login in ("li", "mei"):
        root.run(f"ALTER ROLE {login} SET default_transaction_isolation = 'serializable'")

    async def story() -> None:
        li, mei = await desks.at("li"), await desks.at("mei")
        done = await asyncio.gather(*(one.send(report()) for one in (li, mei) * 12))
        await settled(li, mei)
        assert logged(root) == dict.fromkeys([one.cmd_id for one in done], 1)
        assert li.sync_state.attention == mei.sync_state.attention == 0

    try:
        told(desks, story)
    finally:
        for login in ("li", "mei"):
            root.run(f"ALTER ROLE {login} RESET default_transaction_isolation")
    assert is_sound(url)


@pytest.mark.fault("F17", "F18")
def test_f17_a_tail_that_somebody_holds_and_forgets_is_given_free_within_seconds(
    desks: Desks, url: str, root: Link
):
    """55P03 as long as it is held; an operator's transaction that idles is ended by the server."""

    async def story() -> None:
        li = await desks.at("li")
        await settled(li)
        with psycopg.connect(url.replace("fenbo@", "mei@")) as mei:
            mei.execute("SELECT fenbo.head()")  # a transaction is open from here on
            done = await li.send(report())
            await settled(li)
            assert logged(root) == {done.cmd_id: 1}
        keeper = psycopg.connect(url)
        keeper.execute("SELECT 1 FROM fenbo.head FOR UPDATE")
        held = time.monotonic()
        try:
            second = await li.send(report("有人占着"))
            await until(lambda: not li.sync_state.online and li.sync_state.code in BUSY)
            assert time.monotonic() - held < 8
        finally:
            keeper.close()
        await healed(li, root, [done.cmd_id, second.cmd_id])

    told(desks, story)
    assert is_sound(url)


# F21


@pytest.mark.fault("F21")
def test_f21_an_id_that_the_centre_knows_with_other_content_waits_for_a_person(
    desks: Desks, url: str, root: Link
):
    """As from a seat whose file another hand wrote to: neither is taken for the other, nothing is swallowed."""

    async def story() -> None:
        li = await desks.at("li")
        await settled(li)
        away = cut(li)
        done = await li.send(report("原来的话"))
        (entry,) = li._house.desk.submit(lambda: li._at.outbox.entries([State.QUEUED])).result()
        central = centre.open_central(url, "li")
        (taken,) = central.submit([(entry.body.replace("原来的话", "别的话"), entry.sealed)])
        assert taken.status == "done"
        central.close()
        away.is_away = False
        li._at.wire.wake()
        await until(lambda: li.sync_state.attention == 1)
        await settled(li)
        (one,) = await li.attention()
        assert (one.cmd_id, one.why) == (done.cmd_id, "id-reuse")
        assert one.wish["narrative"] == "原来的话"
        assert logged(root) == {done.cmd_id: 1}

    told(desks, story)
    assert is_sound(url)


# F25


@pytest.mark.fault("F25")
def test_f25_a_flood_of_hints_that_anybody_sends_costs_a_seat_twenty_looks_a_second(
    desks: Desks, url: str, root: Link, monkeypatch: pytest.MonkeyPatch
):
    """Any login may say anything on any channel; nothing it says is believed, and work goes on beside it."""
    stop = threading.Event()

    def flood() -> None:
        with psycopg.connect(url.replace("fenbo@", "mei@"), autocommit=True) as liar:
            while not stop.is_set():
                liar.execute("NOTIFY fenbo_440310, 'drop everything'")
                liar.execute("SELECT pg_notify('fenbo_440310', %s)", ("x" * 7_000,))

    async def story() -> None:
        li, zhao = await desks.at("li"), await desks.at("zhao")
        await settled(li, zhao)
        line = li._at.wire._line  # pyright: ignore
        looks = _counting(line)
        lying = threading.Thread(target=flood)
        lying.start()
        try:
            begun = time.monotonic()
            done = await zhao.send(report("洪水里的一件"))
            await until(lambda: _has(li, done.case_id))
            await asyncio.sleep(3)
            passed = time.monotonic() - begun
        finally:
            stop.set()
            lying.join()
        assert looks[0] > 10  # they were heard
        assert looks[0] <= 20 * passed + 2
        await settled(li, zhao)

    told(desks, story)
    assert is_sound(url)


def _counting(line: Any) -> list[int]:
    """How often the centre was asked from now on whether there is anything new."""
    central, looks = line.central, [0]

    class Counted:
        def __getattr__(self, name: str) -> Any:
            looks[0] += name in ("head", "pull")
            return getattr(central, name)

    line.central = Counted()
    return looks


def _has(desk: LiveDesk, case_id: str) -> bool:
    return desk._house.desk.submit(lambda: desk._at.replica.dossier(case_id)).result() is not None


@pytest.mark.fault("F25")
def test_f25_with_hints_switched_off_a_colleague_sees_it_within_a_second(
    desks: Desks, url: str, root: Link
):
    """Of three tries the best: others use this machine too."""
    hinting = root.row(
        "SELECT pg_get_functiondef('fenbo.submit(jsonb, timestamptz, integer, integer)'::regprocedure)"
    )
    assert hinting is not None
    assert "pg_notify" in hinting[0]
    root.script(str(hinting[0]).replace("PERFORM pg_notify('fenbo_' || h.feed, '');", "PERFORM 1;"))

    async def story() -> None:
        li, mei = await desks.at("li"), await desks.at("mei")
        await settled(li, mei)
        took: list[float] = []
        for number in range(3):
            done = await li.send(report(f"没有提示 {number}"))
            begun = time.monotonic()
            await until(lambda done=done: _has(mei, done.case_id))
            took.append(time.monotonic() - begun)
        assert min(took) <= 1.2

    told(desks, story)
    root.script(str(hinting[0]))


# F28


@pytest.mark.fault("F28")
def test_f28_seats_that_come_back_at_once_are_drained_and_keep_nobody_waiting(
    desks: Desks, url: str, root: Link
):
    """Twenty with fifteen commands each, all in one process; three hundred are in tests/soak."""
    people = [f"seat{number}" for number in range(SEATS)]
    for login in people:
        centre.add_operator(url, Operator(login, login, Role.OPERATOR, ""))
        root.run(f"ALTER ROLE {login} CONNECTION LIMIT -1")

    async def story() -> None:
        at = [await desks.at(login) for login in people]
        await settled(*at)
        away = [cut(desk) for desk in at]
        done: list[str] = []
        for number in range(COMMANDS):
            done += [(await desk.send(report(f"停机 {number}"))).cmd_id for desk in at]
        assert sum(desk.sync_state.waiting for desk in at) == SEATS * COMMANDS
        begun = time.monotonic()
        for one in away:
            one.is_away = False
        registered = await at[0].send(report("恢复时来电"))  # nobody waits for the others
        answered = time.monotonic() - begun
        for desk in at:
            await until(lambda desk=desk: is_back(desk), 60)
        assert answered < STALL
        await settled(*at)
        assert logged(root) == dict.fromkeys([*done, registered.cmd_id], 1)
        assert {desk.sync_state.attention for desk in at} == {0}

    told(desks, story)
    assert is_sound(url)
