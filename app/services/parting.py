"""What a store asks of the parts that a split makes: they are of that report, and have its reporter and its times.

The reporter of a part is the report's; whoever could name another report there would see its reporter.
"""

from collections.abc import Iterator

from app.domain.effects import Effect, Insert, Scalar, Wire
from app.services.envelope import Envelope

SPLIT = "split"
#: What a part has of its report, whatever a command says.
SAME = (
    *("nature", "channel", "reporter_masked", "phone_masked", "is_anonymous"),
    *("keep_secret", "edition", "by_analogy", "historical", "registered_at", "registered_by"),
    *("filed_at",),
)
#: What no new case has.
_NONE = ("split_at", "merged_into", "merged_at", "parts", "parts_open", "members")


def wrong(envelope: Envelope, whole: Wire | None) -> tuple[str, str] | None:
    """The first (table, field) of a new case that says otherwise; `whole` is the command's own case as it stands."""
    odd = ((one.table, name) for one in envelope.effects for name in _odd(one, envelope, whole))
    return next(odd, None)


def key_of(envelope: Envelope, whole: Wire | None, own: str | None) -> Scalar:
    """The reporter's key that a new case is given: its report's for a part, else its `own`."""
    return (whole or {}).get("reporter_key") if envelope.kind == SPLIT else own


def _odd(effect: Effect, envelope: Envelope, whole: Wire | None) -> Iterator[str]:
    if effect.table != "case_file" or not isinstance(effect, Insert):
        return
    said = effect.values
    is_part = envelope.kind == SPLIT
    if said.get("split_from") != (envelope.case_id if is_part else None):
        yield "split_from"
    if is_part:
        yield from (name for name in SAME if said.get(name) != (whole or {}).get(name))
        yield from (name for name in _NONE if said.get(name))
