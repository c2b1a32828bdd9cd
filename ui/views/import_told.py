"""What a file holds and what became of it, in lines a person can read."""

from collections.abc import Iterator

from app.services.importing import ImportReport, Looked, Preview
from ui.models.preview_table import dated
from ui.wording import Wording

#: Names told of one finding; the rest are in the rejects file or the source.
NAMES = 4


def told_of_preview(words: Wording, found: Preview) -> Iterator[str]:
    """Counts and span, then what was noticed."""
    facts = {"file": found.file, "encoding": found.encoding, "rows": found.rows}
    yield words.say("import.found", ready=found.rows - found.rejected, **facts)
    if found.first is not None and found.last is not None:
        yield words.say("import.span", first=dated(found.first), last=dated(found.last))
    yield from _noticed(words, found)


def told_of_report(words: Wording, report: ImportReport) -> Iterator[str]:
    """The numbers, how it ended, and where the rejects lie."""
    key = "import.would" if report.is_dry_run else "import.done"
    numbers = {name: getattr(report, name) for name in ("rows", "imported", "already", "rejected")}
    yield words.say(key, left=report.left, **numbers)
    yield words.say("import.ending." + str(report.ending), seconds=f"{report.seconds:.1f}")
    if report.rejects_file is not None:
        yield words.say("import.rejects_file", path=str(report.rejects_file))
    yield from _noticed(words, report)


def _noticed(words: Wording, found: Looked) -> Iterator[str]:
    for code, count in found.reasons:
        yield words.say("import.rejected", n=count, why=words.say(f"reject.{code}"))
    for one in found.findings:
        names = words.join(f"{name} {count}" for name, count in one.names[:NAMES])
        what = words.say(f"finding.{one.code}")
        yield words.say("import.noticed", n=one.count, what=what) + (f"  {names}" if names else "")
    if found.unused_columns:
        yield words.say("import.unused", columns=words.join(found.unused_columns))
