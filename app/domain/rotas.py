"""Rotas (兜底轮值): what belongs to nobody goes to units in turn, by weight, from what the log says was given."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from app.domain.terms import Origin


@dataclass(frozen=True, slots=True)
class Share:
    """A unit's part of a rota: its weight, as a share of the market in whole per cent, and where that comes from."""

    unit: str
    weight: int
    origin: Origin


@dataclass(frozen=True)
class Rota:
    """Which units take turns at the cases of some classes; with equal claims the one listed first."""

    code: str
    name_zh: str
    name_en: str
    categories: tuple[str, ...]
    shares: tuple[Share, ...]

    @cached_property
    def units(self) -> tuple[str, ...]:
        """Its units, as they are listed."""
        return tuple(one.unit for one in self.shares)

    def claims(self, given: Mapping[str, int]) -> dict[str, int]:
        """How much each unit is behind its share, in turns times the sum of weights: the highest is next.

        `given` counts the cases that each got before; units that are no longer listed count for nothing.
        """
        whole = sum(one.weight for one in self.shares)
        turns = 1 + sum(given.get(unit, 0) for unit in self.units)
        return {
            one.unit: one.weight * turns - whole * given.get(one.unit, 0) for one in self.shares
        }

    def turn(self, given: Mapping[str, int]) -> str:
        """Whose turn it is."""
        claims = self.claims(given)
        return max(self.units, key=lambda unit: claims[unit])
