"""Earlier cases of the desk in memory: all are looked through, and what tests put here is answered as it is."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from app.domain.case import Case
from app.domain.duplicates import Proposal, beside, proposed
from app.services.past import Solver


class FakePast:
    """`told` are the solvers of a class, `lies` the communities of a name; `asked` lists what was asked."""

    def __init__(self, desk: Any) -> None:
        self._desk = desk
        self.told: dict[str, tuple[Solver, ...]] = {}
        self.lies: dict[str, dict[str, int]] = {}
        self.asked: list[str] = []

    async def beside(self, case: Case, own: Collection[str] = ()) -> tuple[Proposal, ...]:
        self.asked.append(case.narrative)
        return beside(case, *self._known(case), own)

    async def proposed(self, case: Case) -> tuple[Proposal, ...]:
        return proposed(case, *self._known(case))

    async def solvers(self, category: str, community: str | None) -> tuple[Solver, ...]:
        return self.told.get(category, ())

    async def placed(self, names: Sequence[str]) -> Mapping[str, Mapping[str, int]]:
        return {one: self.lies.get(one, {}) for one in names}

    def _known(self, case: Case) -> tuple[Any, ...]:
        setting = self._desk.setting
        cases = [on.case for on in self._desk.dossiers.values()]
        return cases, setting.policy(case), setting.directory.taxonomy
