"""The one file that knows everybody: what each command of the command line starts."""

import gc
import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from itertools import pairwise

from app.cli.failing import EXPECTED, told
from app.cli.options import parser
from ui.sentences import Words


def _desk(options: Namespace, words: Words) -> int:
    gc.set_threshold(*WHILE_STARTING)
    from app.cli.desk import run

    return run(options, words)


def _demo(options: Namespace, words: Words) -> int:
    from app.cli.demo import run

    return run(options, words)


def _import(options: Namespace, words: Words) -> int:
    from app.cli.importing import run

    return run(options, words)


def _check(options: Namespace, words: Words) -> int:
    from app.cli.check import run

    return run(options, words)


def _bench(options: Namespace, words: Words) -> int:
    from app.cli.bench import run

    return run(options, words)


def _insight(options: Namespace, words: Words) -> int:
    from app.cli.insight import run

    return run(options, words)


def _store(options: Namespace, words: Words) -> int:
    from app.cli.store import run

    return run(options, words)


#: What a start makes it keeps: looking through it for garbage would be a tenth of the start.
WHILE_STARTING = (200_000, 50, 1_000)

#: Each command imports what it needs when it is called: a desk must not wait for the importer.
RUNS = {
    "desk": _desk,
    "demo": _demo,
    "import": _import,
    "check": _check,
    "bench": _bench,
    "insight": _insight,
    "store": _store,
}


def language(arguments: Sequence[str]) -> str:
    """The language asked for by `--lang`, else the machine's, else Chinese."""
    for before, after in pairwise([*arguments, ""]):
        if before == "--lang" or before.startswith("--lang="):
            return "en" if "en" in (after, before.partition("=")[2]) else "zh"
    return "en" if os.environ.get("LANG", "").startswith("en") else "zh"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; a rule's no, a store out of reach and a bad file are sentences, not tracebacks."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    words = Words(language(given))
    options = parser(words, RUNS).parse_args(given)
    try:
        return options.run(options, words)
    except EXPECTED as trouble:
        print(told(trouble, options, words), file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
