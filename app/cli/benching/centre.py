"""A centre of many seats under load: how soon others see a command, how fast queues drain, and the whole course."""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from random import random

import app
from app.cli.benching import costs
from app.cli.benching.child import Child
from app.cli.benching.crowd import Offer
from app.cli.benching.figures import Figure, Goal, Judged
from app.cli.benching.lives import Lives
from app.cli.benching.people import Person, dismiss, done, found, store_of
from app.cli.benching.size import Size
from app.cli.benching.timing import Series
from app.cli.places import setting
from app.services.ports import Sent, Unreachable
from app.sync.engine import FIRST_WAIT, LONGEST_WAIT
from db.central.store import utc_now
from db.centre import Centre

_ROOT = Path(app.__file__).parents[1]
#: So long may the seats take to end (seconds).
_LAST = 30.0
#: What is aimed at (milliseconds).
_SEEN, _POLLED, _DRAINED = (300.0, 1200.0, 60_000.0)


def measured(url: str, size: Size, tell: Callable[[str], None]) -> Generator[Figure]:
    """Everything, in an empty database, which is left; its logins are not. Raises Refused as `init` of a store."""
    people, lives = found(url, size.seats), Lives(setting())
    try:
        tell("centre.submit")
        yield from costs.throughput(url, people[: size.writers], lives, size.rounds)
        tell("centre.seen")
        yield seen(url, people, lives, size, hints=True)
        yield seen(url, people, lives, size, hints=False)
        tell("centre.drain")
        yield drained(url, people, lives, size)
    finally:
        dismiss(url, people)


@contextmanager
def seated(url: str, people: Sequence[Person], *, hints: bool, watched: int) -> Generator[Child]:
    """Everybody at his seat, in a process of their own."""
    process = subprocess.Popen(
        [sys.executable, "-m", "app.cli.benching.seats"],
        cwd=_ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    child = Child(process)
    ear = threading.Thread(target=child.listen, daemon=True)
    ear.start()
    told = {
        "url": url,
        "people": [(one.login, one.password) for one in people],
        "hints": hints,
        "watched": watched,
    }
    try:
        process.stdin.write(json.dumps(told) + "\n")
        process.stdin.flush()
        while "ready" not in child.lines:
            if process.poll() is not None:
                raise RuntimeError("the seats did not open")
            time.sleep(0.05)
        yield child
    finally:
        process.stdin.close()
        try:
            process.wait(_LAST)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        ear.join()
        if process.stdout is not None:
            process.stdout.close()


def seen(url: str, people: Sequence[Person], lives: Lives, size: Size, *, hints: bool) -> Figure:
    """From before a command is submitted until a watched seat has read it, with all seats reading."""
    with seated(url, people, hints=hints, watched=size.watched) as seats:
        time.sleep(1.0)
        sent = _paced(url, people, lives, size)
        end = time.monotonic() + _LAST
        while len(found_at := _read(seats, sent)) < len(sent) * size.watched:
            if time.monotonic() > end:
                raise RuntimeError("some seats never saw some commands")
            time.sleep(0.1)
    took = Series()
    for begun, at in found_at:
        took.add(at - begun, 0.0)
    key, limit = ("centre.seen", _SEEN) if hints else ("centre.polled", _POLLED)
    return Figure(key, took, None, Goal(Judged.P99, limit))


def _read(seats: Child, sent: dict[str, float]) -> list[tuple[float, float]]:
    """When each command set out, and when a seat had read it, for every seat that says so."""
    told = (line.partition(" ") for line in tuple(seats.lines))
    return [(sent[cmd_id], float(at)) for cmd_id, _, at in told if cmd_id in sent]


def _paced(url: str, people: Sequence[Person], lives: Lives, size: Size) -> dict[str, float]:
    """Submit at the rate from several seats; when each command set out."""
    writers = [people[-1 - turn % len(people)] for turn in range(size.writers)]
    sent: dict[str, float] = {}
    number = int(size.rate * size.seconds)
    begun = time.monotonic() + 0.5

    def work(turn: int) -> None:
        with closing(store_of(url, writers[turn])) as store:
            for one in range(turn, number, len(writers)):
                offer = lives.report(writers[turn].login)
                cmd_id = json.loads(offer[0])["cmd_id"]
                time.sleep(max(0.0, begun + one / size.rate - time.monotonic()))
                sent[cmd_id] = time.monotonic()
                done(store.submit([offer], Sent(utc_now())))

    with ThreadPoolExecutor(len(writers)) as pool:
        for job in [pool.submit(work, turn) for turn in range(len(writers))]:
            job.result()
    return sent


def _patiently(store: Centre, batch: list[Offer]) -> None:
    """Offer until it is taken, with the pauses of a desk's engine."""
    for failures in count():
        try:
            done(store.submit(batch, Sent(utc_now())))
        except Unreachable:
            time.sleep(random() * min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(failures, 8)))
        else:
            return


def drained(url: str, people: Sequence[Person], lives: Lives, size: Size) -> Figure:
    """Everybody comes back at once, each with a queue of whole cases, offered as the engine offers them."""
    queues = {one.login: [lives.case(one.login) for _ in range(size.queued // 3)] for one in people}
    took = Series()

    def drain(who: Person) -> None:
        with closing(store_of(url, who)) as store:
            for rank in range(3):  # of each case one command at a time
                _patiently(store, [one[rank] for one in queues[who.login]])

    begun = time.perf_counter()
    with ThreadPoolExecutor(len(people)) as pool:
        for job in [pool.submit(drain, one) for one in people]:
            job.result()
    took.add(time.perf_counter() - begun, 0.0)
    return Figure("centre.drain", took, None, Goal(Judged.LONGEST, _DRAINED))
