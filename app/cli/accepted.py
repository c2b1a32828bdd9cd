"""The editions in force at a centre: as its own files say, else as once accepted, so that a mistake takes none away."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from app.cli.copies import Copies, Stand
from app.domain.policy import Editions, Policy
from resources.loading import (
    Expected,
    Wrong,
    load_editions,
    load_own_edition,
    read_own,
    with_own,
)


def accepted(
    files: Iterable[Path], known: Sequence[Copies], keep_in: Sequence[Copies]
) -> tuple[Editions, tuple[Wrong, ...]]:
    """The shipped editions and over them the centre's own, with a complaint for every file gone wrong.

    An edition accepted before stays in force when its file is wrong or gone, unless another one has
    taken its days; every version accepted before still judges its cases.
    """
    laying = _Laying(known)
    for path in files:
        laying.take(path, keep_in)
    for copies in known:
        laying.fall_back(copies.in_force())
    return laying.editions(), tuple(laying.wrong)


class _Laying:
    """Own editions being laid over the shipped ones, file by file."""

    def __init__(self, known: Sequence[Copies]) -> None:
        self.wrong: list[Wrong] = []
        self._shipped = self._standing = load_editions()
        self._kept: dict[str, Policy] = {}
        for path in (path for copies in known for path in copies.files()):
            self._recall(path)

    def _recall(self, path: Path) -> None:
        found, complaint = load_own_edition(path, self._shipped)
        if complaint:
            self.wrong.append(complaint)
        else:
            kept = found.editions[-1]
            self._kept.setdefault(kept.stamp, kept)

    def take(self, path: Path, keep_in: Sequence[Copies]) -> None:
        """Lay the edition of a file over the others, and keep a copy; or note what is wrong with it."""
        try:
            draft = read_own(path, self._standing)
            if self._kept.get(draft.policy.stamp, draft.policy) != draft.policy:
                raise draft.head["version"].wrong(Expected.NEW_VERSION)
            self._standing = with_own(self._standing, draft)
        except Wrong as wrong:
            self.wrong.append(wrong)
            return
        for copies in keep_in:
            copies.keep(draft.policy, path)

    def fall_back(self, stands: Mapping[str, Stand]) -> None:
        """What was last in force and has no good file any more stays so, as far as its days are free."""
        told = {one.file for one in self.wrong}
        for code, stand in stands.items():
            edition = self._kept.get(f"{code}@{stand.version}")
            if edition is None or any(map(edition.rivals, self._standing.editions)):
                continue
            self._standing = Editions((*self._standing.editions, edition))
            if stand.file not in told:
                self.wrong.append(Wrong(stand.file, 1, code, Expected.IN_PLACE, stand.version))

    def editions(self) -> Editions:
        """Those that judge new cases, and the past ones."""
        stamps = {one.stamp for one in self._standing.editions}
        past = tuple(one for stamp, one in self._kept.items() if stamp not in stamps)
        return Editions(self._standing.editions, past)
