"""Nothing typed is lost, done twice or left to the next person; what was refused can be taken in again."""

import asyncio
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from app.domain.commands import File, Register
from app.domain.matter import Matter
from app.domain.policy import Policy
from app.domain.refused import Refused
from app.domain.terms import CaseStatus, Role, Stage
from app.services.ports import Unreachable
from app.services.queries import Queue
from tests.ui.fake_desk import FakeDesk
from tests.ui.fake_town import NOW
from tests.ui.hands import press, texts
from ui.furnished import furnished
from ui.main_window import MainWindow
from ui.product import Product
from ui.verbs import BY_NAME
from ui.views.intake import IntakeForm
from ui.why_not import NOT_HIS, why_not

Key = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier
CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
PHONE = "13800001203"


@pytest.fixture
def window(loop, desk: FakeDesk, words, theme, qtbot, until, tmp_path):
    with theme.undressed():
        window = MainWindow(desk, words, theme, furnished(), Product("0.0", tmp_path))
    window.resize(1366, 768)
    window.show()
    qtbot.waitExposed(window)
    window.seat.run(window.begin())
    until(lambda: window.runner.is_idle and window.workbench.view is not None)
    window.activateWindow()
    yield window
    until(lambda: window.runner.is_idle)
    window.close()
    window.deleteLater()


def forms(window: MainWindow) -> list[IntakeForm]:
    return [one for one in window.findChildren(IntakeForm) if not one.isHidden()]


@pytest.fixture
def intake(window: MainWindow, until):
    """An intake form with a report and a phone in it."""
    press(window, Key.Key_F2)
    form = window.pages.currentWidget()
    form.fields.phone.setText(PHONE)
    form.fields.narrative.setPlainText("井盖破损，行人易绊倒。")
    until(lambda: window.runner.is_idle)
    return form


@pytest.fixture
def slow(desk: FakeDesk, monkeypatch):
    """A desk that takes 30 ms to put something on the books."""
    send = desk.send

    async def late(command, *over):
        await asyncio.sleep(0.03)
        return await send(command, *over)

    monkeypatch.setattr(desk, "send", late)


def complete(form: IntakeForm) -> None:
    form.fields.address.setText("幸福里12号")
    form.fields.place._choose("HP")
    form.fields.category.use("SZ-01")


@pytest.mark.usefixtures("slow")
@pytest.mark.parametrize("key", [Key.Key_S, Key.Key_Return])
def test_a_key_struck_twice_registers_once(window, intake, desk, until, key):
    complete(intake)
    for _ in range(3):
        QTest.keyClick(intake, key, CTRL)
        QTest.qWait(8)
    until(lambda: window.pages.currentWidget() is window.workbench)
    until(lambda: window.runner.is_idle)
    assert [type(one) for one in desk.sent].count(Register) == 1
    assert len(desk.sent) == (1 if key == Key.Key_S else 3)
    assert len(desk.dossiers) == 41
    assert not desk.kept_drafts


@pytest.mark.usefixtures("slow")
def test_a_form_sent_twice_is_sent_once(window, desk, until):
    press(window, Key.Key_F5)
    until(lambda: window.sheet.content is not None)
    form = window.sheet.content
    for _ in range(2):
        form.submit()
        QTest.qWait(8)
    until(lambda: window.sheet.content is None)
    assert len(desk.sent) == 1


# another person sits down


def written(window: MainWindow) -> str:
    edits = [one.text() for one in window.findChildren(QLineEdit)]
    return " ".join([*edits, *(one.toPlainText() for one in window.findChildren(QPlainTextEdit))])


def test_nothing_of_one_person_is_left_for_the_next(window, intake, desk, until):
    press(window, Key.Key_1, CTRL)
    press(window, Key.Key_M, CTRL)
    until(lambda: window.sheet.content is not None)
    heard = []
    keep = desk.save_draft

    async def told(draft):
        heard.append((desk.me.login, draft.fields["phone"]))
        await keep(draft)

    desk.save_draft = told
    intake.fields.name.setText("王女士")
    window.acts.take("person:li")
    until(lambda: desk.me.login == "li" and window.runner.is_idle)
    assert heard == [("zhang", PHONE)], "kept by the one who typed it, before the next sat down"
    QTest.qWait(20)
    assert window.sheet.content is None
    assert not forms(window)
    assert PHONE not in written(window)
    press(window, Key.Key_F2)
    assert window.pages.currentWidget().fields.is_empty


