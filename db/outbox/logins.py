"""What a seat keeps of the logins of its centre, so that a person is known here without it: no password, only
what one can be checked against."""

import hmac
import json
import os
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from hashlib import scrypt
from pathlib import Path
from typing import Any, cast

from app.domain.refused import Refused

#: The cost of one check: some 32 MiB and a tenth of a second.
_COST, _BLOCKS, _LANES = 2**15, 8, 1
_MEMORY = 64 * 2**20
#: So many wrong passwords in a row lock a login for the first time; each more doubles it, up to the longest.
TRIES = 5
FIRST_LOCK, LONGEST_LOCK = timedelta(seconds=30), timedelta(hours=1)
#: A clock that was set back makes no login younger than this.
_AHEAD = timedelta(hours=1)
#: Under this login stand the wrong passwords of those who are not known here.
_STRANGERS = ""
#: What marks a person whose password, as it is known here, the centre has refused since.
_STALE = "refused"


class Logins:
    """The persons of one `store` in a seat's file, which only this user may read. Blocking.

    A login is good here for `valid` after the centre last let it in.
    """

    def __init__(
        self, file: Path, store: str, clock: Callable[[], datetime], valid: timedelta
    ) -> None:
        self._file, self._store = file, store
        self._clock, self._valid = clock, valid

    @property
    def last(self) -> str:
        """Who was let in last, '' for nobody."""
        last = self._read().get("last", "")
        return last if isinstance(last, str) else ""

    @property
    def is_empty(self) -> bool:
        """Whether the centre has never let anybody in here."""
        return not any(login != _STRANGERS for login in self._people())

    def guards(self, login: str) -> bool:
        """Whether there is something that this person's password can be checked against."""
        return bool(self._people().get(login, {}).get("hash"))

    def let_in(self, login: str, password: str) -> None:
        """The centre has let a login in; '' where it asked for no password."""
        salt = secrets.token_bytes(16)
        kept = {"at": self._clock().isoformat(), "salt": salt.hex()}
        kept["hash"] = _hashed(password, salt) if password else ""
        self._put(login, kept, last=login)

    def seen(self, login: str) -> None:
        """The centre lets a login in even now: his time begins anew."""
        if one := self._people().get(login):
            self._put(login, {**one, "at": self._clock().isoformat()})

    def forget(self, login: str) -> None:
        """The centre lets a login in no more: neither does this seat without it."""
        kept = self._read()
        if kept.get("people", {}).pop(login, None) is not None:
            self._write(kept)

    def refuse(self, login: str, password: str = "") -> None:
        """The centre takes what is known here no more (where that is `password`; '' for whatever it is)."""
        one = self._people().get(login, {})
        is_known = one.get("hash") and not one.get(_STALE)
        if is_known and (not password or self.fits(login, password)):
            self._put(login, {**one, _STALE: True})

    def begin(self, login: str, password: str) -> None:
        """Let somebody begin his day without the centre.

        Raises Refused: login-unknown, login-expired, login-unchecked, and as `prove`.
        """
        one = self._people().get(login)
        if one is None:
            raise Refused("login-unknown", login=login)
        age = self._clock() - _instant(one.get("at"))
        if not -_AHEAD <= age <= self._valid:
            hours = int(self._valid.total_seconds() // 3600)
            raise Refused("login-expired", hours=hours, login=login)
        if one.get("hash"):
            self.prove(login, password)

    def prove(self, login: str, password: str) -> None:
        """Check a password here. Raises Refused: login-tries (how many are left), login-locked (for how long),
        login-unchecked where the centre takes what is known here no more.
        """
        self.allow(login)
        one = self._people().get(login, {})
        if one.get(_STALE):
            raise Refused("login-unchecked")
        found = _hashed(password, bytes.fromhex(one.get("salt", "")))
        if not hmac.compare_digest(found, one.get("hash", "")):
            raise self.failed(login)
        if one.get("failures"):
            self._put(login, {**one, "failures": 0})

    def fits(self, login: str, password: str) -> bool:
        """Whether it is his password, as far as is known here; nobody has typed it, so nothing is counted."""
        one = self._people().get(login, {})
        if not one.get("hash") or one.get(_STALE):
            return False
        return hmac.compare_digest(_hashed(password, bytes.fromhex(one["salt"])), one["hash"])

    def allow(self, login: str) -> None:
        """Raises Refused('login-locked') while too many wrong passwords keep a login out."""
        one = self._people().get(self._counted(login), {})
        left = _instant(one.get("until")) - self._clock()
        if timedelta(0) < left <= LONGEST_LOCK:
            raise _locked(left)

    def failed(self, login: str) -> Refused:
        """A wrong password was typed: count it; what is to be said."""
        name = self._counted(login)
        one = self._people().get(name, {})
        failures = int(one.get("failures", 0)) + 1
        kept = {**one, "failures": failures}
        self._note(name, is_lock=failures >= TRIES)
        if failures < TRIES:
            self._put(name, kept)
            return Refused("login-tries", left=TRIES - failures)
        lock = min(FIRST_LOCK * 2 ** min(failures - TRIES, 16), LONGEST_LOCK)
        self._put(name, {**kept, "until": (self._clock() + lock).isoformat()})
        return _locked(lock)

    def missed(self) -> list[dict[str, Any]]:
        """Wrong passwords that the centre has not heard of: of whom ('' a stranger), how many, from when to when."""
        return [{"login": name, **one} for name, one in self._read().get("missed", {}).items()]

    def told(self) -> None:
        """The centre has heard of them."""
        kept = self._read()
        if kept.pop("missed", None) is not None:
            self._write(kept)

    def _note(self, name: str, *, is_lock: bool) -> None:
        """A wrong password, for the centre; what was typed as a login by a stranger may be a password."""
        kept, now = self._read(), self._clock().isoformat(timespec="seconds")
        one = kept.setdefault("missed", {}).setdefault(name, {"count": 0, "since": now, "locks": 0})
        one.update(count=one["count"] + 1, until=now, locks=one["locks"] + is_lock)
        self._write(kept)

    def _counted(self, login: str) -> str:
        return login if login in self._people() else _STRANGERS

    def _people(self) -> dict[str, dict[str, Any]]:
        return self._read().get("people", {})

    def _put(self, login: str, one: Mapping[str, Any], *, last: str = "") -> None:
        kept = self._read()
        kept.setdefault("people", {})[login] = dict(one)
        if last:
            kept["last"] = last
            kept["people"].pop(_STRANGERS, None)
        self._write(kept)

    def _read(self) -> dict[str, Any]:
        found = self._all().get(self._store)
        return cast("dict[str, Any]", found) if isinstance(found, dict) else {}

    def _all(self) -> dict[str, Any]:
        with suppress(FileNotFoundError, ValueError):
            found: object = json.loads(self._file.read_text("utf-8"))
            if isinstance(found, dict):
                return cast("dict[str, Any]", found)
        return {}

    def _write(self, kept: dict[str, Any]) -> None:
        """All or nothing, for nobody else to read."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        half = self._file.with_name(f"{self._file.name}.new")
        half.unlink(missing_ok=True)
        handle = os.open(half, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump({**self._all(), self._store: kept}, file)
            file.flush()
            os.fsync(file.fileno())
        half.replace(self._file)


def _hashed(password: str, salt: bytes) -> str:
    given = password.encode("utf-8", "surrogatepass")
    cost = {"n": _COST, "r": _BLOCKS, "p": _LANES, "maxmem": _MEMORY}
    return scrypt(given, salt=salt, dklen=32, **cost).hex()


def _instant(kept: object) -> datetime:
    """An instant as it was kept; one long past for what is none."""
    with suppress(TypeError, ValueError):
        found = datetime.fromisoformat(cast("str", kept))
        if found.tzinfo is not None:
            return found
    return datetime.fromisoformat("1970-01-01T00:00:00+00:00")


def _locked(left: timedelta) -> Refused:
    minutes, seconds = divmod(int(left.total_seconds()) + 1, 60)
    return Refused("login-locked", minutes=minutes, seconds=seconds)
