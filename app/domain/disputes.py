"""A case that nobody takes: its clocks, and what has to be known of other cases to settle it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from app.domain import coordinations, fallbacks
from app.domain.case import Coordination, Dossier
from app.domain.counting import Span, Terms
from app.domain.policy import Policy
from app.domain.terms import Clock


@dataclass(frozen=True, slots=True)
class Known:
    """How many cases each rota `given` each unit, by the rota's code, and the rulings that `amended` the duty list,
    the oldest first.
    """

    given: Mapping[str, Mapping[str, int]] = field(default_factory=dict[str, Mapping[str, int]])
    amended: tuple[Coordination, ...] = ()

    def duty(self, category: str | None, now: datetime) -> Coordination | None:
        """The ruling by which a class is some unit's now; None while the list of the edition stands."""
        mine = [one for one in self.amended if category and one.category == category]
        return next(
            (one for one in reversed(mine) if one.amends_from and one.amends_from <= now), None
        )


def clocks_of(
    on: Dossier, policy: Policy, ended: datetime | None
) -> Iterator[tuple[Clock, str, Terms, Span]]:
    """Each with what it is about, and from when to when it runs."""
    yield from coordinations.clocks_of(on, policy, ended)
    yield from fallbacks.clocks_of(on, policy, ended)
