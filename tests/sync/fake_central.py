"""A central store in memory that keeps the promises of the `Central` protocol, for one open scope."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from app.domain.effects import Effect, Insert, Reliance, Set
from app.domain.refused import Refused
from app.services.envelope import Envelope, Sealed, decode
from app.services.ports import Answer, Cursor, Duty, LogRow, Page, Sent, SnapshotPage

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
#: So many of a case's latest log lines come with a snapshot.
HISTORY = 8
Key = tuple[str, str]


class FakeCentral:
    """One log, one set of rows. `restore` takes it back to an older state, as a backup would."""

    def __init__(self) -> None:
        self.rows: dict[Key, dict[str, Any]] = {}
        self.log: list[LogRow] = []
        self.bodies: list[str] = []
        self.lost_updates: list[str] = []
        self._answers: dict[str, tuple[str, Answer]] = {}
        self.looking: dict[str, str | None] = {}
        self.looks: list[tuple[str, str]] = []

    def submit(
        self, batch: Sequence[tuple[str, Sealed | None]], _: Sent | None = None
    ) -> list[Answer]:
        return [self._take(body, decode(body)) for body, _sealed in batch]

    def _take(self, body: str, envelope: Envelope) -> Answer:
        known = self._answers.get(envelope.cmd_id)
        if known is not None:
            return (
                known[1] if known[0] == body else Answer(envelope.cmd_id, "id-reuse", why="command")
            )
        return self._refusal(envelope) or self._apply(body, envelope)

    def _refusal(self, envelope: Envelope) -> Answer | None:
        made = {one.id for one in envelope.effects if isinstance(one, Insert)}
        if ("case_file", envelope.case_id) not in self.rows and envelope.case_id not in made:
            return Answer(envelope.cmd_id, "missing")
        for effect in envelope.effects:
            if wrong := self._wrong(effect):
                return replace(wrong, cmd_id=envelope.cmd_id)
        if any(self._by(one) != one.base for one in envelope.relies_on):
            return Answer(envelope.cmd_id, "conflict", why="relied-on")
        return None

    def _wrong(self, effect: Effect) -> Answer | None:
        if isinstance(effect, Insert):
            is_there = (effect.table, effect.id) in self.rows
            return Answer("", "id-reuse", why="row") if is_there else None
        if self._by(effect) is None:
            return Answer("", "missing")
        return None if self._by(effect) == effect.base else Answer("", "conflict", why="base")

    def _by(self, one: Effect | Reliance) -> str | None:
        row = self.rows.get((one.table, one.id))
        return None if row is None else row["changed_by"]

    def _apply(self, body: str, envelope: Envelope) -> Answer:
        self._audit(envelope)
        seq = len(self.log) + 1
        for effect in envelope.effects:
            old = self.rows.get((effect.table, effect.id), {})
            stamp = {"id": effect.id, "changed_by": envelope.cmd_id, "seq": seq}
            self.rows[effect.table, effect.id] = {**old, **effect.values, **stamp}
        before = self.log[-1].hash if self.log else ""
        row = LogRow(
            seq=seq,
            cmd_id=envelope.cmd_id,
            actor=envelope.actor,
            kind=envelope.kind,
            case_id=envelope.case_id,
            wish=dict(envelope.wish),
            applied=envelope.effects,
            claimed_at=envelope.claimed_at,
            received_at=START + timedelta(seconds=seq),
            hash=hashlib.sha256((before + body).encode()).hexdigest(),
            undoes=envelope.undoes,
        )
        self.log.append(row)
        self.bodies.append(body)
        answer = Answer(envelope.cmd_id, "done", seq=seq)
        self._answers[envelope.cmd_id] = body, answer
        return answer

    def _audit(self, envelope: Envelope) -> None:
        """Was it decided on exactly what it overwrites? The wish says what the seat saw."""
        saw = envelope.wish.get("saw", {})
        for effect in envelope.effects:
            if isinstance(effect, Set) and effect.id in saw:
                row = self.rows[effect.table, effect.id]
                if {name: value for name, value in row.items() if name != "seq"} != saw[effect.id]:
                    self.lost_updates.append(envelope.cmd_id)

    def pull(self, cursor: Cursor, limit: int) -> Page:
        now = START + timedelta(days=1)
        if cursor.seq and not self._has(cursor):
            return Page("diverged", (), cursor, at_head=False, server_time=now)
        rows = tuple(self.log[cursor.seq : cursor.seq + limit])
        last = Cursor(rows[-1].seq, rows[-1].hash) if rows else cursor
        return Page("ok", rows, last, last == self.head(), now)

    def _has(self, cursor: Cursor) -> bool:
        return cursor.seq <= len(self.log) and self.log[cursor.seq - 1].hash == cursor.hash

    def head(self) -> Cursor:
        return Cursor(self.log[-1].seq, self.log[-1].hash) if self.log else Cursor()

    def presence(self, seat: str, case_id: str | None) -> tuple[str, ...]:
        self.looking[seat] = case_id
        others = (one for one, what in self.looking.items() if one != seat and what == case_id)
        return tuple(others) if case_id else ()

    def onlookers(self, seat: str, case_ids: Sequence[str]) -> tuple[tuple[str, str], ...]:
        others = ((what, one) for one, what in self.looking.items() if one != seat)
        return tuple(sorted((what, one) for what, one in others if what in case_ids))

    def duty(self, seat: str, is_wanted: bool) -> Duty:
        return Duty("", 0, START)

    def reveal(self, case_id: str, reason: str) -> Sealed:
        self.looks.append((case_id, reason))
        if ("case_file", case_id) not in self.rows:
            raise Refused("case-missing", case_id=case_id)
        return Sealed(case_id, "李雷", "13912345678")

    def snapshot(self, position: str | None, limit: int) -> SnapshotPage:
        """Cases by a value that commands change, so that a case may slip between two pages."""
        cases = sorted(
            (f"{row.get('a') or ''}/{key[1]}", key[1])
            for key, row in self.rows.items()
            if key[0] == "case_file"
        )
        page = [one for one in cases if position is None or one[0] > position][:limit]
        ids = {case_id for _, case_id in page}
        rows = [
            (table, dict(row))
            for (table, row_id), row in self.rows.items()
            if (row_id if table == "case_file" else row["case_id"]) in ids
        ]
        lives = [[row for row in self.log if row.case_id == one][-HISTORY:] for one in sorted(ids)]
        history = tuple(row for life in lives for row in life)
        after = page[-1][0] if len(page) == limit else None
        return SnapshotPage(tuple(rows), history, after, len(page), len(cases), self.head())

    def restore(self, length: int) -> None:
        """Back to the first `length` commands."""
        kept = self.bodies[:length]
        self.rows, self.log, self.bodies, self._answers = {}, [], [], {}
        audited = self.lost_updates
        for body in kept:
            self._apply(body, decode(body))
        self.lost_updates = audited
