"""How well like cases are found, how fast (of the processor) among how many, and whether one filed again is known."""

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import fmean
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from app.cli.evaluating.columns import Columns
from app.cli.evaluating.goals import Goal, judged
from app.cli.evaluating.gold import gold_of
from app.cli.evaluating.refiled import WAYS, clauses
from app.cli.evaluating.table import table
from app.insight.similar import Wording, shared, similar
from db.near import NearTexts
from db.replica.schema import FINDER
from db.search import document

_ASKED, _TIMED, _REFILED, _TOP = 1_500, 300, 200, 10
_LAST = 90_000
#: Two different cases that share more than this are one filed twice by somebody, so no test of difference.
_SAME = 0.6
GOALS: Mapping[str, Goal] = {
    "own_body_at_10": ("least", 0.92),
    "topic_at_10": ("least", 0.85),
    "many_topic_at_10": ("least", 0.80),
    "many_whole_p95_ms": ("most", 35),
    "many_last_p95_ms": ("most", 15),
    "duplicate_recall_at_99": ("least", 0.95),
}


def evaluated(
    path: Path, columns: Columns, gold: Path | None, texts: int, seed: int
) -> dict[str, Any]:
    """Figures of a table whose `text` is title+narrative; topics need a `gold` table, scale a number of `texts`."""
    rows = list(table(path, columns, ("text",)))
    parted = (row["text"].partition("\n") for row in rows)
    cases = [Wording(title, text) for title, _, text in parted]
    chance = np.random.default_rng(seed)
    groups = gold_of(gold, [f"{one.title}\n{one.text}" for one in cases]) if gold else {}
    index = _index(":memory:", cases)
    found: dict[str, Any] = {"what": "similar", "rows": len(cases), "topics": len(groups)}
    found |= _own_bodies(cases, chance)
    found |= {"topic_at_10": _of_topics(cases, index, groups)}
    found |= duplicates(cases, index, chance)
    if texts:
        found |= _among_many(cases, groups, texts, chance)
    return found | {"goals": judged(found, GOALS)}


def _index(
    place: str, cases: Sequence[Wording], more: Iterator[Wording] | None = None
) -> NearTexts:
    """The finder of a replica, filled with these texts and nothing else."""
    connection = sqlite3.connect(place)
    connection.execute("pragma journal_mode = off")
    connection.execute(FINDER)
    fill(connection, enumerate(cases, start=1))
    if more is not None:
        fill(connection, enumerate(more, start=len(cases) + 1))
    connection.commit()
    (count,) = connection.execute("SELECT max(rowid) FROM finder").fetchone()
    return NearTexts(connection, lambda: count)


def fill(connection: sqlite3.Connection, cases: Iterable[tuple[int, Wording]]) -> None:
    """Texts by their numbers, as a replica keeps those of its cases."""
    rows = ((case, document((one.title, one.text), ())) for case, one in cases)
    connection.executemany("INSERT INTO finder (rowid, tokens) VALUES (?, ?)", rows)


def _own_bodies(cases: Sequence[Wording], chance: np.random.Generator) -> dict[str, float]:
    """How often a title alone finds its own narrative first, and among ten."""
    index = _index(":memory:", [Wording("", one.text) for one in cases])
    asked: list[int] = chance.permutation(len(cases))[:_ASKED].tolist()
    places = [_place(similar(Wording(cases[one].title, ""), index, _TOP), one) for one in asked]
    first, ten = fmean(place == 0 for place in places), fmean(place is not None for place in places)
    return {"own_body_at_1": round(first, 4), "own_body_at_10": round(ten, 4)}


def _place(found: Sequence[Any], number: int) -> int | None:
    return next((place for place, one in enumerate(found) if one.case == number + 1), None)


def _of_topics(
    cases: Sequence[Wording], index: NearTexts, groups: Mapping[str, list[int]]
) -> float | None:
    """The mean share of a case's topic that is among the ten most like it."""
    shares: list[float] = []
    for numbers in groups.values():
        members = set(numbers)
        for one in numbers:
            near = [each.case - 1 for each in similar(cases[one], index, _TOP + 1)]
            hits = sum(each in members for each in near if each != one)
            shares.append(min(hits, _TOP) / min(_TOP, len(members) - 1))
    return round(fmean(shares), 4) if shares else None


