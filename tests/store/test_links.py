"""The connections of a store: one for each thread, and what becomes of one whose thread has ended."""

import threading
from collections.abc import Callable

import pytest

from db.central.link import SQLITE, Link
from db.central.links import Links


class Connection:
    """What a link needs of one."""

    def __init__(self) -> None:
        self.is_closed = False

    def cursor(self) -> None:
        return None

    def close(self) -> None:
        self.is_closed = True


class Made:
    """Links over connections that are remembered."""

    def __init__(self, *, inherited: bool) -> None:
        self.connections: list[Connection] = []
        self.links = Links(self._connect, inherited=inherited)

    def _connect(self) -> Link:
        one = Connection()
        self.connections.append(one)
        return Link(one, SQLITE, lambda: one.is_closed)

    def used(self) -> Connection:
        with self.links.mine() as link:
            return link._connection

    def used_elsewhere(self, *meanwhile: Callable[[], object]) -> None:
        """By a thread that has ended afterwards; something else may happen while it has its link."""

        def use() -> None:
            self.used()
            for job in meanwhile:
                job()

        thread = threading.Thread(target=use)
        thread.start()
        thread.join()


def test_what_an_ended_thread_has_connected_is_used_on():
    """Over a slow line a question is given up before its connection stands; the next one has it then."""
    made = Made(inherited=True)
    made.used_elsewhere()
    assert made.used() is made.used() is made.connections[0]
    assert len(made.connections) == 1


def test_of_several_that_were_left_one_is_used_on_and_the_others_are_closed():
    made = Made(inherited=True)
    made.used_elsewhere(made.used_elsewhere)
    assert len(made.connections) == 2
    kept = made.used()
    assert [one.is_closed for one in made.connections] == [
        one is not kept for one in made.connections
    ]


def test_one_that_broke_is_not_used_on():
    made = Made(inherited=True)
    made.used_elsewhere()
    made.connections[0].close()
    assert made.used() is made.connections[1]


@pytest.mark.parametrize("inherited", [True, False])
def test_what_a_living_thread_has_is_its_own(inherited: bool):
    made = Made(inherited=inherited)
    made.used()
    made.used_elsewhere()
    assert made.used() is made.connections[0]
    assert len(made.connections) == 2


def test_where_they_are_not_inherited_an_ended_thread_s_is_closed():
    made = Made(inherited=False)
    made.used_elsewhere()
    assert made.used() is made.connections[1]
    assert made.connections[0].is_closed
