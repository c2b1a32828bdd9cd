"""Chapter 2, articles 4 to 9: taking reports in, writing them down, classing and grading them."""

from dataclasses import replace
from datetime import datetime

from app.domain.bases import rebased, relimited
from app.domain.calendar import local_date
from app.domain.case import OPEN_TASKS, Attachment, Case, Commendation, Dossier, Note, Row, Task
from app.domain.clocks import ClockState
from app.domain.commands import (
    AddNote,
    Amend,
    Attach,
    Classify,
    Commend,
    ImportRecord,
    LowerGrade,
    RaiseGrade,
    Register,
    Void,
)
from app.domain.deadlines import ledgers
from app.domain.lengths import portable, short, within
from app.domain.measures import guards
from app.domain.measures.guards import missing_for_filing
from app.domain.measures.photos import BEFORE_AND_AFTER, FILE_STAGES, is_picture
from app.domain.moment import Moment
from app.domain.refused import Refused
from app.domain.rules import LEADERS
from app.domain.terms import CaseStatus, Clock, Grade, Nature, TaskStatus

#: A title made from the narrative is at most this long (characters).
TITLE_LENGTH = 30
#: What of a case `Amend` replaces as it is given.
_AMENDED = (
    *("title", "narrative", "address", "street", "community", "nature"),
    *("channel", "keep_secret", "safety_hazard"),
)
#: What an imported record's source says of it, and the state it is taken over in.
OUTCOMES = {
    "REGISTERED": CaseStatus.REGISTERED,
    "OPEN": CaseStatus.FILED,
    "DISPATCHED": CaseStatus.DISPATCHED,
    "CLOSED_ON_TIME": CaseStatus.CLOSED_ON_TIME,
    "CLOSED_OVERDUE": CaseStatus.CLOSED_OVERDUE,
    "COMMENDED": CaseStatus.COMMENDED,
}


def register(wish: Register, _: Dossier | None, moment: Moment) -> tuple[Case]:
    """A report goes on the books. Only something to read or hear is needed; filing checks the rest."""
    if not (wish.narrative.strip() or wish.title.strip()):
        raise Refused("description-missing")
    if wish.supplements is not None:
        guards.supplements(wish.supplements, moment)
    case = _new_case(wish, moment, moment.now)
    return (
        replace(
            case,
            grade=min(wish.grade or Grade.C, _usual_grade(wish.category, moment)),
            keep_secret=wish.keep_secret,
            safety_hazard=wish.safety_hazard,
            supplements=wish.supplements,
        ),
    )


def import_record(wish: ImportRecord, _: Dossier | None, moment: Moment) -> tuple[Row, ...]:
    """Another system's record as it stood there: no closing time, deadline or words are invented."""
    status = OUTCOMES[wish.outcome]
    short(source_ref=wish.source_ref)
    case = replace(
        _new_case(wish, moment, wish.occurred_at),
        status=status,
        grade=_usual_grade(wish.category, moment),
        source_ref=wish.source_ref,
        batch=wish.batch,
        historical=True,
    )
    if wish.unit is None or status in (CaseStatus.REGISTERED, CaseStatus.FILED):
        return (case,)
    if status is CaseStatus.COMMENDED:
        return (case, _commendation(case, wish.unit, wish.occurred_at, moment))
    return (case, _adopted_task(case, wish.unit, moment))


def _adopted_task(case: Case, unit: str, moment: Moment) -> Task:
    open_ = case.status is CaseStatus.DISPATCHED
    return Task(
        id=moment.new_id("task"),
        district=case.district,
        case_id=case.id,
        status=TaskStatus.SIGNED if open_ else TaskStatus.DONE,
        unit=guards.unit(unit, moment).code,
        dispatched_at=case.registered_at,
        dispatched_by=moment.actor.login,
    )


