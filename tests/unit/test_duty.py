"""The watch that one seat keeps: a burst is warned of once, grows in place, and whoever takes over repeats nothing."""

import json
from dataclasses import fields, replace
from datetime import datetime, timedelta

import pytest

from app.domain.case import EarlyWarning
from app.domain.commands import CloseWarning, GrowWarning, RaiseWarning
from app.domain.terms import Grade
from app.duty.keys import Keys
from app.duty.watchman import Watchman
from app.insight.expecting import Inputs, chance
from app.services.watched import Filed, Group, Known, Told
from resources.lists import load_triggers
from tests.kit import MORNING, registered, setting

pytestmark = pytest.mark.article(23)

DIRECTORY = setting().directory
POLICY = setting().policy(registered().case)
KEYS = Keys(DIRECTORY, POLICY, "440310")
PLACE = DIRECTORY.communities[0].code
NOISE = "0306"


class Books:
    """A replica's answers, from lists."""

    def __init__(self) -> None:
        self.cases: list[Filed] = []
        self.known: list[EarlyWarning] = []
        self.said: dict[str, Told] = {}

    def file(self, many: int, at: datetime, category: str = NOISE, place: str = PLACE) -> None:
        first = len(self.cases)
        self.cases += [Filed(at, f"c{first + one:05}", category, place) for one in range(many)]

    def filed(self, after: tuple[datetime, str], limit: int) -> list[Filed]:
        return sorted(one for one in self.cases if one[:2] > after)[:limit]

    def groups(self, since: datetime, later: datetime) -> list[Group]:
        pairs = {(one.category, one.community) for one in self.cases if one.at > since}
        return [
            Group(*pair, *(self._many(pair, begin) for begin in (since, later))) for pair in pairs
        ]

    def _many(self, pair: tuple[str, str], since: datetime) -> int:
        return sum(one.at > since and (one.category, one.community) == pair for one in self.cases)

    def newest(self, categories, communities, since, limit) -> list[str]:
        found = (one for one in reversed(self.cases) if one.at > since)
        mine = (one for one in found if one.category in categories)
        return [one.id for one in mine if not communities or one.community in communities][:limit]

    def say(
        self,
        at: datetime,
        narrative: str,
        grade: Grade = Grade.C,
        title: str = "",
        category: str = NOISE,
    ) -> None:
        self.file(1, at, category)
        id_ = self.cases[-1].id
        self.said[id_] = Told(id_, title, narrative, grade, category, PLACE, at, None)

    def told(self, since: datetime, after: str, limit: int) -> list[Told]:
        late = {one.id for one in self.cases if one.at > since and one.id > after}
        return [self.said[one] for one in sorted(late & self.said.keys())][:limit]

    def warnings(self, since: datetime, limit: int) -> list[Known]:
        return [Known(one, one.case_id, "") for one in self.known][:limit]

    def take(self, wishes, now: datetime) -> list[str]:
        """What the store makes of them; a kind for each."""
        for wish in wishes:
            if isinstance(wish, RaiseWarning):
                self.known.append(_raised(wish, now))
            elif isinstance(wish, GrowWarning):
                self.known = [_grown(one, wish, now) for one in self.known]
        return [type(one).__name__ for one in wishes]


def _raised(wish: RaiseWarning, now: datetime) -> EarlyWarning:
    values = {
        name: getattr(wish, name) for name in wish.__slots__ if name not in ("warning_id", "cases")
    }
    times = {"raised_at": now, "levelled_at": now}
    return EarlyWarning(id=wish.warning_id, district="440310", status="RAISED", **values, **times)


def _grown(one: EarlyWarning, wish: GrowWarning, now: datetime) -> EarlyWarning:
    if one.id != wish.warning_id:
        return one
    return replace(one, count=wish.count, level=wish.level, grown_at=now)


def watchman(books: Books) -> Watchman:
    return Watchman(KEYS, books, lambda job: job(), load_triggers())


def test_ten_in_a_day_are_warned_of_once_whoever_looks():
    books, now = Books(), MORNING
    books.file(9, now - timedelta(hours=2))
    one = watchman(books)
    assert one.look(now, 1) == []
    books.file(1, now)
    (wish,) = one.look(now, 1)
    assert isinstance(wish, RaiseWarning)
    assert (wish.level, wish.count, wish.hours, wish.place, wish.subject) == (
        *("ORANGE", 10, 24),
        *(PLACE, "ENV_NIMBY"),
    )
    assert len(wish.cases) == 10
    assert wish.case_id == "c00009"
    (again,) = one.look(now, 1)  # what was not taken is said again
    assert again == wish
    books.take([wish], now)
    assert one.look(now, 1) == []
    assert watchman(books).look(now, 2) == []  # whoever takes over


