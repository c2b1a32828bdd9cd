"""What the demonstration's people report: scenarios read from the resources, filled in by chance."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import yaml

from app.demo.people import a_reporter
from app.domain.commands import Register
from app.domain.taxonomy import Category, Channel, ChannelGroup, Directory
from app.domain.terms import Nature

_FILE = Path(__file__).parents[2] / "resources" / "demo" / "scenarios.yaml"
_ROADS = [
    "东纵路",
    "深汕路",
    "坪山大道",
    "龙坪路",
    "丹梓大道",
    "金田路",
    "中山大道",
    "比亚迪路",
    "兰竹路",
    "锦龙大道",
]
_SPOTS = [
    "幸福里小区",
    "阳光花园",
    "和顺家园",
    "锦绣苑",
    "新村市场",
    "文化广场",
    "中心小学旁",
    "创业园",
    "人民医院对面",
    "地铁站A口",
]
#: Natures as documented for the demonstration (DOMAIN 3.3): 72, 18, 6, 3 and 1 in a hundred.
_MIX = {
    Nature.COMPLAINT: 72,
    Nature.INQUIRY: 18,
    Nature.SUGGESTION: 6,
    Nature.HELP: 3,
    Nature.THANKS: 1,
}


#: How many of a hundred reports reach the centre by which group of channels.
_CHANNELS = {
    ChannelGroup.HOTLINE: 52,
    ChannelGroup.NETWORK: 38,
    ChannelGroup.FIELD: 6,
    ChannelGroup.OTHER: 4,
}


@dataclass(frozen=True, slots=True)
class Scenario:
    """One kind of report: its class, how often, in which words, and what its handling comes to."""

    category: Category
    weight: float
    nature: Nature
    texts: tuple[str, ...]
    result: str


def scenarios(directory: Directory) -> tuple[Scenario, ...]:
    """The shipped scenarios; raises KeyError for a class the standard does not have."""
    raw: list[Mapping[str, Any]] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return tuple(_scenario(one, directory) for one in raw)


def _scenario(raw: Mapping[str, Any], directory: Directory) -> Scenario:
    found = directory.taxonomy.named(raw["class"])
    if not found:
        raise KeyError(raw["class"])
    nature = Nature(raw.get("nature", "COMPLAINT"))
    deepest = max(found, key=lambda category: category.level)
    return Scenario(deepest, raw["weight"], nature, tuple(raw["texts"]), raw["result"])


class Reports:
    """A stream of made-up reports for one district."""

    def __init__(self, directory: Directory, random: Random) -> None:
        self._directory = directory
        self._random = random
        self._kinds = {nature: self._of(nature) for nature in _MIX}

    def _of(self, nature: Nature) -> tuple[Scenario, ...]:
        wanted = Nature.COMPLAINT if nature is Nature.HELP else nature
        return tuple(one for one in scenarios(self._directory) if one.nature is wanted)

    def draw(self, *, disposable: bool = False) -> tuple[Register, Scenario]:
        """The next report, and the scenario behind it; `disposable` leaves thanks out."""
        mix = {one: w for one, w in _MIX.items() if not (disposable and one is Nature.THANKS)}
        nature = self._weighted(mix.items())
        scenario = self._weighted((one, one.weight) for one in self._kinds[nature])
        return self._register(scenario, nature), scenario

    def _weighted(self, pairs: Iterable[tuple[Any, float]]) -> Any:
        values, weights = zip(*pairs, strict=True)
        return self._random.choices(values, weights)[0]

    def _register(self, scenario: Scenario, nature: Nature) -> Register:
        random = self._random
        place = random.choice([one for one in self._directory.communities if one.valid_to is None])
        spot = f"{random.choice(_ROADS)}{random.choice(_SPOTS)}"
        words = random.choice(scenario.texts).format(
            spot=spot, days=random.randint(2, 9), hour=random.randint(9, 12), n=random.randint(2, 8)
        )
        return Register(
            narrative=words,
            nature=nature,
            category=scenario.category.code,
            channel=self._channel(nature).code,
            address=f"{spot}{random.randint(1, 99)}号",
            street=place.street,
            community=place.code,
            reporter=a_reporter(random),
            keep_secret=random.random() < 0.04,
        )

    def _channel(self, nature: Nature) -> Channel:
        """People telephone and write; only complaints also come from patrols and sensors."""
        groups = dict(_CHANNELS)
        if nature is not Nature.COMPLAINT:
            del groups[ChannelGroup.FIELD]
        group = self._weighted(groups.items())
        return self._random.choice([one for one in self._directory.channels if one.group is group])
