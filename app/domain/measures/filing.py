"""Chapter 2, article 11: verification, filing, and declining to file with reason, words and notice."""

from dataclasses import replace

from app.domain.case import Dossier, Row, Verification
from app.domain.commands import AskVerification, File, Refuse, ReportVerification
from app.domain.lengths import short, within
from app.domain.measures import guards
from app.domain.measures.guards import missing_for_filing
from app.domain.measures.notices import notice
from app.domain.moment import Moment
from app.domain.refused import Refused
from app.domain.rules import CENTRE
from app.domain.terms import CaseStatus, Nature, Role

#: The notice that a report is not filed (不予立案告知), which none of the platform's types stands for.
DECLINED = "DECLINED"
#: The ground that only a grid officer's finding can support, once he was asked.
NOT_TRUE = "NOT_TRUE"


def ask_verification(wish: AskVerification, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """A grid officer is asked to look; the filing clock waits for him."""
    short(officer=wish.officer)
    asked = Verification(
        id=moment.new_id("verification"),
        district=on.case.district,
        case_id=on.case.id,
        status="OPEN",
        officer=wish.officer,
        question=within(wish.question.strip()),
        asked_at=moment.now,
        asked_by=moment.actor.login,
    )
    return (replace(on.case, status=CaseStatus.VERIFYING), asked)


def report_verification(wish: ReportVerification, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """What the grid officer found; only a true report may then be filed."""
    asked = on.open_verification
    if asked is None or on.case.status is not CaseStatus.VERIFYING:
        raise Refused("request-missing")
    ready_to_report(on, moment)
    short(officer=wish.officer)
    found = replace(
        asked,
        status="TRUE" if wish.is_true else "UNTRUE",
        finding=guards.words(wish.finding, "words-missing"),
        reported_at=moment.now,
        reported_by=moment.actor.login,
        on_behalf=_told_by(asked.officer or wish.officer, moment),
    )
    return (found,)


def ready_to_report(on: Dossier, moment: Moment) -> None:
    """Raises Refused('not-your-look') when another grid officer was asked."""
    asked = on.open_verification
    is_officer = moment.actor.role is Role.GRID_OFFICER
    if asked is not None and is_officer and asked.officer not in ("", moment.actor.login):
        raise Refused("not-your-look", officer=asked.officer)


def _told_by(officer: str, moment: Moment) -> str:
    """The officer whose word the centre writes down; empty when he writes himself."""
    if moment.actor.role not in CENTRE:
        return ""
    return guards.words(officer, "officer-missing")


def file(_: File, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """Filed when the description is complete, the address clear and the class in the standard."""
    ready_to_file(on, moment)
    return (replace(on.case, status=CaseStatus.FILED, filed_at=moment.now),)


def ready_to_file(on: Dossier, moment: Moment) -> None:
    """Raises Refused: thanks-not-dispatched, verification-open, verified-untrue, filing-incomplete."""
    if on.case.nature is Nature.THANKS:
        raise Refused("thanks-not-dispatched")
    _verified_true(on)
    missing = missing_for_filing(on.case, moment)
    if missing:
        raise Refused("filing-incomplete", missing=missing)


def _verified_true(on: Dossier) -> None:
    _nobody_is_looking(on)
    if on.verifications and on.verifications[-1].status == "UNTRUE":
        raise Refused("verified-untrue")


def refuse(wish: Refuse, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """Not filed: one of the ten reasons, in words, and the reporter is told."""
    reason = guards.reason(wish.reason, moment.setting.policy(on.case).refusal_reasons)
    ready_to_refuse(on, moment)
    _ground_holds(wish.reason, on)
    text = guards.reasoned(wish.text, reason)
    told = guards.words(wish.notice, "notice-missing")
    case = replace(
        on.case,
        status=CaseStatus.REFUSED,
        refused_at=moment.now,
        refusal_reason=wish.reason,
        refusal_text=text,
    )
    return (case, notice(DECLINED, (guards.method(wish.method), told), on, moment))


def ready_to_refuse(on: Dossier, _: Moment) -> None:
    """Raises Refused('verification-open')."""
    _nobody_is_looking(on)


def _nobody_is_looking(on: Dossier) -> None:
    if on.open_verification is not None:
        raise Refused("verification-open")


def _ground_holds(code: str, on: Dossier) -> None:
    if code == NOT_TRUE and not any(one.status == "UNTRUE" for one in on.verifications):
        raise Refused("not-verified-untrue")
