"""What rotas gave so far, and which rulings changed the duty list, from the rows of all cases."""

import sqlite3

from app.domain.disputes import Known
from db.replica.reading import made

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
    return Known(given, tuple(made("coordination", one) for one in db.execute(_AMENDED)))
