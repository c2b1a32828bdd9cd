"""Circumstances for tests: the shipped Measures, people of every role, and a case walked to any state."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from uuid import UUID

from app.domain.case import Case, Dossier
from app.domain.commands import Command, File, Person, Register
from app.domain.decide import decide
from app.domain.folding import folded
from app.domain.matter import Matter
from app.domain.moment import Actor, Moment, Setting
from app.domain.terms import Role
from resources.holidays import load_holidays
from resources.loading import load_directory, load_editions

#: A Monday, 09:30 in Shenzhen.
MORNING = datetime(2025, 3, 3, 1, 30, tzinfo=UTC)


@cache
def setting() -> Setting:
    """The shipped edition, directory and holidays."""
    return Setting(load_editions(), load_directory(), load_holidays())


def a_unit(number: int = 0) -> str:
    """Code of a unit that does not work around the clock."""
    return [one.code for one in setting().directory.units if not one.around_the_clock][number]


def a_class(*, component: bool = False) -> str:
    """Code of a leaf class of grade C."""
    leaves = setting().directory.taxonomy.leaves()
    return next(
        one.code for one in leaves if one.component is component and one.grade == "C" and one.unit
    )


def someone(role: Role = Role.OPERATOR, unit: str | None = None, login: str = "") -> Actor:
    """A person of that role; a unit's person belongs to the first unit unless told otherwise."""
    if role in (Role.UNIT_HANDLER, Role.UNIT_LEADER):
        unit = unit or a_unit()
    return Actor(login or f"u_{role.lower()}", role.title(), role, "440310", unit)


class Story:
    """A case lived through command by command, as a desk would live it, without any store."""

    def __init__(self, at: datetime = MORNING, matter: Matter | None = None) -> None:
        self.now = at
        self.matter = matter
        self.dossier: Dossier | None = None
        self.count = 0

    @property
    def on(self) -> Dossier:
        """The dossier as it stands."""
        assert self.dossier is not None
        return self.dossier

    @property
    def case(self) -> Case:
        """The case as it stands."""
        return self.on.case

    def moment(self, who: Actor) -> Moment:
        """The circumstances of the next command."""
        number, cmd_id = f"SZPS{self.count}", str(UUID(int=self.count + 1))
        return Moment(self.now, who, cmd_id, setting(), number, matter=self.matter)

    def does(self, command: Command, who: Actor | None = None, after: int = 0) -> "Story":
        """Let `who` (an operator) do it, `after` so many minutes."""
        self.now += timedelta(minutes=after)
        moment = self.moment(who or someone())
        decision = decide(command, self.dossier, moment)
        self.count += 1
        self.dossier = folded(self.dossier, decision.effects, moment.cmd_id)
        return self


def report(**more: object) -> Register:
    """A complete report of somebody who can be told, in a class of its own."""
    given = {
        "reporter": Person(name="欧阳*", phone="139****5678"),
        "narrative": "小区门口路灯不亮已有三天，夜间出行不便，请尽快维修。",
        "address": "幸福里12号楼门口",
        "community": setting().directory.communities[0].code,
        "street": setting().directory.communities[0].street,
        "category": a_class(),
        "channel": setting().directory.channels[0].code,
    }
    return replace(Register(narrative=""), **{**given, **more})  # type: ignore[arg-type]


def registered(at: datetime = MORNING, **more: object) -> Story:
    """A story that begins with a registered report."""
    return Story(at).does(report(**more))


def filed(at: datetime = MORNING, **more: object) -> Story:
    """A story that begins with a filed case."""
    story = registered(at, **more)
    return story.does(File(case_id=story.case.id), after=3)
