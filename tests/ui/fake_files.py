"""Files of cases without a disk: each is where a test says, and comes when it says so."""

import asyncio
from collections.abc import Iterable, Mapping

from app.domain.refused import Refused
from app.services.files import Whereabouts, suffix_of


class FakeFiles:
    """`places` are where files are, `brings` what comes of fetching one, `gate` holds that back; `lent` was opened."""

    def __init__(self) -> None:
        self.kept: list[str] = []
        self.places: dict[str, Whereabouts] = {}
        self.brings = Whereabouts.HERE
        self.gate: asyncio.Event | None = None
        self.fetched: list[str] = []
        self.lent: list[tuple[str, str]] = []

    async def keep(self, path: str) -> tuple[str, int]:
        self.kept.append(path)
        return f"{len(self.kept):064x}", 1024

    async def where(self, digests: Iterable[str]) -> Mapping[str, Whereabouts]:
        return {one: self.places.get(one, Whereabouts.ELSEWHERE) for one in digests}

    async def fetch(self, digest: str, size: int) -> Whereabouts:
        self.fetched.append(digest)
        before = self.places.get(digest, Whereabouts.ELSEWHERE)
        if before is Whereabouts.HERE:
            return before
        if self.gate is not None:
            self.places[digest] = Whereabouts.COMING
            await self.gate.wait()
        self.places[digest] = self.brings if self.brings is Whereabouts.HERE else before
        return self.brings

    async def lend(self, digest: str, name: str) -> str:
        if not suffix_of(name):
            raise Refused("file-kind", name=name)
        self.lent.append((digest, name))
        return f"/lent/{digest}.{suffix_of(name)}"
