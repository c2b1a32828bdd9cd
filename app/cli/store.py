"""The `store` commands: make, upgrade, verify and look at a central store, and count it anew."""

import sys
from argparse import Namespace
from uuid import uuid4

from app.cli import backing
from app.cli.places import setting
from app.cli.published import complaints_of, name_for, rules_here, text_of
from app.cli.secret import unlocked
from app.cli.verifying import complaints, told, verified
from app.domain.refused import Refused
from app.domain.taxonomy import Directory
from app.domain.terms import Role
from app.services.queries import Operator
from app.services.resettling import Resettler
from app.services.scope import UNIT_ROLES
from db import centre
from db.central.store import utc_now
from db.failures import failures as wrong_passwords
from db.failures import too_often
from db.places import file_of, is_server
from ui.sentences import Words

_MEGA = 1024 * 1024
#: The name of the place from which the system itself sends.
_DEVICE = "store"


def init(options: Namespace, words: Words) -> int:
    """`store init PLACE`."""
    made = centre.init(options.path, options.district, options.prefix, options.kind)
    print(words.say("cli.store.made", path=made))
    return 0


def upgrade(options: Namespace, words: Words) -> int:
    """`store upgrade PLACE`."""
    is_done, copy = centre.upgrade(options.path)
    if copy is not None:
        print(words.say("cli.store.upgraded", copy=str(copy)))
    else:
        print(words.say("cli.store.upgraded_server" if is_done else "cli.store.current"))
    return 0


def check(options: Namespace, words: Words) -> int:
    """`store verify PLACE`: 1 when anything is wrong."""
    found = rules_here(options.path, options)
    report = verified(options.path, found)
    for line in (*complaints(found.wrong, words), *told(report, options.path, words)):
        print(line)
    return 0 if report.is_sound else 1


def resettle(options: Namespace, words: Words) -> int:
    """`store resettle PLACE`: 1 when others kept moving cases meanwhile."""
    found = rules_here(options.path, options)
    if found.wrong:
        print(*complaints(found.wrong, words), sep="\n", file=sys.stderr)
        return 2
    with centre.as_the_system(options.path) as central:
        actor = central.operator().actor
        seat = central.seat_code(_DEVICE)
        done = Resettler(actor, seat, found.setting, utc_now, lambda: str(uuid4())).run(central)
    facts = {"cases": done.cases, "moved": done.moved}
    print(words.say("cli.store.resettled", calendar=found.setting.holidays.version, **facts))
    if done.left:
        print(words.say("cli.store.resettle_again", left=done.left), file=sys.stderr)
    return 1 if done.left else 0


def publish(options: Namespace, words: Words) -> int:
    """`store publish PLACE FILE`: 2 when the file is wrong; then nothing was published."""
    if not is_server(options.path):
        raise Refused("publish-beside", path=str(options.path))
    name, text = name_for(options.file), text_of(options.file)
    if wrong := tuple(complaints_of(options.path, name, text)):
        print(*complaints(wrong, words), sep="\n", file=sys.stderr)
        return 2
    number = centre.publish(options.path, name, text)
    print(words.say("cli.store.published", name=name, number=number))
    return 0


def info(options: Namespace, words: Words) -> int:
    """`store info PLACE`."""
    facts = centre.facts(options.path)
    print(
        words.say(
            "cli.store.info",
            path=str(file_of(options.path) or centre.key_of(options.path)),
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


def people(options: Namespace, words: Words) -> int:
    """`store people PLACE`."""
    for one in centre.operators(options.path):
        shown = {
            "login": one.login,
            "name": one.name,
            "role": str(one.role),
            "unit": one.unit or "",
        }
        print(words.say("cli.store.person", **shown))
    return 0


def failures(options: Namespace, words: Words) -> int:
    """`store failures PLACE`: what a supervisor should see of the last week: wrong passwords, looks beyond measure."""
    for at, seat, login, reason in wrong_passwords(options.path):
        count, since, until, locks, *place = reason.split(" ")
        facts = {"count": count, "since": since, "until": until, "locks": locks}
        where = {"by": seat, "at": at, "login": login or "?", "place": " ".join(place)}
        print(words.say("cli.store.failure", **facts, **where))
    for login, times in too_often(options.path):
        print(words.say("cli.store.looked_often", login=login, count=times))
    return 0


def add(options: Namespace, words: Words) -> int:
    """`store add-operator PLACE LOGIN NAME ROLE [--unit CODE]`."""
    new = Operator(options.login, options.name, Role(options.role), "", options.unit)
    if not new.name.strip():
        raise Refused("operator-name", login=new.login)
    _check_unit(new.login, new.role, new.unit, setting(file_of(options.path)).directory)
    password = centre.add_operator(options.path, new)
    print(words.say("cli.store.added", login=new.login))
    if password:
        print(words.say("cli.store.password", password=password))
    return 0


def move(options: Namespace, words: Words) -> int:
    """`store move PLACE LOGIN ROLE [--unit CODE]`."""
    who = (options.login, Role(options.role), options.unit)
    _check_unit(*who, setting(file_of(options.path)).directory)
    centre.move_operator(options.path, *who)
    print(words.say("cli.store.moved", login=options.login))
    return 0


def deactivate(options: Namespace, words: Words) -> int:
    """`store deactivate PLACE LOGIN`."""
    centre.deactivate(options.path, options.login)
    print(words.say("cli.store.deactivated", login=options.login))
    return 0


def password(options: Namespace, words: Words) -> int:
    """`store password PLACE LOGIN`: another first password for who forgot his."""
    if not is_server(options.path):
        raise Refused("password-none")
    made = centre.reset_password(options.path, options.login)
    print(words.say("cli.store.password_reset", login=options.login))
    print(words.say("cli.store.password", password=made))
    return 0


def _check_unit(login: str, role: Role, unit: str | None, directory: Directory) -> None:
    """What only the directory knows of a person's unit. Raises Refused."""
    if unit and role not in UNIT_ROLES:
        raise Refused("operator-unit-unwanted", login=login, role=str(role))
    if unit and all(unit != one.code for one in directory.units):
        raise Refused("operator-unit-unknown", unit=unit)


_ACTIONS = {
    "init": init,
    "upgrade": upgrade,
    "verify": check,
    "resettle": resettle,
    "publish": publish,
    "info": info,
    "people": people,
    "failures": failures,
    "add": add,
    "move": move,
    "deactivate": deactivate,
    "password": password,
    "backup": backing.backup,
    "restore": backing.restore,
}


def run(options: Namespace, words: Words) -> int:
    """Do the action that was typed, at a server as whom its URL names."""
    options.path = unlocked(options.path, options.password_file, words)
    return _ACTIONS[options.action](options, words)
