"""What the closed cases of a replica said, the class each was closed with, and when."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from app.domain.terms import CaseStatus

#: Statuses in which whoever closed the case confirmed its class.
_CONFIRMED = (CaseStatus.CLOSED_ON_TIME, CaseStatus.CLOSED_OVERDUE)
_ASKED = """select title || char(10) || narrative, category, ifnull(closed_at, '') from case_file
where status in (?, ?) and category is not null order by id"""


class Confirmed(NamedTuple):
    """Text (title, line end, narrative), class, and the instant of its closure as it is written; '' for none."""

    text: str
    category: str
    closed_at: str


def confirmed(replica: Path) -> list[Confirmed]:
    """Each of them, in the order of their ids; reads beside whoever writes."""
    with closing(sqlite3.connect(f"{replica.absolute().as_uri()}?mode=ro", uri=True)) as db:
        return [Confirmed(*row) for row in db.execute(_ASKED, [str(one) for one in _CONFIRMED])]
