"""What rotas gave so far, and which rulings changed the duty list, from the rows of all cases."""

import sqlite3
from typing import Any

from app.domain.case import Coordination
from app.domain.disputes import Known
from app.domain.effects import row_from
from db.replica.columns import COLUMNS, FLAGS

#: A turn that was taken back was none.
_GIVEN = (
    "SELECT rota, unit, count(*) FROM task WHERE rota <> ''"
    " AND NOT (status = 'CANCELLED' AND returned_at IS NULL) GROUP BY rota, unit"
)
_AMENDED = "SELECT * FROM coordination WHERE amends_from IS NOT NULL AND status = 'RULED' ORDER BY ruled_at, id"


def known(db: sqlite3.Connection) -> Known:
    """All that this seat knows of other cases when one is disputed."""
    given: dict[str, dict[str, int]] = {}
    for rota, unit, count in db.execute(_GIVEN):
        given.setdefault(rota, {})[unit] = count
    return Known(given, tuple(map(_ruling, db.execute(_AMENDED))))


def _ruling(found: tuple[Any, ...]) -> Coordination:
    wire = dict(zip(COLUMNS["coordination"], found, strict=True))
    wire |= {name: bool(wire[name]) for name in FLAGS["coordination"]}
    row: Any = row_from("coordination", wire)
    return row
