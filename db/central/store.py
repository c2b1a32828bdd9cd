"""The central store as one operator's seat reaches it: a SQLite file on this machine."""

import sqlite3
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from app.domain.refused import Refused
from app.services.envelope import Sealed
from app.services.ports import Answer, Cursor, Duty, LogRow, Page, Sent, SnapshotPage, Unreachable
from app.services.queries import Operator
from db.central import duty as lease
from db.central import feed, files, info, people, reveals, rulebook
from db.central import snapshot as fill
from db.central.chain import head_of
from db.central.link import Link, away, open_file
from db.central.links import Links
from db.central.place import local_file
from db.central.presence import Onlookers, is_seen
from db.central.sealing import Sealer, read_key
from db.central.submit import Door, submit

#: So many log lines of one case are told at once.
_WHOLE_HISTORY = 10_000


def utc_now() -> datetime:
    """The clock of this machine, which is the store's."""
    return datetime.fromtimestamp(time.time(), UTC)


class CentralStore:
    """The `Central` of services.ports for one login. Every thread has a connection of its own.

    Methods raise Unreachable while the store cannot be reached, and Refused for an operator who
    is unknown or shut out and for a store that this program may not use.
    """

    def __init__(
        self,
        connect: Callable[[], Link],
        login: str,
        sealer: Sealer,
        clock: Callable[[], datetime] = utc_now,
        onlookers: Onlookers | None = None,
    ) -> None:
        self._onlookers = onlookers
        self._links = Links(connect)
        self._login = login
        self._sealer = sealer
        self._clock = clock
        self._books: dict[str, rulebook.RuleBook] = {}

    def submit(
        self, batch: Sequence[tuple[str, Sealed | None]], sent: Sent | None = None
    ) -> list[Answer]:
        """Take encoded envelopes, oldest first, under one tail; each is all or nothing.

        `sent` is said by seats; a program that works on the store's own machine has its clock.
        """
        with self._reached() as link, link.writing():
            store = info.usable(link)
            door = Door(
                viewer=self._viewer(link)[0],
                book=self._book(link, store.rules_digest),
                sealer=self._sealer,
                clock=self._clock,
                is_past=store.is_past,
            )
            return submit(link, door, batch, sent)

    def pull(self, cursor: Cursor, limit: int) -> Page:
        """Log rows after the cursor, in the operator's scope, from one state of the store."""
        with self._reached() as link, link.reading():
            return feed.pull(link, self._viewer(link), cursor, limit, self._clock())

    def head(self) -> Cursor:
        """Where the log ends now."""
        with self._reached() as link, link.reading():
            operator, epoch = self._viewer(link)
            return feed.cursor_of(head_of(link, operator.district), epoch)

    def snapshot(self, position: str | None, limit: int) -> SnapshotPage:
        """Whole cases, open ones first by due instant, then ended ones, newest first."""
        with self._reached() as link, link.reading():
            operator, epoch = self._viewer(link)
            page = fill.snapshot(link, operator, position, limit)
            return replace(page, head=feed.cursor_of(head_of(link, operator.district), epoch))

    def history(self, case_id: str) -> list[LogRow]:
        """The life of one case, oldest first; empty when it is not the operator's to see."""
        with self._reached() as link, link.reading():
            viewer = self._viewer(link)[0]
            if not feed.case_rows(link, viewer, [case_id]):
                return []
            return list(feed.history(link, viewer, [case_id], _WHOLE_HISTORY))

    def presence(self, seat: str, case_id: str | None) -> tuple[str, ...]:
        """Say which case a seat has open, None for none; a login for each other seat that has it open too."""
        with self._reached() as link, link.reading():
            viewer = self._viewer(link)[0]
            seen = case_id if is_seen(link, viewer, case_id) else None
        if self._onlookers is None:
            return ()
        return self._onlookers.told(self._login, seat, seen, self._clock())

    def onlookers(self, seat: str, case_ids: Sequence[str]) -> tuple[tuple[str, str], ...]:
        """Who has which of these cases open at another seat: (case id, login), in order."""
        here, beside = (self._login, seat), self._onlookers
        found = () if beside is None else beside.over(here, case_ids, self._clock())
        return self._seen(found) if found else ()

    def _seen(self, found: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
        """Those of the cases that the viewer may know of."""
        with self._reached() as link, link.reading():
            viewer = self._viewer(link)[0]
            seen = {one for one in dict(found) if is_seen(link, viewer, one)}
        return tuple(one for one in found if one[0] in seen)

    def duty(self, seat: str, is_wanted: bool) -> Duty:  # noqa: FBT001 - as it travels
        """Take, renew or give back the duty lease; who has it then. Raises Refused('not-permitted')."""
        with self._reached() as link, link.writing():
            return lease.duty(link, self._viewer(link)[0], seat, self._clock(), is_wanted=is_wanted)

    def reveal(self, case_id: str, reason: str) -> Sealed:
        """The person of a case, in clear; who looked and why is written down first.

        Raises Refused: words-missing, reveal-too-often, reveal-denied, reveal-lapsed, reveal-over, case-missing.
        """
        with self._reached() as link:
            with link.writing():
                viewer = self._viewer(link)[0]
                no = reveals.note(link, viewer, case_id, reason, self._clock())
            if no is not None:  # what was written down of it stays
                raise no
            with link.reading():
                return reveals.reveal(link, self._sealer, viewer, case_id, self._clock())

    def files_at(self, digests: Sequence[str]) -> frozenset[str]:
        """Those of some files that the store has whole and that are his to send or to see."""
        with self._reached() as link, link.reading():
            return files.files_at(link, self._viewer(link)[0], digests)

    def put_part(self, digest: str, size: int, at: int, part: bytes) -> int:
        """Give the next bytes of a file; how many the store has now. Raises Refused: file-denied, file-wrong."""
        with self._reached() as link, link.writing():
            viewer = self._viewer(link)[0]
            held = files.put_part(link, viewer, digest, size, at, part, self._clock())
        if held is None:  # said after the commit: what was wrong is thrown away for good
            raise Refused("file-wrong")
        return held

    def part_of(self, digest: str, at: int, most: int) -> bytes | None:
        """Bytes of a file from a place on; empty at its end, None where there is nothing for him."""
        with self._reached() as link, link.reading():
            return files.part_of(link, self._viewer(link)[0], digest, at, most)

    def reporter_key(self, phone: str) -> str | None:
        """The key under which cases of that number can be found; None for no number."""
        return self._sealer.reporter_key(phone)

    def seat_code(self, device: str) -> str:
        """The three characters of this machine's case numbers."""
        with self._reached() as link, link.writing():
            return people.seat_code(link, device, self._clock())

    def operator(self) -> Operator:
        """The operator as the store knows him now."""
        with self._reached() as link:
            return self._viewer(link)[0]

    def facts(self) -> info.StoreInfo:
        """District, prefix and kind of the store. Raises Refused when this program may not use it."""
        with self._reached() as link:
            info.same_key(link, self._sealer)
            return info.usable(link)

    def close(self) -> None:
        """Give back every thread's connection; one that hangs is not waited for."""
        self._links.close()

    def _viewer(self, link: Link) -> tuple[Operator, int]:
        found = people.operator(link, self._login)
        if not found[0].is_active:
            raise Refused("operator-inactive", login=self._login)
        return found

    def _book(self, link: Link, digest: str) -> rulebook.RuleBook:
        if digest not in self._books:
            self._books = {digest: rulebook.read(link)}
        return self._books[digest]

    @contextmanager
    def _reached(self) -> Generator[Link]:
        """This thread's link; what waiting may heal becomes Unreachable, and the link is made anew."""
        try:
            with self._links.mine() as link:
                yield link
        except sqlite3.OperationalError as error:
            self._links.drop()
            if code := away(error):
                raise Unreachable(code) from error
            raise


def open_central(
    url: str | Path, login: str, clock: Callable[[], datetime] = utc_now
) -> CentralStore:
    """The store at a path (or sqlite:/// URL) for one login.

    Raises Refused (a share, a server's URL, no or another key, a newer store, an unknown login) and
    Unreachable.
    """
    path = local_file(url)
    if not path.exists():  # a disk that is away takes the key with it
        raise Unreachable("centre")
    store = CentralStore(lambda: open_file(path), login, read_key(path), clock, Onlookers(path))
    try:
        store.facts()
        store.operator()
    except BaseException:
        store.close()
        raise
    return store
