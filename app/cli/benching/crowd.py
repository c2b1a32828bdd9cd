"""A made-up district to measure with: a central store with people, and commands decided as at a desk."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random
from uuid import UUID

from app.cli.demo import DISTRICT, PREFIX
from app.cli.desk import DEMO_LOGIN
from app.demo.people import operators
from app.demo.scenarios import Reports
from app.domain.case import Dossier
from app.domain.commands import Command, Dispatch, File, Register, kind_of
from app.domain.decide import decide
from app.domain.folding import folded
from app.domain.moment import Actor, Moment, Setting
from app.domain.sealing import seal
from app.services.envelope import Envelope, Sealed, encode, wish_of
from db.central import admin
from db.central.store import open_central

SEED = 20_201_201
#: Who sits at the desk that is measured, and who works beside it.
LOGIN, COLLEAGUE = DEMO_LOGIN, "li.qiang"
_BATCH, _SUBMITTED = "bench", 200
#: One case in so many is filed already, so that more than one queue has work.
_FILED_EVERY = 4

Offer = tuple[str, Sealed | None]


@dataclass(slots=True)
class Writer:
    """Decides commands of one person without a desk; `batch` when they happened earlier."""

    setting: Setting
    who: Actor
    random: Random
    batch: str | None = None
    _numbers: Iterator[int] = field(default_factory=count)

    def decided(self, command: Command, on: Dossier | None, now: datetime) -> tuple[Offer, Dossier]:
        """The command as it travels, and the case as it stands then. Raises Refused."""
        cmd_id = str(UUID(int=self.random.getrandbits(128), version=4))
        masked, person, numbers = seal(command)
        number = f"{PREFIX}{now:%y%m%d}{next(self._numbers):08}" if on is None else ""
        moment = Moment(now, self.who, cmd_id, self.setting, number, self.batch)
        decision = decide(masked, on, moment)
        after = folded(on, decision.effects, cmd_id)
        envelope = Envelope(
            cmd_id=cmd_id,
            kind=kind_of(command),
            actor=self.who.login,
            seat="BN0",
            district=DISTRICT,
            case_id=after.case.id,
            wish=wish_of(masked),
            effects=decision.effects,
            relies_on=decision.relies_on,
            claimed_at=now,
            occurred_at=now if self.batch else None,
            batch=self.batch,
        )
        case_id = after.case.id
        sealed = Sealed(case_id, person.name, person.phone, person.id_number, numbers)
        is_plain = person.is_empty and not numbers
        return (encode(envelope), None if is_plain else sealed), after


def actor(setting: Setting, login: str) -> Actor:
    """A person of the district as decisions know him."""
    people = operators(setting.directory, DISTRICT, Random(SEED))
    return next(one for one in people if one.login == login).actor


def reports(setting: Setting, random: Random) -> Iterator[Register]:
    """Reports without end; none of them only says thanks."""
    drawn = Reports(setting.directory, random)
    while True:
        yield drawn.draw(disposable=True)[0]


def found(path: Path, setting: Setting) -> None:
    """A store with the centre's people in it, and nothing else."""
    admin.init(path, DISTRICT, PREFIX, "demo")
    for person in operators(setting.directory, DISTRICT, Random(SEED)):
        if person.unit is None:
            admin.add_operator(path, person)


def peopled(path: Path, setting: Setting, cases: int, until: datetime) -> None:
    """A store with `cases` open cases, registered in the hours before `until`."""
    found(path, setting)
    admin.open_batch(path, _BATCH, "admin", historical=True)
    central = open_central(path, LOGIN)
    try:
        offers: list[Offer] = []
        for offer in _past(setting, cases, until):
            offers.append(offer)
            if len(offers) == _SUBMITTED:
                central.submit(offers)
                offers = []
        central.submit(offers)
    finally:
        central.close()
    admin.close_batch(path, _BATCH)


def _past(setting: Setting, cases: int, until: datetime) -> Iterator[Offer]:
    random = Random(SEED)
    writer = Writer(setting, actor(setting, LOGIN), random, _BATCH)
    step = timedelta(hours=8) / max(cases, 1)
    for turn, report in zip(range(cases), reports(setting, random), strict=False):
        now = until - step * (cases - turn)
        offer, on = writer.decided(report, None, now)
        yield offer
        if turn % _FILED_EVERY == 0:
            yield writer.decided(File(case_id=on.case.id), on, now)[0]


def dispatched(on: Dossier, setting: Setting) -> Dispatch:
    """The usual dispatch of a filed case: to the unit of its class, or the first of the district."""
    category = setting.directory.taxonomy.get(on.case.category)
    unit = (category.unit if category else None) or setting.directory.units[0].code
    return Dispatch(case_id=on.case.id, unit=unit)
