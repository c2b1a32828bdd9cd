"""The `bench` command: how fast everything is, beside a raw baseline in the same run."""

import os
import sys
import tempfile
from argparse import Namespace
from pathlib import Path

from app.domain.refused import Refused
from ui.wording import Wording


def run(options: Namespace, words: Wording) -> int:
    """Measure, and print a table or JSON. Figures fail no run; 0 unless something broke.

    Raises Refused('bench-from-source'): it starts Python itself, beside the program.
    """
    if getattr(sys, "frozen", False):
        raise Refused("bench-from-source")
    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # frames of a real screen would hide what they cost
    from app.cli.benching import course, showing
    from app.cli.benching.figures import Figure
    from app.cli.benching.scale import Scale

    def tell(part: str) -> None:
        doing = words.say("bench.doing", what=words.say(f"bench.part.{part}"))
        print(doing, file=sys.stderr, flush=True)

    def show(figure: Figure) -> None:
        print(showing.as_line(figure, words), file=sys.stderr, flush=True)

    with tempfile.TemporaryDirectory(prefix="fenbo-bench-", ignore_cleanup_errors=True) as folder:
        listener = course.Listener(tell, show)
        figures = course.measured(Path(folder), Scale.of(options.cases), words, listener)
    if options.json:
        print(showing.as_json(options.cases, figures))
    else:
        for line in showing.as_table(options.cases, figures, words):
            print(line)
    return 0
