"""How well classes are suggested: five folds of a labelled table, beside scikit-learn where it is installed."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from statistics import fmean
from typing import Any

import numpy as np

from app.cli.evaluating.columns import Columns
from app.cli.evaluating.folds import folds_of, groups_of
from app.cli.evaluating.goals import Goal, judged
from app.cli.evaluating.table import table
from app.domain.likeness import grams
from app.insight.classes import LEAST_TEXTS, MOST_FEATURES, ClassModel, Suggested, train
from app.insight.margins import Training
from app.insight.packing import packed

FOLDS = 5
#: The share of texts, the surest first, that would be filled in by themselves.
FILLED = 0.7
GOALS: Mapping[str, Goal] = {
    "macro_f1": ("least", 0.915),
    "top3": ("least", 0.99),
    "filled_right": ("least", 0.98),
    "train_seconds": ("most", 15),
    "suggest_ms": ("most", 1),
    "model_bytes": ("most", 3_000_000),
    "behind_oracle": ("most", 0.005),
}


@dataclass(frozen=True, slots=True)
class _Labelled:
    texts: list[str]
    labels: list[str]

    def only(self, numbers: Sequence[int]) -> "_Labelled":
        return _Labelled(
            [self.texts[one] for one in numbers], [self.labels[one] for one in numbers]
        )


def evaluated(path: Path, columns: Columns, *, closed: bool, seed: int) -> dict[str, Any]:
    """Figures of a table of `text` and `class`; `closed` takes the blanks between words out of it."""
    rows = list(table(path, columns, ("text", "class")))
    texts = [row["text"].replace(" ", "") if closed else row["text"] for row in rows]
    cases = _Labelled(texts, [row["class"] for row in rows])
    groups = groups_of(cases.texts)
    folds = folds_of(cases.labels, groups, FOLDS, seed)
    found = _folded(cases, folds, seed)
    facts = {"rows": len(rows), "groups": len(set(groups)), "classes": len(set(cases.labels))}
    return {"what": "classes", **facts, **found, "goals": judged(found, GOALS)}


def _folded(cases: _Labelled, folds: Sequence[int], seed: int) -> dict[str, Any]:
    told: list[Suggested] = []
    truth: list[str] = []
    per_fold: list[float] = []
    oracle: list[float] = []
    spent: list[tuple[float, float]] = []
    size = 0
    for fold in range(FOLDS):
        known = cases.only([one for one, at in enumerate(folds) if at != fold])
        asked = cases.only([one for one, at in enumerate(folds) if at == fold])
        model, here, seconds = _measured(known, asked, seed)
        per_fold.append(macro_f1(_firsts(here), asked.labels))
        oracle += _oracle(known, asked)
        told, truth, size = told + here, truth + asked.labels, len(packed(model))
        spent.append(seconds)
    return {**_figures(told, truth, per_fold, oracle), **_costs(spent), "model_bytes": size}


def _measured(
    known: _Labelled, asked: _Labelled, seed: int
) -> tuple[ClassModel, list[Suggested], tuple[float, float]]:
    begun = time.process_time()
    model = train(known.texts, known.labels, Training(seed=seed))
    learned = time.process_time()
    told = [model.suggest(text) for text in asked.texts]
    each = (time.process_time() - learned) / max(1, len(told)) * 1000
    return model, told, (learned - begun, each)


def _costs(spent: Sequence[tuple[float, float]]) -> dict[str, float]:
    return {
        "train_seconds": round(fmean(one for one, _ in spent), 2),
        "suggest_ms": round(fmean(each for _, each in spent), 3),
    }


def _figures(
    told: Sequence[Suggested], truth: Sequence[str], per_fold: list[float], oracle: list[float]
) -> dict[str, Any]:
    leads = np.array([one.lead for one in told])
    right = np.array([first == label for first, label in zip(_firsts(told), truth, strict=True)])
    least = float(np.quantile(leads, 1 - FILLED))
    top = [
        label in {one.code for one in each.choices} for each, label in zip(told, truth, strict=True)
    ]
    ours = fmean(per_fold)
    beside = {
        "oracle_macro_f1": round(fmean(oracle), 4) if oracle else None,
        "behind_oracle": round(fmean(oracle) - ours, 4) if oracle else None,
        "oracle": "scikit-learn LinearSVC" if oracle else "scikit-learn is not installed",
    }
    return {
        "macro_f1": round(ours, 4),
        "macro_f1_by_fold": [round(one, 4) for one in per_fold],
        "accuracy": round(float(right.mean()), 4),
        "top3": round(float(np.mean(top)), 4),
        "filled_share": FILLED,
        "filled_from_lead": round(least, 3),
        "filled_right": round(float(right[leads >= least].mean()), 4),
        **beside,
    }


def _firsts(told: Sequence[Suggested]) -> list[str]:
    return [one.choices[0].code if one.choices else "" for one in told]


def macro_f1(found: Sequence[str], truth: Sequence[str]) -> float:
    """The mean over the true classes of 2·hits / (said + true)."""
    pairs = list(zip(found, truth, strict=True))
    scores: list[float] = []
    for label in sorted(set(truth)):
        hits = sum(one == label == other for one, other in pairs)
        scores.append(2 * hits / (sum(one == label for one in found) + truth.count(label)))
    return fmean(scores)


def _oracle(known: _Labelled, asked: _Labelled) -> list[float]:
    """The macro-F1 of scikit-learn's own on the same pairs; nothing where it is not installed."""
    if find_spec("sklearn") is None:
        return []
    text: Any = import_module("sklearn.feature_extraction.text")
    svm: Any = import_module("sklearn.svm")
    shape: dict[str, Any] = {"min_df": LEAST_TEXTS, "max_features": MOST_FEATURES}
    reader = text.TfidfVectorizer(analyzer=grams, sublinear_tf=True, **shape)
    learned = svm.LinearSVC(C=0.5).fit(reader.fit_transform(known.texts), known.labels)
    return [macro_f1(list(learned.predict(reader.transform(asked.texts))), asked.labels)]