def _new_case(wish: Register | ImportRecord, moment: Moment, at: datetime) -> Case:
    judged = moment.setting.editions.judging(local_date(at))
    narrative, reporter = within(wish.narrative.strip()), wish.reporter
    short(title=wish.title.strip(), address=wish.address.strip())
    short(name=reporter.name, phone=reporter.phone, id_number=reporter.id_number)
    guards.place(wish.street, wish.community, moment)
    if isinstance(wish, Register):
        guards.together(wish.street, wish.community, moment)
    return Case(
        id=moment.case_id or moment.new_id("case"),
        district=moment.actor.district,
        number=moment.number,
        status=CaseStatus.REGISTERED,
        title=wish.title.strip() or title_of(narrative),
        narrative=narrative,
        nature=wish.nature,
        category=wish.category and guards.category(wish.category, moment).code,
        channel=guards.channel(wish.channel, moment),
        address=wish.address.strip(),
        street=wish.street,
        community=wish.community,
        reporter_masked=reporter.name,
        phone_masked=reporter.phone,
        is_anonymous=reporter.is_empty,
        edition=judged.policy.stamp,
        by_analogy=judged.by_analogy,
        calendar=guards.holiday_table(moment),
        batch=moment.batch,
        historical=moment.is_past or moment.batch is not None,
        registered_at=at,
        registered_by=moment.actor.login,
    )


def title_of(narrative: str) -> str:
    """The first clause of a narrative, cut to TITLE_LENGTH."""
    first = narrative.split("\n", 1)[0]
    for stop in "。！？；!?;":
        first = first.split(stop, 1)[0]
    return first if len(first) <= TITLE_LENGTH else first[: TITLE_LENGTH - 1] + "…"


def _usual_grade(category: str | None, moment: Moment) -> Grade:
    found = moment.setting.directory.taxonomy.get(category)
    return found.grade if found is not None and found.grade is not None else Grade.C


