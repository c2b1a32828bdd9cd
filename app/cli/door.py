"""The door of a PostgreSQL centre: lets a login in by the server, or without it by what is known here."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from app.cli.meeting import changed, knocked, looked_often, missed
from app.domain.passwords import check
from app.domain.refused import Refused
from app.services.door import Asked
from app.services.ports import Unreachable
from app.services.queries import SyncState
from db.centre import key_of, known_password, login_for
from db.outbox.logins import Logins
from db.places import Place, Unlocked
from db.wallet import Wallet
from ui.product import Complaint

#: The seat's file of logins, in its folder.
LOGINS = "logins.json"
_WRONG, _SHUT = "login-wrong", "login-shut"
_NO_PASSWORD = ("login-needed", _WRONG)


@dataclass(frozen=True, slots=True)
class _Given:
    """What a person typed. Its password stands in no text made of it."""

    login: str
    password: str = field(repr=False)
    remember: bool


class CentreDoor:
    """The `Door` of services.door. `place` and `login` are whose way in it is, once `enter` has returned."""

    def __init__(
        self, place: Place, login: str | None, logins: Logins, wallet: Callable[[], Wallet]
    ) -> None:
        self.place = place
        self.login = login or logins.last or login_for(place)
        self.is_online = False
        self.complaints: list[Complaint] = []
        self._bare, self._logins, self._open_wallet = place, logins, wallet
        self._given: _Given | None = None

    @cached_property
    def _wallet(self) -> Wallet:
        """Opened when it is first needed: that takes a while."""
        return self._open_wallet()

    def asked(self) -> Asked:
        """Where, and who it was last."""
        return Asked(key_of(self._bare), self.login, self._wallet.is_there)

    def give(self, login: str, password: str, *, remember: bool) -> None:
        """What was typed, for the next `enter`."""
        self._given, self.login = _Given(login, password, remember), login

    def enter(self) -> None:
        """Go in. Blocking, for as long as a server may take.

        Raises Refused, whose code begins with `login-` where another password or login may help; Unreachable for a
        centre that is away and has never let anybody in from here.
        """
        given, self._given = self._given, None
        if given is not None:
            self._logins.allow(given.login)
        try:
            self._enter_there(given)
        except Unreachable as away:
            self._enter_here(given, away)
        else:
            self.is_online = True
            self._tell_of_failures()
        if given is not None:
            self._remember(given)

    def _tell_of_failures(self) -> None:
        """What was tried in vain here is the centre's to know; who leads there hears of it as his day begins.

        A centre of an older program has no ear for it: then it waits.
        """
        with suppress(Refused, Unreachable):
            found = missed(self.place, self.login, self._logins.missed())
            self._logins.told()
            if found:
                self.complaints.append(Complaint("frame.login.failed_lately", _summed(found)))
            if often := looked_often(self.place, self.login):
                facts = {"logins": tuple(login for login, _ in often)}
                count = sum(times for _, times in often)
                self.complaints.append(
                    Complaint("frame.login.looked_often", {**facts, "count": count})
                )

    def renew(self, password: str) -> None:
        """As `Passwords` says: tried at the server, counted here where it is wrong."""
        self._logins.allow(self.login)
        try:
            knocked(Unlocked(self._bare_url, self.login, password), self.login)
        except Refused as no:
            known = self._known_for(no)
            self._refuse(known, password)
            raise self._logins.failed(self.login) if known.code == _WRONG else known from no
        self._renewed(password)

    def change(self, old: str, new: str) -> None:
        """As `Passwords` says: the old one is proved here and at the server, in whose name the new one is set."""
        check(new, old, self.login)
        if self._logins.guards(self.login):
            self._logins.prove(self.login, old)
        try:
            changed(Unlocked(self._bare_url, self.login, old), self.login, new)
        except Refused as no:
            self._refuse(no, old)
            raise Refused("login-stale") if no.code == _WRONG else no from no
        self._renewed(new)

    def _renewed(self, password: str) -> None:
        self._logins.let_in(self.login, password)
        if isinstance(self.place, Unlocked):
            self.place.renew(password)
        where = key_of(self._bare)
        if self._wallet.get(where, self.login):
            self._wallet.put(where, self.login, password)

    def hear(self, state: SyncState) -> None:
        """How it goes with the centre while somebody sits here: who is shut out is known no more, and by a password
        that it takes no more nobody comes back from a break. One that was renewed meanwhile was not refused.
        """
        if not state.online and state.code == _SHUT:
            self._logins.forget(self.login)
        is_refused = isinstance(self.place, Unlocked) and self.place.refused_at is not None
        if not state.online and state.code == _WRONG and is_refused:
            self._logins.refuse(self.login)

    def _refuse(self, no: Refused, password: str) -> None:
        if no.code == _WRONG and password:
            self._logins.refuse(self.login, password)

    def leave(self, state: SyncState) -> None:
        """The day ends, and how it stood with the centre."""
        if state.online:
            self._logins.seen(self.login)

    def _enter_there(self, given: _Given | None) -> None:
        no: Refused | None = None
        for way in self._ways(given):
            try:
                password = knocked(way, self.login)
            except Refused as refused:
                no = self._known_for(refused)
                self._refuse(no, way.password)
            else:
                self._logins.let_in(self.login, password)
                self.place = way
                return
        raise self._said(no, given)

    def _ways(self, given: _Given | None) -> Iterator[Unlocked]:
        """What was typed; else what the machine itself knows, and what was remembered."""
        if given is not None:
            yield Unlocked(self._bare_url, self.login, given.password)
            return
        yield Unlocked(self._bare_url, self.login, "")
        if remembered := self._wallet.get(key_of(self._bare), self.login):
            yield Unlocked(self._bare_url, self.login, remembered)

    @property
    def _bare_url(self) -> str:
        return str(self._bare)

    def _known_for(self, no: Refused) -> Refused:
        """A no that another password may change is given back; what nothing typed here would change is raised."""
        if no.code in _NO_PASSWORD:
            return no
        if no.code == _SHUT:
            self._logins.forget(self.login)
            self._wallet.forget(key_of(self._bare), self.login)
        raise Refused("login-refused") if no.code == "centre-not-let-in" else no

    def _said(self, no: Refused | None, given: _Given | None) -> Refused:
        is_wrong = no is not None and no.code == _WRONG
        if given is not None and is_wrong:
            return self._logins.failed(self.login)
        return Refused("login-stale" if is_wrong else "login-needed")

    def _enter_here(self, given: _Given | None, away: Unreachable) -> None:
        """Without the centre. Raises Refused, and `away` where nothing is known of anybody."""
        if self._logins.is_empty:
            raise away
        for way in self._ways_here(given):
            if given is not None or not self._logins.guards(self.login) or self._fits(way):
                self._logins.begin(self.login, way.password)
                self.place, self.is_online = way, False
                return
        raise Refused("login-offline")

    def _fits(self, way: Unlocked) -> bool:
        return self._logins.fits(self.login, way.password)

    def _ways_here(self, given: _Given | None) -> Iterator[Unlocked]:
        for password in self._passwords(given):
            yield Unlocked(self._bare_url, self.login, password)

    def _passwords(self, given: _Given | None) -> Iterator[str]:
        if given is not None:
            yield given.password
            return
        with suppress(Refused):
            yield known_password(self._bare, self.login)
        yield self._wallet.get(key_of(self._bare), self.login)

    def _remember(self, given: _Given) -> None:
        where = key_of(self._bare)
        if not given.remember:
            self._wallet.forget(where, self.login)
        elif not self._wallet.put(where, self.login, given.password):
            self.complaints.append(Complaint("frame.login.not_kept", {}))


def _summed(found: Sequence[Sequence[str]]) -> dict[str, Any]:
    """How many in the last week, how often one was locked, and at whose logins; '' is a stranger's."""
    parts = [(one[2], one[3].split(" ")) for one in found]
    counts = [(login or "?", int(words[0]), int(words[3])) for login, words in parts]
    return {
        "count": sum(count for _, count, _ in counts),
        "locks": sum(locks for _, _, locks in counts),
        "logins": tuple(sorted({login for login, _, _ in counts})),
    }


def logins_file(folder: Path) -> Path:
    """Where a seat keeps what it knows of logins."""
    return folder / LOGINS
