"""The `import` command: another system's records become historical cases, or lines in a file of rejects."""

import signal
import sys
import time
from argparse import Namespace
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from app.cli import demo
from app.cli.failing import away
from app.cli.options import DEMO_CASES, DEMO_DAYS, DEMO_SEED
from app.cli.places import demo_store, home
from app.cli.published import rules_here
from app.cli.secret import unlocked
from app.domain.moment import Setting
from app.domain.permits import may
from app.domain.refused import Refused
from app.domain.terms import Role
from app.importing.findings import Finding
from app.importing.report import Ending, ImportReport
from app.importing.run import Job, Watch, import_file
from app.services.queries import Operator
from db.central import admin
from db.centre import login_for, open_archive
from db.places import Place, is_server
from ui.sentences import Words

#: Who lets a new store begin.
_FIRST = "admin"


def run(options: Namespace, words: Words) -> int:
    """Import the file; 0 when it was read to its end, whatever was rejected. Ctrl+C stops after a batch."""
    job = Job(
        path=options.file,
        kind=options.kind,
        rejects_folder=options.rejects,
        is_dry_run=options.dry_run,
    )
    if options.store is not None:
        login = options.login or ""
        options.store = unlocked(options.store, options.password_file, words, login)
    with _store(options, words) as path:
        place = options.store or path  # a trial's store lies elsewhere for a moment
        found = rules_here(place, options, options.login or "")
        for wrong in found.wrong:
            print(words.say(f"wrong.{wrong.expected}", **wrong.facts), file=sys.stderr)
        report = _imported(job, path, found.setting, options.login, words)
    _tell(report, words)
    return 0 if report.ending is Ending.FINISHED else 1


def _imported(
    job: Job, place: Place, in_force: Setting, login: str | None, words: Words
) -> ImportReport:
    watch = Watch(clock=_now, progress=_printed(words))
    with closing(open_archive(place, login or _importer(place))) as archive, _stoppable() as stop:
        watch = Watch(clock=_now, progress=watch.progress, cancelled=stop)
        return import_file(job, archive, in_force, watch)


@contextmanager
def _store(options: Namespace, words: Words) -> Generator[Place]:
    """The store to import into: the one named, a file made when missing; else the demonstration's."""
    path: Place = options.store or demo_store(home(options))
    if not isinstance(path, Path) or path.exists():
        yield path
    elif options.dry_run:
        with TemporaryDirectory() as folder:
            yield _founded(Path(folder) / "central.db")
    elif options.store is None:
        demo.make(path, (DEMO_CASES, DEMO_DAYS, DEMO_SEED), _printed(words))
        yield path
    else:
        yield _founded(path)
        print(words.say("cli.store.made", path=str(path)))


def _founded(path: Path) -> Path:
    admin.init(path, demo.DISTRICT, demo.PREFIX, "live")
    admin.add_operator(path, Operator(_FIRST, _FIRST, Role.ADMINISTRATOR, demo.DISTRICT))
    return path


def _importer(place: Place) -> str:
    """The first of a file's people who may import, an administrator before a shift leader.

    At a server it is whom its URL names.
    """
    if is_server(place):
        return login_for(place)
    able = [one for one in admin.operators(place) if one.is_active and _may_import(one.role)]
    if not able:
        raise Refused("import-nobody")
    return min(able, key=lambda one: one.role is not Role.ADMINISTRATOR).login


def _may_import(role: Role) -> bool:
    return role is not Role.SYSTEM and may("import_record", role, None)


@contextmanager
def _stoppable() -> Generator[Callable[[], bool]]:
    """Whether Ctrl+C was pressed meanwhile."""
    pressed: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: pressed.append(number))
    try:
        yield lambda: bool(pressed)
    finally:
        signal.signal(signal.SIGINT, before)


def _printed(words: Words) -> Callable[[int, int], None]:
    """Prints a line at each tenth part."""
    told: set[int] = set()

    def progress(done: int, total: int) -> None:
        if (tenth := done * 10 // max(1, total)) not in told:
            told.add(tenth)
            print(words.say("cli.import.progress", done=done, total=total), flush=True)

    return progress


def _now() -> datetime:
    return datetime.fromtimestamp(time.time(), UTC)


def _tell(report: ImportReport, words: Words) -> None:
    key = "cli.import.would" if report.is_dry_run else "cli.import.done"
    numbers = {name: getattr(report, name) for name in ("rows", "imported", "already", "rejected")}
    print(words.say(key, file=report.file, encoding=report.encoding, left=report.left, **numbers))
    print(words.say("cli.import.time", seconds=report.seconds, pace=_pace(report)))
    samples = {one.code: one for one in report.samples}
    for code, count in report.reasons:
        why = words.say(f"reject.{code}", **samples[code].facts)
        print(words.say("cli.import.reason", why=why, count=count, line=samples[code].line))
    for one in report.findings:
        _tell_finding(one, words)
    if report.unused_columns:
        print(words.say("cli.import.unused", columns=words.join(report.unused_columns)))
    if report.rejects_file is not None:
        print(words.say("cli.import.rejects", path=str(report.rejects_file)))
    if report.ending is not Ending.FINISHED:
        away_because = away(report.code, words)
        print(words.say(f"cli.import.{report.ending.lower()}", code=away_because))


def _pace(report: ImportReport) -> float:
    return report.rows / max(report.seconds, 0.001)


def _tell_finding(one: Finding, words: Words) -> None:
    what = words.say(f"finding.{one.code}")
    print(words.say("cli.import.finding", count=one.count, what=what))
    for name, count in one.names:
        print(words.say("cli.import.name", name=name, count=count))