def amend(wish: Amend, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """What was misheard is put right; the log keeps what stood there before."""
    given = {name: getattr(wish, name) for name in _AMENDED if getattr(wish, name) is not None}
    case = _corrected_person(wish, replace(on.case, **given))
    case = replace(case, street=case.street or None, community=case.community or None)
    if wish.without_class:
        case = replace(case, category=None)
    guards.channel(case.channel, moment)
    short(title=case.title.strip(), address=case.address.strip())
    guards.place(case.street, case.community, moment)
    if (case.street, case.community) != (on.case.street, on.case.community):
        guards.together(case.street, case.community, moment)
    missing = missing_for_filing(case, moment)
    if missing and case.status is CaseStatus.FILED:
        raise Refused("filing-incomplete", missing=missing)
    if "narrative" in given:
        guards.words(case.narrative, "description-missing")
    return (replace(case, title=case.title.strip() or title_of(case.narrative)),)


def _corrected_person(wish: Amend, case: Case) -> Case:
    """The masks of what was put right; they may read as before, so `restated` says them all the same."""
    short(name=wish.name or "", phone=wish.phone or "", id_number=wish.id_number or "")
    name = case.reporter_masked if wish.name is None else wish.name
    phone = case.phone_masked if wish.phone is None else wish.phone
    if not restated(wish):
        return case
    guards.own_reporter(case)
    is_anonymous = not (name or phone or wish.id_number)
    return replace(case, reporter_masked=name, phone_masked=phone, is_anonymous=is_anonymous)


def restated(wish: object) -> frozenset[str]:
    """Fields of the case that a command says anew though their masks may be the same: what is sealed is not."""
    if not isinstance(wish, Amend):
        return frozenset()
    named = wish.name is not None or wish.id_number is not None
    names = {"reporter_masked"} if named else set[str]()
    return frozenset(names | ({"phone_masked"} if wish.phone is not None else set[str]()))


def classify(wish: Classify, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """A class of the standard, at any level; a more urgent class raises the grade, none lowers it."""
    chosen = guards.category(wish.category, moment)
    graded = rebased(on.case, moment.now, grade=min(on.case.grade, chosen.grade or Grade.C))
    return _relimited(on, replace(graded, category=chosen.code), moment)


def raise_grade(wish: RaiseGrade, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """More urgent: anyone at the centre may say so."""
    if wish.grade >= on.case.grade:
        raise Refused("grade-not-higher", grade=str(wish.grade), now=str(on.case.grade))
    within(wish.reason)
    return _relimited(on, rebased(on.case, moment.now, grade=wish.grade), moment)


def lower_grade(wish: LowerGrade, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """Less urgent: the shift leader's or director's word, with a reason."""
    if wish.grade <= on.case.grade:
        raise Refused("grade-not-lower", grade=str(wish.grade), now=str(on.case.grade))
    guards.words(wish.reason, "words-missing")
    return _relimited(on, rebased(on.case, moment.now, grade=wish.grade), moment)


def _relimited(on: Dossier, case: Case, moment: Moment) -> tuple[Row, ...]:
    """The case, and its unfinished tasks with the limit that class and grade now give them.

    A task taken over from elsewhere has no limit, and is given none. Whose limit has run out keeps it,
    unless a leader decides otherwise.
    """
    open_tasks = (task for task in on.live_tasks if task.status in OPEN_TASKS)
    anew = [(task, relimited(task, case, moment.setting, moment.now)) for task in open_tasks]
    kept = {task.id for task, _ in anew if _is_breached(task, on, moment)}
    may_lift = moment.actor.role in LEADERS
    return (case, *(other for task, other in anew if may_lift or task.id not in kept))


def _is_breached(task: Task, on: Dossier, moment: Moment) -> bool:
    own = (one for one in ledgers(on, moment.setting) if one.clock is Clock.K5)
    running = (one for one in own if one.about == task.id and not one.matter)
    return any(one.state(moment.now) is ClockState.BREACHED for one in running)


def commend(wish: Commend, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """Thanks are passed on to the unit named (表扬件) and never dispatched."""
    if on.case.nature is not Nature.THANKS:
        raise Refused("commend-only-thanks")
    thanks = replace(on.case, narrative=wish.text.strip() or on.case.narrative)
    note = _commendation(thanks, wish.unit, moment.now, moment)
    return (replace(on.case, status=CaseStatus.COMMENDED, closed_at=moment.now), note)


def _commendation(case: Case, unit: str, at: datetime, moment: Moment) -> Commendation:
    return Commendation(
        id=moment.new_id("commendation"),
        district=case.district,
        case_id=case.id,
        status="RECORDED",
        unit=guards.unit(unit, moment).code,
        text=within(case.narrative),
        made_at=at,
        made_by=moment.actor.login,
    )


def add_note(wish: AddNote, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """A remark; it changes nothing else and conflicts with nothing."""
    return (
        Note(
            id=moment.new_id("note"),
            district=on.case.district,
            case_id=on.case.id,
            status="RECORDED",
            text=guards.words(wish.text, "words-missing"),
            made_at=moment.now,
            made_by=moment.actor.login,
        ),
    )


def attach(wish: Attach, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """A file joins the case; its name is for show, its bytes lie under their own digest."""
    if wish.stage not in FILE_STAGES:
        raise Refused("stage-unknown", stage=wish.stage)
    short(file_name=wish.name, digest=wish.digest)
    if not wish.digest or portable(wish.size) <= 0:
        raise Refused("attachment-missing")
    if wish.stage in BEFORE_AND_AFTER and not is_picture(wish.name):
        raise Refused("not-a-picture", name=wish.name)
    if wish.task_id is not None:
        guards.task(on, wish.task_id, moment)
    return (
        Attachment(
            id=moment.new_id("attachment"),
            district=on.case.district,
            case_id=on.case.id,
            status="RECORDED",
            task_id=wish.task_id,
            stage=wish.stage,
            name=wish.name,
            digest=wish.digest,
            size=wish.size,
            made_at=moment.now,
            made_by=moment.actor.login,
        ),
    )


def void(wish: Void, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """Registered by mistake: the number stays on the books, with the reason."""
    reason = guards.words(wish.reason, "words-missing")
    case = replace(on.case, status=CaseStatus.VOID, closed_at=moment.now, closure_text=reason)
    return (case,)
