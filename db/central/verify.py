"""Whether a store still tells the truth: file, log, rows, sealed data, filter, rules, decisions."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.domain.case import TABLES
from app.domain.effects import Effect
from app.domain.refused import Refused
from app.services.envelope import Envelope, decode
from app.services.ports import Unreachable
from db.central import admin, info, rulebook
from db.central.finding import Finding, Report
from db.central.link import Link, away
from db.central.located import located
from db.central.place import local_file
from db.central.rows import selected, wire
from db.central.sealing import Sealer, key_path, read_key
from db.central.verify_files import contents
from db.central.verify_log import Folded, folded, lines
from db.central.verify_sealed import Unsealing


@dataclass(frozen=True, slots=True)
class Logged:
    """A line of the log as a replay reads it: who asked for what, and what it did.

    `envelope` or `effects` are None where the text was redacted by law; `is_given`: an earlier
    program decided it, by whose rules it stands.
    """

    seq: int
    cmd_id: str
    case_id: str
    actor: str
    role: str
    unit: str
    envelope: Envelope | None
    effects: tuple[Effect, ...] | None
    is_given: bool = False


Replay = Callable[[Iterable[Logged]], Iterable[Finding]]
#: So many places of a damaged file are told.
_MOST_PLACES = 20


@dataclass(slots=True)
class _Examination:
    """What was found so far: a file that breaks in the middle is told as far as it could be read."""

    findings: list[Finding]
    store: info.StoreInfo | None = None
    lines: int = 0
    rows: int = 0
    redacted: int = 0
    sealed: int = 0
    decided: bool = False
    given: int = 0
    files: int = 0

    def of(self, link: Link, sealer: Sealer | None, replay: Replay | None) -> None:
        """Everything, the cheap before the dear."""
        store, before = info.usable(link), len(self.findings)
        feeds = [feed for (feed,) in link.rows("SELECT feed FROM head ORDER BY feed")]
        self.given = sum(_judged_from(link, feed) for feed in feeds)
        states = [self._folded(folded(link, store, feed)) for feed in feeds]
        self.findings += _rows_off(link, states)
        self.findings += _filter_off(link)
        is_true = len(self.findings) == before
        if sealer is not None:
            self._unseal(Unsealing(link, sealer, states))
        for one in contents(link):
            self.files += 1
            self.findings += [] if one is None else [one]
        self.findings += [Finding("rule-drift", rule) for rule in rulebook.drift(link)]
        if replay is not None and is_true:  # a log that lies is not worth deciding again
            self.decided = True
            for feed in feeds:
                self.findings += replay(_logged(link, feed))

    def _folded(self, state: Folded) -> Folded:
        self.findings += state.findings
        self.lines += state.seq
        self.rows += len(state.rows)
        self.redacted += state.redacted
        return state

    def _unseal(self, unsealing: Unsealing) -> None:
        self.findings += unsealing.findings()
        self.sealed = unsealing.sound

    def report(self) -> Report:
        counts = (self.lines, self.rows, self.redacted, self.sealed)
        return Report(*counts, self.decided, tuple(self.findings), self.given, self.files)


def verify(url: str | Path, replay: Replay | None = None) -> Report:
    """Read the whole store in one transaction. `replay` decides every line again (app.domain.decide).

    A damaged file and a lost key are findings. Raises Refused (a share, another schema), Unreachable,
    and sqlite3.DatabaseError for what is no store at all.
    """
    path = local_file(url)
    seen = _Examination([])
    try:
        with admin.opened(path, as_it_is=True) as link, link.reading():
            _look(link, path, seen, replay)
    except sqlite3.DatabaseError as error:
        if code := away(error):
            raise Unreachable(code) from error
        if seen.store is None:
            raise
        seen.findings.append(Finding("file", str(error)))
    except UnicodeDecodeError as error:  # SQLite's own complaint quotes what is no text any more
        seen.findings.append(Finding("file", str(error)))
    return seen.report()


def _look(link: Link, path: Path, seen: _Examination, replay: Replay | None) -> None:
    """Everything about a file; where it breaks off, what was found until then is kept."""
    seen.store = info.usable(link)
    try:
        seen.findings += _places_off(link)
        seen.of(link, _sealer(link, path, seen.findings), replay)
    finally:
        seen.findings[:] = located(link, tuple(seen.findings))


def verify_link(link: Link, sealer: Sealer | None, replay: Replay | None = None) -> Report:
    """The same over an open link; without a key the sealed data are not looked at."""
    seen = _Examination([])
    seen.of(link, sealer, replay)
    return seen.report()


def _places_off(link: Link) -> Iterator[Finding]:
    """What SQLite itself finds broken in its file."""
    for (said,) in link.rows(f"PRAGMA integrity_check({_MOST_PLACES})"):
        if said != "ok":
            yield Finding("file", str(said))


def _sealer(link: Link, path: Path, findings: list[Finding]) -> Sealer | None:
    """The store's key; one that is gone or another's is told once, and blames no line."""
    try:
        sealer = read_key(path)
        info.same_key(link, sealer)
    except Refused as no:
        findings.append(Finding(no.code, str(key_path(path)), facts=no.facts))
        return None
    return sealer


def _rows_off(link: Link, states: list[Folded]) -> Iterator[Finding]:
    """Every row is what the log makes of it; none is missing, none too many."""
    wanted = {key: row for state in states for key, row in state.rows.items()}
    blind = frozenset[str]().union(*(state.blind for state in states))
    for table in TABLES:
        for record in link.stream(selected(table)):
            row: dict[str, Any] = wire(table, record)
            is_right = wanted.pop((table, str(row["id"])), None) == row
            if not is_right and _case_of(table, row) not in blind:
                yield Finding("row", f"{table} {row['id']}", _number(row["seq"]))
    for (table, id_), row in wanted.items():
        if _case_of(table, row) not in blind:
            yield Finding("row-missing", f"{table} {id_}", _number(row["seq"]))


def _case_of(table: str, row: Mapping[str, Any]) -> Any:
    return row.get("id" if table == "case_file" else "case_id")


def _number(seq: Any) -> int:
    """The line a row names; 0 when it names none any more."""
    return seq if isinstance(seq, int) else 0


def _filter_off(link: Link) -> Iterator[Finding]:
    """Every line is in the duplicate filter once, and nothing else is."""
    sql = (
        "SELECT log.cmd_id, log.seq FROM log LEFT JOIN command ON command.cmd_id = log.cmd_id"
        " AND command.feed = log.feed AND command.seq = log.seq AND command.actor = log.actor"
        " WHERE command.cmd_id IS NULL"
    )
    for cmd_id, seq in link.rows(sql):
        yield Finding("filter", f"command {cmd_id}", _number(seq))
    counts = [
        int((link.row(f"SELECT count(*) FROM {one}") or (0,))[0]) for one in ("log", "command")
    ]
    if counts[0] < counts[1]:
        yield Finding("filter", "command")


def _judged_from(link: Link, feed: str) -> int:
    """The last line that an earlier program decided."""
    found = link.row("SELECT judged_from FROM head WHERE feed = ?", (feed,))
    return int(found[0]) if found else 0


def _logged(link: Link, feed: str) -> Iterator[Logged]:
    judged_from = _judged_from(link, feed)
    for entry in lines(link, feed):
        who = (entry.actor, entry.role, entry.unit)
        envelope = None if entry.body is None else decode(entry.body)
        effects = None if entry.applied is None else entry.effects()
        what = (envelope, effects, entry.seq <= judged_from)
        yield Logged(entry.seq, entry.cmd_id, entry.case_id, *who, *what)
