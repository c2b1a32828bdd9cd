"""Who may come in: the operators of a store, and the seats they come from."""

from collections.abc import Iterator
from datetime import datetime
from itertools import product
from string import ascii_uppercase, digits

from app.domain.refused import Refused
from app.domain.terms import Role
from app.services.queries import Operator
from db.central.link import Link
from db.central.rows import instant_text

_COLUMNS = "login, name, role, district, unit, is_active"
_BASE36 = digits + ascii_uppercase


def operator(link: Link, login: str) -> tuple[Operator, int]:
    """An operator and the epoch of his scope. Raises Refused('operator-unknown')."""
    sql = f"SELECT {_COLUMNS}, scope_epoch FROM operator WHERE login = ?"
    found = link.row(sql, (login,))
    if found is None:
        raise Refused("operator-unknown", login=login)
    return _operator(found[:-1]), int(found[-1])


def operators(link: Link) -> tuple[Operator, ...]:
    """Everybody, by login."""
    return tuple(map(_operator, link.rows(f"SELECT {_COLUMNS} FROM operator ORDER BY login")))


def _operator(record: tuple[object, ...]) -> Operator:
    login, name, role, district, unit, is_active = record
    return Operator(
        login=str(login),
        name=str(name),
        role=Role(str(role)),
        district=str(district),
        unit=None if unit is None else str(unit),
        is_active=bool(is_active),
    )


def add_operator(link: Link, new: Operator) -> None:
    """Let somebody in. Raises Refused: operator-exists, operator-login, operator-unit."""
    if not new.login.isprintable() or not new.login.strip() or set(new.login) & set("|@ \t"):
        raise Refused("operator-login", login=new.login)
    if link.row("SELECT 1 FROM operator WHERE login = ?", (new.login,)):
        raise Refused("operator-exists", login=new.login)
    if new.role in (Role.UNIT_HANDLER, Role.UNIT_LEADER) and not new.unit:
        raise Refused("operator-unit", login=new.login)
    values = (new.login, new.name, str(new.role), new.district, new.unit, new.is_active, 0)
    link.run(f"INSERT INTO operator ({_COLUMNS}, scope_epoch) VALUES (?, ?, ?, ?, ?, ?, ?)", values)


def move_operator(link: Link, login: str, role: Role, unit: str | None) -> None:
    """Give somebody another role or unit; his seats fetch their new scope. Raises Refused."""
    operator(link, login)
    sql = "UPDATE operator SET role = ?, unit = ?, scope_epoch = scope_epoch + 1 WHERE login = ?"
    link.run(sql, (str(role), unit, login))


def deactivate(link: Link, login: str) -> None:
    """Shut somebody out; what he did stays his. Raises Refused('operator-unknown')."""
    operator(link, login)
    sql = "UPDATE operator SET is_active = ?, scope_epoch = scope_epoch + 1 WHERE login = ?"
    link.run(sql, (False, login))


def seat_code(link: Link, device: str, now: datetime) -> str:
    """Three base-36 characters that stand for one machine; the same again when it asks again."""
    known = link.row("SELECT seat FROM device WHERE name = ?", (device,))
    if known is not None:
        return str(known[0])
    taken = {seat for (seat,) in link.rows("SELECT seat FROM device")}
    code = next((code for code in _codes() if code not in taken), None)
    if code is None:
        raise Refused("seats-exhausted")
    sql = 'INSERT INTO device (seat, name, "cursor", seen_at) VALUES (?, ?, 0, ?)'
    link.run(sql, (code, device, instant_text(now)))
    return code


def _codes() -> Iterator[str]:
    return ("".join(signs) for signs in product(_BASE36, repeat=3))
