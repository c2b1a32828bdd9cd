"""The central store by its place, a file or a server: opened by a seat, kept in order by an administrator.

What only a server needs is imported when one is named: a desk at a file must not wait for it.
"""

from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from app.domain.terms import Role
from app.services.ports import Unreachable
from app.services.queries import Operator
from db.central import admin
from db.central.place import local_file
from db.central.store import CentralStore, utc_now
from db.central.store import open_central as open_file
from db.places import Place, Unlocked, is_server, url_of

if TYPE_CHECKING:
    from db.backups import Held
    from db.central.archive import ArchiveFile
    from db.central.finding import Report
    from db.central.verify import Replay
    from db.postgres.archive import ArchiveServer
    from db.postgres.central import PostgresCentral
    from db.postgres.ear import Ear
    from db.postgres.papers import Paper

Centre: TypeAlias = "CentralStore | PostgresCentral"
Archive: TypeAlias = "ArchiveFile | ArchiveServer"


def open_central(place: Place, login: str, clock: Callable[[], datetime] = utc_now) -> Centre:
    """The store for one login. `clock` is a file's own; a server has its own clock.

    Raises Refused (a bad place, another key, a newer store, an unknown login) and Unreachable.
    """
    if not is_server(place):
        return open_file(place, login, clock)
    from db.postgres.central import open_server

    return open_server(place, login)


def open_archive(place: Place, login: str) -> Archive:
    """The store as an import reaches it. Raises as `open_central`."""
    if not is_server(place):
        from db.central import archive as file

        return file.open_archive(place, login)
    from db.postgres.archive import open_archive

    return open_archive(place, login)


def key_of(place: Place) -> str:
    """Under what a seat remembers the store: the same for all who sit here, and without secrets."""
    if not is_server(place):
        return str(local_file(place).absolute())
    from db.postgres.place import plain

    return plain(place)


def is_there(place: Place) -> bool:
    """Whether a file lies there; a server may always be."""
    return is_server(place) or local_file(place).exists()


def login_for(place: Place) -> str:
    """Whose login a server's URL names; else the one that PostgreSQL's own programs would take."""
    from db.postgres.place import login_for

    return login_for(place)


def knock(place: Place, login: str) -> str:
    """Let a login in at a server once; the password that was asked for, '' for none.

    Raises Refused: login-needed, login-wrong, login-shut, centre-not-let-in and more; and Unreachable.
    """
    from db.postgres.central import knock

    return knock(place, login)


def parted(place: Place, login: str) -> tuple[Unlocked, str]:
    """A server's place without its password, for `login` or else whom it names; and that password, '' for none.

    Raises Refused('store-url').
    """
    from db.postgres.place import parted

    return parted(place, login)


def ring(place: Place, login: str) -> None:
    """See whether a server lets a login in at all, before there is a store. Raises Refused and Unreachable."""
    from db.postgres.link import asking

    with asking(place, login):
        pass


def change_password(place: Place, login: str, password: str) -> None:
    """Give oneself another password at a server. Raises Refused and Unreachable."""
    from db.postgres.central import change_password

    change_password(place, login, password)


def known_password(place: Place, login: str) -> str:
    """What the machine itself knows as a login's password at a server, '' for nothing."""
    from db.postgres.central import known_password

    return known_password(place, login)


def ear(place: Place, login: str, district: str) -> "Ear | None":
    """What hears the hints of a district's feed; a file gives none."""
    if not is_server(place):
        return None
    from db.postgres.central import ear_of

    return ear_of(place, login, district)


def people(place: Place, login: str) -> tuple[Operator, ...]:
    """Who may sit at a store, as `login` may know it. Raises Unreachable."""
    if not is_server(place):
        if not is_there(place):
            raise Unreachable("store-not-there")
        return admin.operators(place)
    from db.postgres.central import open_server

    store = open_server(place, login)
    try:
        return store.operators()
    finally:
        store.close()


def init(place: Place, district: str, prefix: str, kind: str) -> str:
    """Found a store; its place as it may be shown. Raises Refused."""
    if not is_server(place):
        return str(admin.init(place, district, prefix, kind))
    from db.postgres import admin as server

    server.init(url_of(place), district, prefix, kind)
    return key_of(place)


