"""Checks that several chapters share: words present, codes known, the right unit, not one's own request."""

from app.domain.case import Dossier, Request, Task
from app.domain.moment import Moment
from app.domain.refused import Refused
from app.domain.rules import CENTRE
from app.domain.taxonomy import Category, Unit

#: A narrative longer than this is a document to attach, not a report (characters).
LONGEST_TEXT = 20_000
#: How a notice may be given (P-sys): by SMS, on record only, WeChat, telephone.
METHODS = ("SMS", "RECORD", "WECHAT", "PHONE")


def words(text: str, code: str) -> str:
    """`text` without surrounding blanks. Raises Refused(code) when nothing is left of it."""
    bare = text.strip()
    if not bare:
        raise Refused(code)
    return within(bare)


def within(text: str) -> str:
    """`text` when it is short enough. Raises Refused('text-too-long')."""
    if len(text) > LONGEST_TEXT:
        raise Refused("text-too-long", length=len(text), most=LONGEST_TEXT)
    return text


def method(code: str) -> str:
    """A known way to give notice. Raises Refused('method-unknown')."""
    if code not in METHODS:
        raise Refused("method-unknown", method=code)
    return code


def category(code: str, moment: Moment) -> Category:
    """The class of `code`. Raises Refused('category-unknown')."""
    found = moment.setting.directory.taxonomy.get(code)
    if found is None:
        raise Refused("category-unknown", category=code)
    return found


def unit(code: str, moment: Moment) -> Unit:
    """The unit of `code`. Raises Refused('unit-unknown')."""
    try:
        return moment.setting.directory.unit(code)
    except KeyError:
        raise Refused("unit-unknown", unit=code) from None


def task(dossier: Dossier, task_id: str, moment: Moment) -> Task:
    """The case's task, when the actor may act on it. Raises Refused('task-missing', 'not-your-unit')."""
    found = dossier.task(task_id)
    if found is None:
        raise Refused("task-missing")
    if moment.actor.unit is not None and found.unit != moment.actor.unit:
        raise Refused("not-your-unit", unit=found.unit)
    return found


def open_request(dossier: Dossier, request_id: str, moment: Moment) -> Request:
    """The request to decide. Raises Refused('request-missing', 'own-request')."""
    found = dossier.request(request_id)
    if found is None or found.status != "OPEN":
        raise Refused("request-missing")
    if found.asked_by == moment.actor.login:
        raise Refused("own-request")
    return found


def on_behalf(unit_code: str, moment: Moment) -> str:
    """The unit whose act the centre records for it; empty when the unit acts itself."""
    return unit_code if moment.actor.role in CENTRE else ""
