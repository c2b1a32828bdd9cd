"""The password of who keeps a centre or imports into it: from a file, from what PostgreSQL knows, or typed unseen."""

import getpass
import os
import stat
import sys
from pathlib import Path

from app.domain.refused import Refused
from db.centre import parted, ring
from db.places import Place, Unlocked, is_server
from ui.sentences import Words

#: A person at a terminal may mistype so often.
_TRIES = 3
_ASKED = ("login-needed", "login-wrong")


def unlocked(place: Place, file: Path | None, words: Words, login: str = "") -> Place:
    """The place with what opens it for `login`, or else for whom it names; a file has no lock.

    Blocking. Raises Refused: password-idle, password-file-open, password-file-empty, password-needed, login-wrong and
    more; Unreachable and OSError.
    """
    if not is_server(place):
        if file is not None:
            raise Refused("password-idle", path=str(place))
        return place
    way, said = parted(place, login)
    if said:
        print(words.say("cli.password.in_url"), file=sys.stderr)
    if file is not None:
        said = _read(file)
    way.password = said
    return way if said else _asked(way, words)


def _read(file: Path) -> str:
    """The first line of a file that only its owner reads."""
    if os.name == "posix" and file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise Refused("password-file-open", path=str(file))
    first, _, _ = file.read_text("utf-8-sig", errors="strict").partition("\n")
    if not first.rstrip("\r"):
        raise Refused("password-file-empty", path=str(file))
    return first.rstrip("\r")


def _asked(way: Unlocked, words: Words) -> Unlocked:
    """As PostgreSQL's own files and environment have it; where they do not, whoever sits at the terminal is asked."""
    for _ in range(_TRIES):
        no = _refusal(way)
        if no is None:
            return way
        if not sys.stdin.isatty():
            raise Refused("password-needed", login=way.login) if no.code == "login-needed" else no
        if no.code == "login-wrong":
            print(words.refused(no), file=sys.stderr)
        way.password = getpass.getpass(words.say("cli.password.ask", login=way.login))
    if no := _refusal(way):
        raise no
    return way


def _refusal(way: Unlocked) -> Refused | None:
    """What a password may change; everything else is raised."""
    try:
        ring(way, way.login)
    except Refused as no:
        if no.code not in _ASKED:
            raise
        return no
    return None
