"""A demonstration district with a past: every line of it decided, submitted and logged like a real one."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count
from random import Random
from uuid import UUID

from app.demo.lives import Act, Fate, Halt, Life
from app.demo.people import operators
from app.demo.photos import PHOTOS, PICTURES
from app.demo.scenarios import Reports
from app.domain.calendar import LOCAL
from app.domain.case import Dossier
from app.domain.commands import kind_of
from app.domain.decide import decide
from app.domain.folding import folded
from app.domain.moment import Moment, Setting
from app.domain.sealing import seal
from app.domain.terms import CaseStatus, Stage
from app.services.envelope import Envelope, Sealed, encode, wish_of
from app.services.ports import Central
from app.services.queries import Operator

#: How the day's reports spread over its 24 hours (DOMAIN 3.3: peaks at 10-11 and 15-16).
_HOURS = (1, 1, 1, 1, 1, 1, 2, 4, 7, 10, 13, 9, 5, 6, 9, 13, 9, 7, 5, 5, 5, 4, 3, 2)
#: How many cases still wait in each queue or with the grid officer, and for how long at most (minutes).
_WAITING: Mapping[Halt, tuple[int, int]] = {
    Stage.FILING: (14, 40),
    Stage.DISPATCH: (18, 130),
    Stage.SIGN: (22, 200),
    Stage.RETURNED: (9, 80),
    Stage.CLOSURE: (16, 300),
    CaseStatus.VERIFYING: (8, 150),
}
_BATCH = 200
#: A halting life is moved until it halts this near to when it should, at most so many times.
_NEAR, _TRIES = timedelta(minutes=10), 6


@dataclass(frozen=True, slots=True)
class Plan:
    """What to make: how many cases over how many days, ending at `until`; the same seed, the same district.

    `is_at_work` leaves cases waiting in every queue; without it every life is lived to its end.
    """

    cases: int
    days: int
    until: datetime
    seed: int
    district: str
    is_at_work: bool = True


@dataclass(frozen=True, slots=True)
class Step:
    """One command of the district's past, ready to be submitted by `login`."""

    login: str
    at: datetime
    text: str
    sealed: Sealed | None


