"""A small town for the store's tests: people, cases made by hand, and commands with written-out effects."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import NAMESPACE_OID, uuid5

from app.domain.case import Case, Request, Task, Verification
from app.domain.effects import Insert, Set, insertion
from app.domain.terms import CaseStatus, Role, TaskStatus
from app.services.envelope import Envelope, Sealed, encode
from app.services.ports import Answer
from app.services.queries import Operator
from db.central.link import Link
from db.central.sealing import Sealer
from db.central.store import CentralStore

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
PEOPLE = (
    ("li", Role.OPERATOR, None),
    ("mei", Role.OPERATOR, None),
    ("zhao", Role.SHIFT_LEADER, None),
    ("wu", Role.DIRECTOR, None),
    ("ann", Role.UNIT_HANDLER, "water"),
    ("bo", Role.UNIT_HANDLER, "roads"),
    ("cao", Role.UNIT_LEADER, "water"),
    ("grid1", Role.GRID_OFFICER, None),
    ("grid2", Role.GRID_OFFICER, None),
    ("vis", Role.VISITOR, None),
    ("ass", Role.ASSESSOR, None),
    ("adm", Role.ADMINISTRATOR, None),
    ("aud", Role.AUDITOR, None),
    ("sys", Role.SYSTEM, None),
)


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


def everybody(district: str = "pingshan") -> list[Operator]:
    """The people of the town."""
    return [
        Operator(login=login, name=login.title(), role=role, district=district, unit=unit)
        for login, role, unit in PEOPLE
    ]


class Town:
    """One store and everybody's way into it."""

    def __init__(
        self, clock: Clock, opened: Callable[[str], CentralStore], link: Link, sealer: Sealer
    ) -> None:
        self.clock = clock
        self.link = link
        self.sealer = sealer
        self._opened = opened
        self._stores: dict[str, CentralStore] = {}
        self._count = count(1)

    def store(self, login: str) -> CentralStore:
        if login not in self._stores:
            self._stores[login] = self._opened(login)
        return self._stores[login]

    def new_id(self) -> str:
        return str(uuid5(NAMESPACE_OID, str(next(self._count))))

    def envelope(self, actor: str, kind: str, case_id: str, *effects, **more) -> Envelope:
        values = {
            "cmd_id": self.new_id(),
            "kind": kind,
            "actor": actor,
            "seat": "0A1",
            "district": "pingshan",
            "case_id": case_id,
            "wish": {},
            "effects": tuple(effects),
            "claimed_at": self.clock.now,
        }
        return Envelope(**{**values, **more})

    def send(self, envelope: Envelope, sealed: Sealed | None = None, via: str = "") -> Answer:
        (answer,) = self.store(via or envelope.actor).submit([(encode(envelope), sealed)])
        return answer

    def done(self, envelope: Envelope, sealed: Sealed | None = None) -> str:
        answer = self.send(envelope, sealed)
        assert answer.status == "done", answer
        return envelope.cmd_id

    def register(self, actor: str = "li", **values) -> tuple[str, str]:
        """A new case; its id and the id of the command."""
        case = self.case(**values)
        return case.id, self.done(self.envelope(actor, "register", case.id, insertion(case)))

    def case(self, **values) -> Case:
        given = {
            "id": self.new_id(),
            "district": "pingshan",
            "number": f"SZPS{next(self._count)}",
            "status": CaseStatus.REGISTERED,
            "registered_at": self.clock.now,
        }
        return Case(**{**given, **values})

    def filed(self, **values) -> tuple[str, str]:
        case_id, base = self.register(**values)
        move = Set("case_file", case_id, {"status": "FILED", "stage": "DISPATCH"}, base)
        return case_id, self.done(self.envelope("li", "file", case_id, move))

    def dispatched(self, unit: str = "water", **values) -> tuple[str, str, str]:
        """A case with one task: case id, task id, and the command that last touched both."""
        case_id, base = self.filed(**values)
        task = self.task(case_id, unit)
        moved = {"status": "DISPATCHED", "stage": "SIGN", "units": f"|{unit}|", "lead_unit": unit}
        effects = (Set("case_file", case_id, moved, base), insertion(task))
        return case_id, task.id, self.done(self.envelope("li", "dispatch", case_id, *effects))

    def task(self, case_id: str, unit: str, **values) -> Task:
        given = {
            "id": self.new_id(),
            "district": "pingshan",
            "case_id": case_id,
            "status": TaskStatus.PENDING_SIGN,
            "unit": unit,
            "dispatched_at": self.clock.now,
        }
        return Task(**{**given, **values})

    def sign(self, actor: str, case_id: str, task_id: str, base: str) -> Envelope:
        task = Set("task", task_id, {"status": "SIGNED", "signed_at": wire(self.clock.now)}, base)
        case = Set("case_file", case_id, {"stage": "DISPOSAL"}, base)
        return self.envelope(actor, "sign", case_id, case, task)

    def verifying(self, officer: str = "") -> tuple[str, str, str]:
        """A case a grid officer was asked about: case id, verification id, last command."""
        case_id, base = self.register()
        look = Verification(
            id=self.new_id(),
            district="pingshan",
            case_id=case_id,
            status="OPEN",
            officer=officer,
            asked_at=self.clock.now,
        )
        move = Set("case_file", case_id, {"status": "VERIFYING"}, base)
        asked = self.envelope("li", "ask_verification", case_id, move, insertion(look))
        return case_id, look.id, self.done(asked)

    def note(self, actor: str, case_id: str, text: str = "…") -> Envelope:
        return self.envelope(actor, "add_note", case_id, self.blank("note", case_id, text=text))

    def blank(self, table: str, case_id: str, **values) -> Insert:
        """An inserted child row with nothing but what it must have."""
        made = {"status": "RECORDED", "made_at": wire(self.clock.now)}
        common = {"district": "pingshan", "case_id": case_id, **made, **values}
        return Insert(table, self.new_id(), common)

    def return_asked(self, actor: str, **values) -> tuple[str, str, str, str]:
        """A unit's request to take the task back: case, task, request, last command."""
        case_id, task_id, base = self.dispatched()
        request = Request(
            id=self.new_id(),
            district="pingshan",
            case_id=case_id,
            task_id=task_id,
            status="OPEN",
            asked_at=self.clock.now,
            **values,
        )
        effects = (
            Set("case_file", case_id, {"return_count": 1, "stage": "RETURNED"}, base),
            Set("task", task_id, {"status": "RETURN_REVIEW"}, base),
            insertion(request),
        )
        asked = self.done(self.envelope(actor, "ask_return", case_id, *effects))
        return case_id, task_id, request.id, asked

    def approval(self, actor: str, ids: tuple[str, str, str, str]) -> Envelope:
        case_id, task_id, request_id, base = ids
        effects = (
            Set("case_file", case_id, {"status": "FILED", "units": "", "lead_unit": None}, base),
            Set("task", task_id, {"status": "REDISPATCHED"}, base),
            Set("request", request_id, {"status": "APPROVED"}, base),
        )
        return self.envelope(actor, "approve_return", case_id, *effects)

    def close(self) -> None:
        for store in self._stores.values():
            store.close()
        self.link.close()


def wire(at: datetime) -> str:
    return at.isoformat(timespec="microseconds").replace("+00:00", "Z")
