"""Looks at what was filed and says what is to be warned of: what is wrong with the world, not what somebody clicked.

It remembers nothing that matters: each look finds all again from the replica and the warnings that stand, so that
whoever takes the duty over misses nothing and repeats nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Protocol, TypeVar

from app.domain.calendar import local_date
from app.domain.case import EarlyWarning
from app.domain.commands import CloseWarning, Command, GrowWarning, RaiseWarning
from app.domain.measures.warning import MOST_NAMED
from app.domain.warnings import LEVELS, STANDING, id_of, key, quiet_from
from app.duty import words
from app.duty.found import Found, both, by_rule, by_test
from app.duty.keys import Keys
from app.duty.topics import Topics, joined
from app.insight.frequent import RULE_WINDOWS, is_frequent
from app.insight.knobs import knobs_of
from app.insight.spikes import Watch
from app.insight.streams import Stream, hours_of
from app.insight.triggers import Triggers
from app.services.watched import Filed, Known, Told, Watched

T = TypeVar("T")


#: From the narrowest to the widest.
GRAINS = ("COMMUNITY", "STREET", "DISTRICT")


class Ask(Protocol):
    """Does a short job on *desk* and waits for it."""

    def __call__(self, job: Callable[[], T], /) -> T: ...


#: So much of the past says what is usual on which day of the week.
PAST = timedelta(days=400)
#: Cases read at a time, and warnings known at most.
SLICE, MOST_KNOWN = 2000, 1000
#: Texts are read so many at a time, at a whole pass those of the last day.
TEXTS, READ_FOR = 200, timedelta(days=1)
#: What is filed late, by seats that were away, is looked for so far back.
OVERLAP = timedelta(hours=1)
#: A warning grows at most so often, unless it becomes graver: a storm is told in steps.
GROWS_EVERY = timedelta(seconds=20)


class Watchman:
    """`ask` does a short job on *desk*; everything else here is done on the thread of who calls, never the screen's."""

    def __init__(self, keys: Keys, watched: Watched, ask: Ask, triggers: Triggers) -> None:
        self._keys, self._watched, self._ask = keys, watched, ask
        self._triggers, self._topics = triggers, Topics(keys.policy)
        self._worded_to = datetime.min.replace(tzinfo=UTC)
        self._knobs = knobs_of(keys.policy)
        self._every = timedelta(minutes=keys.policy.number("warning.full_pass_minutes"))
        self._watch = Watch(Stream(keys.layout), self._knobs, keys.safety)
        self._whole_at: datetime | None = None
        self._last: dict[str, datetime] = {}

    def look(self, now: datetime, fence: int) -> list[Command]:
        """What is to be done now under the duty lease of that number."""
        fresh = self._read(now)
        known = [one.warning for one in self._ask(lambda: self._known(now))]
        found = {**self._found(now, fresh), **self._worded(now, known)}
        return [*self._warned(found, known, now, fence), *self._over(known, now, fence)]

    def _known(self, now: datetime) -> list[Known]:
        since = now - timedelta(days=self._knobs.cooldown_days)
        return self._watched.warnings(since, MOST_KNOWN)

    # what was filed

    def _read(self, now: datetime) -> list[Filed]:
        """Bring the stream up to `now`, wholly once an hour; what is new of it since the last look."""
        is_whole = self._whole_at is None or now - self._whole_at >= self._every
        if is_whole:
            self._watch.stream, self._last = Stream(self._keys.layout), {}
        begin = now - PAST if is_whole else max([*self._last.values(), now - PAST]) - OVERLAP
        fresh = [one for one in self._filed(begin) if one.id not in self._last]
        self._add(fresh)
        latest = max((one.at for one in fresh), default=begin + OVERLAP) - 2 * OVERLAP
        known = {**self._last, **{one.id: one.at for one in fresh}}
        self._last = {id_: at for id_, at in known.items() if at > latest}
        if is_whole:
            self._whole_at = now
        return [] if is_whole else fresh

    def _filed(self, begin: datetime) -> Iterator[Filed]:
        page = self._page((begin, ""))
        while page:
            yield from page
            page = self._page((page[-1].at, page[-1].id)) if len(page) == SLICE else []

    def _page(self, after: tuple[datetime, str]) -> list[Filed]:
        return self._ask(lambda: self._watched.filed(after, SLICE))

    def _add(self, fresh: Iterable[Filed]) -> None:
        counted = ((hours_of(one.at), *self._at(one)) for one in fresh)
        stream = self._watch.stream
        if not len(stream):
            stream.fill(counted)
            return
        for hours, category, community in counted:
            if category and community in stream.layout.communities:
                stream.add(hours, category, community)

    def _at(self, one: Filed) -> tuple[str, str]:
        return self._keys.counted_as.get(one.category, ""), one.community

    # what stands out

    def _found(self, now: datetime, fresh: Iterable[Filed]) -> Mapping[str, Found]:
        found: dict[str, Found] = {}
        for one in (*self._tested(now, fresh), *self._ruled(now)):
            found[one.key] = both(found[one.key], one) if one.key in found else one
        return {name: one for name, one in found.items() if not self._is_explained(one, found)}

    def _is_explained(self, one: Found, found: Mapping[str, Found]) -> bool:
        """Whether a narrower place has most of the cases: then that is what is warned of."""
        inside = set(self._keys.communities(one.grain, one.place))
        narrower = (
            each
            for each in found.values()
            if each.category == one.category and GRAINS.index(each.grain) < GRAINS.index(one.grain)
        )
        places = ((each, set(self._keys.communities(each.grain, each.place))) for each in narrower)
        return any(
            2 * each.count >= one.count and (not inside or at <= inside) for each, at in places
        )

    def _tested(self, now: datetime, fresh: Iterable[Filed]) -> Iterator[Found]:
        """After a whole pass every key, else those of the new cases."""
        at = hours_of(now)
        if self._whole_at == now:
            passed = self._watch.standing_out(at)
        else:
            known = self._watch.stream.layout.communities
            pairs = dict.fromkeys(
                pair for pair in map(self._at, fresh) if pair[0] and pair[1] in known
            )
            passed = [one for pair in pairs for one in self._watch.standing_out_of(at, *pair)]
        return (by_test(one, self._knobs) for one in passed)

    def _ruled(self, now: datetime) -> Iterator[Found]:
        """The fixed rule, from the counts as they are now."""
        for at, counts in self._counts(now).items():
            usual = self._watch.usual_of(hours_of(now), *at)
            is_safety = at[0] in self._keys.safety
            if is_frequent(counts, usual, safety=is_safety, knobs=self._knobs):
                yield by_rule(at, counts, usual, self._knobs)

    def _counts(self, now: datetime) -> dict[tuple[str, str], dict[int, int]]:
        day, long = (now - timedelta(hours=size) for size in RULE_WINDOWS)
        counts: dict[tuple[str, str], dict[int, int]] = {}
        for one in self._ask(lambda: self._watched.groups(long, day)):
            at = self._keys.counted_as.get(one.category, ""), one.community
            if at[0] and at[1] in self._keys.layout.communities:
                mine = counts.setdefault(at, dict.fromkeys(RULE_WINDOWS, 0))
                mine[RULE_WINDOWS[0]] += one.since_later
                mine[RULE_WINDOWS[1]] += one.since
        return counts

    def _worded(self, now: datetime, known: Sequence[EarlyWarning]) -> Mapping[str, Found]:
        """By their words: single cases, and topics of many."""
        told, since = self._texts_of(now), now - READ_FOR
        single = [one for each in told if each.at > since for one in self._words(each)]
        topics = self._topics.found(hours_of(now))
        stand = [
            (one.scope, one.place, frozenset(one.cases.split()))
            for one in known
            if one.status in STANDING and one.grain != words.GRAIN
        ]
        hot = [one for each in topics if (one := joined(each, stand)) is not None]
        return {one.key: one for one in (*single, *hot)}

    def _texts_of(self, now: datetime) -> list[Told]:
        """Those filed since the last look, at a whole pass those of all the days of a topic."""
        is_whole = self._whole_at == now
        since = now - timedelta(days=self._topics.days) if is_whole else self._worded_to - OVERLAP
        told = [self._counted(one) for one in self._told(since)]
        self._worded_to = now
        (self._topics.begin if is_whole else self._topics.add)(told)
        return told

    def _counted(self, told: Told) -> Told:
        return told._replace(category=self._keys.counted_as.get(told.category, told.category))

    def _told(self, since: datetime) -> Iterator[Told]:
        page = self._texts(since, "")
        while page:
            yield from page
            page = self._texts(since, page[-1].id) if len(page) == TEXTS else []

    def _texts(self, since: datetime, after: str) -> list[Told]:
        return self._ask(lambda: self._watched.told(since, after, TEXTS))

    def _words(self, told: Told) -> Iterator[Found]:
        return words.found(told, self._triggers, self._keys.policy)

    # what is said of it

    def _warned(
        self, found: Mapping[str, Found], known: list[EarlyWarning], now: datetime, fence: int
    ) -> Iterator[Command]:
        stands = {key(one): one for one in known if one.status in STANDING}
        muted = {key(one) for one in known if one.muted_until and now < one.muted_until}
        raised = {one.id for one in known} | {key(one) for one in known if one.grain == words.GRAIN}
        for one in found.values():
            if one.key in muted:
                continue
            before = stands.get(one.key)
            if before is not None:
                yield from self._grown(one, before, now, fence)
            elif not {one.key, id_of(self._keys.district, one.key, local_date(now))} & raised:
                yield from self._raised(one, now, fence)

    def _raised(self, one: Found, now: datetime, fence: int) -> Iterator[Command]:
        """On the newest of its cases."""
        cases = self._cases(one, now)
        if cases:
            yield RaiseWarning(
                case_id=cases[0],
                warning_id=id_of(self._keys.district, one.key, local_date(now)),
                scope=one.scope,
                level=one.level,
                count=max(one.count, len(cases)),
                cases=cases,
                evidence=one.told,
                fence=fence,
                subject=self._keys.subject(one.category),
                category=one.category,
                grain=one.grain,
                place=one.place,
                hours=one.hours,
            )

    def _grown(
        self, one: Found, before: EarlyWarning, now: datetime, fence: int
    ) -> Iterator[Command]:
        is_graver = LEVELS.index(one.level) > LEVELS.index(before.level)
        last = before.grown_at or before.raised_at
        is_more = one.count > before.count and now - last >= GROWS_EVERY
        if not (is_graver or is_more):
            return
        cases = self._cases(one, now)
        yield GrowWarning(
            case_id=before.case_id,
            warning_id=before.id,
            level=one.level,
            count=max(one.count, len(cases)),
            cases=cases,
            evidence=one.told,
            fence=fence,
            hours=one.hours,
        )

    def _cases(self, one: Found, now: datetime) -> tuple[str, ...]:
        if one.grain == words.GRAIN:
            return (one.place,)
        if one.cases:
            return one.cases[:MOST_NAMED]
        classes, places = (
            self._keys.below(one.category),
            self._keys.communities(one.grain, one.place),
        )
        since = now - timedelta(hours=one.hours)
        most = min(MOST_NAMED, one.count)
        return tuple(self._ask(lambda: self._watched.newest(classes, places, since, most)))

    def _over(self, known: list[EarlyWarning], now: datetime, fence: int) -> Iterator[Command]:
        for one in known:
            if one.status in STANDING and quiet_from(one, self._keys.policy) <= now:
                yield CloseWarning(case_id=one.case_id, warning_id=one.id, fence=fence)
