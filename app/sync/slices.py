"""Pages cut into slices small enough that *desk* is never held for long."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, TypeVar

from app.services.local import Fill
from app.services.ports import Cursor, LogRow, Page, SnapshotPage
from app.sync.news import News

T = TypeVar("T")

#: At most so many rows are written in one transaction, and never fewer than a handful.
MOST_ROWS = 200
FEWEST_ROWS = 10
#: What a slice should cost *desk*, and the most that is taken without making the next one smaller (s).
AIM = 0.008
TOO_LONG = 0.014
#: All pages of the first fill are in; what is left is to read the feed to its head.
ALL_IN = ""

_NEVER = datetime.min.replace(tzinfo=UTC)


class Pace:
    """How many rows a slice may have, learnt from how long the last ones took."""

    def __init__(self) -> None:
        self.rows = 40

    def took(self, seconds: float) -> None:
        """One slice of the present size took so long."""
        if seconds > TOO_LONG:
            self.rows = max(FEWEST_ROWS, self.rows // 2)
        elif seconds < AIM:
            self.rows = min(MOST_ROWS, self.rows + FEWEST_ROWS)


def of_feed(page: Page, asked: Cursor, position: str | None, pace: Pace) -> Iterator[News]:
    """Log rows in order, each slice with the cursor it leads to; the last with the page's own."""
    start = 0
    while True:
        end = _enough(page.rows, start, pace.rows)
        rows = page.rows[start:end]
        is_last = end >= len(page.rows)
        cursor = page.cursor if is_last else _cursor_of(rows[-1], page.cursor)
        yield News(rows, rows, asked, position, cursor)
        if is_last:
            return
        start, asked = end, cursor


def _enough(rows: Sequence[LogRow], start: int, most: int) -> int:
    """Where a slice ends: after at least one log row, before it grows too heavy."""
    end, weight = start, 0
    while end < len(rows) and (end == start or weight + _weight(rows[end]) <= most):
        weight += _weight(rows[end])
        end += 1
    return end


def _weight(row: LogRow) -> int:
    return 1 + len(row.applied) + len(row.rows)


def _cursor_of(row: LogRow, page_cursor: Cursor) -> Cursor:
    """The place of a row in the middle of a page; a changed scope marks the hash after a dot."""
    _, dot, epoch = page_cursor.hash.partition(".")
    return Cursor(row.seq, row.hash + dot + epoch)


def of_fill(
    page: SnapshotPage, asked: Cursor, fill: Fill, start: Cursor | None, pace: Pace
) -> Iterator[News]:
    """Whole rows, what hangs on a case before the case itself; the last slice moves the position.

    `start` is the head noted before the first page: it becomes the cursor with the first slice.
    """
    rows = sorted(page.rows, key=lambda one: one[0] == "case_file")
    here = replace(fill, ahead=page.head)
    position = ALL_IN if page.position is None else page.position
    after = replace(here, position=position, done=page.done, total=page.total)
    history, is_last = list(page.history), False
    while not is_last:
        now, rows = _cut(rows, pace.rows)
        told, history = _cut(history, pace.rows)
        is_last = not rows and not history
        then = after if is_last else here
        yield News((entered(now),), tuple(told), asked, fill.position, start, then)
        asked, start = start or asked, None


def _cut(items: list[T], most: int) -> tuple[list[T], list[T]]:
    return items[:most], items[most:]


def entered(rows: Sequence[tuple[str, dict[str, Any]]]) -> LogRow:
    """Rows of a snapshot as news: each counts from the `seq` it carries."""
    return LogRow(
        seq=0,
        cmd_id="",
        actor="",
        kind="",
        case_id="",
        wish={},
        applied=(),
        claimed_at=_NEVER,
        received_at=_NEVER,
        hash="",
        rows=tuple(rows),
    )
