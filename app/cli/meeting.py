"""What the centre says when somebody sits down, or, while it says nothing, what is known of it here."""

import platform
import secrets
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from sqlite3 import SQLITE_BUSY, SQLITE_LOCKED, OperationalError
from typing import Any, TypeVar

from app.cli.reaching import Reached
from app.domain.refused import Refused
from app.domain.terms import Role
from app.services.numbers import BASE36
from app.services.ports import Unreachable
from app.services.queries import Operator
from app.sync.calls import PROMPT, TAIL, Calls
from db.central import admin
from db.central.info import UNFIT, read
from db.centre import change_password, knock, people
from db.failures import failed_logins, limited_reveals
from db.outbox.store import SqliteOutbox
from db.places import Place, file_of

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Met:
    """The store's id, the prefix of its case numbers, and who sits down."""

    store_id: str
    prefix: str
    operator: Operator


class Unfit(Unreachable):
    """A store that this program does not fit, or that does not fit it; `no` says why."""

    def __init__(self, no: Refused) -> None:
        super().__init__(no.code)
        self.no = no


def meet(central: Reached, calls: Calls) -> Met | Unreachable:
    """Everything at one go, since every question may hang; or why nothing was said. Raises Refused.

    One that does not fit this program is away until it does: at the telephone work goes on.
    """

    def look() -> Met:
        store = central.store()
        facts = store.facts()
        return Met(facts.store_id, facts.prefix, store.operator())

    try:
        return calls.ask(look, PROMPT)
    except Unreachable as away:
        return away
    except Refused as no:
        if no.code not in UNFIT:
            raise
        return Unfit(no)


def everybody(store: Place, login: str = "") -> tuple[Operator, ...]:
    """Who may sit at a store, whoever does; a server says it to `login`. Raises Unreachable."""
    return _asked_once(lambda: people(store, login))


def knocked(store: Place, login: str) -> str:
    """Let a login in at a server once; the password it asked for. Raises Refused and Unreachable."""
    return _asked_once(lambda: knock(store, login))


def changed(store: Place, login: str, password: str) -> None:
    """Have a login's own password changed at a server. Raises Refused and Unreachable."""
    _asked_once(lambda: change_password(store, login, password))


def missed(store: Place, login: str, tries: Sequence[dict[str, Any]]) -> Sequence[Sequence[str]]:
    """Have a server told of wrong passwords here; those of all seats, where one may. Raises Refused, Unreachable."""
    return _asked_once(lambda: failed_logins(store, login, tries, platform.node()))


def looked_often(store: Place, login: str) -> Sequence[tuple[str, int]]:
    """Who tried to look at reporters too often, where one may hear of it. Raises Refused, Unreachable."""
    return _asked_once(lambda: limited_reveals(store, login))


def is_made_up(store: Place) -> bool:
    """Whether a file says of itself that it is a demonstration; a server is a centre's. Raises Unreachable."""
    path = file_of(store)
    if path is None:
        return False

    def look() -> bool:
        with admin.opened(path) as link:
            return read(link).kind == "demo"

    return _asked_once(look)


def _asked_once(job: Callable[[], T]) -> T:
    calls = Calls()
    try:
        return calls.ask(job, PROMPT)
    except OperationalError as error:
        if error.sqlite_errorcode & 0xFF in (SQLITE_BUSY, SQLITE_LOCKED):
            raise Unreachable("store-busy") from error
        raise
    finally:
        calls.stop()


def who(met: Met | Unreachable, outbox: SqliteOutbox) -> tuple[Operator, str]:
    """The person and the prefix of case numbers; raises Unreachable when neither was ever known."""
    if isinstance(met, Unreachable):
        kept = outbox.recall("operator")
        if kept is None:
            raise met
        role = Role(kept.pop("role"))
        return Operator(role=role, **kept), outbox.recall_here("prefix")
    outbox.remember("operator", asdict(met.operator))
    outbox.remember_here("prefix", met.prefix)
    return met.operator, met.prefix


def seat_code(
    met: Met | Unreachable,
    ask: Callable[[str], str],
    calls: Calls,
    outbox: SqliteOutbox,
    folder: Path,
) -> str:
    """Three characters for this seat's case numbers: given by the store, or drawn while it is away.

    Files that were copied to another place are another seat: two must never give the same numbers.
    """
    here = f"{platform.node()}:{folder.absolute()}"
    known, place = outbox.recall_here("seat"), outbox.recall_here("seat_place") or here
    if known is None or place != here:
        known = _drawn() if isinstance(met, Unreachable) else _given(ask, calls)
        outbox.remember_here("seat", known)
    outbox.remember_here("seat_place", here)
    return str(known)


def _given(ask: Callable[[str], str], calls: Calls) -> str:
    device = secrets.token_hex(8)
    try:
        return calls.ask(lambda: ask(device), PROMPT + TAIL)
    except Unreachable:
        return _drawn()


def _drawn() -> str:
    return "".join(secrets.choice(BASE36) for _ in range(3))
