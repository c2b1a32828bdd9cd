"""What told the reporter something is taken back only until its notice has left."""

from datetime import timedelta

import pytest

from app.domain.case import TABLE_OF
from app.domain.commands import Handle, Refuse, kind_of
from app.domain.effects import wire_of
from app.domain.folding import rows_of
from app.domain.refused import Refused
from app.services.envelope import Envelope
from app.services.local import Entry
from app.services.undoing import undo
from tests.graphs import Graph, unit_person
from tests.kit import someone

pytestmark = pytest.mark.article(28)


def rows(graph):
    """Every row by table and id."""
    each = (row for on in graph.cases.values() for row in rows_of(on))
    return {(TABLE_OF[type(row)], row.id): wire_of(row) for row in each}


def done(graph, wish, who):
    """The command as its seat keeps it."""
    befores = rows(graph)
    cmd_id = graph.moment(wish, who).cmd_id
    decision = graph.does(wish, who)
    envelope = Envelope(
        cmd_id=cmd_id,
        kind=kind_of(wish),
        actor=who.login,
        seat="0A1",
        district=who.district,
        case_id=wish.case_id,
        wish={},
        effects=decision.effects,
        claimed_at=graph.now,
    )
    keys = [(one.table, one.id) for one in decision.effects]
    kept = {key: befores.get(key) for key in keys}
    return Entry(envelope=envelope, body="", number="", befores=kept)


def refusing(graph, method):
    case_id = graph.registered()
    wish = Refuse(
        case_id=case_id, reason="NO_DEMAND", text="无诉求", notice="不予立案", method=method
    )
    return done(graph, wish, someone()), someone()


def handling(graph, method):
    case_id = graph.at_work()
    task = graph.task(case_id)
    wish = Handle(case_id=case_id, task_id=task, result="好", notice="已修好", method=method)
    return done(graph, wish, unit_person()), unit_person()


@pytest.mark.parametrize("deed", [refusing, handling])
def test_until_it_has_left_and_not_with_that_instant(deed):
    graph = Graph()
    entry, who = deed(graph, "SMS")
    last = graph.now + timedelta(seconds=30)
    undo(entry, who.role, rows(graph), last - timedelta(microseconds=1))
    with pytest.raises(Refused, match="undo-told"):
        undo(entry, who.role, rows(graph), last)
    undo(entry, who.role, rows(graph), None)  # history


@pytest.mark.parametrize("deed", [refusing, handling])
def test_what_goes_nowhere_keeps_nobody_from_taking_it_back(deed):
    graph = Graph()
    entry, who = deed(graph, "RECORD")
    assert undo(entry, who.role, rows(graph), graph.now + timedelta(days=1)).effects
