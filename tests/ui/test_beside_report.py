"""While a report is typed: like cases beside it with reasons; a key opens, follows or denies, and it is remembered."""

import asyncio
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest

from app.domain.commands import Merge, Refuse, Register
from app.domain.duplicates import Advice
from app.domain.terms import CaseStatus
from app.services.queries import Done
from ui.sending import Sending
from ui.views.intake import IntakeForm

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
STORY = "幸福路从小学到菜市场这一段的路灯已经一个星期不亮了，请尽快维修"


@pytest.fixture
def other(desk):
    """An open case of somebody else in the same words, and nothing else that is near."""
    first = next(iter(desk.dossiers.values()))
    about = {"status": CaseStatus.FILED, "narrative": STORY, "title": STORY[:12], "members": 0}
    where = {"community": "HP-1", "street": "HP", "reporter_key": "other", "category": "ZS-01"}
    case = replace(first.case, **about, **where, registered_at=desk.now())
    desk.dossiers = {case.id: replace(first, case=case)}
    return case


@pytest.fixture
def form(qtbot, screen, until, other):
    form = IntakeForm(screen)
    form.sent, form.seen = [], []
    form.submitted.connect(form.sent.append)
    form.opened.connect(form.seen.append)
    qtbot.addWidget(form)
    form.resize(1318, 900)
    form.show()
    qtbot.waitExposed(form)
    form.fields.place.set_value("HP-1")
    return form


def press(form, key):
    form.fields.narrative.setFocus()
    QTest.keyClick(form.fields.narrative, key, ALT)


def test_like_words_are_found_as_they_are_typed_and_a_key_opens_or_merges(
    form, until, other, words
):
    card = form.aside.beside
    assert card.meant is None
    form.fields.narrative.setPlainText(STORY)
    until(lambda: card.meant)
    assert card.meant.advice is Advice.MERGE
    assert "幸福路" in card.why.text()
    assert other.number in card.why.text()
    assert card.list.rows[0].marks == tuple(range(12))
    press(form, Key.Key_I)
    assert form.seen == [other.id]
    press(form, Key.Key_T)
    register, merge = form.sent[0]
    assert isinstance(register, Register)
    assert merge == Merge(case_id=other.id, members=("",))
    words.use("en")
    assert "art. 18" in card.why.text()


def test_who_repeats_himself_is_refused_and_told_which_case_counts(form, until, desk, other):
    form.fields.phone.setText("13800001203")
    form.fields.narrative.setPlainText(STORY)

    async def his(_phone):
        return (other.id,)

    desk.reporter_history = his
    form.fields.phone.setText("13800001204")
    card = form.aside.beside
    until(lambda: card.meant and card.meant.advice is Advice.REFUSE)
    press(form, Key.Key_T)
    _, refuse = form.sent[0]
    assert isinstance(refuse, Refuse)
    assert (refuse.reason, refuse.case_id, refuse.method) == ("DUPLICATE", "", "SMS")
    assert other.number in refuse.text
    assert other.number in refuse.notice


def test_what_is_denied_stays_away_also_from_the_same_draft_later(form, until, desk, screen):
    card = form.aside.beside
    form.fields.narrative.setPlainText(STORY)
    until(lambda: card.meant)
    press(form, Key.Key_N)
    until(lambda: card.meant is None)
    form.fields.narrative.setPlainText(STORY + "。谢谢")
    until(lambda: STORY + "。谢谢" in desk.hindsight.asked)
    assert card.meant is None
    assert desk.remembered["verdicts.beside"]["denied"] == 1
    form.start()
    form.fields.place.set_value("HP-1")
    form.fields.narrative.setPlainText(STORY)
    until(lambda: card.meant)


def test_a_stale_answer_is_dropped_and_a_composition_asks_nothing(form, until, desk):
    card, slow, first = form.aside.beside, asyncio.Event(), desk.hindsight.beside

    async def late(case, own=()):
        found = await first(case, own)
        if case.narrative == STORY:
            await slow.wait()
        return found

    desk.hindsight.beside = late
    form.fields.narrative.setPlainText(STORY)
    until(lambda: STORY in desk.hindsight.asked)
    form.fields.narrative.setPlainText("完全是另外一回事，公交车太少")
    until(lambda: len(desk.hindsight.asked) == 2)
    slow.set()
    until(lambda: card.told.text() and card.meant is None)
    asked = len(desk.hindsight.asked)
    QCoreApplication.sendEvent(form.fields.narrative, QInputMethodEvent("lu deng", []))
    form._ahead.look()
    QTest.qWait(30)
    assert len(desk.hindsight.asked) == asked


def test_the_new_case_stands_among_the_members_once_it_is_known(loop, until):
    sent = []

    class Desk:
        async def send(self, command, *_over):
            sent.append(command)
            return Done("c", "k", "new", "N")

    wishes = Register(narrative=STORY), Merge(case_id="old", members=("",))
    task = loop.create_task(Sending(Desk(), lambda *_: None).send(wishes, None))
    until(task.done)
    assert sent[1] == Merge(case_id="old", members=("new",))
