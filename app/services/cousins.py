"""Earlier cases of whoever calls from a number."""

from collections.abc import Callable

from app.domain.sealing import mask_phone
from app.services.ports import Unreachable
from app.services.replica import Replica

#: So many are told.
MOST_COUSINS = 20


def cases_of(
    phone: str, replica: Replica, reporter_key: Callable[[str], str | None]
) -> tuple[str, ...]:
    """Their ids, newest first: by the reporter's key; by the masked number where the key cannot be had."""
    try:
        key = reporter_key(phone)
    except Unreachable:
        return replica.ids_by_phone(mask_phone(phone), MOST_COUSINS)
    return replica.ids_by_reporter(key, MOST_COUSINS) if key else ()
