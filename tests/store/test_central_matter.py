"""A refused case is taken up again only by who has the whole of its matter before his eyes."""

from app.domain.effects import Reliance, Set, insertion
from app.services.envelope import Envelope
from app.services.ports import Answer
from db.central import feed
from db.central.matter import _SUPPLEMENTING
from tests.store.town import Town, everybody, wire


def refused(town: Town) -> tuple[str, str]:
    """A refused case and the command that refused it."""
    case_id, base = town.register()
    values = {"status": "REFUSED", "stage": "ENDED", "refusal_reason": "NO_DEMAND"}
    at = {"refused_at": wire(town.clock.now)}
    move = Set("case_file", case_id, {**values, **at}, base)
    notice = town.blank("notice", case_id, kind="1", method="SMS", text="告知")
    return case_id, town.done(town.envelope("li", "refuse", case_id, move, notice))


def taken_back(town: Town, refusal: tuple[str, str]) -> Envelope:
    case_id, base = refusal
    values = {"status": "REGISTERED", "stage": "FILING", "refused_at": None, "refusal_reason": None}
    rows = feed.children(town.link, everybody()[0], [{"id": case_id}])
    papers = [Set(table, str(row["id"]), {"status": "WITHDRAWN"}, base) for table, row in rows]
    effects = (Set("case_file", case_id, values, base), *papers)
    return town.envelope("li", "undo.refuse", case_id, *effects, undoes=base)


def supplement(town: Town, named: str, *relied: tuple[str, str], actor: str = "li") -> Envelope:
    case = town.case(supplements=named)
    relies = tuple(Reliance("case_file", *one) for one in relied)
    return town.envelope(actor, "register", case.id, insertion(case), relies_on=relies)


def said(answer: Answer) -> tuple[str, str]:
    return answer.status, answer.why


def test_a_refused_case_in_hand_is_taken_up_again(town: Town):
    first = refused(town)
    assert town.send(supplement(town, first[0], first)).status == "done"


def test_nothing_is_linked_to_a_case_that_is_not_relied_on(town: Town):
    first, other = refused(town), refused(town)
    for relied in ((), (other,)):
        assert said(town.send(supplement(town, first[0], *relied))) == ("denied", "supplement")


def test_only_a_refused_case_is_taken_up_again(town: Town):
    open_ = town.register()
    assert said(town.send(supplement(town, open_[0], open_))) == ("denied", "supplement")


def test_a_case_that_is_nowhere_or_elsewhere_reads_the_same(town: Town):
    assert town.send(supplement(town, "nowhere", ("nowhere", "x"))).status == "missing"


def test_a_case_that_moved_meanwhile_is_a_conflict(town: Town):
    first = refused(town)
    wish = supplement(town, first[0], first)
    town.done(taken_back(town, first))
    assert said(town.send(wish)) == ("conflict", "relied-on")


def test_of_two_who_take_it_up_at_once_one_hears_of_the_other(town: Town):
    first = refused(town)
    mine = supplement(town, first[0], first)
    theirs = supplement(town, first[0], first, actor="mei")
    assert town.send(theirs).status == "done"
    answer = town.send(mine)
    assert said(answer) == ("conflict", "supplemented")
    assert answer.facts is not None
    assert [row["id"] for _, row in answer.facts["rows"]] == [theirs.case_id]
    assert {line["cmd_id"] for line in answer.facts["since"]} == {theirs.cmd_id}


def test_the_store_asks_for_the_whole_matter_and_leaves_the_counting_to_the_measures(town: Town):
    first = refused(town)
    second = supplement(town, first[0], first)
    town.done(second)
    whole = (first, (second.case_id, second.cmd_id))
    assert said(town.send(supplement(town, first[0], first))) == ("conflict", "supplemented")
    assert town.send(supplement(town, first[0], *whole)).status == "done"


def test_a_refusal_that_was_built_on_is_not_taken_back(town: Town):
    first = refused(town)
    town.done(supplement(town, first[0], first))
    assert said(town.send(taken_back(town, first))) == ("conflict", "taken-up")


def test_what_takes_up_a_case_is_found_by_an_index(sqlite_town: Town):
    plan = sqlite_town.link.rows(f"EXPLAIN QUERY PLAN {_SUPPLEMENTING}", ("x",))
    assert "ix_case_file_supplements" in plan[0][3]
