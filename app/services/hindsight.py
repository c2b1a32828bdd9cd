"""Earlier cases as a screen asks for them: like ones, who solved them, where a name lies. Answered on *desk*."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from datetime import timedelta
from typing import Any, Protocol

from app.domain.case import Case
from app.domain.duplicates import Proposal, beside, proposed
from app.domain.policy import Policy
from app.domain.sealing import mask_phone
from app.services.house import Sitting
from app.services.past import Solver
from app.services.ports import Unreachable
from app.services.views import MOST_COUSINS

#: So many of the likest texts are looked at.
MOST = 40
#: How far a case and one beside it may be apart.
_WINDOWS = ("merge.suggest_window_days", "duplicate.window_days")


class Hindsight(Protocol):
    """What a screen may ask. Every method raises Unreachable while nobody sits here."""

    async def beside(self, case: Case, own: Collection[str] = ()) -> tuple[Proposal, ...]:
        """What stands beside a report that is being taken in; `own` are cases of the same reporter."""
        ...

    async def proposed(self, case: Case) -> tuple[Proposal, ...]:
        """What may be merged with a case by its words."""
        ...

    async def solvers(self, category: str, community: str | None) -> tuple[Solver, ...]:
        """Who led such cases to their end; none where little is known."""
        ...

    async def placed(self, names: Sequence[str]) -> Mapping[str, Mapping[str, int]]:
        """In how many cases of each community each name of a place stands."""
        ...


class PastOfDesk:
    """The `Hindsight` of a desk. `ask` does a job on *desk*, `at` is who sits here now, with his copy."""

    def __init__(
        self, ask: Callable[[Callable[[], Any]], Awaitable[Any]], at: Callable[[], Sitting]
    ) -> None:
        self._ask = ask
        self._at = at

    async def beside(self, case: Case, own: Collection[str] = ()) -> tuple[Proposal, ...]:
        """What stands beside a report that is being taken in."""
        return await self._ask(lambda: self._beside(case, own))

    async def proposed(self, case: Case) -> tuple[Proposal, ...]:
        """What may be merged with a case by its words."""
        return await self._ask(lambda: self._proposed(case))

    async def solvers(self, category: str, community: str | None) -> tuple[Solver, ...]:
        """Who led such cases to their end."""
        return await self._ask(lambda: self._at().replica.past.solvers(category, community))

    async def placed(self, names: Sequence[str]) -> Mapping[str, Mapping[str, int]]:
        """In how many cases of each community each name of a place stands."""
        return await self._ask(lambda: {one: self._at().replica.past.placed(one) for one in names})

    def _beside(self, case: Case, own: Collection[str]) -> tuple[Proposal, ...]:
        policy, taxonomy = self._policy(case), self._at().seat.setting.directory.taxonomy
        return beside(case, self._near(case, policy), policy, taxonomy, own)

    def _proposed(self, case: Case) -> tuple[Proposal, ...]:
        policy, taxonomy = self._policy(case), self._at().seat.setting.directory.taxonomy
        return proposed(case, self._near(case, policy), policy, taxonomy)

    def _near(self, case: Case, policy: Policy) -> tuple[Case, ...]:
        since = case.registered_at - timedelta(days=max(map(policy.number, _WINDOWS)))
        return self._at().replica.past.near(case.narrative, since, MOST)

    def _policy(self, case: Case) -> Policy:
        return self._at().seat.setting.policy(case)


def cases_of(at: Sitting, phone: str) -> tuple[str, ...]:
    """Cases of a telephone number, newest first: by its reporter's key, or as it is masked where that cannot be had."""
    try:
        key = at.reporter_key(phone)
    except Unreachable:
        return at.replica.ids_by_phone(mask_phone(phone), MOST_COUSINS)
    return at.replica.ids_by_reporter(key, MOST_COUSINS) if key else ()
