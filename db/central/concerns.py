"""The other cases that a line of the log concerns beside its own: noted with it, and asked for by case."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.domain.effects import Effect
from db.central.chain import Entry
from db.central.held import Gathered, scopes_after
from db.central.link import Link

_INSERT = (
    "INSERT INTO concern (feed, seq, case_id, scope_before, scope_after) VALUES (?, ?, ?, ?, ?)"
)
#: A condition on the log: lines of a case, its own ones and those that concern it too. Takes the id twice.
IS_ABOUT = (
    "(feed, seq) IN (SELECT feed, seq FROM log WHERE case_id = ?"
    " UNION SELECT feed, seq FROM concern WHERE case_id = ?)"
)


@dataclass(frozen=True, slots=True)
class Concern:
    """A case that a line concerns beside its own, with its scope text before and after."""

    case_id: str
    before: str
    after: str


def note(link: Link, entry: Entry, found: Gathered, effects: tuple[Effect, ...]) -> None:
    """Write beside a line which other cases it concerns."""
    others = {
        one: text
        for one, text in scopes_after(link, found, effects).items()
        if one != entry.case_id
    }
    rows = [(entry.feed, entry.seq, one, found.scope_of(one), text) for one, text in others.items()]
    if rows:
        link.many(_INSERT, rows)


def all_concerns(link: Link, feed: str) -> dict[int, tuple[Concern, ...]]:
    """The same of every line of a feed that concerns others."""
    found = link.row("SELECT min(seq), max(seq) FROM concern WHERE feed = ?", (feed,))
    return {} if found is None or found[0] is None else _between(link, feed, found[0], found[1])


def concerns(link: Link, feed: str, seqs: Iterable[int]) -> Mapping[int, tuple[Concern, ...]]:
    """The concerns of some lines of a feed, by line, in the order of their cases."""
    wanted = sorted(set(seqs))
    return _between(link, feed, wanted[0], wanted[-1]) if wanted else {}


def _between(link: Link, feed: str, first: int, last: int) -> dict[int, tuple[Concern, ...]]:
    sql = (
        "SELECT seq, case_id, scope_before, scope_after FROM concern"
        " WHERE feed = ? AND seq >= ? AND seq <= ? ORDER BY seq, case_id"
    )
    found: dict[int, list[Concern]] = defaultdict(list)
    for seq, *rest in link.rows(sql, (feed, first, last)):
        found[seq].append(Concern(*rest))
    return {seq: tuple(each) for seq, each in found.items()}
