"""Who acts, when, and under which rules: everything a decision may look at besides the case."""

from dataclasses import dataclass
from datetime import datetime, time
from functools import lru_cache
from uuid import UUID, uuid5

from app.domain.calendar import Calendar, Holidays, local_date
from app.domain.case import Case, Dossier
from app.domain.matter import Matter
from app.domain.policy import Editions, Policy
from app.domain.taxonomy import Directory
from app.domain.terms import Role


@dataclass(frozen=True, slots=True)
class Actor:
    """The person at the desk: login, name shown, role, district, and the unit of a unit's seat."""

    login: str
    name: str
    role: Role
    district: str
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """The rules in force: editions of the Measures, the district's directory, the holidays.

    `earlier` are holiday tables of before, by which cases that ended under them are still counted.
    """

    editions: Editions
    directory: Directory
    holidays: Holidays
    earlier: tuple[Holidays, ...] = ()

    def policy(self, case: Case) -> Policy:
        """The edition stamped on a case when it was registered.

        Where that is not here, the one that judges its day stands in, for reading: nothing is decided by it.
        """
        try:
            return self.editions.of(case.edition)
        except KeyError:
            return self.editions.judging(local_date(case.registered_at)).policy

    def calendar(self, policy: Policy, version: str = "") -> Calendar:
        """Working days and shifts as that edition counts them, under a holiday table ('': today's)."""
        return _calendar(self._table(version), policy.shifts, policy.code)

    def knows_calendar(self, version: str) -> bool:
        """Whether that holiday table is today's or was kept."""
        return any(version == one.version for one in (self.holidays, *self.earlier))

    def _table(self, version: str) -> Holidays:
        """The table of that version; one that was not kept, as today's tells what was known then."""
        if version in ("", self.holidays.version):
            return self.holidays
        kept = next((one for one in self.earlier if one.version == version), None)
        return kept or self.holidays.up_to(int(version.partition("-")[0]))


@lru_cache(maxsize=32)
def _calendar(holidays: Holidays, shifts: tuple[tuple[time, time], ...], code: str) -> Calendar:
    """Kept, since every decision asks for it and its index takes a while to lay out."""
    return Calendar(holidays, shifts, code)


@dataclass(frozen=True, slots=True)
class Moment:
    """One decision's circumstances. `now` drives the clocks; `number` is the next case number.

    `is_past`: `now` is when it happened, told only afterwards; a case that begins so is marked historical.
    `case_id` is given when a registration is decided anew: what a caller was told never changes.
    `matter` is that of the refused case which a registration supplements, as far as it is known here.
    `calendar` is the holiday table a new case is counted by, None for today's. `beside` are the other cases
    that the command concerns, as far as they are known here.
    """

    now: datetime
    actor: Actor
    cmd_id: str
    setting: Setting
    number: str = ""
    batch: str | None = None
    case_id: str = ""
    is_past: bool = False
    matter: Matter | None = None
    calendar: str | None = None
    beside: tuple[Dossier, ...] = ()

    def new_id(self, what: str) -> str:
        """The id of a row that this command makes; the same each time the command is decided."""
        return str(uuid5(UUID(self.cmd_id), what))