def test_a_storm_grows_in_steps_and_at_once_where_it_becomes_graver():
    books, now = Books(), MORNING
    books.file(10, now)
    one = watchman(books)
    assert books.take(one.look(now, 1), now) == ["RaiseWarning"]
    books.file(5, now)
    now += timedelta(seconds=5)
    assert one.look(now, 1) == []
    books.file(5, now)
    assert books.take(one.look(now, 1), now) == ["GrowWarning"]
    assert books.known[0].level == "RED"
    told = 0
    for _ in range(60):
        now += timedelta(seconds=1)
        books.file(13, now)
        told += len(books.take(one.look(now, 1), now))
    assert 2 <= told <= 4
    assert books.known[0].count > 700
    assert len(books.known) == 1


def test_what_is_muted_is_not_said_and_what_is_quiet_is_over():
    books, now = Books(), MORNING
    books.file(10, now)
    one = watchman(books)
    books.take(one.look(now, 1), now)
    books.known = [replace(books.known[0], status="MUTED", muted_until=now + timedelta(days=7))]
    books.file(30, now)
    assert one.look(now + timedelta(minutes=1), 1) == []
    books.known = [replace(books.known[0], status="RAISED", muted_until=None)]
    late = now + timedelta(days=7)
    (over,) = watchman(books).look(late, 3)
    assert isinstance(over, CloseWarning)
    assert over.fence == 3


def test_with_a_past_the_test_finds_what_the_rule_does_not_and_the_rule_asks_for_twice_the_usual():
    books, now = Books(), MORNING
    for day in range(8, 100):
        books.file(1, now - timedelta(days=day), "0502", DIRECTORY.communities[day % 5].code)
        books.file(12, now - timedelta(days=day), "0501", PLACE)
    for day in range(1, 8):
        books.file(12, now - timedelta(days=day, minutes=1), "0501", PLACE)
    books.file(12, now - timedelta(minutes=1), "0501", PLACE)
    one = watchman(books)
    assert one.look(now, 1) == []  # twelve a day are usual there
    books.file(7, now, NOISE)
    (wish,) = one.look(now, 1)
    assert isinstance(wish, RaiseWarning)
    assert (wish.category, wish.place) == (NOISE, PLACE)
    said = json.loads(wish.evidence)["test"]
    inputs = Inputs(**{one.name: said[one.name] for one in fields(Inputs)})
    assert chance(inputs) == said["chance"] <= said["limit"]  # anybody can work it out again
    assert said["tests"] > 1000
    late = books.cases[-1]._replace(at=now - timedelta(minutes=30), id="late")
    books.cases.append(late)
    assert late.id in {each.id for each in one._read(now)}  # filed late, counted all the same


def test_words_of_danger_and_care_warn_of_one_case_once():
    books, now = Books(), MORNING
    books.say(now, "地铁口路面塌陷，有车掉下去")
    books.say(now, "厨房着火，3人被困", Grade.A)
    books.say(now, "小区边坡有点脏，请打扫")
    one = watchman(books)
    first, second = one.look(now, 1)
    assert isinstance(first, RaiseWarning)
    assert isinstance(second, RaiseWarning)
    assert (first.scope, first.level, first.case_id, first.cases) == (
        *("SAFETY", "YELLOW", "c00000"),
        ("c00000",),
    )
    assert (second.level, second.grain, second.place) == ("RED", "CASE", "c00001")
    assert "路面塌陷" in first.evidence
    books.take([first, second], now)
    assert one.look(now + timedelta(minutes=1), 1) == []
    assert watchman(books).look(now + timedelta(hours=20), 2) == []  # also on another day
    books.say(now + timedelta(minutes=2), "再不解决就集体上访，业主 40 人", title="集体上访")
    (third,) = one.look(now + timedelta(minutes=2), 1)
    assert isinstance(third, RaiseWarning)
    assert (third.scope, third.level) == ("SENSITIVE", "RED")


def test_a_topic_of_several_reporters_is_warned_of_once_whatever_class_it_was_put_into():
    books, now = Books(), MORNING
    classes = KEYS.layout.classes[:24]
    for number, category in enumerate(classes):
        books.say(now - timedelta(days=2), f"第{number}号路段树枝垂落影响通行", category=category)
    others = [
        "宠物狗无人看管",
        "共享单车堆放",
        "电梯反复故障",
        "楼道堆放杂物",
        "公交不停站",
        "学位申请咨询",
    ]
    for number, (one, category) in enumerate(zip(others * 3, classes * 2, strict=False)):
        books.say(now - timedelta(days=3, hours=number), one * 2, category=category)
    one = watchman(books)
    wishes = [each for each in one.look(now, 1) if each.scope == "HOT"]
    (tree,) = [each for each in wishes if each.count >= 20]
    assert (tree.level, tree.grain, tree.hours) == ("ORANGE", "TOPIC", 14 * 24)
    assert len(tree.cases) == tree.count
    books.take(wishes, now)
    books.known = [
        replace(each, cases=" ".join(wish.cases))
        for each, wish in zip(books.known, wishes, strict=True)
    ]
    books.say(now, "第99号路段树枝垂落影响通行", category=classes[0])
    later = now + timedelta(minutes=2)
    (grown,) = [each for each in one.look(later, 1) if isinstance(each, GrowWarning)]
    assert grown.count == tree.count + 1
    assert not [each for each in watchman(books).look(later, 2) if isinstance(each, RaiseWarning)]
