"""The dispatch form says who solved such cases; a number opens its list, digits take units, none is taken unasked."""

from dataclasses import replace

import pytest

from app.domain.terms import CaseStatus
from app.services.filters import Filter
from app.services.past import Solver
from app.services.queries import Queue
from ui.views.forms.dispatch import Form


def solver(unit, cases, **more):
    here = Filter(category="ZS-01", community=more.pop("community", "HP-1"), solver=unit)
    return Solver(unit, 0.5, cases, 3.4, 1, here, replace(here, is_returned=True))


@pytest.fixture
def form(qtbot, screen, desk, until, loop):
    on = next(one for one in desk.dossiers.values() if one.case.status is CaseStatus.FILED)
    desk.dossiers[on.case.id] = replace(on, case=replace(on.case, category="ZS-01"))
    task = loop.create_task(desk.case(on.case.id))
    until(task.done)
    form = Form(screen, task.result())
    form.seen = []
    form.asked.connect(form.seen.append)
    qtbot.addWidget(form)
    form.show()
    until(lambda: form.rehearsal.solvers == ())
    return form


def test_it_rehearses_and_each_number_opens_its_list(form, desk, until, words):
    units = [one.code for one in desk.setting.directory.units]
    default, other = form.unit.value, next(one for one in units if one != form.unit.value)
    assert "不作建议" in form.rehearsal.told.text()
    desk.hindsight.told = {"ZS-01": (solver(other, 24), solver(default, 3, community=None))}
    form._rehearse()
    until(lambda: form.rehearsal.solvers)
    assert [one.text() for one in form.rehearsal.numbers] == [
        "本社区办结 24 件",
        "曾退件 1 件（4%）",
        "全区办结 3 件",
        "曾退件 1 件（33%）",
    ]
    form.rehearsal.numbers[1].click()
    assert form.seen[0].queue is Queue.ALL
    assert form.seen[0].filter == Filter(
        category="ZS-01", community="HP-1", solver=other, is_returned=True
    )
    assert form.unit.value == default, "what was is offered beside the default, and never chosen"
    rows = {row.code: row.note for row in form.unit._rows()}
    assert list(rows)[:2] == [default, other]
    assert rows[other] == "以往 24 件 · 3.4 天 · 退 4%"
    assert rows[default].startswith("按分类承办 · ")
    form.take_number(2)
    assert form.unit.value == other
    words.use("en")
    assert form.rehearsal.numbers[0].text() == "24 solved here"


def test_the_answer_for_a_class_that_was_changed_again_is_dropped(form, desk, until, loop):
    desk.hindsight.told = {"ZS-01": (solver("CGJ", 9),)}
    task = loop.create_task(form._look_back("ZS-02"))
    until(task.done)
    assert form.rehearsal.solvers == ()
