"""Open and ended cases as SQL says them: the words of two partial indexes and of their queries."""

from app.domain.case import ENDED

_ENDED = ", ".join(f"'{status}'" for status in sorted(ENDED))
IS_OPEN = f"status NOT IN ({_ENDED})"
IS_ENDED = f"status IN ({_ENDED})"
