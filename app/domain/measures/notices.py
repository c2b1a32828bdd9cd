"""Chapter 6, articles 28 and 29: what the reporter was told, by whom, and when telling is due."""

from app.domain.case import EXEMPT, Dossier, Notice, Row, Task
from app.domain.commands import Handle, RecordNotice
from app.domain.lengths import within
from app.domain.measures import guards
from app.domain.moment import Moment
from app.domain.refused import Refused

#: Notice types of the platform (P-sys): acceptance, handling, interim.
ACCEPTANCE, HANDLING, INTERIM = "1", "2", "96"
NOTICE_KINDS = (ACCEPTANCE, HANDLING, INTERIM)


def record_notice(wish: RecordNotice, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """A notice given to the reporter; a unit gives one only after signing (P-sys), nobody one of
    handling before there is something to handle.
    """
    if wish.notice_kind not in NOTICE_KINDS:
        raise Refused("stage-unknown", stage=wish.notice_kind)
    task = None if wish.task_id is None else guards.task(on, wish.task_id, moment)
    ready_to_notify(on, moment)
    if wish.notice_kind == HANDLING and (task is None or task.signed_at is None):
        raise Refused("handling-notice-early")
    text = guards.words(wish.text, "notice-missing")
    return (notice(wish.notice_kind, (guards.method(wish.method), text), on, moment, task),)


def ready_to_notify(on: Dossier, moment: Moment) -> None:
    """Raises Refused('not-signed') for a unit that has not signed."""
    if moment.actor.unit is not None and not _signed(on, moment.actor.unit):
        raise Refused("not-signed")


def _signed(on: Dossier, unit: str) -> bool:
    return any(task.unit == unit and task.signed_at is not None for task in on.tasks)


def notice(
    kind: str, told: tuple[str, str], on: Dossier, moment: Moment, task: Task | None = None
) -> Notice:
    """A notice kept as a record: `told` is how and what. That of a task is its unit's, whoever writes it."""
    method, text = told
    return Notice(
        id=moment.new_id(f"notice.{kind}"),
        district=on.case.district,
        case_id=on.case.id,
        status="RECORDED",
        task_id=task.id if task else None,
        kind=kind,
        method=method,
        text=within(text),
        made_at=moment.now,
        made_by=moment.actor.login,
        on_behalf=guards.on_behalf(task.unit, moment) if task else "",
    )


def on_record(task: Task, on: Dossier) -> Notice | None:
    """The handling notice of a task, or the exemption from it, since it was signed or last sent back."""
    since = task.rework_at or task.signed_at
    return next(
        (one for one in on.notices if since and _is_of(one, task) and one.made_at >= since), None
    )


def _is_of(one: Notice, task: Task) -> bool:
    return one.kind == HANDLING and one.status == "RECORDED" and one.task_id == task.id


def of_handling(wish: Handle, task: Task, on: Dossier, moment: Moment) -> tuple[Notice, ...]:
    """The notice given with the report, or why none is; without either one must be on record."""
    words = wish.notice.strip()
    if wish.method == EXEMPT:
        reason = guards.words(words, "exemption-reason-missing")
        return (notice(HANDLING, (EXEMPT, reason), on, moment, task),)
    if words:
        return (notice(HANDLING, (guards.method(wish.method), words), on, moment, task),)
    if on_record(task, on) is None:
        raise Refused("handling-notice-missing")
    return ()
