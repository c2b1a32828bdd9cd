"""What is counted for warnings, and the warnings themselves, read from the replica's file in bounded pieces."""

import json
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

from app.domain.effects import to_wire
from app.domain.terms import Grade
from app.services.watched import Filed, Group, Known, Told
from db.replica.columns import COLUMNS
from db.replica.reading import made

#: Of very many cases only the latest are looked at: nothing else than their own index may be taken.
_BY_TIME = "case_file INDEXED BY ix_filed"
#: A taken-back registration, and what nobody can place or class, is not counted.
_COUNTED = "status <> 'VOID' AND category IS NOT NULL AND community IS NOT NULL"
_FILED = (
    f"SELECT filed_at, id, category, community FROM {_BY_TIME}"
    f" WHERE filed_at >= ? AND (filed_at, id) > (?, ?) AND {_COUNTED} ORDER BY filed_at, id LIMIT ?"
)
_GROUPS = (
    "SELECT category, community, count(*), sum(filed_at > ?)"
    f" FROM {_BY_TIME} WHERE filed_at > ? AND {_COUNTED} GROUP BY category, community"
)
_NEWEST = (
    f"SELECT id FROM {_BY_TIME} WHERE filed_at > ? AND {_COUNTED}"
    " AND category IN (SELECT value FROM json_each(?))"
    " AND (? OR community IN (SELECT value FROM json_each(?)))"
    " ORDER BY filed_at DESC, id LIMIT ?"
)
_TOLD = (
    f"SELECT id, title, narrative, grade, category, community, filed_at, reporter_key FROM {_BY_TIME}"
    " WHERE filed_at > ? AND status <> 'VOID' AND id > ? ORDER BY id LIMIT ?"
)
_NAMES = ", ".join(f"w.{name}" for name in COLUMNS["warning"])
_WARNINGS = (
    f"SELECT k.number, k.title, {_NAMES} FROM warning AS w JOIN case_file AS k ON k.id = w.case_id"
    " WHERE w.status IN ('RAISED', 'ACKNOWLEDGED', 'PLANNED') OR w.raised_at > ? OR w.muted_until > ?"
    " ORDER BY +w.raised_at DESC, w.id LIMIT ?"
)

Reading = Callable[[], AbstractContextManager[sqlite3.Connection]]


class ReplicaWatched:
    """The `Watched` port."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    def filed(self, after: tuple[datetime, str], limit: int) -> list[Filed]:
        """The next cases behind an instant and id, in that order."""
        at = to_wire(after[0])
        found = self._rows(_FILED, (at, at, after[1], limit))
        return [Filed(datetime.fromisoformat(at), *rest) for at, *rest in found]

    def groups(self, since: datetime, later: datetime) -> list[Group]:
        """How many were filed by class and community."""
        return [Group(*one) for one in self._rows(_GROUPS, (to_wire(later), to_wire(since)))]

    def newest(
        self, categories: Sequence[str], communities: Sequence[str], since: datetime, limit: int
    ) -> list[str]:
        """The ids of the newest cases of any of these classes in any of these places."""
        asked = (json.dumps(list(categories)), not communities, json.dumps(list(communities)))
        return [one for (one,) in self._rows(_NEWEST, (to_wire(since), *asked, limit))]

    def told(self, since: datetime, after: str, limit: int) -> list[Told]:
        """The next cases by id that were filed since then."""
        found = self._rows(_TOLD, (to_wire(since), after, limit))
        return [_told(*one) for one in found]

    def warnings(self, since: datetime, limit: int) -> list[Known]:
        """All that stand, and those that were raised or muted since then; the newest first."""
        at = to_wire(since)
        return [_known(*one) for one in self._rows(_WARNINGS, (at, at, limit))]

    def _rows(self, sql: str, values: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        with self._reading() as db:
            return db.execute(sql, values).fetchall()


def _known(number: str, title: str, *row: Any) -> Known:
    return Known(made("warning", row), number, title)


def _told(id_: str, title: str, narrative: str, grade: str, *rest: Any) -> Told:
    category, community, at, reporter = rest
    when = datetime.fromisoformat(at)
    return Told(id_, title, narrative, Grade(grade), category or "", community, when, reporter)
