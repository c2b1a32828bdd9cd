"""The door of a centre: who is asked for a password before a desk opens, and what he said."""

from dataclasses import dataclass
from typing import Protocol

#: Codes of Refused that begin so are about the login: it is asked for, and tried again.
LOGIN = "login-"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is known before anybody has said anything: where, who it was last, whether a password can be kept."""

    where: str
    login: str
    can_remember: bool


class Door(Protocol):
    """Asked on the screen's thread, while nothing is being opened."""

    def asked(self) -> Asked:
        """What the person is shown."""
        ...

    def give(self, login: str, password: str, *, remember: bool) -> None:
        """What he typed; the next try goes by it."""
        ...
