"""Taking time: rounds of what we do between rounds of the bare thing, so that drift hits both."""

import gc
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field

Job = Callable[[int], object]

MILLI = 1000.0


@dataclass(slots=True)
class Series:
    """What one thing took, round by round, in milliseconds of wall clock and of processor."""

    wall: list[float] = field(default_factory=list[float])
    cpu: list[float] = field(default_factory=list[float])

    def add(self, wall: float, cpu: float) -> None:
        """One round, in seconds."""
        self.wall.append(wall * MILLI)
        self.cpu.append(cpu * MILLI)

    def take(self, job: Job, turn: int) -> None:
        """Do one round on this thread and keep what it took."""
        begun, spent = time.perf_counter(), time.thread_time()
        job(turn)
        self.add(time.perf_counter() - begun, time.thread_time() - spent)


def at(values: list[float], share: float) -> float:
    """The value below which that share of the values lie; 0 of none."""
    if not values:
        return 0.0
    ranked = sorted(values)
    return ranked[min(int(len(ranked) * share), len(ranked) - 1)]


def interleaved(
    rounds: int, ours: Job, bare: Job, ready: Job | None = None
) -> tuple[Series, Series]:
    """Both things by turns, each first every other time; `ready` goes before each round, untimed."""
    mine, theirs = Series(), Series()
    with undisturbed():
        for turn in range(-1, rounds):
            pairs = [(mine, ours), (theirs, bare)]
            for series, job in pairs if turn % 2 else reversed(pairs):
                if ready is not None:
                    ready(turn)
                (series if turn >= 0 else Series()).take(job, turn)  # the first round only warms
    return mine, theirs


@contextmanager
def undisturbed() -> Generator[None, None, None]:
    """No garbage is collected meanwhile, as on the screen, where a timer does it."""
    was_on = gc.isenabled()
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
