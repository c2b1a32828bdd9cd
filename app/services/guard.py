"""Who may lift the curtain over a desk: asked for a password where the store has one for each person."""

from typing import Protocol

from app.domain.refused import Refused

#: What is known here of a person is worth nothing any more: the centre has to be asked.
UNCHECKED = "login-unchecked"


class Guard(Protocol):
    """Knows whose password can be checked at this seat, without the centre. Blocking."""

    def guards(self, login: str) -> bool:
        """Whether this person has to say his password."""
        ...

    def prove(self, login: str, password: str) -> None:
        """Let through who says it. Raises Refused: login-tries, login-locked, login-unchecked."""
        ...


class Unguarded:
    """The guard of a store without passwords: everybody passes."""

    def guards(self, login: str) -> bool:  # noqa: ARG002 - whoever it is
        """Nobody has to."""
        return False

    def prove(self, login: str, password: str) -> None:
        """Everybody may."""


UNGUARDED = Unguarded()


class Passwords(Protocol):
    """A person's own password at the centre, while he sits here. Blocking; methods raise Refused and Unreachable."""

    def renew(self, password: str) -> None:
        """The centre takes the old one no more: this is the one it takes now."""
        ...

    def change(self, old: str, new: str) -> None:
        """Another one from now on, at the centre and here."""
        ...


class NoPasswords:
    """Of a store without passwords."""

    def renew(self, password: str) -> None:  # noqa: ARG002 - whatever it is
        """There is none to renew."""
        raise Refused("password-none")

    def change(self, old: str, new: str) -> None:  # noqa: ARG002 - whatever they are
        """There is none to change."""
        raise Refused("password-none")


NO_PASSWORDS = NoPasswords()
