"""The `bench` command: how fast everything is, beside a raw baseline in the same run."""

import os
import sys
import tempfile
from argparse import Namespace
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.refused import Refused
from ui.sentences import Words

if TYPE_CHECKING:
    from app.cli.benching.figures import Figure
    from app.cli.benching.size import Size


def run(options: Namespace, words: Words) -> int:
    """Measure, and print a table or JSON. Figures fail no run; 0 unless something broke.

    With `centre`, an empty database at a server, it is a centre that is measured. Raises Refused('bench-from-source'):
    it starts Python itself, beside the program; and as `store init`.
    """
    if getattr(sys, "frozen", False):
        raise Refused("bench-from-source")
    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # frames of a real screen would hide what they cost
    from app.cli.benching import course, showing
    from app.cli.benching.scale import Scale
    from app.cli.benching.size import Size

    def tell(part: str) -> None:
        doing = words.say("bench.doing", what=words.say(f"bench.part.{part}"))
        print(doing, file=sys.stderr, flush=True)

    def show(figure: "Figure") -> None:
        print(showing.as_line(figure, words), file=sys.stderr, flush=True)

    if options.centre:
        figures = _of_centre(options.centre, Size.of(options.cases), tell, show)
        return _told(options, figures, words)
    with tempfile.TemporaryDirectory(prefix="fenbo-bench-", ignore_cleanup_errors=True) as folder:
        listener = course.Listener(tell, show)
        figures = course.measured(Path(folder), Scale.of(options.cases), words, listener)
    return _told(options, figures, words)


def _of_centre(
    url: str, size: "Size", tell: Callable[[str], None], show: Callable[["Figure"], None]
) -> "list[Figure]":
    from app.cli.benching.centre import measured

    figures: list[Figure] = []
    for figure in measured(url, size, tell):
        show(figure)
        figures.append(figure)
    return figures


def _told(options: Namespace, figures: "Sequence[Figure]", words: Words) -> int:
    from app.cli.benching import showing

    if options.json:
        print(showing.as_json(options.cases, figures))
    else:
        for line in showing.as_table(options.cases, figures, words):
            print(line)
    return 0
