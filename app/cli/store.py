"""The `store` commands: make, upgrade, verify and look at a central store."""

from argparse import Namespace

from app.cli.places import setting
from app.cli.verifying import told, verified
from app.domain.refused import Refused
from app.domain.taxonomy import Directory
from app.domain.terms import Role
from app.services.queries import Operator
from app.services.scope import UNIT_ROLES
from db.central import admin
from ui.wording import Wording

_MEGA = 1024 * 1024


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
    "info": info,
    "people": people,
    "add": add,
}


def run(options: Namespace, words: Wording) -> int:
    """Do the action that was typed."""
    return _ACTIONS[options.action](options, words)
