"""How well hot topics are found: groups against a gold table, and when a live alert would have come."""

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import fmean
from typing import Any

from app.cli.evaluating.columns import Columns
from app.cli.evaluating.goals import Goal, judged
from app.cli.evaluating.gold import gold_of
from app.cli.evaluating.table import moment, table
from app.domain.likeness import grams
from app.insight.classes import LEAST_TEXTS, MOST_FEATURES
from app.insight.features import Vocabulary
from app.insight.rising import Joined, Rising
from app.insight.streams import DAY, hours_of
from app.insight.topics import Topic, Voice, topics

_LISTED = 10
GOALS: Mapping[str, Goal] = {"mean_f1": ("least", 0.85), "alerts_a_week": ("most", 0.6)}


def evaluated(path: Path, columns: Columns, gold: Path | None) -> dict[str, Any]:
    """Figures of a table of `time`, `text` and `user`, perhaps `votes`; groups are judged by a `gold` table."""
    rows = sorted(
        table(path, columns, ("time", "text", "user")), key=lambda row: moment(row["time"])
    )
    voices = [Voice(str(at), row["user"], row["text"], _votes(row)) for at, row in enumerate(rows)]
    groups = gold_of(gold, [voice.text for voice in voices]) if gold else {}
    begun = time.process_time()
    found = topics(voices)
    seconds = round(time.process_time() - begun, 1)
    told: dict[str, Any] = {
        "what": "topics",
        "rows": len(voices),
        "topics": len(found),
        "seconds": seconds,
    }
    told |= _judged(found, groups)
    told |= _alerts(voices, [hours_of(moment(row["time"])) / DAY for row in rows], groups)
    return told | {"goals": judged(told, GOALS)}


def _votes(row: Mapping[str, str]) -> int:
    return sum(int(part) for part in row.get("votes", "").split() if part.isdecimal())


def _judged(found: Sequence[Topic], groups: Mapping[str, list[int]]) -> dict[str, Any]:
    """For each gold topic the topic that fits best: its F1 and its rank by heat."""
    scores: dict[str, float] = {}
    ranks: dict[str, int] = {}
    members = [{int(case) for case in topic.cases} for topic in found]
    for name, numbers in groups.items():
        wanted = set(numbers)
        f1 = [2 * len(wanted & own) / (len(wanted) + len(own)) for own in members]
        best = max(range(len(f1)), key=f1.__getitem__, default=-1)
        scores[name], ranks[name] = (round(f1[best], 3), best + 1) if best >= 0 else (0.0, 0)
    mean = round(fmean(scores.values()), 4) if scores else None
    hot = sum(0 < rank <= _LISTED for rank in ranks.values())
    return {"mean_f1": mean, "f1": scores, "rank": ranks, "gold_among_ten": hot}


def _alerts(
    voices: Sequence[Voice], days: Sequence[float], groups: Mapping[str, list[int]]
) -> dict[str, Any]:
    """Replayed case by case: alerts a week, and at which case of each gold topic the first came."""
    pairs = (grams(voice.text) for voice in voices)
    rising = Rising(Vocabulary.of(pairs, MOST_FEATURES, LEAST_TEXTS))
    alerts: list[tuple[int, set[int]]] = []
    for at, voice in enumerate(voices):
        cluster = rising.add(Joined(voice.case, voice.reporter, days[at]), voice.text)
        if cluster is not None:
            alerts.append((at, {int(one.case) for one in cluster.cases}))
    first = {name: _first(alerts, set(numbers)) for name, numbers in groups.items()}
    weeks = max(
        1, len({day // 7 for day in days})
    )  # with cases: some tables have a few of years before
    return {
        "alerts": len(alerts),
        "alerts_a_week": round(len(alerts) / weeks, 3),
        "alert_at_case": first,
    }


def _first(alerts: Sequence[tuple[int, set[int]]], wanted: set[int]) -> int | None:
    """At which case of the topic the first alert came of which most cases are the topic's."""
    for at, members in alerts:
        if 2 * len(members & wanted) > len(members):
            return sum(number <= at for number in wanted)
    return None