def test_who_cannot_keep_a_draft_does_not_lose_it_by_a_change_of_person(
    window, intake, desk, until
):
    async def away(draft):
        raise Unreachable("disk")

    desk.save_draft = away
    intake.fields.name.setText("王女士")
    window.acts.take("person:li")
    until(lambda: "磁盘" in window.status._trouble.full)
    assert desk.me.login == "zhang"
    assert window.pages.currentWidget() is intake
    assert intake.isEnabled()
    assert intake.fields.phone.text() == PHONE
    del desk.save_draft
    until(lambda: desk.kept_drafts)


def test_an_earlier_case_opens_beside_a_draft_that_is_kept(window, intake, desk, until):
    until(lambda: intake.aside.list.rows)
    intake.aside.list.choose_number(1)
    until(lambda: window.workbench.view.dossier.case.id == "case-003")
    assert window.pages.currentWidget() is window.workbench
    until(lambda: desk.kept_drafts)
    press(window, Key.Key_2, CTRL)
    assert window.pages.currentWidget() is intake
    assert intake.fields.phone.text() == PHONE


def test_a_draft_goes_on_after_a_filing_that_was_refused(window, intake, desk, until, monkeypatch):
    complete(intake)
    send = desk.send

    async def no_filing(command, *over):
        if isinstance(command, File):
            raise Refused("filing-incomplete", missing=("address-missing",))
        return await send(command, *over)

    monkeypatch.setattr(desk, "send", no_filing)
    intake.dispatch()
    until(lambda: intake._refusal.isVisible() and window.runner.is_idle)
    assert not desk.kept_drafts
    intake.fields.narrative.setPlainText("井盖破损，天黑看不见。")
    press(window, Key.Key_1, CTRL)
    until(lambda: desk.kept_drafts)


# taking back, whatever the hour


def test_undo_offers_what_nobody_has_built_on_when_its_strip_is_gone(window, desk, until):
    window.workbench.open_case("case-000")
    until(lambda: window.workbench.view.dossier.case.id == "case-000")
    window.acts.act("file")
    until(lambda: window.strip.latest and window.runner.is_idle)
    window.strip.clear()
    desk.pass_time(hours=3)
    press(window, Key.Key_Z, CTRL)
    until(lambda: window.sheet.content is not None)
    assert "已立案" in window.sheet.content._labels[0].text()
    assert desk.dossiers["case-000"].case.filed_at is not None, "offered, not done"
    press(window, Key.Key_Return)
    until(lambda: desk.dossiers["case-000"].case.filed_at is None)
    until(lambda: window.sheet.content is None and window.runner.is_idle)
    assert any("已撤销" in one for one in texts(window))


def test_undo_looks_past_what_cannot_be_taken_back(window, desk, until):
    window.workbench.open_case("case-000")
    until(lambda: window.workbench.view.dossier.case.id == "case-000")
    window.acts.act("file")
    until(lambda: window.strip.latest and window.runner.is_idle)
    window.strip._may_undo = lambda _: False
    press(window, Key.Key_Z, CTRL)
    until(lambda: window.sheet.content is not None)


# a refused report is supplemented


@pytest.fixture
def refused(window: MainWindow, desk: FakeDesk, until):
    """The window with a refused case open, and the case."""
    on = desk.dossiers["case-000"]
    case = replace(on.case, status=CaseStatus.REFUSED, stage=Stage.ENDED, refused_at=NOW)
    desk.dossiers["case-000"] = replace(on, case=case)
    window.workbench.use_queue(Queue.ALL)
    window.workbench.open_case("case-000")
    until(lambda: window.workbench.view.dossier.case.status is CaseStatus.REFUSED)
    until(lambda: window.runner.is_idle)
    return case


def test_a_refused_report_is_taken_in_again_without_its_person(window, refused, desk, until):
    assert "supplement" in window.workbench.pane.acts.names
    assert window.workbench.pane.acts.button("supplement").property("role") != "primary"
    press(window, Key.Key_S, ALT | SHIFT)
    until(lambda: forms(window) and window.runner.is_idle)
    (form,) = forms(window)
    assert refused.number in form.note.text
    assert "密封" in form.note.text
    wish = form.fields.wish
    assert (wish.narrative, wish.address) == (refused.narrative, refused.address)
    assert (wish.street, wish.community) == (refused.street, refused.community)
    assert (wish.category, wish.channel) == (refused.category, refused.channel)
    assert wish.supplements == refused.id
    assert not form.fields.name.text()
    assert not form.fields.phone.text()
    form.register()
    until(lambda: desk.sent and window.pages.currentWidget() is window.workbench)
    assert desk.sent[0].supplements == refused.id