def build(
    plan: Plan,
    setting: Setting,
    centre: Callable[[str], Central],
    progress: Callable[[int, int], None],
) -> int:
    """Live every case and submit it; returns how many commands the centre took.

    `progress` is told how many of the plan's cases are done; one that was lived and not yet taken counts half.
    `centre(login)` is the central store as that person speaks to it. Raises RuntimeError when the
    centre refuses anything: the past must be lawful.
    """
    rounds: Mapping[int, list[Step]] = defaultdict(list)
    for done, steps in enumerate(_lives(plan, setting), 1):
        for number, step in enumerate(steps):
            rounds[number].append(step)
        progress(done // 2, plan.cases)
    total = sum(len(steps) for steps in rounds.values())
    taken = 0
    for number in sorted(rounds):
        for login, steps in _by_login(rounds[number]).items():
            taken += _submit(centre(login), steps)
            progress(plan.cases * (total + taken) // (2 * total), plan.cases)
    _show(centre, [step for number in sorted(rounds) for step in rounds[number]])
    return taken


def people(setting: Setting, plan: Plan) -> tuple[Operator, ...]:
    """Everybody who acts in the district's past."""
    return operators(setting.directory, plan.district, Random(plan.seed))


def _by_login(steps: list[Step]) -> Mapping[str, list[Step]]:
    found: dict[str, list[Step]] = defaultdict(list)
    for step in sorted(steps, key=lambda step: step.at):
        found[step.login].append(step)
    return found


def _submit(centre: Central, steps: list[Step]) -> int:
    for start in range(0, len(steps), _BATCH):
        part = [(step.text, step.sealed) for step in steps[start : start + _BATCH]]
        wrong = [answer for answer in centre.submit(part) if answer.status != "done"]
        if wrong:
            raise RuntimeError(f"the centre refused the demonstration: {wrong[0]}")
    return len(steps)


def _show(centre: Callable[[str], Central], steps: list[Step]) -> None:
    """The pictures themselves, each sent by one who said that it belongs to a case."""
    for stage, (digest, size) in PHOTOS.items():
        if login := next((step.login for step in steps if digest in step.text), ""):
            centre(login).put_part(digest, size, 0, PICTURES[stage])


def _lives(plan: Plan, setting: Setting) -> Iterator[list[Step]]:
    random = Random(plan.seed)
    staff = {one.login: one for one in people(setting, plan)}
    reports = Reports(setting.directory, random)
    teller = _Teller(plan, setting, staff, _numbers())
    codes = [unit.code for unit in setting.directory.units]
    for turn, (start, halt) in enumerate(_births(plan, random)):
        report, scenario = reports.draw(disposable=halt not in (None, Stage.FILING))
        unit = scenario.category.unit or codes[0]
        wrong = random.choice([code for code in codes if code != unit])
        life = Life(Fate(scenario, plan.seed * 100_003 + turn, unit, wrong, halt), setting)
        yield list(teller.tell(life, life.begins(report, start)))


def _births(plan: Plan, random: Random) -> list[tuple[datetime, Halt | None]]:
    """When each case is registered; the last ones wait in a queue, so that every queue has work."""
    halted = [
        (plan.until - timedelta(minutes=random.uniform(1, longest)), stage)
        for stage, (many, longest) in (_WAITING.items() if plan.is_at_work else ())
        for _ in range(min(many, max(1, plan.cases // 20)))
    ]
    free = [(_instant(plan, random), None) for _ in range(max(0, plan.cases - len(halted)))]
    return sorted([*free, *halted][: plan.cases], key=lambda birth: birth[0])


def _instant(plan: Plan, random: Random) -> datetime:
    """A moment of the plan's days, Mondays fuller than other days."""
    while True:
        day = plan.until - timedelta(days=random.uniform(0, plan.days))
        weight = 1.3 if day.astimezone(LOCAL).weekday() == 0 else 1.0
        if random.random() < weight / 1.3:
            break
    hour = random.choices(range(24), _HOURS)[0]
    local = day.astimezone(LOCAL).replace(hour=hour, minute=random.randrange(60))
    moment = local.replace(second=random.randrange(60), microsecond=0)
    return min(moment, plan.until - timedelta(minutes=2)).astimezone(plan.until.tzinfo)


def _numbers() -> Callable[[datetime], str]:
    counter = count()

    def number(at: datetime) -> str:
        turn = next(counter) % 36
        return f"SZPS{at.astimezone(LOCAL):%Y%m%d%H%M%S}DM0{'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'[turn]}"

    return number


class _Teller:
    """Tells one life as commands: decides each step on the case as the steps before left it."""

    def __init__(
        self,
        plan: Plan,
        setting: Setting,
        staff: Mapping[str, Operator],
        number: Callable[[datetime], str],
    ) -> None:
        self._plan = plan
        self._setting = setting
        self._staff = staff
        self._number = number

    def tell(self, life: Life, first: Act) -> Iterator[Step]:
        """Every step up to the plan's end; a life that halts is moved so that it halts just before."""
        start = target = first.at
        steps = list(self._acts(life, first))
        for _ in range(_TRIES if life.fate.halt else 0):
            if abs(target - steps[-1].at) < _NEAR:
                break
            start = start + (target - steps[-1].at)
            again = Life(life.fate, self._setting)
            steps = list(self._acts(again, replace(first, at=start)))
        return (step for step in steps if step.at <= self._plan.until)

    def _acts(self, life: Life, act: Act | None) -> Iterator[Step]:
        on: Dossier | None = None
        while act is not None and (life.fate.halt or act.at <= self._plan.until):
            step, on = self._decided(act, on)
            yield step
            act = life.goes_on(on, act.at)

    def _decided(self, act: Act, on: Dossier | None) -> tuple[Step, Dossier]:
        who = self._staff[act.login].actor
        cmd_id = str(UUID(int=Random(f"{self._plan.seed}{act}").getrandbits(128), version=4))
        command, person, numbers = seal(act.command)
        number = self._number(act.at) if on is None else ""
        moment = Moment(act.at, who, cmd_id, self._setting, number, is_past=True)
        decision = decide(command, on, moment)
        after = folded(on, decision.effects, cmd_id)
        envelope = Envelope(
            cmd_id=cmd_id,
            kind=kind_of(command),
            actor=who.login,
            seat="DM0",
            district=who.district,
            case_id=after.case.id,
            wish=wish_of(command),
            effects=decision.effects,
            relies_on=decision.relies_on,
            claimed_at=act.at,
            occurred_at=act.at,
        )
        sealed = Sealed(after.case.id, person.name, person.phone, person.id_number, numbers)
        needs = bool(numbers) or not person.is_empty
        return Step(act.login, act.at, encode(envelope), sealed if needs else None), after
