"""The way of a file cut at one byte after another, up and down, with the seat begun anew each time."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random
from typing import Any

import pytest

from app.services.files import Whereabouts
from app.services.ports import Unreachable
from app.sync.incoming import Incoming
from app.sync.outgoing import Outgoing
from db.postgres.central import PostgresCentral, open_server
from db.shelf import Shelf
from tests.store.conftest import postgres_town, socket_of, url_of
from tests.store.proxy import Proxy
from tests.store.storm import place_of
from tests.store.town import Town

#: Bytes of a file, and of a part: what is said at a time is a little more than that.
SIZE, PART = 2500, 1000
#: No cut lies further into what is said at a time (a reply tells its bytes in base 64).
FURTHEST = {"up": 1100, "down": 1450}


class Way:
    """A town whose li sends and whose mei fetches, each at the end of a line that is cut."""

    def __init__(self, town: Town, url: str, line: Proxy, folder: Path) -> None:
        self.town, self.line, self.folder = town, line, folder
        self.draw = Random(1)
        self.case_id, _ = town.register()
        self.stores = {who: open_server(place_of(url, line), who) for who in ("li", "mei")}
        self.cuts = {"up": 0, "down": 0}

    def carried(self, at: int, way: str) -> None:
        """One file goes from seat to seat, cut once on each half of its way after `at` bytes."""
        content = self.draw.randbytes(SIZE)
        here, there = Shelf(self.folder / "li"), Shelf(self.folder / "mei")
        source = self.folder / "source"
        source.write_bytes(content)
        digest, size = here.keep(str(source))
        row = {"digest": digest, "size": size, "name": "x"}
        made = self.town.blank("attachment", self.case_id, **row)
        self.town.done(self.town.envelope("li", "attach", self.case_id, made))
        with self._cut(at, way):
            self._sent(digest)
        with self._cut(at, way):
            self._fetched(digest, size)
        assert there.read(digest, 0, size + 1) == content

    @contextmanager
    def _cut(self, at: int, way: str) -> Iterator[None]:
        getattr(self.line, way).limit = at
        yield
        self.line.up.limit = self.line.down.limit = 0

    def _healed(self, was: int) -> None:
        """One cut is enough."""
        if self.line.breaks > was:
            self.cuts["up" if self.line.up.limit else "down"] += 1
        self.line.up.limit = self.line.down.limit = 0

    def _sent(self, digest: str) -> None:
        store, was = self.stores["li"], self.line.breaks
        while digest not in self._tried(lambda: store.files_at([digest]), was, ()):
            self._tried(lambda: self._send(store, digest), was, None)

    def _send(self, store: PostgresCentral, digest: str) -> None:
        """As a seat that was just started: nothing is known but what lies on the disk."""
        out = Outgoing(
            Shelf(self.folder / "li"), lambda _: [digest], store.files_at, store.put_part
        )
        out.look("")
        for _ in range(4):
            out.step(PART)

    def _fetched(self, digest: str, size: int) -> None:
        store, was, said = self.stores["mei"], self.line.breaks, None
        while said is None:
            said = self._tried(lambda: self._fetch(store, digest, size), was, None)
        assert said is Whereabouts.HERE

    def _fetch(self, store: PostgresCentral, digest: str, size: int) -> Whereabouts:
        shelf = Shelf(self.folder / "mei")
        into = Incoming(shelf, lambda digest, at: store.part_of(digest, at, PART))
        asked = into.ask(digest, size)
        while not asked.done():
            into.step()
        return asked.result()

    def _tried(self, job: Any, was: int, otherwise: Any) -> Any:
        try:
            return job()
        except Unreachable:
            self._healed(was)
            return otherwise


@contextmanager
def cut_way(request: pytest.FixtureRequest, name: str, folder: Path) -> Iterator[Way]:
    """A town in a database of that name, and the line to it."""
    postgres = request.getfixturevalue("postgres")
    with closing(postgres_town(request, name)) as town:
        line = Proxy(socket_of(postgres), Random(0))
        way = Way(town, url_of(postgres, name), line, folder)
        try:
            yield way
        finally:
            for store in way.stores.values():
                store.close()
            line.close()
