"""`store backup` and `store restore`: what is kept, what it is called, and what its keeper reads of it."""

from argparse import Namespace
from collections.abc import Iterator
from datetime import datetime

from app.cli.calendars import KEPT as CALENDARS_KEPT
from app.cli.calendars import TABLE
from app.cli.places import KEPT
from db import centre
from db.backups import Held
from db.central.store import utc_now
from db.outbox.store import RETAINED
from db.places import is_server
from ui.sentences import Words

#: What lies beside a file and is the centre's own.
BESIDE = (TABLE, "policy", KEPT, CALENDARS_KEPT)


def backup(options: Namespace, words: Words) -> int:
    """`store backup PLACE FOLDER`."""
    held = centre.back_up(options.path, options.folder, BESIDE)
    print(words.say("cli.store.backed_up", folder=str(options.folder)))
    print(*_ends(held, words), words.say("cli.store.keep_apart"), sep="\n")
    return 0


def restore(options: Namespace, words: Words) -> int:
    """`store restore PLACE FOLDER [--replace]`."""
    held, passwords = centre.restore(options.path, options.folder, BESIDE, replace=options.replace)
    print(words.say("cli.store.restored", place=centre.key_of(options.path)))
    print(*_ends(held, words), sep="\n")
    days = (utc_now() - datetime.fromisoformat(held.made_at)).days
    if days >= RETAINED.days:
        print(words.say("cli.store.old_backup", days=days, kept=RETAINED.days))
    for login, password in passwords.items():
        print(words.say("cli.store.login_made", login=login, password=password))
    after = "server" if is_server(options.path) else "file"
    print(words.say(f"cli.store.after_restore.{after}"))
    return 0


def _ends(held: Held, words: Words) -> Iterator[str]:
    """Where its feeds end, to be compared with what the seats and the shift's handover know."""
    for end in held.ends:
        yield words.say("cli.store.end", feed=end.feed, seq=end.seq, hash=end.hash or "-")
