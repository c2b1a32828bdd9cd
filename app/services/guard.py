"""Who may lift the curtain over a desk: asked for a password where the store has one for each person."""

from typing import Protocol


class Guard(Protocol):
    """Knows whose password can be checked at this seat, without the centre. Blocking."""

    def guards(self, login: str) -> bool:
        """Whether this person has to say his password."""
        ...

    def prove(self, login: str, password: str) -> None:
        """Let through who says it. Raises Refused: login-tries, login-locked."""
        ...


class Unguarded:
    """The guard of a store without passwords: everybody passes."""

    def guards(self, login: str) -> bool:  # noqa: ARG002 - whoever it is
        """Nobody has to."""
        return False

    def prove(self, login: str, password: str) -> None:
        """Everybody may."""


UNGUARDED = Unguarded()
