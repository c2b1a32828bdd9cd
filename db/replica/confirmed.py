"""What the closed cases of a replica said, and the class each was closed with."""

import sqlite3
from contextlib import closing
from pathlib import Path

from app.domain.terms import CaseStatus

#: Statuses in which whoever closed the case confirmed its class.
_CONFIRMED = (CaseStatus.CLOSED_ON_TIME, CaseStatus.CLOSED_OVERDUE)
_ASKED = """select title || char(10) || narrative, category from case_file
where status in (?, ?) and category is not null order by id"""


def confirmed(replica: Path) -> list[tuple[str, str]]:
    """Text (title, line end, narrative) and class of each, in the order of their ids; reads beside whoever writes."""
    with closing(sqlite3.connect(f"{replica.absolute().as_uri()}?mode=ro", uri=True)) as db:
        return list(db.execute(_ASKED, [str(one) for one in _CONFIRMED]))
