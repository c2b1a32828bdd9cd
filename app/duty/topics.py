"""What many speak of: cases that are like one another in their words, by several reporters, within some days (热点)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from app.domain.likeness import grams, normal, spoken
from app.domain.policy import Policy
from app.domain.warnings import HOT, LEVELS
from app.duty.found import Found
from app.insight.features import Vocabulary
from app.insight.rising import Cluster, Joined, Rising, hot_of
from app.insight.streams import DAY, hours_of
from app.services.watched import Told

#: A topic has its own place in a key: the oldest of its cases.
GRAIN = "TOPIC"
#: How many words say what it is about; of fewer texts nothing is made.
WORDS, LEAST_TEXTS = 3, 20
#: So many pairs are kept, each in two texts or more; so many texts of the past are read at most.
MOST_PAIRS, MOST_TEXTS = 20_000, 5_000


class Topics:
    """Clusters as they rise. `begin` anew with the texts of some days; `add` what comes after."""

    def __init__(self, policy: Policy) -> None:
        self._policy, self._hot = policy, hot_of(policy)
        self._rising: Rising | None = None
        self._told: dict[str, Told] = {}

    @property
    def days(self) -> int:
        """So far back texts count."""
        return self._hot.days

    def begin(self, told: Iterable[Told]) -> None:
        """Learn the words of these texts, and put the texts together."""
        texts = sorted(told, key=lambda one: (one.at, one.id))[-MOST_TEXTS:]
        self._rising, self._told = None, {}
        if len(texts) >= LEAST_TEXTS:
            pairs = (grams(_text(one)) for one in texts)
            self._rising = Rising(Vocabulary.of(pairs, MOST_PAIRS, 2), self._hot)
            self.add(texts)

    def add(self, told: Iterable[Told]) -> None:
        """Texts behind the others; one that is here already is passed over."""
        for one in told:
            if self._rising is not None and one.id not in self._told:
                self._told[one.id] = one
                day = hours_of(one.at) / DAY
                self._rising.add(Joined(one.id, one.reporter or one.id, day), _text(one))

    def found(self, now_hours: float) -> Iterator[Found]:
        """Every topic that is hot now."""
        for cluster in self._rising.hot_at(now_hours / DAY) if self._rising is not None else ():
            yield self._found(cluster, now_hours / DAY)

    def _found(self, cluster: Cluster, day: float) -> Found:
        late = [one for one in cluster.cases if one.day > day - self._hot.days]
        told = [self._told[one.case] for one in late]
        classes = Counter(one.category for one in told)
        places = {one.community for one in told}
        said = {
            "words": self._words(cluster, told[-1]),
            "reporters": len({one.reporter for one in late}),
            "community": places.pop() if len(places) == 1 else "",
            "days": self._hot.days,
        }
        ids = tuple(one.case for one in reversed(late))
        hours = self._hot.days * DAY
        level = self._level(len(late))
        category = classes.most_common(1)[0][0]
        return Found(HOT, category, GRAIN, ids[-1], level, hours, len(ids), said, ids)

    def _words(self, cluster: Cluster, last: Told) -> list[str]:
        if self._rising is None:
            return []
        words = self._rising.vocabulary.words
        loud = max(cluster.centre.values(), default=0.0) * 0.3
        weights = {words[at]: weight for at, weight in cluster.centre.items() if weight > loud}
        return list(spoken(normal(_text(last)), weights, WORDS))

    def _level(self, count: int) -> str:
        codes = ("warning.hot_yellow_count", "warning.hot_orange_count", "warning.hot_red_count")
        return LEVELS[sum(count >= self._policy.number(code) for code in codes)]


def joined(one: Found, known: Sequence[tuple[str, str, frozenset[str]]]) -> Found | None:
    """The topic under the key it was warned of before; None where another kind of warning has most of its cases.

    `known` are scope, place and cases of the warnings that stand.
    """
    mine = set(one.cases)
    for scope, place, cases in known:
        shared = len(mine & cases)
        if scope == HOT and shared:
            return one.under(place)
        if scope != HOT and 2 * shared >= len(mine):
            return None
    return one


def _text(told: Told) -> str:
    return f"{told.title} {told.narrative}"
