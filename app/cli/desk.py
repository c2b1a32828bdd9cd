"""The `desk` command: sit down at the central store named, or at the demonstration district."""

import asyncio
import os
from argparse import Namespace
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from sqlite3 import DatabaseError

from app.cli.learning import Learning
from app.cli.meeting import everybody, is_made_up
from app.cli.options import DEMO_CASES, DEMO_DAYS, DEMO_SEED
from app.cli.places import VERSION, demo_store, home
from app.cli.policy import Policy, policy
from app.cli.published import known_rules, rules_at
from app.cli.wiring import close_desk, open_desk
from app.domain.refused import Refused
from app.domain.terms import Role
from app.services.desk import Desk
from app.services.importing import Importer
from app.services.ports import Unreachable
from db.central.store import utc_now
from db.centre import Archive, is_there, key_of, open_archive
from db.places import Place, is_server
from resources.wrong import Wrong
from ui.entering import Progress
from ui.furnished import furnished
from ui.product import Complaint, Product
from ui.sentences import Words
from ui.start import run_desk

#: Who sits at the demonstration's desk until another person is chosen.
DEMO_LOGIN = "zhang.min"


def run(options: Namespace, _: Words) -> int:
    """Open the window; the stores follow behind it. Returns the program's exit code."""
    folder, rule = home(options), policy(os.environ)
    store: Place = options.store or demo_store(folder)
    product = Product(
        version=VERSION,
        reports=folder / "reports",
        is_demo=_is_made_up(store),
        complaints=[*map(_complaint, known_rules(store, folder).wrong), *rule.complaints],
        lock_after=rule.lock_after,
    )
    if is_server(store):
        return _at_server(folder, store, options, product, rule)
    return _at_file(folder, Path(store), options, product)


def _at_file(folder: Path, file: Path, options: Namespace, product: Product) -> int:
    learning = Learning(folder, file)

    def opened(loop: asyncio.AbstractEventLoop, progress: Progress) -> Desk:
        if options.store is None and not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            from app.cli.demo import make  # only the first start of all has to wait for it

            make(file, (DEMO_CASES, DEMO_DAYS, DEMO_SEED), progress)
        _check(file)
        login = options.login or _somebody(file)
        known = rules_at(file, folder, login).setting
        learning.meet(known.directory)
        return open_desk(folder, file, login, known, loop.call_soon_threadsafe)

    rooms = furnished(_importer(partial(open_archive, file)), (learning.ahead,))
    return run_desk(opened, close_desk, product, language=options.lang, rooms=rooms)


def _at_server(folder: Path, url: Place, options: Namespace, product: Product, rule: Policy) -> int:
    from app.cli.door import CentreDoor, logins_file  # a desk at a file has no door
    from db.outbox.logins import Logins
    from db.wallet import wallet

    logins = Logins(logins_file(folder), key_of(url), utc_now, rule.offline_for)
    door = CentreDoor(url, options.login, logins, wallet)
    learning = Learning(folder, url)

    def opened(loop: asyncio.AbstractEventLoop, _: Progress) -> Desk:
        door.enter()
        product.complaints.extend(door.complaints)
        at, login = door.place, door.login
        rules = rules_at(at, folder, login) if door.is_online else known_rules(at, folder)
        post = loop.call_soon_threadsafe
        learning.meet(rules.setting.directory)
        desk = open_desk(folder, at, login, rules.setting, post, guard=logins, passwords=door)
        desk.on_sync(door.hear)
        return desk

    def closed(desk: Desk) -> None:
        door.leave(desk.sync_state)
        close_desk(desk)

    def archive(login: str) -> Archive:
        return open_archive(door.place, login)

    rooms = furnished(_importer(archive), (learning.ahead,))
    return run_desk(opened, closed, product, language=options.lang, rooms=rooms, door=door)


def _importer(archive: Callable[[str], "Archive"]) -> Callable[[Desk], Importer]:
    """Takes files over into the store that `archive` opens for a login."""

    def importer(desk: Desk) -> Importer:
        from app.importing.importer import FileImporter  # its formats are not needed to see a list

        return FileImporter(lambda: closing(archive(desk.me.login)), desk.setting, utc_now)

    return importer


def _somebody(file: Path) -> str:
    """Who sits down when nobody is named: the demonstration's operator, or the only one who works here.

    Raises Refused: desk-nobody for a store that has no such person yet, desk-who when there are several;
    and Unreachable.
    """
    known = {one.login: one for one in everybody(file) if one.is_active}
    if DEMO_LOGIN in known:
        return DEMO_LOGIN
    working = [login for login, one in known.items() if one.role is not Role.ADMINISTRATOR]
    if not working:
        raise Refused("desk-nobody", path=str(file))
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
