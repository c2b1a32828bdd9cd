"""What the rule table permits for a case as it stands: the question every screen asks."""

from collections.abc import Iterable, Iterator

from app.domain.case import GRANTED, Case, Dossier
from app.domain.coordinations import live
from app.domain.emergencies import is_emergency
from app.domain.interims import is_dangerous
from app.domain.rules import LEADERS, Rule, rules_of
from app.domain.terms import Grade, Nature, Role, TaskStatus


def may(kind: str, role: Role, dossier: Dossier | None) -> bool:
    """Whether the table lets `role` do `kind` to a case as it stands."""
    rows = [rule for rule in rules_of(kind, role) if not rule.beside]
    needed = [rule for rule in rows if rule.least > 0 or _is_of_the_case(rule)]
    tables = {rule.table for rule in needed}
    return bool(tables) and all(_ready(needed, table, dossier) for table in tables)


def _is_of_the_case(rule: Rule) -> bool:
    """The case must stand right also where it need not be touched."""
    return rule.table == "case_file" and not rule.is_insert


def _ready(rules: Iterable[Rule], table: str, dossier: Dossier | None) -> bool:
    mine = [rule for rule in rules if rule.table == table]
    if any(rule.is_insert for rule in mine) and all(rule.is_insert for rule in mine):
        return dossier is not None or table == "case_file"
    moves = {rule.before for rule in mine if not rule.is_insert}
    return dossier is not None and any(state in moves for state in _states(dossier, table))


def _states(dossier: Dossier, table: str) -> list[str]:
    rows = {
        "case_file": (dossier.case,),
        "task": dossier.live_tasks,
        "request": dossier.requests,
        "verification": dossier.verifications,
        "interim": dossier.interims,
        "notice": dossier.notices,
        "visit": dossier.visits,
        "coordination": dossier.coordinations,
        "warning": dossier.warnings,
    }
    return [str(row.status) for row in rows.get(table, ())]


def offers(kind: str, role: Role, dossier: Dossier, login: str = "") -> bool:
    """Whether a screen should offer it to `login`: permitted, and not out of the question for such a case."""
    vain = (
        *_vain(dossier.case),
        *_parts(dossier),
        *_held(dossier.case, login),
        *_to_decide(dossier, role, login),
        *_told(dossier),
        *_coordinated(dossier),
    )
    is_anothers = kind == "see_reporter" and not _may_see(dossier, login)
    return may(kind, role, dossier) and kind not in vain and not is_anothers


def _may_see(dossier: Dossier, login: str) -> bool:
    """Leave to look is one person's alone."""
    return any(one.asked_by == login and one.status == GRANTED for one in dossier.requests)


def _to_decide(dossier: Dossier, role: Role, login: str) -> Iterator[str]:
    """A leader decides on what others ask; he withdraws only what he asked himself."""
    asked = dossier.open_requests
    if role in LEADERS and asked and all(one.asked_by != login for one in asked):
        yield "withdraw_request"


def _coordinated(dossier: Dossier) -> Iterator[str]:
    """While a case is coordinated nothing else decides on what led there; it is coordinated once at a time.

    It falls back while nobody leads, or from one on whom it fell that has not signed.
    """
    if live(dossier) is not None:
        yield from ("approve_return", "refuse_return", "open_coordination", "fall_back")
    lead = dossier.lead
    if lead is not None and not (lead.fallback and lead.status is TaskStatus.PENDING_SIGN):
        yield "fall_back"


def _told(dossier: Dossier) -> Iterator[str]:
    """Only what is sent can be kept from leaving."""
    if all(one.leaves_at is None for one in dossier.notices):
        yield "call_back_notice"


def _held(case: Case, login: str) -> Iterator[str]:
    """What nobody holds is claimed, one lets go of his own, and takes over another's."""
    if case.holder:
        yield "claim"
    if case.holder != login or not login:
        yield "release"
    if case.holder in ("", login):
        yield "take_over"


def _parts(dossier: Dossier) -> Iterator[str]:
    """A case is dispatched to who leads while nobody does; others are asked to assist who leads."""
    yield "add_assist" if dossier.lead is None else "dispatch"


def _vain(case: Case) -> Iterator[str]:
    """Thanks are never dispatched, nothing else is commended; no grade is above A or below C.

    Only emergencies are reported step by step, and only where there is danger something is done at once.
    """
    if not case.members:
        yield "unmerge"
    if case.split_from is not None:
        yield "split"
    if not is_dangerous(case):
        yield "order_interim"
    if not is_emergency(case):
        yield "report_progress"
    if case.nature is Nature.THANKS:
        yield from ("file", "dispatch")
    else:
        yield "commend"
    if case.grade is min(Grade):
        yield "raise_grade"
    if case.grade is max(Grade):
        yield "lower_grade"
