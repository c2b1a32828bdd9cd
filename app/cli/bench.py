"""The `bench` command: how fast everything is, beside a raw baseline in the same run."""

import os
import sys
import tempfile
from argparse import Namespace
from pathlib import Path

from ui.wording import Wording


def run(options: Namespace, words: Wording) -> int:
    """Measure, and print a table or JSON. Figures fail no run; 0 unless something broke."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # frames of a real screen would hide what they cost
    from app.cli.benching import course, showing
    from app.cli.benching.scale import Scale

    def tell(part: str) -> None:
        print(words.say("bench.doing", what=words.say(f"bench.part.{part}")), file=sys.stderr)

    with tempfile.TemporaryDirectory(prefix="fenbo-bench-", ignore_cleanup_errors=True) as folder:
        figures = course.measured(Path(folder), Scale.of(options.cases), words, tell)
    if options.json:
        print(showing.as_json(options.cases, figures))
    else:
        for line in showing.as_table(options.cases, figures, words):
            print(line)
    return 0
