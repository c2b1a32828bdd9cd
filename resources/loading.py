"""The doors to everything read from files: editions of the Measures, the directory, the holidays."""

from pathlib import Path

from app.domain.policy import Editions, Policy
from resources.directories import load_directory
from resources.editions import Draft, own_edition, shipped_edition
from resources.holidays import load_holidays
from resources.wrong import Expected, Wrong

__all__ = [
    "Draft",
    "Expected",
    "Wrong",
    "load_directory",
    "load_editions",
    "load_holidays",
    "load_own_edition",
    "read_own",
    "with_own",
]

_POLICY = Path(__file__).parent / "policy"


def load_editions(folder: Path | None = None, own: Path | None = None) -> Editions:
    """The shipped editions of `folder`, and a centre's own file or folder of files laid over them.

    Raises Wrong at the first place that cannot be taken.
    """
    editions = _shipped(folder or _POLICY)
    for path in _files(own) if own else ():
        editions = with_own(editions, read_own(path, editions))
    return editions


def load_own_edition(path: Path, current: Editions) -> tuple[Editions, Wrong | None]:
    """`current` with the edition of `path`, which replaces an own edition of the same code.

    When the file is wrong, `current` stays in force and the complaint is handed back.
    """
    try:
        draft = read_own(path, current)
        others = [item for item in current.editions if item.code != draft.policy.code]
        return with_own(Editions(tuple(others)), draft), None
    except Wrong as wrong:
        return current, wrong


def read_own(path: Path, current: Editions) -> Draft:
    """A centre's own edition as its file says it; Wrong at the first place that cannot be taken."""
    return own_edition(path, {item.code: item for item in current.editions if not item.own})


def with_own(current: Editions, draft: Draft) -> Editions:
    """`current` and one more; Wrong when its code is there already, or its days are another's."""
    if any(item.code == draft.policy.code for item in current.editions):
        raise draft.head["code"].wrong(Expected.UNIQUE)
    _check_overlap(draft, current.editions)
    return Editions((*current.editions, draft.policy))


def _shipped(folder: Path) -> Editions:
    found: tuple[Policy, ...] = ()
    for path in _files(folder):
        draft = shipped_edition(path)
        if any(item.code == draft.policy.code for item in found):
            raise draft.head["code"].wrong(Expected.UNIQUE)
        _check_overlap(draft, found)
        found = (*found, draft.policy)
    if not found:
        raise Wrong(folder.name, 1, "", Expected.PRESENT, "")
    return Editions(found)


def _check_overlap(draft: Draft, others: tuple[Policy, ...]) -> None:
    for other in others:
        if draft.policy.rivals(other):
            raise draft.head["effective_from"].wrong(Expected.NO_OVERLAP, (other.code,))


def _files(place: Path) -> list[Path]:
    return sorted(place.glob("*.yaml")) if place.is_dir() else [place]
