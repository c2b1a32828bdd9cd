"""The `demo` command: a central store with a made-up past."""

import time
from argparse import Namespace
from collections.abc import Callable
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from app.cli.places import demo_store, home, setting
from app.demo.build import Plan, build, people
from app.domain.refused import Refused
from app.services.ports import Central
from db.central import admin, info
from db.central.place import local_file
from db.central.sealing import key_path
from db.central.store import open_central
from db.opening import remove as remove_files
from ui.sentences import Words

DISTRICT, PREFIX = "440310", "SZPS"

Progress = Callable[[int, int], None]


def run(options: Namespace, words: Words) -> int:
    """Make the district unless it is there; `--fresh` makes it anew."""
    path = local_file(options.store) if options.store else demo_store(home(options))
    if options.fresh:
        _clear(path)
    if path.exists():
        print(words.say("cli.demo.there", path=str(path)))
        return 0
    plan = (options.cases, options.days, options.seed)
    taken = make(path, plan, _printed(words))
    print(words.say("cli.demo.built", cases=options.cases, commands=taken, path=str(path)))
    return 0


def _clear(path: Path) -> None:
    """Room for another store; a key whose store is somewhere else stays, under the date of today."""
    if path.exists():
        _only_made_up(path)
        remove(path)
    elif (key := key_path(path)).exists():
        key.rename(key.with_name(f"{key.name}.{_now():%Y%m%d-%H%M%S}"))


def _only_made_up(path: Path) -> None:
    """Refuse to throw away a store that does not call itself made up, or that took in real records."""
    with admin.opened(path) as link:
        if info.read(link).kind != "demo":
            raise Refused("demo-is-real", path=str(path))
        if link.row("SELECT 1 FROM batch"):
            raise Refused("demo-holds-imports", path=str(path))


def _printed(words: Words) -> Progress:
    """Prints a line at each tenth part."""
    told: set[int] = set()

    def progress(done: int, total: int) -> None:
        if (tenth := done * 10 // max(1, total)) not in told:
            told.add(tenth)
            print(words.say("cli.demo.building", done=done, total=total), flush=True)

    return progress


def make(path: Path, plan: tuple[int, int, int], progress: Progress) -> int:
    """A demonstration store at `path`: (cases, days, seed), ending now. Returns commands taken.

    Built under another name and moved when whole, so that a broken-off start leaves no half store.
    Raises Refused where a key lies without its store: written over, it would make that store unreadable.
    """
    if key_path(path).exists():
        raise Refused("demo-store-gone", path=str(path), key=str(key_path(path)))
    cases, days, seed = plan
    half = path.with_name(f"half-made-{path.name}")
    remove(half)
    admin.init(half, DISTRICT, PREFIX, "demo")
    taken = _fill(half, Plan(cases, days, _now(), seed, DISTRICT), progress)
    key_path(half).rename(key_path(path))
    half.rename(path)
    return taken


def remove(path: Path) -> None:
    """Remove a store of which nothing is worth keeping, its key included."""
    remove_files(path)
    key_path(path).unlink(missing_ok=True)


def _now() -> datetime:
    return datetime.fromtimestamp(time.time(), UTC).replace(microsecond=0)


def _fill(path: Path, plan: Plan, progress: Progress) -> int:
    rules = setting(path)
    for person in people(rules, plan):
        admin.add_operator(path, person)
    with ExitStack() as stack:

        @cache
        def centre(login: str) -> Central:
            return stack.enter_context(closing(open_central(path, login)))

        return build(plan, rules, centre, progress)