def upgrade(place: Place) -> tuple[bool, Path | None]:
    """Bring a store up to this program: whether anything was to be done, and the copy that was kept of a file."""
    if not is_server(place):
        copy = admin.upgrade(place)
        return copy is not None, copy
    from db.postgres import admin as server

    return server.upgrade(url_of(place)), None


def verify(place: Place, replay: "Replay | None" = None) -> "Report":
    """Read the whole store and say what is not as it must be."""
    if not is_server(place):
        from db.central import verify as file

        return file.verify(place, replay)
    from db.postgres import admin as server

    return server.verify(url_of(place), replay)


def facts(place: Place) -> admin.Facts:
    """What the store holds. Raises Refused."""
    if not is_server(place):
        return admin.facts(place)
    from db.postgres import admin as server

    return server.facts(url_of(place))


def operators(place: Place) -> tuple[Operator, ...]:
    """Everybody who may or might come in, as the store's keeper knows it."""
    if not is_server(place):
        return admin.operators(place)
    from db.postgres import admin as server

    return server.operators(url_of(place))


def add_operator(place: Place, new: Operator) -> str:
    """Let somebody in; the password he begins with, '' where none is needed. Raises Refused.

    Without a district he is let into the store's own.
    """
    if not is_server(place):
        district = new.district or admin.facts(place).info.district
        admin.add_operator(place, replace(new, district=district))
        return ""
    from db.postgres import admin as server

    return server.add_operator(url_of(place), new)


def move_operator(place: Place, login: str, role: Role, unit: str | None) -> None:
    """Give somebody another role or unit; his seats fetch their scope anew. Raises Refused."""
    if not is_server(place):
        admin.move_operator(place, login, role, unit)
        return
    from db.postgres import admin as server

    server.move_operator(url_of(place), login, role, unit)


def deactivate(place: Place, login: str) -> None:
    """Shut somebody out. Raises Refused('operator-unknown')."""
    if not is_server(place):
        admin.deactivate(place, login)
        return
    from db.postgres import admin as server

    server.deactivate(url_of(place), login)


def reset_password(place: Place, login: str) -> str:
    """Give somebody at a server a new first password and end his sessions; the password. Raises Refused."""
    from db.postgres import admin as server

    return server.reset_password(url_of(place), login)


def back_up(place: Place, folder: Path, beside: Iterable[str] = ()) -> "Held":
    """The store as it is now into a new folder; of a file with what lies `beside` it. Raises Refused, Unreachable."""
    if not is_server(place):
        from db.central import backup as file

        return file.back_up(place, folder, beside)
    from db.postgres import backup as server

    return server.back_up(url_of(place), folder)


def restore(
    place: Place, folder: Path, beside: Iterable[str] = (), *, replace: bool = False
) -> "tuple[Held, dict[str, str]]":
    """Put a backup in a place; what it holds, and first passwords of people whose logins had to be made anew.

    With `replace` a store that is there is renamed. Raises Refused and Unreachable.
    """
    if not is_server(place):
        from db.central import backup as file

        return file.restore(place, folder, beside, replace=replace), {}
    from db.postgres import backup as server

    return server.restore(url_of(place), folder, replace=replace)


@contextmanager
def as_the_system(place: Place) -> Generator[Centre]:
    """The store as the system itself reaches it, for its keeper. Raises Refused and Unreachable."""
    if not is_server(place):
        with closing(open_file(place, admin.system(place).login)) as store:
            yield store
        return
    from db.postgres import admin as server

    with server.as_the_system(url_of(place)) as store:
        yield store


def papers(url: str, login: str, after: int) -> "Sequence[Paper]":
    """What a server has published of its own after a number, in order. Raises Refused and Unreachable."""
    from db.postgres import papers as server

    return server.papers(url, login, after)


def publish(url: str, name: str, text: str) -> int:
    """Publish one of the centre's own files at a server; its number. Raises Refused and Unreachable."""
    from db.postgres import papers as server

    return server.publish(url, name, text)
