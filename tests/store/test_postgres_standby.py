"""A real standby that lags takes the place of its server, F10: what only the lost one had is told to it again."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.domain.commands import AddNote, Dispatch, File
from app.domain.terms import Role
from app.services.queries import Operator
from db import centre
from tests.store import server
from tests.store.conftest import postgres_link
from tests.store.proxy import Proxy
from tests.store.test_postgres_faults import Seats, is_back, is_sound, logged, told
from tests.sync.desks import DISTRICT, UNIT, report, settled, until

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


@pytest.fixture(scope="module")
def leader(postgres: str) -> Iterator[server.Server]:
    """A server that may be lost; `postgres` only says that there are server programs."""
    bin_ = server.programs()
    assert bin_ is not None
    with server.served(bin_, server.free_port()) as made:
        url = url_at(made)
        centre.init(url, DISTRICT, "SZPS", "live")
        for login in ("li", "mei"):
            centre.add_operator(url, Operator(login, login, Role.OPERATOR, ""))
        yield made


@pytest.fixture
def between(leader: server.Server) -> Iterator[Proxy]:
    """The line by which the standby hears from the leader."""
    made = Proxy(("127.0.0.1", leader.port))
    yield made
    made.close()


@pytest.fixture
def standby(leader: server.Server, between: Proxy) -> Iterator[server.Server]:
    with server.standing_by(leader, server.free_port(), between.port) as made:
        yield made


@pytest.fixture
def lines(leader: server.Server) -> Iterator[list[Proxy]]:
    """A line for each of two desks."""
    made = [Proxy(("127.0.0.1", leader.port)) for _ in range(2)]
    yield made
    for one in made:
        one.close()


def url_at(its: server.Server) -> str:
    return f"postgresql://fenbo@127.0.0.1:{its.port}/postgres"


def length(its: server.Server) -> int:
    """How many commands a server has."""
    with closing(postgres_link(url_at(its))) as root:
        return sum(logged(root).values())


def silent(between: Proxy) -> None:
    """From here on the standby hears nothing."""
    between.refuse()
    between.cut()


def taken_over(leader: server.Server, standby: server.Server, lines: list[Proxy]) -> None:
    """The leader is lost, and all lines lead to the standby, as soon as they are open again."""
    for line in lines:
        line.refuse()
    leader.stop("immediate")
    standby.promote()
    for line in lines:
        line.server = ("127.0.0.1", standby.port)
        line.cut()


@pytest.mark.fault("F10")
def test_f10_a_lagging_standby_that_takes_over_is_told_the_tail_again(
    tmp_path: Path,
    leader: server.Server,
    standby: server.Server,
    between: Proxy,
    lines: list[Proxy],
):
    """Meanwhile others have gone on there: the same numbers mean something else now, and what fits comes in."""
    seats = Seats(tmp_path, url_at(leader))

    async def story() -> None:
        li, mei = [await seats.behind(*one) for one in zip(lines, ("li", "mei"), strict=True)]
        old = await li.send(report("早已传到"))
        done = [old, await li.send(File(case_id=old.case_id))]
        await settled(li, mei)
        await until(lambda: length(standby) == 2)
        silent(between)
        for wish in (report("还没有传到"), Dispatch(case_id=old.case_id, unit=UNIT)):
            done.append(await li.send(wish))
        await settled(li, mei)
        done.append(await mei.send(AddNote(case_id=old.case_id, text="接着已分拨的")))
        await settled(li, mei)
        assert (length(leader), length(standby)) == (5, 2)
        taken_over(leader, standby, lines)
        done.append(await mei.send(report("换机时来电")))
        lines[1].open()
        await until(lambda: length(standby) >= 3)  # number three is another one there
        lines[0].open()
        mine = {one.cmd_id for one in done}
        with closing(postgres_link(url_at(standby))) as root:
            await until(lambda: is_back(li) and is_back(mei) and mine <= set(logged(root)), 30)
            await settled(li, mei)
            assert logged(root) == dict.fromkeys(mine, 1)
        assert [desk.sync_state.attention for desk in (li, mei)] == [0, 0]
        assert [desk.sync_state.standing for desk in (li, mei)] == ["history-moved"] * 2

    told(seats, story, *lines)
    assert is_sound(url_at(standby))
