"""outbox.db: own commands until the feed has shown them, drafts and settings. Owned by *desk*."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from app.domain.effects import to_wire
from app.services.local import UNFINISHED, UNSENT, Entry, State
from app.services.ports import Answer, Broken
from app.services.queries import Draft
from db.opening import guarded, open_file, transaction
from db.outbox import records
from db.outbox.box import Box, Locked
from db.outbox.salvage import put_in_place, save_what_can_be
from db.outbox.steps import step_up

#: A finished command is kept this long, with the person it is about: past the oldest backup of the centre
#: that may be restored, which is given back what it lacks from here.
RETAINED = timedelta(days=30)
#: The setting that belongs to the seat and not to a person.
_NOBODY = ""


class SqliteOutbox:
    """The `Outbox` port for one person over the seat's file. `is_salvaged` after damage was met."""

    def __init__(self, path: Path, login: str, box: Box, clock: Callable[[], datetime]) -> None:
        self._path = path
        self._login = login
        self._box = box
        self._clock = clock
        self.is_salvaged = put_in_place(path)
        self._db = self._open_or_salvage()

    def _open_or_salvage(self) -> sqlite3.Connection:
        if not self._is_gone():
            with suppress(Broken):
                return _opened(self._path)
        self.is_salvaged = True
        save_what_can_be(self._path, self.copy_path, _opened)
        return _opened(self._path)

    def _is_gone(self) -> bool:
        """Whether there was a file once, and now there is none or an empty one."""
        is_there = self._path.exists() and self._path.stat().st_size > 0
        return self.copy_path.exists() and not is_there

    @property
    def copy_path(self) -> Path:
        """Where the hourly copy lies."""
        return self._path.with_suffix(".copy.db")

    def switch(self, login: str) -> None:
        """Another person sits down."""
        self._login = login

    def batch(self) -> AbstractContextManager[None]:
        """Several changes as one transaction."""
        return transaction(self._db)

    def add(self, entry: Entry) -> Entry:
        """Keep a command durably; it is on the disk when this returns."""
        with self.batch():
            return records.insert(self._db, self._login, entry, self._box, self._clock())

    def entries(self, states: Iterable[State]) -> list[Entry]:
        """Own commands in any of the states, oldest first."""
        wanted = tuple(map(str, states))
        marks = ", ".join("?" * len(wanted))
        return self._read(f"login = ? AND state IN ({marks}) ORDER BY ord", self._login, *wanted)

    def entry(self, cmd_id: str) -> Entry | None:
        """One own command."""
        found = self._read("cmd_id = ?", cmd_id)
        return found[0] if found else None

    def age(self, entry: Entry) -> timedelta:
        """How long ago a wish was first kept, by this seat's own clock, whatever the centre's says."""
        now = self._clock()
        return now - (entry.kept_at or now)

    def recent(self, limit: int) -> list[Entry]:
        """The newest own commands, newest first."""
        return self._read("login = ? ORDER BY ord DESC LIMIT ?", self._login, limit)

    def of_case(self, case_id: str) -> list[Entry]:
        """Own commands about a case, oldest first."""
        return self._read("login = ? AND case_id = ? ORDER BY ord", self._login, case_id)

    def _read(self, condition: str, *values: Any) -> list[Entry]:
        with guarded():
            return records.read(self._db, self._box, condition, values)

    def retained(self) -> list[tuple[str, State]]:
        """Ids and states of everything of this person's that is still kept, oldest first."""
        sql = "SELECT cmd_id, state FROM command WHERE login = ? ORDER BY ord"
        with guarded():
            return [
                (cmd_id, State(state)) for cmd_id, state in self._db.execute(sql, (self._login,))
            ]

    def mark(self, ids: Iterable[str], state: State) -> None:
        """Move commands to another state. Personal data stay with them, locked, as long as they are kept."""
        sql = "UPDATE command SET state = ?, moved_at = ? WHERE cmd_id = ?"
        with self.batch():
            self._db.executemany(sql, [(str(state), self._now(), one) for one in ids])

    def give_reason(self, cmd_id: str, reason: str) -> None:
        """Write beside a command why a person lets it go."""
        sql = "UPDATE command SET facts = json_set(facts, '$.dropped', ?) WHERE cmd_id = ?"
        with self.batch():
            self._db.execute(sql, (reason, cmd_id))

    def answered(self, answers: Sequence[Answer], state: State) -> None:
        """Keep what the centre said, and the state that follows."""
        sql = "UPDATE command SET state = ?, seq = ?, why = ?, facts = ?, moved_at = ? WHERE cmd_id = ?"
        with self.batch():
            self._db.executemany(sql, [self._answer(one, state) for one in answers])

    def _answer(self, answer: Answer, state: State) -> tuple[Any, ...]:
        facts = {"said": answer.why, **(answer.facts or {})} if answer.why else answer.facts or {}
        why = "" if answer.status == "done" else answer.status
        text = json.dumps(facts, ensure_ascii=False, default=str)
        return str(state), answer.seq, why, text, self._now(), answer.cmd_id

    def numbers(self, stem: str) -> set[str]:
        """Case numbers given out here that begin with `stem`."""
        sql = "SELECT number FROM command WHERE number >= ? AND number < ?"
        with guarded():
            return {number for (number,) in self._db.execute(sql, (stem, stem + "\U0010ffff"))}

    def waiting(self) -> tuple[int, int]:
        """How many commands of this seat are on their way, and how many need this person's attention.

        What others acknowledged is not counted: only their own feed can show that it is finished.
        """
        sql = "SELECT state, login = ?, count(*) FROM command WHERE state <> ? GROUP BY 1, 2"
        with guarded():
            rows = self._db.execute(sql, (self._login, str(State.FINISHED))).fetchall()
        found = {(state, bool(is_own)): count for state, is_own, count in rows}
        own = sum(found.get((one, True), 0) for one in UNFINISHED)
        left = sum(found.get((one, False), 0) for one in UNSENT)
        return own + left, found.get((State.ATTENTION, True), 0)

    def left_behind(self) -> list[Entry]:
        """Commands of other persons of this seat that the centre has not taken, oldest first."""
        marks = ", ".join("?" * len(UNSENT))
        return self._read(f"login <> ? AND state IN ({marks}) ORDER BY ord", self._login, *UNSENT)

    def of_others(self) -> list[Entry]:
        """The same, and what waits for those persons' decision."""
        states = *UNSENT, State.ATTENTION
        marks = ", ".join("?" * len(states))
        return self._read(f"login <> ? AND state IN ({marks}) ORDER BY ord", self._login, *states)

    def save_draft(self, draft: Draft) -> None:
        """Keep what is half-typed, locked: it may name a person."""
        fields = self._box.lock(dict(draft.fields))
        with self.batch():
            self._db.execute(
                "INSERT OR REPLACE INTO draft VALUES (?, ?, ?, ?)",
                (draft.id, self._login, to_wire(draft.saved_at), fields),
            )

    def drafts(self) -> tuple[Draft, ...]:
        """What was left half-typed, newest first."""
        sql = "SELECT id, saved_at, fields FROM draft WHERE login = ? ORDER BY saved_at DESC, id"
        with guarded():
            found = self._db.execute(sql, (self._login,)).fetchall()
        drafts: list[Draft] = []
        for draft_id, at, fields in found:
            with suppress(Locked):  # it stays, for the day when its key is back
                drafts.append(Draft(draft_id, datetime.fromisoformat(at), self._box.open(fields)))
        return tuple(drafts)

    def drop_draft(self, draft_id: str) -> None:
        """Forget a draft."""
        with self.batch():
            sql = "DELETE FROM draft WHERE login = ? AND id = ?"
            self._db.execute(sql, (self._login, draft_id))

    def remember(self, key: str, value: Any) -> None:
        """Keep a setting of this person."""
        self._remember(self._login, key, value)

    def recall(self, key: str) -> Any:
        """A setting kept earlier, or None."""
        return self._recall(self._login, key)

    def remember_here(self, key: str, value: Any) -> None:
        """Keep a setting of this seat, whoever sits here."""
        self._remember(_NOBODY, key, value)

    def recall_here(self, key: str) -> Any:
        """A setting of this seat, or None."""
        return self._recall(_NOBODY, key)

    def _remember(self, login: str, key: str, value: Any) -> None:
        with self.batch():
            self._db.execute(
                "INSERT OR REPLACE INTO setting VALUES (?, ?, ?)", (login, key, json.dumps(value))
            )

    def _recall(self, login: str, key: str) -> Any:
        sql = "SELECT value FROM setting WHERE login = ? AND key = ?"
        with guarded():
            found = self._db.execute(sql, (login, key)).fetchone()
        if found is None:
            return None
        with suppress(ValueError):  # of what was damaged nothing is known
            return json.loads(found[0])
        return None

    def tend(self) -> None:
        """The hourly round: forget what was finished long ago, and copy the file beside itself.

        Raises Broken when the file is damaged; the last good copy stays, and the next start saves what it can.
        """
        oldest = to_wire(self._clock() - RETAINED)
        with self.batch():
            self._db.execute(
                "DELETE FROM command WHERE state IN (?, ?) AND moved_at < ?",
                (str(State.FINISHED), str(State.DROPPED), oldest),
            )
        with guarded():
            copy(self._db, self.copy_path)

    def close(self) -> None:
        """Give the file back."""
        self._db.close()

    def _now(self) -> str:
        return str(to_wire(self._clock()))


def copy(source: sqlite3.Connection, path: Path) -> None:
    """A whole copy under another name first: neither an interrupted nor a damaged one replaces a good one."""
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    target = sqlite3.connect(fresh)
    try:
        source.backup(target)
        _check(target)
    except BaseException:
        target.close()
        fresh.unlink()
        raise
    target.close()
    fresh.replace(path)


def _opened(path: Path) -> sqlite3.Connection:
    with guarded():
        connection = open_file(path, "FULL")
        try:
            _check(connection)
            step_up(connection)
            records.check(connection)
        except BaseException:
            connection.close()
            raise
    return connection


def _check(connection: sqlite3.Connection) -> None:
    (said,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if said != "ok":
        raise Broken(said)
