"""The files of cases as a screen asks for them: kept, looked for, fetched, opened; never on the screen's thread."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any, Protocol

from app.domain.refused import Refused
from app.services.files import Courier, Shelf, Whereabouts, suffix_of
from app.services.ports import Unreachable

#: Does a blocking job beside the screen.
Beside = Callable[[Callable[[], Any]], Awaitable[Any]]
#: What goes wrong at this seat's own disk is said as it is; everything else is the centre's being away.
_DISK = "file"


class FilesOfCases(Protocol):
    """What a screen may ask. Every method raises Unreachable('file') for what the disk here does not do."""

    async def keep(self, path: str) -> tuple[str, int]:
        """Copy a file to where attachments lie; its SHA-256 and size in bytes. Raises Refused('file-too-large')."""
        ...

    async def where(self, digests: Iterable[str]) -> Mapping[str, Whereabouts]:
        """Where each of some files is, as this seat knows without asking anybody."""
        ...

    async def fetch(self, digest: str, size: int) -> Whereabouts:
        """Bring a file here: HERE, NOT_YET, AWAY or WRONG. To give it up, cancel; it goes on where it was left."""
        ...

    async def lend(self, digest: str, name: str) -> str:
        """The path of a copy for another program. Raises Refused('file-kind') for a name of no kind that is opened."""
        ...


class CaseFiles:
    """The `FilesOfCases` of a desk; `courier` is that of who sits here now."""

    def __init__(self, shelf: Shelf, beside: Beside, courier: Callable[[], Courier]) -> None:
        self._shelf = shelf
        self._beside = beside
        self._courier = courier

    async def keep(self, path: str) -> tuple[str, int]:
        """Copy a file to where attachments lie."""
        return await self._beside(lambda: self._shelf.keep(path))

    async def where(self, digests: Iterable[str]) -> Mapping[str, Whereabouts]:
        """Where each of some files is."""
        return await self._beside(lambda: self._found(digests))

    def _found(self, digests: Iterable[str]) -> dict[str, Whereabouts]:
        here, courier = self._shelf.listed(), self._courier()
        unsent, coming = courier.unsent(), courier.coming()

        def place(digest: str) -> Whereabouts:
            if digest in here:
                return Whereabouts.UNSENT if digest in unsent else Whereabouts.HERE
            return Whereabouts.COMING if digest in coming else Whereabouts.ELSEWHERE

        return {digest: place(digest) for digest in digests}

    async def fetch(self, digest: str, size: int) -> Whereabouts:
        """Bring a file here, if it is not here yet."""
        if digest in await self._beside(self._shelf.listed):
            return Whereabouts.HERE
        try:
            return await asyncio.wrap_future(self._courier().fetch(digest, size))
        except Unreachable as away:
            if away.code == _DISK:
                raise
            return Whereabouts.AWAY

    async def lend(self, digest: str, name: str) -> str:
        """The path of a copy for another program."""
        suffix = suffix_of(name)
        if not suffix:
            raise Refused("file-kind", name=name)
        return await self._beside(lambda: self._shelf.lend(digest, suffix))
