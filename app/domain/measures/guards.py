"""Checks that several chapters share: words present, codes known, the right unit, not one's own request."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from app.domain.case import Case, Dossier, Request, Task
from app.domain.lengths import within
from app.domain.moment import Moment
from app.domain.parts import whole_of
from app.domain.policy import Reason
from app.domain.refused import Refused
from app.domain.rules import CENTRE
from app.domain.taxonomy import Category, Unit
from app.domain.terms import CaseStatus, RequestKind, TaskStatus

_Thing = TypeVar("_Thing", Task, Request)
#: How a notice may be given (P-sys): by SMS, on record only, WeChat, telephone.
METHODS = ("SMS", "RECORD", "WECHAT", "PHONE")


def words(text: str, code: str) -> str:
    """`text` without surrounding blanks. Raises Refused(code) when nothing is left of it."""
    bare = text.strip()
    if not bare:
        raise Refused(code)
    return within(bare)


def reason(code: str, known: Iterable[Reason]) -> Reason:
    """The coded reason of the edition. Raises Refused('reason-unknown')."""
    found = next((one for one in known if one.code == code), None)
    if found is None:
        raise Refused("reason-unknown", reason=code)
    return found


def reasoned(text: str, reason: Reason) -> str:
    """The words beside a coded reason, where the edition asks for some. Raises Refused('words-missing')."""
    return words(text, "words-missing") if reason.needs_text else within(text.strip())


def method(code: str) -> str:
    """A known way to give notice. Raises Refused('method-unknown')."""
    if code not in METHODS:
        raise Refused("method-unknown", method=code)
    return code


def missing_for_filing(case: Case, moment: Moment) -> tuple[str, ...]:
    """What article 11 still asks for: of description-, address- and category-missing."""
    return tuple(_missing(case, moment))


def _missing(case: Case, moment: Moment) -> Iterator[str]:
    if not case.narrative.strip():
        yield "description-missing"
    if not (case.address.strip() and (case.street or case.community)):
        yield "address-missing"
    if moment.setting.directory.taxonomy.get(case.category) is None:
        yield "category-missing"


def own_reporter(case: Case) -> None:
    """The reporter of a part is put right with its report. Raises Refused('reporter-of-whole')."""
    if case.split_from is not None:
        raise Refused("reporter-of-whole", number=whole_of(case.number))


def place(street: str | None, community: str | None, moment: Moment) -> None:
    """Both of this district. Raises Refused('place-unknown')."""
    directory = moment.setting.directory
    for code, known in ((street, directory.street), (community, directory.community)):
        if code and not _is_known(known, code):
            raise Refused("place-unknown", place=code)


def together(street: str | None, community: str | None, moment: Moment) -> None:
    """The community is one of that street, where a person says both. Raises Refused('place-apart').

    Records of another system are taken over as they stood.
    """
    directory = moment.setting.directory
    if street and community and directory.community(community).street != street:
        raise Refused("place-apart", street=street, community=community)


def supplements(case_id: str, moment: Moment) -> None:
    """Only a refused case may be taken up again, and only so often as the edition that judged it says.

    Raises Refused: case-missing, supplement-only-refused, supplement-used-up.
    """
    matter = moment.matter
    if matter is None or matter.named.id != case_id:
        raise Refused("case-missing", case=case_id)
    if matter.named.status is not CaseStatus.REFUSED:
        raise Refused("supplement-only-refused", number=matter.named.number)
    most = moment.setting.policy(matter.named).number("filing.resubmissions_count")
    if len(matter.again) >= most:
        latest = matter.again[-1] if matter.again else matter.named
        raise Refused("supplement-used-up", number=latest.number, most=int(most))


def channel(code: str, moment: Moment) -> str:
    """A channel of the standard, or none. Raises Refused('channel-unknown')."""
    if code and not _is_known(moment.setting.directory.channel, code):
        raise Refused("channel-unknown", channel=code)
    return code


def _is_known(look_up: Callable[[str], object], code: str) -> bool:
    try:
        look_up(code)
    except KeyError:
        return False
    return True


def category(code: str, moment: Moment) -> Category:
    """The class of `code`. Raises Refused('category-unknown')."""
    found = moment.setting.directory.taxonomy.get(code)
    if found is None:
        raise Refused("category-unknown", category=code)
    return found


def track(case: Case, moment: Moment) -> str | None:
    """The unit to which all of a first-level class goes that is sensitive as a whole (党纪政纪); else None."""
    taxonomy = moment.setting.directory.taxonomy
    found = taxonomy.get(case.category)
    while found is not None and found.parent is not None:
        found = taxonomy.get(found.parent)
    return found.unit if found is not None and found.is_sensitive else None


def unit(code: str, moment: Moment) -> Unit:
    """The unit of `code`. Raises Refused('unit-unknown')."""
    if not _is_known(moment.setting.directory.unit, code):
        raise Refused("unit-unknown", unit=code)
    return moment.setting.directory.unit(code)


def holiday_table(moment: Moment) -> str:
    """The version of the holiday table by which a new case is counted."""
    known = moment.calendar
    return moment.setting.holidays.version if known is None else known


def task(dossier: Dossier, task_id: str, moment: Moment) -> Task:
    """The case's task, when the actor may act on it. Raises Refused('task-missing', 'not-your-unit')."""
    found = dossier.task(task_id)
    if found is None:
        raise Refused("task-missing")
    if moment.actor.unit is not None and found.unit != moment.actor.unit:
        raise Refused("not-your-unit", unit=found.unit)
    return found


