"""The `desk` command: sit down at the central store named, or at the demonstration district."""

import asyncio
from argparse import Namespace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from app.cli.demo import make
from app.cli.options import DEMO_CASES, DEMO_DAYS, DEMO_SEED
from app.cli.places import demo_store, home, setting
from app.cli.wiring import close_desk, open_desk
from app.domain.refused import Refused
from app.domain.terms import Role
from app.services.desk import Desk
from db.central import admin
from ui.main_window import Product
from ui.start import Progress, run_desk
from ui.wording import Wording

#: Who sits at the demonstration's desk until another person is chosen.
DEMO_LOGIN = "zhang.min"


def run(options: Namespace, _: Wording) -> int:
    """Open the window; the stores follow behind it. Returns the program's exit code."""
    folder = home(options)

    def opened(loop: asyncio.AbstractEventLoop, progress: Progress) -> Desk:
        store = options.store or _demonstration(folder, progress)
        login = options.login or _somebody(store)
        return open_desk(folder, store, login, setting(), loop.call_soon_threadsafe)

    product = Product(_version(), folder / "reports")
    return run_desk(opened, close_desk, product, language=options.lang)


def _somebody(store: Path) -> str:
    """Who sits down when nobody is named: the demonstration's operator, else the first who may work here.

    Raises Refused('desk-nobody') for a store that has no such person yet.
    """
    known = {one.login: one for one in admin.operators(store) if one.is_active}
    if DEMO_LOGIN in known:
        return DEMO_LOGIN
    working = [login for login, one in known.items() if one.role is not Role.ADMINISTRATOR]
    if not working:
        raise Refused("desk-nobody", path=str(store))
    return working[0]


def _demonstration(folder: Path, progress: Progress) -> Path:
    path = demo_store(folder)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        make(path, (DEMO_CASES, DEMO_DAYS, DEMO_SEED), progress)
    return path


def _version() -> str:
    try:
        return version("fenbo")
    except PackageNotFoundError:
        return "0.1.0"
