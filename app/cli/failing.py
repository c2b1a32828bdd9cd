"""What could not be done, in words, and for whoever mends it a report with the way it went wrong."""

import errno
import logging
import sqlite3
from argparse import Namespace
from contextlib import suppress
from pathlib import Path

from app.cli.places import NAME, home, version
from app.domain.refused import Refused
from app.services.ports import Unreachable
from resources.wrong import Wrong
from ui.wording import Wording

#: What a command may end with that is told in a sentence; everything else is a bug of ours.
EXPECTED = (Refused, Unreachable, Wrong, OSError, sqlite3.DatabaseError)

Expected = Refused | Unreachable | Wrong | OSError | sqlite3.DatabaseError


def told(trouble: Expected, options: Namespace, words: Wording) -> str:
    """The sentence; where the machine or a file is at fault, with the report of it in a second line."""
    if isinstance(trouble, Refused):
        return words.say("cli.refused", why=words.refused(trouble))
    if isinstance(trouble, Unreachable):
        return words.say("cli.unreachable", code=away(trouble.code, words))
    lines = [words.say("cli.refused", why=_why(trouble, words))]
    if path := _reported(trouble, options):
        lines.append(words.say("cli.report", path=str(path)))
    return "\n".join(lines)


def away(code: str, words: Wording) -> str:
    """Why the centre is out of reach, in words where we have them."""
    key = f"frame.unopened.{code}"
    return words.say(key) if words.knows(key) else code


def _why(trouble: Wrong | OSError | sqlite3.DatabaseError, words: Wording) -> str:
    match trouble:
        case Wrong():
            why = words.say(f"wrong.{trouble.expected}", **trouble.facts)
            return words.say("cli.shipped", why=why)
        case OSError():
            facts = {"path": str(trouble.filename or ""), "why": _system(trouble, words)}
            return words.say("cli.file", **facts)
        case _ if _is_no_store(trouble):
            return words.say("frame.unopened.store-damaged")
        case _:
            return words.say("cli.database", why=str(trouble))


def _system(trouble: OSError, words: Wording) -> str:
    """What the machine says, in words where we have them."""
    key = f"cli.errno.{errno.errorcode.get(trouble.errno or 0, '')}"
    return words.say(key) if words.knows(key) else trouble.strerror or str(trouble)


def _is_no_store(trouble: sqlite3.DatabaseError) -> bool:
    """A file that is no database or damaged, or a database of something else."""
    code = getattr(trouble, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    return code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_ERROR)


def _reported(trouble: Exception, options: Namespace) -> Path | None:
    """The report's path; None where the seat's folder cannot be written either."""
    from ui.stories import story
    from ui.trouble import Trouble

    logging.getLogger(NAME).addHandler(logging.NullHandler())  # it is told below, once
    with suppress(OSError):
        return Trouble(home(options) / "reports", version()).report(story(trouble))
    return None
