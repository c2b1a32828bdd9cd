"""What could not be done, in words, and for whoever mends it a report with the way it went wrong."""

import errno
import logging
import sqlite3
from argparse import Namespace
from contextlib import suppress
from pathlib import Path

from app.cli.places import NAME, VERSION, home
from app.domain.refused import Refused
from app.services.ports import Unreachable
from resources.wrong import Wrong
from ui.sentences import Words

#: What a command may end with that is told in a sentence; everything else is a bug of ours.
EXPECTED = (Refused, Unreachable, Wrong, OSError, sqlite3.DatabaseError)

#: What SQLite says (primary result code), by the end of our sentence's key.
_DATABASE = {
    sqlite3.SQLITE_NOTADB: "store-damaged",
    sqlite3.SQLITE_CORRUPT: "store-damaged",
    sqlite3.SQLITE_ERROR: "store-damaged",  # a database, but of something else
    sqlite3.SQLITE_BUSY: "store-busy",
    sqlite3.SQLITE_LOCKED: "store-busy",
    sqlite3.SQLITE_IOERR: "store-disk",
    sqlite3.SQLITE_FULL: "store-full",
    sqlite3.SQLITE_READONLY: "store-read-only",
    sqlite3.SQLITE_CANTOPEN: "store-not-there",
}

Expected = Refused | Unreachable | Wrong | OSError | sqlite3.DatabaseError


def told(trouble: Expected, options: Namespace, words: Words) -> str:
    """The sentence; where the machine or a file is at fault, with the report of it in a second line."""
    if isinstance(trouble, Refused):
        return words.say("cli.refused", why=words.refused(trouble))
    if isinstance(trouble, Unreachable):
        return words.say("cli.unreachable", code=away(trouble.code, words))
    lines = [words.say("cli.refused", why=_why(trouble, words))]
    if path := _reported(trouble, options):
        lines.append(words.say("cli.report", path=str(path)))
    return "\n".join(lines)


def away(code: str, words: Words) -> str:
    """Why the centre is out of reach, in words where we have them."""
    key = f"frame.unopened.{code}"
    return words.say(key) if words.knows(key) else code


def _why(trouble: Wrong | OSError | sqlite3.DatabaseError, words: Words) -> str:
    match trouble:
        case Wrong():
            why = words.say(f"wrong.{trouble.expected}", **trouble.facts)
            return words.say("cli.shipped", why=why)
        case OSError():
            facts = {"path": str(trouble.filename or ""), "why": _system(trouble, words)}
            return words.say("cli.file", **facts)
        case _:
            code = getattr(trouble, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
            key = _DATABASE.get(code)
            why = str(trouble)
            return words.say(f"frame.unopened.{key}") if key else words.say("cli.database", why=why)


def _system(trouble: OSError, words: Words) -> str:
    """What the machine says, in words where we have them."""
    key = f"cli.errno.{errno.errorcode.get(trouble.errno or 0, '')}"
    return words.say(key) if words.knows(key) else trouble.strerror or str(trouble)


def _reported(trouble: Exception, options: Namespace) -> Path | None:
    """The report's path; None where the seat's folder cannot be written either."""
    from ui.stories import story
    from ui.trouble import Trouble

    logging.getLogger(NAME).addHandler(logging.NullHandler())  # it is told below, once
    with suppress(OSError):
        return Trouble(home(options) / "reports", VERSION).report(story(trouble))
    return None