def task_in(dossier: Dossier, task_id: str, moment: Moment, *states: TaskStatus) -> Task:
    """The same, where it stands in one of these states: a sister's state permits nothing."""
    found = task(dossier, task_id, moment)
    if found.status not in states:
        raise Refused("task-missing")
    return found


def tasks_at_hand(dossier: Dossier, moment: Moment, *states: TaskStatus) -> tuple[Task, ...]:
    """The live tasks in these states that the actor may act on.

    Raises Refused('not-your-unit') when only other units have such, 'task-missing' when nobody has.
    """
    fitting = [one for one in dossier.live_tasks if one.status in states]
    mine = tuple(one for one in fitting if moment.actor.unit in (None, one.unit))
    if fitting and not mine:
        raise Refused("not-your-unit", unit=fitting[0].unit)
    if not mine:
        raise Refused("task-missing")
    return mine


def free_at_hand(dossier: Dossier, moment: Moment, *states: TaskStatus) -> tuple[Task, ...]:
    """The same tasks, where none of them may wait for a decision.

    Raises Refused('already-open-request') when all that the actor might act on does, else as `tasks_at_hand`.
    """
    mine = [one for one in dossier.live_tasks if moment.actor.unit in (None, one.unit)]
    is_free = any(one.status in states for one in mine)
    if not is_free and any(dossier.open_request_of(one) for one in mine):
        raise Refused("already-open-request")
    return tasks_at_hand(dossier, moment, *states)


def one_of(those: Iterable[_Thing], check: Callable[[_Thing], object]) -> None:
    """Whether the check lets any of them, of which there is at least one, pass. Raises its first no otherwise."""
    noes: list[Refused] = []
    for one in those:
        try:
            check(one)
        except Refused as no:
            noes.append(no)
        else:
            return
    raise noes[0]


def free_task(dossier: Dossier, task_id: str, moment: Moment, *states: TaskStatus) -> Task:
    """The same as `task_in`. Raises Refused('already-open-request') while something about it waits for a decision."""
    if dossier.open_request_of(task(dossier, task_id, moment)) is not None:
        raise Refused("already-open-request")
    return task_in(dossier, task_id, moment, *states)


def open_request(dossier: Dossier, request_id: str, moment: Moment, kind: str) -> Request:
    """The request of that kind to decide. Raises Refused('request-missing', 'own-request')."""
    found = dossier.request(request_id)
    if found is None or found.status != "OPEN" or found.kind != kind:
        raise Refused("request-missing")
    of_another(found, moment)
    return found


def ready_to_decide(dossier: Dossier, moment: Moment) -> None:
    """Whether a return may be decided.

    Raises Refused('own-request') for whoever asked himself, 'request-missing' when nothing is asked.
    """
    found = [one for one in dossier.open_requests if one.kind == RequestKind.RETURN]
    if not found:
        raise Refused("request-missing")
    one_of(found, lambda one: of_another(one, moment))


def of_another(request: Request, moment: Moment) -> None:
    """Nobody decides what he asked for himself. Raises Refused('own-request')."""
    if request.asked_by == moment.actor.login:
        raise Refused("own-request")


def on_behalf(unit_code: str, moment: Moment) -> str:
    """The unit whose act the centre records for it; empty when the unit acts itself."""
    return unit_code if moment.actor.role in CENTRE else ""
