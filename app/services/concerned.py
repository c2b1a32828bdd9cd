"""Which other cases a command concerns beside its own: those it names, or those that follow its own."""

from collections.abc import Callable, Sequence

from app.domain.commands import Close, Command, Merge, Unmerge


def concerned(wish: Command, followers: Callable[[str], Sequence[str]]) -> tuple[str, ...]:
    """Their ids; `followers` tells which cases follow one at present."""
    if isinstance(wish, Merge | Unmerge):
        return tuple(one for one in dict.fromkeys(wish.members) if one != wish.case_id)
    return tuple(followers(wish.case_id)) if isinstance(wish, Close) else ()
