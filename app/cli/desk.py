"""The `desk` command: sit down at the central store named, or at the demonstration district."""

import asyncio
import os
from argparse import Namespace
from contextlib import closing
from functools import partial
from sqlite3 import DatabaseError

from app.cli.meeting import everybody, is_made_up
from app.cli.options import DEMO_CASES, DEMO_DAYS, DEMO_SEED
from app.cli.places import demo_store, home, version
from app.cli.policy import policy
from app.cli.published import known_rules, rules_at
from app.cli.wiring import close_desk, open_desk
from app.domain.refused import Refused
from app.domain.terms import Role
from app.importing.importer import FileImporter
from app.services.desk import Desk
from app.services.ports import Unreachable
from db.central.store import utc_now
from db.centre import is_there, login_for, open_archive
from db.places import Place, file_of, is_server
from resources.wrong import Wrong
from ui.product import Complaint, Product
from ui.start import Progress, run_desk
from ui.wording import Wording

#: Who sits at the demonstration's desk until another person is chosen.
DEMO_LOGIN = "zhang.min"


def run(options: Namespace, _: Wording) -> int:
    """Open the window; the stores follow behind it. Returns the program's exit code."""
    folder = home(options)
    store: Place = options.store or demo_store(folder)
    file = file_of(store)

    def opened(loop: asyncio.AbstractEventLoop, progress: Progress) -> Desk:
        if options.store is None and file is not None and not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            from app.cli.demo import make  # only the first start of all has to wait for it

            make(file, (DEMO_CASES, DEMO_DAYS, DEMO_SEED), progress)
        _check(store)
        login = options.login or _somebody(store)
        known = rules_at(store, folder, login).setting
        return open_desk(folder, store, login, known, loop.call_soon_threadsafe)

    def importer(desk: Desk) -> FileImporter:
        archive = partial(open_archive, store)
        return FileImporter(lambda: closing(archive(desk.me.login)), desk.setting, utc_now)

    rule = policy(os.environ)
    product = Product(
        version=version(),
        reports=folder / "reports",
        is_demo=_is_made_up(store),
        complaints=(*map(_complaint, known_rules(store, folder).wrong), *rule.complaints),
        lock_after=rule.lock_after,
    )
    return run_desk(opened, close_desk, product, language=options.lang, importer=importer)


def _somebody(store: Place) -> str:
    """Who sits down when nobody is named: the demonstration's operator, or the only one who works here.

    At a server it is whom its URL names.
    Raises Refused: desk-nobody for a store that has no such person yet, desk-who when there are several;
    and Unreachable.
    """
    if is_server(store):
        return login_for(store)
    known = {one.login: one for one in everybody(store) if one.is_active}
    if DEMO_LOGIN in known:
        return DEMO_LOGIN
    working = [login for login, one in known.items() if one.role is not Role.ADMINISTRATOR]
    if not working:
        raise Refused("desk-nobody", path=str(store))
    if len(working) > 1:
        raise Refused("desk-who", people=tuple(working))
    return working[0]


def _is_made_up(store: Place) -> bool:
    """Whether the store says so itself; one that is still to be made will, one that is silent does not."""
    if not is_there(store):
        return True
    try:
        return is_made_up(store)
    except (Unreachable, DatabaseError):
        return False


def _check(store: Place) -> None:
    """Raises Unreachable('store-damaged') for a file that is no central store; one that is away may come back."""
    try:
        is_made_up(store)
    except DatabaseError as error:
        raise Unreachable("store-damaged") from error
    except Unreachable:
        return


def _complaint(wrong: Wrong) -> Complaint:
    """A file of the centre's own that could not be taken, as the screen tells it."""
    return Complaint(f"wrong.{wrong.expected}", wrong.facts)
