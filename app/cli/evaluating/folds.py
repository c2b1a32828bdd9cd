"""Texts parted into folds of about equal classes, what is nearly the same never in two of them."""

from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np

from app.domain.likeness import grams
from app.insight.classes import LEAST_TEXTS, MOST_FEATURES
from app.insight.features import Vocabulary
from app.insight.nearness import near_groups

#: From this cosine on two texts are nearly the same.
NEARLY_SAME = 0.8


def groups_of(texts: Sequence[str]) -> list[int]:
    """For each text its group of near-duplicates."""
    pairs = [grams(text) for text in texts]
    vocabulary = Vocabulary.of(pairs, MOST_FEATURES, LEAST_TEXTS)
    return near_groups(vocabulary.rows(pairs), len(vocabulary.words), NEARLY_SAME)


def folds_of(labels: Sequence[str], groups: Sequence[int], count: int, seed: int) -> list[int]:
    """For each text its fold: groups in a seeded order, the largest first, to where their class is rarest."""
    members: dict[int, list[int]] = defaultdict(list)
    for number, group in enumerate(groups):
        members[group].append(number)
    order: list[int] = np.random.default_rng(seed).permutation(sorted(members)).tolist()
    order.sort(key=lambda group: -len(members[group]))
    filled = [Counter[str]() for _ in range(count)]
    folds = [0] * len(labels)
    for group in order:
        label = labels[members[group][0]]
        least = min(range(count), key=lambda one: (filled[one][label], filled[one].total(), one))
        for number in members[group]:
            folds[number] = least
            filled[least][labels[number]] += 1
    return folds
