"""What a supervisor hears of: wrong passwords at the seats of a server, and who looked at reporters too often."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from db.central import admin, reveals
from db.central.store import utc_now
from db.places import Place, file_of, is_server, url_of

_WEEK = timedelta(days=7)


def failed_logins(
    place: Place, login: str, missed: Sequence[dict[str, Any]], seat: str
) -> Sequence[Sequence[str]]:
    """Tell a server of those at a seat, and hear of everybody's where one may. Raises Refused and Unreachable."""
    from db.postgres.central import failed_logins

    return failed_logins(place, login, missed, seat)


def limited_reveals(place: Place, login: str) -> Sequence[tuple[str, int]]:
    """Who tried to look too often at a server, and how often, where one may hear it. Raises Refused and Unreachable."""
    from db.postgres.central import limited_reveals

    return limited_reveals(place, login)


def too_often(place: Place) -> Sequence[tuple[str, int]]:
    """The same of either kind of store, as its keeper reads it. Raises Refused and Unreachable."""
    path = file_of(place)
    if path is None:
        from db.postgres import admin as server

        return server.limited_reveals(url_of(place))
    with admin.opened(path) as link:
        return reveals.limited(link, utc_now() - _WEEK)


def failures(place: Place) -> Sequence[Sequence[str]]:
    """Those of the last week, as the store's keeper reads them. Raises Refused and Unreachable."""
    if not is_server(place):
        return ()
    from db.postgres import admin as server

    return server.failures(url_of(place))
