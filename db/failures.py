"""Wrong passwords at the seats of a server: told to it, and heard of from it. A file has none."""

from collections.abc import Sequence
from typing import Any

from db.places import Place, is_server, url_of


def failed_logins(
    place: Place, login: str, missed: Sequence[dict[str, Any]], seat: str
) -> Sequence[Sequence[str]]:
    """Tell a server of those at a seat, and hear of everybody's where one may. Raises Refused and Unreachable."""
    from db.postgres.central import failed_logins

    return failed_logins(place, login, missed, seat)


def failures(place: Place) -> Sequence[Sequence[str]]:
    """Those of the last week, as the store's keeper reads them. Raises Refused and Unreachable."""
    if not is_server(place):
        return ()
    from db.postgres import admin as server

    return server.failures(url_of(place))
