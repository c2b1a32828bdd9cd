"""Special commands against one another, decided at two seats on the same sight: one wins, or both hold.

All of it takes minutes: here are a few of every scene, tests/soak has the whole.
"""

from functools import partial
from itertools import permutations
from random import Random

import pytest

from app.cli.verifying import decided_again
from app.domain.case import TABLE_OF
from app.domain.commands import kind_of
from app.domain.effects import wire_of
from app.domain.folding import rows_of
from app.domain.refused import Refused
from app.domain.terms import Role
from db.central.rows import find
from db.central.verify import verify_link
from tests.store.office import SCENES, SETTING, Office
from tests.store.town import Town
from ui.wording import Wording

pytestmark = [pytest.mark.article(18, 19), pytest.mark.slow]
#: What the matrix is about.
SPECIAL = frozenset(
    {"merge", "unmerge", "split", "unsplit", "dispatch", "add_assist", "redispatch", "sign"}
    | {"handle", "close", "order_rework", "reopen", "void", "resume", "ask_return"}
    | {"approve_return", "refuse_return", "ask_extension", "ask_suspension", "ask_staged"}
    | {"ask_cancel", "approve_request", "refuse_request", "withdraw_request", "log_blocker"}
    | {"fall_back", "open_coordination", "convene_coordination", "rule_coordination"}
)
#: So many pairs of each scene are tried in the suite.
SOME = 2


def as_kept(office: Office) -> dict:
    """Every row that the office knows, as the store has it."""
    each = (row for on in office.cases.values() for row in rows_of(on))
    return {
        key: find(office.town.link, key) for row in each for key in [(TABLE_OF[type(row)], row.id)]
    }


def agrees(office: Office) -> None:
    """The store has what was decided, no more and no less, but for what it stamps itself."""
    for on in office.cases.values():
        for row in rows_of(on):
            kept = find(office.town.link, (TABLE_OF[type(row)], row.id))
            assert kept is not None
            said = {name: one for name, one in wire_of(row).items() if name != "reporter_key"}
            assert {name: kept[name] for name in said} == said


def meets(office: Office, first, second, words: Wording) -> tuple[str, str]:
    """Both decided on the same sight, one after the other; how it went for the second."""
    one, two = first.make(), second.make()
    mine, theirs = office.decides(one, first.who), office.decides(two, second.who)
    told = f"{mine.kind} by {first.who.login}, then {theirs.kind} by {second.who.login}"
    answer = office.sends(mine)
    assert answer.status == "done", (told, answer)
    before = as_kept(office)
    answer = office.sends(theirs)
    if answer.status == "done":
        return "both", told
    assert as_kept(office) == before, told
    if (
        answer.status == "missing"
    ):  # of a unit whose case it was: not yours reads the same as not there
        assert second.who.unit is not None, (told, answer)
        return "gone", told
    assert (answer.status, answer.why) in (("conflict", "base"), ("conflict", "relied-on")), (
        told,
        answer,
    )
    assert answer.facts is not None
    assert mine.cmd_id in {line["cmd_id"] for line in answer.facts["since"]}, told
    return again(office, two, second.who, words), told


def again(office: Office, wish, who, words: Wording) -> str:
    """On what it sees now the seat decides anew: that holds, or its no has words."""
    anew = decided(office, wish, who)
    if isinstance(anew, Refused):
        assert words.refusal(anew.code, anew.facts)
        assert not words.missing
        return "explained"
    answer = office.sends(anew)
    assert answer.status == "done", (anew.kind, answer)
    return "anew"


def decided(office: Office, wish, who):
    try:
        return office.decides(wish, who)
    except Refused as no:
        return no


def tried(town: Town, name: str, most: int | None = None) -> dict[str, str]:
    """How it went with every two deeds of a scene in either order, or with so many of these."""
    office, words = Office(town), Wording("zh")
    every = list(permutations(range(len(SCENES[name](office))), 2))
    seen: dict[str, str] = {}
    for first, second in (
        every if most is None else Random(name).sample(every, min(most, len(every)))
    ):
        office.cases.clear()  # of the next pair nobody need look through the last
        deeds = SCENES[name](office)
        how, told = meets(office, deeds[first], deeds[second], words)
        seen[told] = how
        agrees(office)
    replay = partial(decided_again, SETTING)
    assert verify_link(town.link, town.sealer, replay).findings == ()
    return seen


@pytest.mark.parametrize("name", SCENES)
def test_of_two_at_once_one_wins_or_both_hold_and_nothing_is_half_done(town: Town, name: str):
    assert tried(town, name, SOME)


def test_every_special_command_is_in_the_matrix(sqlite_town: Town):
    office = Office(sqlite_town)
    kinds = {kind_of(deed.make()) for scene in SCENES.values() for deed in scene(office)}
    assert kinds >= SPECIAL, SPECIAL - kinds
    roles = {deed.who.role for scene in SCENES.values() for deed in scene(office)}
    assert {Role.OPERATOR, Role.SHIFT_LEADER, Role.UNIT_HANDLER} <= roles
