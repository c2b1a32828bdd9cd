"""The questions a screen asks and the plain values it gets back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from app.domain.case import Case, Dossier
from app.domain.clocks import Ledger
from app.domain.disputes import Known
from app.domain.matter import Matter
from app.domain.moment import Actor
from app.domain.terms import CaseStatus, Grade, Nature, Role, Stage
from app.services.filters import Filter


class Queue(StrEnum):
    """The queues of the workbench: one per stage, the overdue ones, everything, what one has claimed oneself, and
    where a unit asks to see the reporter.
    """

    FILING = "FILING"
    DISPATCH = "DISPATCH"
    SIGN = "SIGN"
    DISPOSAL = "DISPOSAL"
    RETURNED = "RETURNED"
    CLOSURE = "CLOSURE"
    OVERDUE = "OVERDUE"
    ALL = "ALL"
    MINE = "MINE"
    ASKED = "ASKED"
    VISIT = "VISIT"


class Sort(StrEnum):
    """What a queue can be sorted by; DUE puts the longest overdue first and what has no due last."""

    DUE = "DUE"
    REGISTERED = "REGISTERED"
    NUMBER = "NUMBER"
    TITLE = "TITLE"
    PLACE = "PLACE"
    CATEGORY = "CATEGORY"
    UNIT = "UNIT"
    GRADE = "GRADE"


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowQuery:
    """A window of a queue: at most 200 rows from `offset`. `now` decides what is overdue, `holder` whose is mine."""

    queue: Queue
    now: datetime
    filter: Filter = field(default_factory=Filter)
    sort: Sort = Sort.DUE
    descending: bool = False
    offset: int = 0
    limit: int = 200
    holder: str = ""


class QueueRow(NamedTuple):
    """A case as a list shows it. `asks` counts those of units who wait to be let see the reporter; `is_unsent`
    marks a row with own commands the centre has not logged.

    A tuple, since hundreds are made for a page while somebody scrolls: a data class takes several times as long.
    """

    id: str
    number: str
    title: str
    status: CaseStatus
    stage: Stage
    nature: Nature
    grade: Grade
    category: str | None
    street: str | None
    community: str | None
    address: str
    channel: str
    lead_unit: str | None
    registered_at: datetime
    due_at: datetime | None
    due_clock: str | None
    due_is_provisional: bool
    return_count: int
    rework_count: int
    historical: bool
    keep_secret: bool
    safety_hazard: bool
    changed_by: str
    holder: str = ""
    asked: str = ""
    asked_at: datetime | None = None
    asks: int = 0
    is_unsent: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """The answer to a WindowQuery: rows, where they start, and how many there are in all."""

    rows: tuple[QueueRow, ...]
    offset: int
    total: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How many cases wait in each queue, and how many of those are overdue or due within the hour."""

    waiting: Mapping[Queue, int]
    overdue: Mapping[Queue, int]
    soon: Mapping[Queue, int]


class Delivery(StrEnum):
    """How far an own command has come; colleagues' commands are always FINISHED."""

    QUEUED = "QUEUED"
    SENT = "SENT"
    FINISHED = "FINISHED"
    ATTENTION = "ATTENTION"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """One command in the life of a case. `wish` is what was asked, personal data masked."""

    cmd_id: str
    kind: str
    actor: str
    at: datetime
    wish: Mapping[str, Any]
    delivery: Delivery
    seq: int = 0
    undoes: str | None = None
    is_historical: bool = False


class Copied(NamedTuple):
    """Another case whose reply reads the same: its number, how like it is (0 to 1), and the unit of both."""

    number: str
    share: float
    unit: str


_NOTHING = Known()


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """A case as the pane shows it: rows, clocks, timeline, and what the actor may do now.

    `verbs` are the kinds of command that the rule table permits, in the order of the Measures;
    `suggested` is the likeliest next one. `cousins` are earlier cases of the same reporter,
    `linked` the refused case that this one supplements and those that supplement this one. A refused case
    comes with its `matter`: by that it is known whether it may be taken up once more. `members` are the cases
    that follow it (并案), `survivor` the one that it follows; `parts` are those that it was split into (拆分), `whole`
    the one that it is a part of; `known` is what counts of others where it is disputed.
    """

    dossier: Dossier
    ledgers: tuple[Ledger, ...]
    timeline: tuple[TimelineEntry, ...]
    verbs: tuple[str, ...]
    suggested: str | None
    edition: str
    by_analogy: bool
    cousins: tuple[QueueRow, ...] = ()
    linked: tuple[QueueRow, ...] = ()
    matter: Matter | None = None
    members: tuple[Dossier, ...] = ()
    parts: tuple[Dossier, ...] = ()
    whole: QueueRow | None = None
    survivor: QueueRow | None = None
    copied: tuple[Copied, ...] = ()
    known: Known = _NOTHING


@dataclass(frozen=True, slots=True)
class Done:
    """A command carried out at this desk and durable: what it was, and to which case."""

    cmd_id: str
    kind: str
    case_id: str
    number: str


@dataclass(frozen=True, slots=True)
class Undoable:
    """An own command that can still be taken back, newest first in the undo strip."""

    done: Done
    at: datetime
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Draft:
    """Half-typed intake, kept in the local journal until it is registered or thrown away."""

    id: str
    saved_at: datetime
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Attention:
    """An own command the centre did not take; nothing is dropped until a person says so.

    `why` is conflict, denied, missing, id-reuse, clock, built-on-refused, or error for one that the
    store fell over. `can_be_note` says whether its words have a case to be kept on, `can_be_reopened`
    whether it can be taken in again as a draft. `saw` is its case as it stood when it was decided (None for a
    new one), `case` as it is now (None when this seat does not have it), and `since` what others have done to it
    meanwhile, oldest first.
    """

    cmd_id: str
    kind: str
    case_id: str
    number: str
    why: str
    at: datetime
    wish: Mapping[str, Any]
    facts: Mapping[str, Any]
    can_be_note: bool = True
    can_be_reopened: bool = False
    saw: Case | None = None
    case: Case | None = None
    since: tuple[TimelineEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class Operator:
    """A person who may sit at a desk."""

    login: str
    name: str
    role: Role
    district: str
    unit: str | None = None
    is_active: bool = True

    @property
    def actor(self) -> Actor:
        """The person as decisions know him."""
        return Actor(self.login, self.name, self.role, self.district, self.unit)


@dataclass(frozen=True, slots=True)
class SyncState:
    """How the desk stands with the centre, for the status bar.

    `waiting` counts the commands of everybody at this seat, `attention` those of who sits here;
    `files` those that lie here and are not whole at the centre;
    `filled` and `to_fill` count cases of the first fill, equal when it is finished; `is_filling` from before
    the first of them is asked for until all are here. `code` is what
    keeps the centre away, `standing` what was met at this seat and stays true until somebody sees to it.
    """

    online: bool
    waiting: int = 0
    attention: int = 0
    filled: int = 0
    to_fill: int = 0
    is_filling: bool = False
    since: datetime | None = None
    code: str = ""
    standing: str = ""
    files: int = 0


@dataclass(frozen=True, slots=True)
class Onlookers:
    """Who else has the case open that is open here: a login for each other seat. A hint, never a lock.

    `rows` says the same of the rows that are on the screen: (case id, login), in order.
    """

    case_id: str | None = None
    logins: tuple[str, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Changed:
    """News after a commit: the cases it touched (None: too many to name) and whose doing it was."""

    cases: frozenset[str] | None
    is_own: bool = False
