"""A centre founded to be measured, and who sits in it: logins that are taken away again."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass

from app.cli.benching.crowd import DISTRICT, PREFIX
from app.domain.terms import Role
from app.services.ports import Answer
from app.services.queries import Operator
from db import centre
from db.places import Unlocked
from db.postgres.link import connected


@dataclass(frozen=True, slots=True)
class Person:
    """Who sits at a seat, and his password there."""

    login: str
    password: str


def found(url: str, seats: int) -> list[Person]:
    """Found a centre in an empty database and let people in. Raises Refused as `centre.init`."""
    centre.init(url, DISTRICT, PREFIX, "demo")
    people = [f"bench{number:03}" for number in range(seats)]
    return [
        Person(login, centre.add_operator(url, Operator(login, login, Role.OPERATOR, DISTRICT)))
        for login in people
    ]


def dismiss(url: str, people: Sequence[Person]) -> None:
    """Take away the logins again, which would outlive the database."""
    with closing(connected(url)) as root:
        for one in people:
            root.execute(f'DROP ROLE IF EXISTS "{one.login}"'.encode())


def store_of(url: str, who: Person) -> centre.Centre:
    """The centre as a person reaches it."""
    return centre.open_central(Unlocked(url, who.login, who.password), who.login)


def done(answers: Sequence[Answer]) -> None:
    """Every command was taken, or what is measured is not what it is called."""
    odd = [one for one in answers if one.status != "done"]
    if odd:
        raise RuntimeError(repr(odd[0]))