def duplicates(
    cases: Sequence[Wording], index: NearTexts, chance: np.random.Generator
) -> dict[str, Any]:
    """Recall of what was filed again, at the limit where at most one in a hundred proposals is wrong."""
    again: dict[str, list[float]] = {way: [] for way in WAYS}
    different: list[float] = []
    asked: list[int] = chance.permutation(len(cases)).tolist()
    for turn, one in enumerate(asked[: _REFILED * len(WAYS)]):
        way = list(WAYS)[turn % len(WAYS)]
        new = Wording("", WAYS[way](cases[one].text, chance))
        again[way].append(shared(new, cases[one]))
        near = [
            cases[each.case - 1] for each in similar(new, index, _TOP + 1) if each.case != one + 1
        ]
        others = [other for other in near if shared(cases[one], other) < _SAME]
        different += [shared(new, other) for other in others]
    limit = _limit([share for shares in again.values() for share in shares], different)
    known = {
        way: round(fmean(share >= limit for share in shares), 3)
        for way, shares in again.items()
        if shares
    }
    recall = fmean(share >= limit for shares in again.values() for share in shares)
    told = {"duplicate_recall_at_99": round(recall, 4), "duplicate_from_share": round(limit, 3)}
    return {**told, "duplicate_by_way": known}


def _limit(same: Sequence[float], different: Sequence[float]) -> float:
    """The lowest share from which on 99 of 100 are the same."""
    ranked = sorted(
        [(share, True) for share in same] + [(share, False) for share in different], reverse=True
    )
    limit, right, wrong = 1.0, 0, 0
    for share, is_same in ranked:
        right, wrong = right + is_same, wrong + (not is_same)
        if right >= 99 * wrong:
            limit = share
    return limit


def _among_many(
    cases: Sequence[Wording],
    groups: Mapping[str, list[int]],
    texts: int,
    chance: np.random.Generator,
) -> dict[str, Any]:
    with TemporaryDirectory() as folder:
        begun = time.thread_time()
        known = {number for numbers in groups.values() for number in numbers}
        others = [one for number, one in enumerate(cases) if number not in known]
        more = recombined(others, max(0, texts - len(cases)), chance)
        index = _index(str(Path(folder) / "near.db"), cases, more)
        built = time.thread_time() - begun
        size = (Path(folder) / "near.db").stat().st_size
        asked = [cases[int(one)] for one in chance.permutation(len(cases))[:_TIMED]]
        whole = _times(lambda one: similar(one, index, _TOP), asked)
        last = _times(lambda one: similar(one, index, _TOP, max(0, texts - _LAST)), asked)
        return {
            "many": texts,
            "many_build_seconds": round(built, 1),
            "many_megabytes": round(size / 1e6, 1),
            "many_topic_at_10": _of_topics(cases, index, groups),
            "many_whole_p50_ms": _at(whole, 50),
            "many_whole_p95_ms": _at(whole, 95),
            "many_last_p95_ms": _at(last, 95),
        }


def _times(job: Callable[[Wording], object], asked: Sequence[Wording]) -> list[float]:
    found: list[float] = []
    for one in asked:
        begun = time.thread_time()
        job(one)
        found.append((time.thread_time() - begun) * 1000)
    return found


def _at(times: Sequence[float], percent: int) -> float:
    return round(float(np.percentile(times, percent)), 3)


def recombined(
    cases: Sequence[Wording], count: int, chance: np.random.Generator
) -> Iterator[Wording]:
    """Texts put together from the clauses of all, of some 200 characters each."""
    parts = [part for one in cases for part in clauses(one.text)]
    usual = max(2, round(200 / max(1.0, fmean(map(len, parts)))))
    for _ in range(count):
        title, *rest = (parts[int(at)] for at in chance.integers(0, len(parts), usual + 1))
        yield Wording(title, "".join(rest))
