"""What a screen asks about, put together from the replica and the own commands. Runs on *desk*."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from app.domain.case import Case, Dossier
from app.domain.commands import KINDS
from app.domain.deadlines import ledgers
from app.domain.disputes import Known
from app.domain.matter import Matter
from app.domain.permits import offers
from app.domain.rules import ON_DUTY
from app.domain.terms import CaseStatus, Stage
from app.services.alike import copied_replies
from app.services.aside import aside
from app.services.brief import Brief
from app.services.bus import Seat
from app.services.keeper import Keeper
from app.services.left_here import SeatReport
from app.services.loads import Loads
from app.services.local import UNFINISHED, Entry, Outbox, State
from app.services.queries import (
    Attention,
    CaseView,
    Counts,
    Delivery,
    Done,
    QueueRow,
    TimelineEntry,
    Undoable,
    Window,
    WindowQuery,
)
from app.services.replica import Replica
from app.services.report import seat_report
from app.services.supplements import is_taken_up
from app.services.undoing import can_undo, has_told, keys_of

#: Earlier cases of the same reporter shown beside a case, and found at intake.
MOST_COUSINS = 20
#: Own commands offered for taking back.
MOST_UNDOABLE = 20
#: Commands that are not asked of a case: they make one, or take something back.
_NOT_OF_A_CASE = frozenset({"register", "import_record", "resettle", "undo"}) | ON_DUTY
#: What usually comes next in each queue; the first that is permitted is suggested.
_NEXT = {
    Stage.FILING: ("report_verification", "file"),
    Stage.DISPATCH: ("dispatch",),
    Stage.SIGN: ("sign",),
    Stage.DISPOSAL: ("report_progress", "handle", "resume"),
    Stage.RETURNED: ("rule_coordination", "approve_return", "approve_request"),
    Stage.CLOSURE: ("close",),
    Stage.VISIT: ("record_visit", "explain_rating", "decide_rating"),
}


class Views:
    """Questions about what this seat has."""

    def __init__(self, seat: Seat, replica: Replica, outbox: Outbox, keeper: Keeper) -> None:
        self._seat = seat
        self._replica = replica
        self._outbox = outbox
        self._keeper = keeper
        newest = outbox.recent(1)
        self._session_began = newest[0].order if newest else 0

    def window(self, query: WindowQuery) -> Window:
        """At most 200 rows of a queue, those marked that carry commands still on their way."""
        window = self._replica.window(replace(query, holder=self._seat.actor.login))
        unsent = self._keeper.unsent()
        if not unsent:
            return window
        return replace(window, rows=tuple(_marked(one, unsent) for one in window.rows))

    def counts(self, now: datetime) -> Counts:
        """How much waits in each queue, and how much who sits here has claimed."""
        return self._replica.counts(now, self._seat.actor.login)

    def loads(self, now: datetime) -> Loads:
        """How the open cases lie over queues, people and units."""
        return self._replica.loads(now)

    def brief(self, day: date, now: datetime) -> Brief:
        """What a morning brief tells of `day`, as things stand `now`."""
        return self._replica.brief(day, now)

    def case(self, case_id: str) -> CaseView | None:
        """Everything about one case; None when this seat does not have it."""
        dossier = self._replica.dossier(case_id)
        if dossier is None:
            return None
        case, setting = dossier.case, self._seat.setting
        verbs = tuple(self._verbs(dossier))
        return CaseView(
            dossier=dossier,
            ledgers=ledgers(dossier, setting),
            timeline=self._timeline(case_id),
            verbs=verbs,
            suggested=next((one for one in _NEXT.get(case.stage, ()) if one in verbs), None),
            edition=case.edition or setting.policy(case).stamp,
            by_analogy=case.by_analogy,
            cousins=self._replica.cousins(case_id, MOST_COUSINS),
            linked=self._replica.linked(case_id),
            matter=self._matter(case),
            members=self._members(case),
            parts=self._parts(case),
            whole=self._replica.survivor(case_id) if case.split_from else None,
            survivor=self._replica.survivor(case_id) if case.merged_into else None,
            known=self._known(case),
            copied=copied_replies(dossier, setting.policy(case), self._replica),
        )

    def _matter(self, case: Case) -> Matter | None:
        return self._replica.matter(case.id) if case.status is CaseStatus.REFUSED else None

    def _known(self, case: Case) -> Known:
        """Asked only while a unit may still be looked for."""
        is_open = case.status in (CaseStatus.FILED, CaseStatus.DISPATCHED)
        return self._replica.known() if is_open else Known()

    def _members(self, case: Case) -> tuple[Dossier, ...]:
        ids = self._replica.followers(case.id) if case.members else ()
        found = (self._replica.dossier(one) for one in ids)
        return tuple(one for one in found if one is not None)

    def _parts(self, case: Case) -> tuple[Dossier, ...]:
        """What a split case consists of, as far as it stands on the books."""
        ids = self._replica.family(case.id) if case.parts else ()
        found = (self._replica.dossier(one) for one in ids)
        return tuple(one for one in found if one and one.case.status is not CaseStatus.VOID)

    def _verbs(self, dossier: Dossier) -> Iterator[str]:
        role, login = self._seat.actor.role, self._seat.actor.login
        asked = (kind for kind in KINDS if kind not in _NOT_OF_A_CASE)
        return (kind for kind in asked if offers(kind, role, dossier, login))

    def _timeline(self, case_id: str) -> tuple[TimelineEntry, ...]:
        history = self._replica.history(case_id)
        told = {one.cmd_id for one in history}
        own = (one for one in self._own(case_id) if one.cmd_id not in told)
        mine = (
            _entry(one, delivery)
            for one in own
            if (delivery := self._keeper.delivery(one.cmd_id)) is not None
        )
        return (*history, *mine)

    def _own(self, case_id: str) -> list[Entry]:
        """Own commands about a case, and those on their way about another that concern it too."""
        waiting = self._outbox.entries(UNFINISHED)
        beside = (one for one in waiting if case_id in one.envelope.cases[1:])
        own = [*self._outbox.of_case(case_id), *beside]
        return sorted(own, key=lambda one: one.order)

    def undoable(self) -> tuple[Undoable, ...]:
        """Own commands of this session that can be taken back, newest first."""
        newest = self._outbox.recent(2 * MOST_UNDOABLE)
        mine = [one for one in newest if one.order > self._session_began and _stands(one)]
        undone = {one.envelope.undoes for one in mine}
        open_ = (one for one in mine if one.cmd_id not in undone and self._can_undo(one))
        return tuple(_undoable(one) for one in open_)[:MOST_UNDOABLE]

    def _can_undo(self, entry: Entry) -> bool:
        if is_taken_up(entry, self._replica):
            return False
        if has_told(entry, self._seat.now()):
            return False
        rows = self._replica.rows(keys_of(entry, self._replica))
        return can_undo(entry, self._seat.actor.role, rows)

    def attention(self) -> tuple[Attention, ...]:
        """Own commands that the centre did not take, oldest first."""
        return tuple(map(self._aside, self._outbox.entries([State.ATTENTION])))

    def report(self) -> SeatReport:
        """What a supervisor should know of this seat."""
        return seat_report(self._seat.actor.login, self._outbox, self._replica)

    def _aside(self, entry: Entry) -> Attention:
        dossier = self._replica.dossier(entry.envelope.case_id)
        case = None if dossier is None else dossier.case
        return aside(entry, case, self._replica.history(entry.envelope.case_id))

    def find(self, number: str) -> QueueRow | None:
        """The case with that number; None when this seat does not have it."""
        found = self._replica.find(number.strip().upper())
        return None if found is None else _marked(found, self._keeper.unsent())


def _marked(row: QueueRow, unsent: frozenset[str]) -> QueueRow:
    return row._replace(is_unsent=True) if row.id in unsent else row


def _stands(entry: Entry) -> bool:
    return entry.state not in (State.ATTENTION, State.DROPPED)


def _done(entry: Entry) -> Done:
    envelope = entry.envelope
    return Done(envelope.cmd_id, envelope.kind, envelope.case_id, entry.number)


def _undoable(entry: Entry) -> Undoable:
    return Undoable(_done(entry), entry.envelope.claimed_at, entry.envelope.wish)


def _entry(entry: Entry, delivery: Delivery) -> TimelineEntry:
    envelope = entry.envelope
    return TimelineEntry(
        cmd_id=envelope.cmd_id,
        kind=envelope.kind,
        actor=envelope.actor,
        at=envelope.at,
        wish=envelope.wish,
        delivery=delivery,
        undoes=envelope.undoes,
        is_historical=envelope.occurred_at is not None,
    )
