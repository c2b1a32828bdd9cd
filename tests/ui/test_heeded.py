"""Grave words are named with what they ask for, places are proposed and never put in, as the report is typed."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QPushButton

from app.domain.terms import CaseStatus
from app.insight.places import LEAST_CASES, SURE, grown
from ui.views.alike_note import AlikeNote
from ui.views.intake import IntakeForm
from ui.views.trigger_note import TriggerNote


@pytest.fixture
def form(qtbot, screen):
    form = IntakeForm(screen)
    qtbot.addWidget(form)
    form.show()
    return form


def test_grave_words_are_named_with_what_they_ask_for_and_exceptions_are_not(form, until, words):
    note = form.aside.triggers
    assert note.isHidden()
    form.fields.narrative.setPlainText("小区发放防溺水宣传单，知识爆炸的时代")
    form._ahead.look()
    assert note.text == ""
    assert note.isHidden()
    form.fields.narrative.setPlainText("昨晚电线起火，又起火，没有人管")
    form._ahead.look()
    assert "起火" in note.text
    assert note.text.count("起火") == 1
    assert "Alt+H" in note.text
    assert not note.parentWidget().isHidden()
    words.use("en")
    assert note.text.startswith("⚠ Safety")
    assert not form.fields.hazard.isChecked(), "a person ticks it"
    form.fields.narrative.clear()
    form._ahead.look()
    assert note.parentWidget().isHidden()


def test_in_the_pane_words_are_named_without_keys(screen, qtbot):
    note = TriggerNote(screen, advises=False)
    qtbot.addWidget(note)
    note.tell("", "煤气泄漏")
    assert "煤气泄漏" in note.text
    assert "Alt+" not in note.text


def test_a_place_that_is_named_comes_first_in_the_picker_and_is_never_put_in(form, screen, words):
    community = screen.desk.setting.directory.communities[-1]
    place, field = form.fields.place, form.fields.field("form.place")
    form.fields.narrative.setPlainText(f"{community.name_zh}的路灯不亮")
    form._ahead.look()
    first = place._rows()[0]
    assert (first.code, community.name_zh in first.note) == (community.code, True)
    assert community.name_zh in field.hinted
    assert place.is_blank
    words.use("en")
    assert "1 takes it" in field.hinted
    place.set_value("HP-1")
    form._ahead.look()
    assert field.hinted == ""
    assert place.value == "HP-1"


def test_a_name_of_no_directory_lies_where_earlier_cases_of_it_lay(form, desk, until):
    desk.hindsight.lies["锦绣花园"] = {"HP-1": 7, "HP": 1}
    form.fields.address.setText("锦绣花园3栋")
    form._ahead.look()
    until(lambda: form.fields.place._rows()[0].code == "HP-1")
    assert "7" in form.fields.place._rows()[0].note
    form.fields.address.setText("别的地方")
    form._ahead.look()
    assert not form.fields.place._rows()[0].note


@given(st.dictionaries(st.sampled_from("abc"), st.integers(1, 9)))
def test_a_name_that_lies_here_and_there_lies_nowhere(counts):
    code, many = grown(counts)
    if code:
        assert counts[code] == many >= max(LEAST_CASES, SURE * sum(counts.values()))
    else:
        assert max(counts.values(), default=0) < max(LEAST_CASES, SURE * sum(counts.values()))


def test_the_pane_tells_open_cases_of_the_same_event_and_goes_to_them(
    screen, desk, qtbot, until, loop
):
    on = next(one for one in desk.dossiers.values() if one.case.status is CaseStatus.FILED)
    said = "幸福路从小学到菜市场这一段的路灯已经一个星期不亮了"
    where = {"community": "HP-1", "category": "ZS-01", "narrative": said}
    for at, old in enumerate(list(desk.dossiers.values())[:2]):
        case = replace(on.case, id=old.case.id, number=f"SZPS{at}", **where)
        desk.dossiers[old.case.id] = replace(on, case=case)
    first, second = list(desk.dossiers)[:2]
    task = loop.create_task(desk.case(first))
    until(task.done)
    note, gone = AlikeNote(screen), []
    qtbot.addWidget(note)
    note.jumped.connect(gone.append)
    note.show_view(task.result())
    until(lambda: any(one.case.id == second for one in note.proposals))
    assert screen.keymap.way("merge") in note.told.text()
    next(one for one in note.findChildren(QPushButton) if one.text() == "SZPS1").click()
    assert gone == [second]
    note.show_view(replace(task.result(), verbs=()))
    until(lambda: not note.proposals)
