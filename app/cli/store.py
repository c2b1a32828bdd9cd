"""The `store` commands: make, upgrade, verify and look at a central store, and count it anew."""

import sys
from argparse import Namespace
from contextlib import closing
from uuid import uuid4

from app.cli.places import rules, setting
from app.cli.verifying import complaints, told, verified
from app.domain.refused import Refused
from app.domain.taxonomy import Directory
from app.domain.terms import Role
from app.services.queries import Operator
from app.services.resettling import Resettler
from app.services.scope import UNIT_ROLES
from db.central import admin
from db.central.store import open_central, utc_now
from ui.wording import Wording

_MEGA = 1024 * 1024
#: The name of the place from which the system itself sends.
_DEVICE = "store"


def init(options: Namespace, words: Wording) -> int:
    """`store init PATH`."""
    path = admin.init(options.path, options.district, options.prefix, options.kind)
    print(words.say("cli.store.made", path=str(path)))
    return 0


def upgrade(options: Namespace, words: Wording) -> int:
    """`store upgrade PATH`."""
    copy = admin.upgrade(options.path)
    print(
        words.say("cli.store.upgraded", copy=str(copy)) if copy else words.say("cli.store.current")
    )
    return 0


def check(options: Namespace, words: Wording) -> int:
    """`store verify PATH`: 1 when anything is wrong."""
    report = verified(options.path)
    for line in told(report, options.path, words):
        print(line)
    return 0 if report.is_sound else 1


def resettle(options: Namespace, words: Wording) -> int:
    """`store resettle PATH`: 1 when others kept moving cases meanwhile."""
    found = rules(options.path)
    if found.wrong:
        print(*complaints(found, words), sep="\n", file=sys.stderr)
        return 2
    actor = admin.system(options.path).actor
    with closing(open_central(options.path, actor.login)) as central:
        seat = central.seat_code(_DEVICE)
        done = Resettler(actor, seat, found.setting, utc_now, lambda: str(uuid4())).run(central)
    facts = {"cases": done.cases, "moved": done.moved}
    print(words.say("cli.store.resettled", calendar=found.setting.holidays.version, **facts))
    if done.left:
        print(words.say("cli.store.resettle_again", left=done.left), file=sys.stderr)
    return 1 if done.left else 0


def info(options: Namespace, words: Wording) -> int:
    """`store info PATH`."""
    facts = admin.facts(options.path)
    print(
        words.say(
            "cli.store.info",
            path=str(options.path),
            kind=facts.info.kind,
            district=facts.info.district,
            prefix=facts.info.prefix,
            schema=facts.info.schema_version,
            commands=facts.commands,
            cases=facts.cases,
            operators=facts.operators,
            size=round(facts.size / _MEGA, 1),
        )
    )
    return 0


def people(options: Namespace, words: Wording) -> int:
    """`store people PATH`."""
    for one in admin.operators(options.path):
        shown = {
            "login": one.login,
            "name": one.name,
            "role": str(one.role),
            "unit": one.unit or "",
        }
        print(words.say("cli.store.person", **shown))
    return 0


def add(options: Namespace, words: Wording) -> int:
    """`store add-operator PATH LOGIN NAME ROLE [--unit CODE]`."""
    district = admin.facts(options.path).info.district
    new = Operator(options.login, options.name, Role(options.role), district, options.unit)
    _check_person(new, setting(options.path).directory)
    admin.add_operator(options.path, new)
    print(words.say("cli.store.added", login=new.login))
    return 0


def _check_person(new: Operator, directory: Directory) -> None:
    """What only the directory knows of a new person. Raises Refused."""
    if not new.name.strip():
        raise Refused("operator-name", login=new.login)
    if new.unit and new.role not in UNIT_ROLES:
        raise Refused("operator-unit-unwanted", login=new.login, role=str(new.role))
    if new.unit and all(new.unit != unit.code for unit in directory.units):
        raise Refused("operator-unit-unknown", unit=new.unit)


_ACTIONS = {
    "init": init,
    "upgrade": upgrade,
    "verify": check,
    "resettle": resettle,
    "info": info,
    "people": people,
    "add": add,
}


def run(options: Namespace, words: Wording) -> int:
    """Do the action that was typed."""
    return _ACTIONS[options.action](options, words)
