"""The `insight` command: learns from closed cases, and measures on any table how good our conclusions are."""

import json
from argparse import Namespace
from collections.abc import Callable, Mapping
from typing import Any

from app.domain.refused import Refused
from ui.sentences import Words

Report = dict[str, Any]


def _classes(options: Namespace) -> Report:
    from app.cli.evaluating.classes import evaluated

    return evaluated(_named(options), options.columns, closed=options.segmented, seed=options.seed)


def _spikes(options: Namespace) -> Report:
    from app.cli.evaluating.spikes import generated, replayed

    if options.file is None:
        return generated(options.seed)
    return replayed(options.file, options.columns, options.seed)


def _similar(options: Namespace) -> Report:
    from app.cli.evaluating.similar import evaluated

    wanted = _named(options), options.columns, options.gold
    return evaluated(*wanted, options.texts, options.seed)


def _topics(options: Namespace) -> Report:
    from app.cli.evaluating.topics import evaluated

    return evaluated(_named(options), options.columns, options.gold)


def _units(options: Namespace) -> Report:
    from app.cli.evaluating.units import evaluated

    return evaluated(_named(options), options.columns)


#: Each reads what it needs when it is called.
EVALUATIONS: Mapping[str, Callable[[Namespace], Report]] = {
    "classes": _classes,
    "spikes": _spikes,
    "similar": _similar,
    "topics": _topics,
    "units": _units,
}


def run(options: Namespace, words: Words) -> int:
    """Learn from this seat's cases, or evaluate and print; goals that are missed fail no run.

    Raises Refused as the table's reader does.
    """
    if options.action == "learn":
        from app.cli.learning import run as learn

        return learn(options, words)
    print(json.dumps(EVALUATIONS[options.what](options), ensure_ascii=False, indent=1))
    return 0


def _named(options: Namespace) -> Any:
    if options.file is None:
        raise Refused("eval-file-missing", what=options.what)
    return options.file
