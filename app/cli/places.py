"""Where a desk keeps its files, and the Measures it opens with."""

from argparse import Namespace
from functools import cache
from pathlib import Path

from platformdirs import user_data_path

from app.domain.moment import Setting
from resources.holidays import load_holidays
from resources.loading import load_directory, load_editions

#: The desk's own folder inside the user's data folder.
NAME = "fenbo"


def home(options: Namespace) -> Path:
    """The seat's folder, made when missing."""
    folder: Path = options.home or user_data_path(NAME, appauthor=False)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def demo_store(folder: Path) -> Path:
    """The demonstration district's central store."""
    return folder / "demo" / "central.db"


@cache
def setting() -> Setting:
    """The shipped Measures, the district's directory and the holidays. Raises resources.Wrong."""
    return Setting(load_editions(), load_directory(), load_holidays())
