"""Which other cases a command concerns beside its own: those it names, that follow its own, or that it is split of."""

from collections.abc import Callable, Sequence
from typing import Protocol

from app.domain.commands import (
    ApproveRequest,
    Close,
    Command,
    Commend,
    Merge,
    Reopen,
    Split,
    Unmerge,
    Unsplit,
    Void,
)

#: A report is split, or with one of its parts over, or open again.
_OF_A_FAMILY = (Split, Unsplit, ApproveRequest, Close, Commend, Reopen, Void)


class Kin(Protocol):
    """Who knows which cases hang together at present."""

    @property
    def followers(self) -> Callable[[str], Sequence[str]]:
        """The cases that follow one."""
        ...

    @property
    def family(self) -> Callable[[str], Sequence[str]]:
        """The parts of a split report; of a part the report and the other parts."""
        ...


def concerned(wish: Command, kin: Kin) -> tuple[str, ...]:
    """Their ids."""
    if isinstance(wish, Merge | Unmerge):
        return tuple(one for one in dict.fromkeys(wish.members) if one != wish.case_id)
    followers = kin.followers(wish.case_id) if isinstance(wish, Close) else ()
    family = kin.family(wish.case_id) if isinstance(wish, _OF_A_FAMILY) else ()
    return (*followers, *family)
