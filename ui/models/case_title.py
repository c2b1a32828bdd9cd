"""What a case is called where there is room for all of it."""

import re

from app.domain.case import Case

#: A title is at most so long (characters); what stands in the report itself need not be said twice.
LONGEST = 90
CUT = "…"
_STOP = re.compile("[\n。！？；!?;]")


def whole_title(case: Case) -> str:
    """The title; one that was cut from the report is said to the end of its clause."""
    begun = case.title.removesuffix(CUT)
    if begun == case.title or not begun or not case.narrative.startswith(begun):
        return case.title
    clause = _STOP.split(case.narrative, maxsplit=1)[0]
    return clause if len(clause) <= LONGEST else clause[: LONGEST - 1] + CUT
