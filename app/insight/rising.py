"""Topics as they rise: each case joins the cluster it is most like, and a cluster that grows fast is told of once."""

from dataclasses import dataclass, field

from app.domain.policy import Policy
from app.insight.features import Vocabulary

#: A case joins a cluster while it is so like its centre (cosine).
JOINED = 0.20
#: A cluster nobody joined for so many days is forgotten.
FORGOTTEN_DAYS = 90


@dataclass(frozen=True, slots=True)
class Hot:
    """When a cluster is told of: cases, distinct reporters, within days (art. 23)."""

    cases: int = 4
    reporters: int = 3
    days: int = 14


def hot_of(policy: Policy) -> Hot:
    """The numbers of an edition. Raises KeyError where it lacks one."""
    return Hot(
        int(policy.number("warning.hot_cases_count")),
        int(policy.number("warning.hot_reporters_count")),
        int(policy.number("warning.hot_window_days")),
    )


@dataclass(frozen=True, slots=True)
class Joined:
    """One case of a cluster: its number, who reported it, on which day (a fraction counts)."""

    case: str
    reporter: str
    day: float


@dataclass(slots=True)
class Cluster:
    """Cases that are like their common centre."""

    number: int
    centre: dict[int, float] = field(default_factory=dict[int, float])
    cases: list[Joined] = field(default_factory=list[Joined])
    is_told: bool = False

    @property
    def length(self) -> float:
        """How long the centre is, as a vector."""
        return sum(weight * weight for weight in self.centre.values()) ** 0.5


@dataclass
class Rising:
    """Clusters of the cases so far; cases are added in the order of their filing."""

    vocabulary: Vocabulary
    hot: Hot = field(default_factory=Hot)
    clusters: dict[int, Cluster] = field(default_factory=dict[int, Cluster])
    _holding: dict[int, dict[int, float]] = field(default_factory=dict[int, dict[int, float]])
    _lengths: dict[int, float] = field(default_factory=dict[int, float])
    _count: int = 0

    def add(self, joined: Joined, text: str) -> Cluster | None:
        """The cluster that became hot by this case, once for each; None otherwise."""
        places, weights = self.vocabulary.read(text)
        row: dict[int, float] = dict(zip(places.tolist(), weights.tolist(), strict=True))
        self._forget(joined.day - FORGOTTEN_DAYS)
        cluster = self._nearest(row) or self._new()
        self._join(cluster, row, joined)
        if cluster.is_told or not self._is_hot(cluster, joined.day):
            return None
        cluster.is_told = True
        return cluster

    def hot_at(self, day: float) -> list[Cluster]:
        """Every cluster that is hot then, told of or not, in the order in which they began."""
        return [one for one in self.clusters.values() if self._is_hot(one, day)]

    def _nearest(self, row: dict[int, float]) -> Cluster | None:
        found: dict[int, float] = {}
        for place, weight in row.items():
            for number, centre in self._holding.get(place, {}).items():
                found[number] = found.get(number, 0.0) + weight * centre
        near = {number: score / self._lengths[number] for number, score in found.items()}
        best = max(near, key=lambda number: (near[number], -number), default=-1)
        return self.clusters[best] if best >= 0 and near[best] >= JOINED else None

    def _new(self) -> Cluster:
        cluster = Cluster(self._count)
        self._count += 1
        self.clusters[cluster.number] = cluster
        return cluster

    def _join(self, cluster: Cluster, row: dict[int, float], joined: Joined) -> None:
        for place, weight in row.items():
            cluster.centre[place] = cluster.centre.get(place, 0.0) + weight
            self._holding.setdefault(place, {})[cluster.number] = cluster.centre[place]
        cluster.cases.append(joined)
        self._lengths[cluster.number] = cluster.length or 1.0

    def _is_hot(self, cluster: Cluster, day: float) -> bool:
        late = [one for one in cluster.cases if one.day > day - self.hot.days]
        reporters = len({one.reporter for one in late})
        return len(late) >= self.hot.cases and reporters >= self.hot.reporters

    def _forget(self, before: float) -> None:
        for cluster in [one for one in self.clusters.values() if one.cases[-1].day < before]:
            for place in cluster.centre:
                del self._holding[place][cluster.number]
            del self.clusters[cluster.number], self._lengths[cluster.number]
