"""Open cases counted anew by the holidays as announced now: one command each, through the one door."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile

from app.domain.bases import rebased
from app.domain.case import ENDED, Dossier
from app.domain.commands import Resettle, kind_of
from app.domain.deadlines import settle
from app.domain.decide import decide
from app.domain.moment import Actor, Moment, Setting
from app.domain.refused import Refused
from app.services.envelope import Envelope, encode, wish_of
from app.services.ports import Central
from app.services.wholes import whole_cases

#: Commands of one submission.
BATCH = 100
#: What moves while it is read is read again, at most so often.
MOST_ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Resettled:
    """How many open cases were counted anew, how many of them are due at another instant now.

    `left` are cases that others kept moving meanwhile: another run takes them.
    """

    cases: int
    moved: int
    left: int


@dataclass(frozen=True, slots=True)
class Resettler:
    """Who does it, from which seat, by which rules and clock; `new_id` makes the ids of commands."""

    actor: Actor
    seat: str
    setting: Setting
    now: Callable[[], datetime]
    new_id: Callable[[], str]

    def run(self, central: Central) -> Resettled:
        """Until nothing open is counted by another table than today's. Raises Refused, Unreachable."""
        cases = moved = 0
        for _ in range(MOST_ROUNDS):
            wishes = list(self._wanted(central))
            done = self._done(central, wishes)
            cases += len(done)
            moved += sum(wish.due_was != wish.due_now for wish in done)
            if len(done) == len(wishes):
                return Resettled(cases, moved, 0)
        return Resettled(cases, moved, sum(1 for _ in self._wanted(central)))

    def _wanted(self, central: Central) -> Iterator[tuple[Dossier, Resettle]]:
        version = self.setting.holidays.version
        for on in takewhile(lambda on: on.case.status not in ENDED, whole_cases(central)):
            if on.case.calendar != version:
                after = self._after(on, version)
                yield on, _wish(on, version, after)

    def _after(self, on: Dossier, version: str) -> datetime | None:
        case = rebased(on.case, self.now(), calendar=version)
        return settle(on.with_row(case), self.setting).due_at

    def _done(self, central: Central, wishes: Sequence[tuple[Dossier, Resettle]]) -> list[Resettle]:
        """Those that the centre took; a case that somebody moved meanwhile is looked at again."""
        done: list[Resettle] = []
        for start in range(0, len(wishes), BATCH):
            part = wishes[start : start + BATCH]
            sent = [(encode(self._envelope(on, wish)), None) for on, wish in part]
            answers = central.submit(sent)
            for (_, wish), answer in zip(part, answers, strict=True):
                if answer.status not in ("done", "conflict", "missing"):
                    raise Refused("resettle-denied", why=answer.why or answer.status)
                done += [wish] if answer.status == "done" else []
        return done

    def _envelope(self, on: Dossier, wish: Resettle) -> Envelope:
        now, cmd_id = self.now(), self.new_id()
        decision = decide(wish, on, Moment(now, self.actor, cmd_id, self.setting))
        return Envelope(
            cmd_id=cmd_id,
            kind=kind_of(wish),
            actor=self.actor.login,
            seat=self.seat,
            district=self.actor.district,
            case_id=on.case.id,
            wish=wish_of(wish),
            effects=decision.effects,
            relies_on=decision.relies_on,
            claimed_at=now,
        )


def _wish(on: Dossier, version: str, due: datetime | None) -> Resettle:
    return Resettle(case_id=on.case.id, calendar=version, due_was=on.case.due_at, due_now=due)
