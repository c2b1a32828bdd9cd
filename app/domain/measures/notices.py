"""Chapter 6, articles 28 and 29: what the reporter was told, by whom, and when telling is due."""

from dataclasses import replace

from app.domain.case import EXEMPT, Case, Dossier, Notice, Row, Task
from app.domain.commands import CallBackNotice, Handle, RecordNotice
from app.domain.holding import CALLED_BACK, RECORDED, SENT, UNREACHED, held, leaves_at
from app.domain.lengths import within
from app.domain.measures import guards
from app.domain.moment import Moment
from app.domain.parts import is_split, whole_of
from app.domain.refused import Refused

#: Notice types of the platform (P-sys): acceptance, handling, interim.
ACCEPTANCE, HANDLING, INTERIM = "1", "2", "96"
NOTICE_KINDS = (ACCEPTANCE, HANDLING, INTERIM)
#: Who called in vain goes on calling so often before he writes.
_CALLS = "notice.phone_attempts_count"


def record_notice(wish: RecordNotice, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """A notice given to the reporter; a unit gives one only after signing (P-sys), nobody one of
    handling before there is something to handle. A call in vain is kept beside, and tells nothing.
    """
    if wish.notice_kind not in NOTICE_KINDS:
        raise Refused("stage-unknown", stage=wish.notice_kind)
    task = None if wish.task_id is None else guards.task(on, wish.task_id, moment)
    ready_to_notify(on, moment)
    _told_by_whole(wish, on)
    is_handled = task is not None and task.signed_at is not None
    if wish.notice_kind == HANDLING and not (is_handled or _is_closed_with_another(on)):
        raise Refused("handling-notice-early")
    method = way(wish.method, on, moment, (wish.notice_kind, task))
    if wish.is_missed:
        return (_missed(wish, on, moment, task),)
    text = guards.words(wish.text, "notice-missing")
    return (notice(wish.notice_kind, (method, text), on, moment, task),)


def _told_by_whole(wish: RecordNotice, on: Dossier) -> None:
    """One reporter is told of one acceptance. Raises Refused('told-by-whole') for a part's own."""
    if on.case.split_from is not None and wish.notice_kind == ACCEPTANCE:
        raise Refused("told-by-whole", number=whole_of(on.case.number))


def _missed(wish: RecordNotice, on: Dossier, moment: Moment, task: Task | None) -> Notice:
    """Raises Refused('missed-by-phone'): nothing but a call can be missed."""
    if wish.method != "PHONE":
        raise Refused("missed-by-phone")
    made = notice(wish.notice_kind, (wish.method, wish.text.strip()), on, moment, task)
    return replace(made, id=moment.new_id("notice.missed"), status=UNREACHED)


def way(code: str, on: Dossier, moment: Moment, what: tuple[str, Task | None]) -> str:
    """How this notice (its kind, and the task it is about) is given.

    Raises Refused: method-unknown, phone-attempts while too few calls were made of those that were begun.
    """
    guards.method(code)
    least = int(moment.setting.policy(on.case).number(_CALLS))
    tried = calls_in_vain(on, *what)
    if code in SENT and 0 < tried < least:
        raise Refused("phone-attempts", tried=tried, least=least)
    return code


def reachable(method: str, case: Case) -> None:
    """Nobody knows where to call or write to a person without name. Raises Refused('anonymous-record-only')."""
    if case.is_anonymous and method not in ("RECORD", EXEMPT):
        raise Refused("anonymous-record-only")


def calls_in_vain(on: Dossier, kind: str, task: Task | None) -> int:
    """How often the reporter was called for this notice, about this task, and did not answer."""
    about = task.id if task else None
    tried = (one for one in on.notices if one.status == UNREACHED)
    return sum((one.kind, one.task_id) == (kind, about) for one in tried)


def _is_closed_with_another(on: Dossier) -> bool:
    """What was done to the case that it follows, or to its parts, is told to its own reporter too."""
    is_with_others = on.case.merged_into is not None or is_split(on.case)
    return is_with_others and on.case.closed_at is not None


def ready_to_notify(on: Dossier, moment: Moment) -> None:
    """Raises Refused('not-signed') for a unit that has not signed."""
    if moment.actor.unit is not None and not _signed(on, moment.actor.unit):
        raise Refused("not-signed")


def _signed(on: Dossier, unit: str) -> bool:
    return any(task.unit == unit and task.signed_at is not None for task in on.tasks)


def notice(
    kind: str, told: tuple[str, str], on: Dossier, moment: Moment, task: Task | None = None
) -> Notice:
    """A notice kept as a record: `told` is how and what. That of a task is its unit's, whoever writes it.

    Raises Refused('anonymous-record-only').
    """
    method, text = told
    reachable(method, on.case)
    return Notice(
        id=moment.new_id(f"notice.{kind}"),
        district=on.case.district,
        case_id=on.case.id,
        status=RECORDED,
        task_id=task.id if task else None,
        kind=kind,
        method=method,
        text=within(text),
        made_at=moment.now,
        made_by=moment.actor.login,
        on_behalf=guards.on_behalf(task.unit, moment) if task else "",
        leaves_at=leaves_at(method, moment.setting.policy(on.case), moment.now),
    )


def ready_to_call_back(on: Dossier, moment: Moment) -> None:
    """Raises Refused: notice-not-held, not-your-unit."""
    held_at_hand(on, moment)


def held_at_hand(on: Dossier, moment: Moment) -> tuple[Notice, ...]:
    """What has not left yet and the actor may call back, the next to leave in front."""
    waiting = tuple(held(on, moment.now))
    mine = tuple(one for one in waiting if moment.actor.unit in (None, on.unit_of(one.task_id)))
    if waiting and not mine:
        raise Refused("not-your-unit", unit=on.unit_of(waiting[0].task_id))
    if not mine:
        raise Refused("notice-not-held")
    return mine


def call_back_notice(wish: CallBackNotice, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """It does not leave, and has told nobody anything: what asked for a notice asks for it again."""
    mine = held_at_hand(on, moment)
    found = next((one for one in mine if one.id == wish.notice_id), None)
    if found is None:
        raise Refused("notice-not-held")
    back = replace(found, status=CALLED_BACK, called_back_at=moment.now)
    return (replace(back, called_back_by=moment.actor.login),)


def on_record(task: Task, on: Dossier) -> Notice | None:
    """The handling notice of a task, or the exemption from it, since it was signed or last sent back."""
    since = task.rework_at or task.signed_at
    return next(
        (one for one in on.notices if since and _is_of(one, task) and one.made_at >= since), None
    )


def _is_of(one: Notice, task: Task) -> bool:
    return one.kind == HANDLING and one.status == RECORDED and one.task_id == task.id


def all_told(on: Dossier, moment: Moment) -> None:
    """Nothing is closed before the reporter was told of every handling, and what told him has left.

    Raises Refused: closure-untold, notice-held.
    """
    for task in on.live_tasks:
        told = on_record(task, on)
        if told is None:
            raise Refused("closure-untold", unit=task.unit)
        if told in held(on, moment.now):
            raise Refused("notice-held", until=told.leaves_at)


def of_handling(wish: Handle, task: Task, on: Dossier, moment: Moment) -> tuple[Notice, ...]:
    """The notice given with the report, or why none is; without either one must be on record."""
    words = wish.notice.strip()
    if wish.method == EXEMPT:
        reason = guards.words(words, "exemption-reason-missing")
        return (notice(HANDLING, (EXEMPT, reason), on, moment, task),)
    if words:
        told = way(wish.method, on, moment, (HANDLING, task)), words
        return (notice(HANDLING, told, on, moment, task),)
    if on_record(task, on) is None:
        raise Refused("handling-notice-missing")
    return ()