def test_the_link_is_shown_and_walked_both_ways(window, refused, desk, until):
    press(window, Key.Key_S, ALT | SHIFT)
    until(lambda: forms(window) and window.runner.is_idle)
    forms(window)[0].register()
    until(lambda: desk.sent and window.runner.is_idle)
    new = next(one.case for one in desk.dossiers.values() if one.case.supplements == refused.id)
    window.workbench.open_case(refused.id)
    facts = window.workbench.pane.facts
    until(lambda: [one.text() for one in facts.links("supplemented_by")] == [new.number])
    assert not facts.links("supplements")
    facts.links("supplemented_by")[0].click()
    until(lambda: [one.text() for one in facts.links("supplements")] == [refused.number])
    assert not facts.links("supplemented_by")
    facts.links("supplements")[0].click()
    until(lambda: window.workbench.view.dossier.case.id == refused.id)


def test_what_was_supplemented_already_is_not_offered_again_and_says_where_it_went(
    window, refused, desk, until
):
    press(window, Key.Key_S, ALT | SHIFT)
    until(lambda: forms(window) and window.runner.is_idle)
    forms(window)[0].register()
    until(lambda: desk.sent and window.runner.is_idle)
    new = next(one.case for one in desk.dossiers.values() if one.case.supplements == refused.id)
    window.workbench.open_case(refused.id)
    until(lambda: window.workbench.view.dossier.case.id == refused.id)
    until(lambda: "supplement" not in window.workbench.pane.acts.names)
    press(window, Key.Key_S, ALT | SHIFT)
    assert window.pages.currentWidget() is window.workbench
    assert new.number in window.toasts.shown[0].text


@pytest.mark.usefixtures("refused")
def test_a_half_typed_report_is_put_aside_for_the_supplement(window, intake, desk, until):
    press(window, Key.Key_1, CTRL)
    until(lambda: window.runner.is_idle)
    press(window, Key.Key_S, ALT | SHIFT)
    until(lambda: window.pages.currentWidget() not in (intake, window.workbench))
    assert [one.fields["phone"] for one in desk.kept_drafts.values()] == [PHONE]


def test_the_draft_of_a_supplement_keeps_its_link(window, refused, desk, until):
    press(window, Key.Key_S, ALT | SHIFT)
    until(lambda: forms(window) and window.runner.is_idle)
    (form,) = forms(window)
    form.fields.name.setText("王女士")
    press(window, Key.Key_Escape)
    until(lambda: desk.kept_drafts and window.runner.is_idle)
    press(window, Key.Key_F2)
    again = window.pages.currentWidget()
    again.open_draft(next(iter(desk.kept_drafts.values())))
    assert again.fields.wish.supplements == refused.id
    assert refused.number in again.note.text


def test_only_a_refused_report_can_be_supplemented(window, desk, until):
    press(window, Key.Key_S, ALT | SHIFT)
    assert "不予立案" in texts(window)[0]
    assert not forms(window)
    assert "supplement" not in window.workbench.pane.acts.names


def test_a_refused_report_is_taken_up_as_often_as_the_rules_say(refused, window, monkeypatch):
    """Beside another that took the same report up, too: the whole matter counts."""
    view, verb, here = window.workbench.view, BY_NAME["supplement"], window.seat.moment
    first = replace(view.dossier.case, id="first", supplements=None)
    named, beside = (replace(first, id=one, supplements="first") for one in (refused.id, "beside"))
    whole = replace(view, matter=Matter(named, (first, named, beside)))
    monkeypatch.setattr(Policy, "number", lambda *_: 2)
    no = why_not(verb, whole, here)
    assert no is not None
    assert (no.key, no.facts["most"]) == ("refused.supplement-used-up", 2)
    assert why_not(verb, replace(whole, matter=Matter(named, (first, named))), here) is None


def test_a_unit_supplements_nothing(refused, window):
    view, verb, here = window.workbench.view, BY_NAME["supplement"], window.seat.moment
    assert why_not(verb, view, here) is None
    of_a_unit = replace(here, actor=replace(here.actor, role=Role.UNIT_HANDLER))
    no = why_not(verb, view, of_a_unit)
    assert no is not None
    assert no.key == NOT_HIS
