"""The doors to everything read from files: editions of the Measures, the directory, the holidays."""

from pathlib import Path

from app.domain.policy import Editions, Policy
from resources.directories import load_directory
from resources.editions import Draft, own_edition, shipped_edition
from resources.holidays import load_holidays
from resources.wrong import Expected, Wrong

__all__ = [
    "Expected",
    "Wrong",
    "load_directory",
    "load_editions",
    "load_holidays",
    "load_own_edition",
]

_POLICY = Path(__file__).parent / "policy"


def load_editions(folder: Path | None = None, own: Path | None = None) -> Editions:
    """The shipped editions of `folder`, and a centre's own file or folder of files laid over them.

    Raises Wrong at the first place that cannot be taken.
    """
    editions = _shipped(folder or _POLICY)
    for path in _files(own) if own else ():
        draft = _own_draft(editions, path)
        if any(item.code == draft.policy.code for item in editions.editions):
            raise draft.head["code"].wrong(Expected.UNIQUE)
        editions = _with_own(editions, draft)
    return editions


def load_own_edition(path: Path, current: Editions) -> tuple[Editions, Wrong | None]:
    """`current` with the edition of `path`, which replaces an own edition of the same code.

    When the file is wrong, `current` stays in force and the complaint is handed back.
    """
    try:
        return _with_own(current, _own_draft(current, path)), None
    except Wrong as wrong:
        return current, wrong


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


def _own_draft(current: Editions, path: Path) -> Draft:
    return own_edition(path, {item.code: item for item in current.editions if not item.own})


def _with_own(current: Editions, draft: Draft) -> Editions:
    others = [item for item in current.editions if item.code != draft.policy.code]
    _check_overlap(draft, tuple(item for item in others if item.own))
    return Editions((*others, draft.policy))


def _check_overlap(draft: Draft, others: tuple[Policy, ...]) -> None:
    new = draft.policy
    for other in others:
        if other.covers(new.effective_from) or new.covers(other.effective_from):
            raise draft.head["effective_from"].wrong(Expected.NO_OVERLAP, (other.code,))


def _files(place: Path) -> list[Path]:
    return sorted(place.glob("*.yaml")) if place.is_dir() else [place]
