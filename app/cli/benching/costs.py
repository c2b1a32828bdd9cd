"""What a command costs at a server, beside a bare row that is put on its disk."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

from app.cli.benching.figures import Figure
from app.cli.benching.lives import Lives
from app.cli.benching.people import Person, done, store_of
from app.cli.benching.timing import Series, interleaved
from app.services.ports import Sent
from db.central.store import utc_now
from db.postgres.link import connected

#: A batch of an engine, and a row as long as a command.
_BATCH, _ROW = 200, "x" * 1600
_INSERT = "INSERT INTO public.bare VALUES (%s)"


def throughput(url: str, people: Sequence[Person], lives: Lives, rounds: int) -> Iterator[Figure]:
    """One by one, in a batch, and from everybody at once."""
    with closing(connected(url)) as root:
        root.execute("CREATE TABLE public.bare (body text)")
        try:
            yield _alone(url, people[0], lives, rounds)
            yield _batched(url, people[0], lives)
            yield _crowded(url, people, lives, rounds)
        finally:
            root.execute("DROP TABLE public.bare")


def _alone(url: str, who: Person, lives: Lives, rounds: int) -> Figure:
    given = iter([lives.report(who.login) for _ in range(rounds + 1)])
    with closing(store_of(url, who)) as store, closing(connected(url)) as raw:

        def ours(_: int) -> None:
            done(store.submit([next(given)], Sent(utc_now())))

        def bare(_: int) -> None:
            raw.execute(_INSERT, (_ROW,))

        return Figure("centre.submit", *interleaved(rounds, ours, bare))


def _batched(url: str, who: Person, lives: Lives) -> Figure:
    """Milliseconds for each command of whole cases."""
    cases = [lives.case(who.login) for _ in range(_BATCH // 3)]
    offers = [one for case in cases for one in case]
    each = Series()
    with closing(store_of(url, who)) as store:
        begun = time.perf_counter()
        done(store.submit(offers, Sent(utc_now())))
        each.add((time.perf_counter() - begun) / len(offers), 0.0)
    return Figure("centre.batch", each)


def _crowded(url: str, people: Sequence[Person], lives: Lives, rounds: int) -> Figure:
    """Milliseconds for each command while all submit: a thousand through it are commands a second."""
    given = {one: [lives.report(one.login) for _ in range(rounds)] for one in people}

    def submits(who: Person, begin: Callable[[], object]) -> None:
        with closing(store_of(url, who)) as store:
            begin()
            for offer in given[who]:
                done(store.submit([offer], Sent(utc_now())))

    def inserts(_: Person, begin: Callable[[], object]) -> None:
        with closing(connected(url)) as raw:
            begin()
            for _round in range(rounds):
                raw.execute(_INSERT, (_ROW,))

    ours, bare = (_together(people, job, rounds) for job in (submits, inserts))
    return Figure("centre.crowd", ours, bare)


def _together(
    people: Sequence[Person], job: Callable[[Person, Callable[[], object]], None], rounds: int
) -> Series:
    """Everybody at once, from when all are ready; what that is for each of all rounds."""
    ready, each = threading.Barrier(len(people) + 1), Series()
    with ThreadPoolExecutor(len(people)) as pool:
        jobs = [pool.submit(job, one, ready.wait) for one in people]
        ready.wait()
        begun = time.perf_counter()
        for one in jobs:
            one.result()
        each.add((time.perf_counter() - begun) / (len(people) * rounds), 0.0)
    return each
