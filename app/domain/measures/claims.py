"""Claiming (认领): who of the centre deals with a case. It names a person and bars nobody from the work.

Not of the Measures: the centre's own order. A claim ends with the move that takes the case out of the
centre's hands (dispatch, closing, rework, refusal), and a leader may take it over from whoever has left.
"""

from dataclasses import replace

from app.domain.case import Case, Dossier, Row
from app.domain.commands import Claim, HandOver, Release, TakeOver
from app.domain.measures import guards
from app.domain.moment import Moment
from app.domain.refused import Refused
from app.domain.rules import IN_HAND


def ready_to_claim(on: Dossier, moment: Moment) -> None:
    """Raises Refused: claim-own-already, claim-of-another."""
    _not_own(on.case, moment)
    _not_of_another(on.case, moment)


def claim(_: Claim, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """Nobody has it: it is the actor's from now on."""
    ready_to_claim(on, moment)
    return (_held(on.case, moment),)


def ready_to_release(on: Dossier, moment: Moment) -> None:
    """Raises Refused: claim-of-nobody, claim-of-another."""
    _of_somebody(on.case)
    _not_of_another(on.case, moment)


def release(_: Release, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """Whoever has it lets it go; anybody may claim it again."""
    ready_to_release(on, moment)
    return (_free(on.case),)


def ready_to_take_over(on: Dossier, moment: Moment) -> None:
    """Raises Refused: claim-of-nobody, claim-own-already."""
    _of_somebody(on.case)
    _not_own(on.case, moment)


def take_over(wish: TakeOver, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """A leader has it from now on; the words tell the one who had it why."""
    ready_to_take_over(on, moment)
    guards.words(wish.reason, "words-missing")
    return (_held(on.case, moment),)


def hand_over(wish: HandOver, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """Whom a leader names has it from now on; where that relieves somebody else, he reads why."""
    guards.words(wish.holder, "person-missing")
    if wish.holder == on.case.holder:
        raise Refused("claim-theirs-already", holder=wish.holder)
    if on.case.holder not in ("", moment.actor.login):
        guards.words(wish.reason, "words-missing")
    return (replace(on.case, holder=wish.holder, held_at=moment.now),)


def ended(case: Case) -> Case:
    """The case without a claim where the centre does not have it in hand."""
    return case if case.status in IN_HAND or not case.holder else _free(case)


def _of_somebody(case: Case) -> None:
    if not case.holder:
        raise Refused("claim-of-nobody")


def _not_own(case: Case, moment: Moment) -> None:
    if case.holder == moment.actor.login:
        raise Refused("claim-own-already")


def _not_of_another(case: Case, moment: Moment) -> None:
    if case.holder not in ("", moment.actor.login):
        raise Refused("claim-of-another", holder=case.holder, at=case.held_at)


def _held(case: Case, moment: Moment) -> Case:
    return replace(case, holder=moment.actor.login, held_at=moment.now)


def _free(case: Case) -> Case:
    return replace(case, holder="", held_at=None)
