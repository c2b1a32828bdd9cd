"""What the centre did not take: it is told at once, shown whole, and can be taken up again in words."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from app.domain.commands import Person, Register
from app.domain.terms import CaseStatus
from app.services.queries import Attention, Delivery, SyncState, TimelineEntry
from tests.ui.fake_desk import FakeDesk
from tests.ui.fake_town import NOW
from tests.ui.hands import press, write
from ui.main_window import MainWindow

Key = Qt.Key
NONE, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
NAME = "王" * 300
REPORT = Register(
    narrative="井盖破损，行人易绊倒，打13987654321找物业。",
    address="幸福里12号楼",
    street="HP",
    category="SZ-01",
    channel="12345",
    reporter=Person(name=NAME, phone="13800001203"),
    keep_secret=True,
)
MASKED = {
    "narrative": "井盖破损，行人易绊倒，打139****4321找物业。",
    "address": "幸福里12号楼",
    "street": "HP",
    "category": "SZ-01",
    "channel": "12345",
    "nature": "COMPLAINT",
    "reporter": {"name": "王**", "phone": "138****1203", "id_number": ""},
}


def dispatched(case_id: str, who: str, unit: str) -> TimelineEntry:
    return TimelineEntry(
        cmd_id="c8",
        kind="dispatch",
        actor=who,
        at=NOW,
        wish={"unit": unit},
        delivery=Delivery.FINISHED,
        seq=9,
    )


@pytest.fixture
def outrun(desk: FakeDesk) -> Attention:
    """The dispatch of a case that a colleague had dispatched to another unit."""
    case = desk.dossiers["case-003"].case
    return Attention(
        cmd_id="c9",
        kind="dispatch",
        case_id=case.id,
        number=case.number,
        why="conflict",
        at=NOW,
        wish={"case_id": case.id, "unit": "SWJ", "instruction": "请今日到场"},
        facts={"said": "relied-on"},
        case=case,
        since=(dispatched(case.id, "li", case.lead_unit),),
    )


@pytest.fixture
def too_long() -> Attention:
    """A registration whose caller's name the centre could not take."""
    return Attention(
        cmd_id="c1",
        kind="register",
        case_id="case-900",
        number="SZPS900",
        why="denied",
        at=NOW,
        wish=MASKED,
        facts={"said": "sealed"},
        can_be_note=False,
        can_be_reopened=True,
    )


@pytest.fixture
def window(whole_window: MainWindow, desk: FakeDesk) -> MainWindow:
    desk.registrations["c1"] = REPORT
    return whole_window


@pytest.fixture
def opened(window: MainWindow, desk: FakeDesk, until):
    def shown(*acts: Attention):
        desk.waiting_attention = list(acts)
        press(window, Key.Key_3, CTRL)
        until(lambda: window.sheet.content is not None and window.runner.is_idle)
        return window.sheet.content

    return shown


def put(window: MainWindow, text: str) -> QPushButton:
    found = (one for one in window.sheet.content.findChildren(QPushButton) if one.isVisible())
    return next(one for one in found if one.text() == text)


def test_the_card_says_what_was_wanted_what_is_now_and_who_changed_it_when(opened, outrun, desk):
    (card,) = opened(outrun).cards
    assert "区水务局" in card.text, "the unit that was wanted"
    assert "请今日到场" in card.text, "and the words to it"
    assert desk.setting.directory.unit(outrun.case.lead_unit).name_zh in card.text, (
        "where it is now"
    )
    assert "李四" in card.text
    assert "11-23 14:02" in card.text
    assert "已分拨" in card.text


@pytest.mark.fault("F20")
def test_f20_what_was_seen_what_is_now_and_what_was_wanted_stand_beside_each_other(
    opened, outrun, desk
):
    saw = replace(outrun.case, status=CaseStatus.FILED, lead_unit=None)
    (card,) = opened(replace(outrun, saw=saw)).cards
    told = [card._told[part] for part in ("saw", "now", "wanted")]
    seen, now, wanted = (one.text().split("\n")[0] for one in told)
    unit = desk.setting.directory.unit(outrun.case.lead_unit).name_zh
    assert (seen, now, wanted) == ("待分拨", f"已分拨，责任单位 {unit}", "分拨给 区水务局")
    assert len({one.y() for one in told}) == 1
    assert [one.x() for one in told] == sorted({one.x() for one in told})
    assert all(one.width() > card.width() / 5 for one in told)
    assert card._told["since"].y() > told[0].geometry().bottom()
    assert list(card.ways) == ["again", "note", "open", "drop"]


def test_what_was_new_has_no_column_of_what_was_seen(opened, too_long):
    (card,) = opened(too_long).cards
    assert not card._told["saw"].isVisible()
    assert card._told["now"].x() < card.width() / 10


def test_a_corrected_field_is_shown_as_wanted_and_as_it_is(opened, outrun, desk):
    act = replace(outrun, kind="amend", wish={"case_id": "case-003", "address": "我写的地址"})
    (card,) = opened(act).cards
    assert "我写的地址" in card.text
    assert outrun.case.address in card.text


def test_a_registration_set_aside_is_readable_and_says_why(opened, too_long):
    (card,) = opened(too_long).cards
    for part in ("井盖破损，行人易绊倒", "幸福里12号楼", "王**", "138****1203"):
        assert part in card.text
    assert "诉求人" in card.why
    assert "太长" in card.why


def test_it_opens_again_as_a_draft_with_its_person_and_keeps_its_number(
    window, opened, too_long, desk, until
):
    opened(too_long)
    assert window.focusWidget().text() == "作为草稿打开", "the likeliest way is under the hand"
    press(window, Key.Key_Return)
    until(lambda: window.pages.currentWidget() is not window.workbench)
    form = window.pages.currentWidget()
    assert form.fields.name.text() == NAME
    assert form.fields.phone.text() == REPORT.reporter.phone
    assert form.fields.narrative.text == REPORT.narrative
    assert form.fields.wish.keep_secret
    assert "SZPS900" in form.note.text
    assert desk.waiting_attention, "nothing is settled before it is on the books"
    form.fields.name.setText("王女士")
    press(window, Key.Key_S, CTRL)
    until(lambda: desk.sent and window.runner.is_idle)
    assert desk.sent[0].reporter.name == "王女士"
    assert desk.settling == ["c1"]


def test_its_draft_still_knows_what_it_settles(window, opened, too_long, desk, until):
    opened(too_long)
    put(window, "作为草稿打开").click()
    until(lambda: window.pages.currentWidget() is not window.workbench)
    window.pages.currentWidget().fields.name.setText("王女士")
    press(window, Key.Key_Escape)
    until(lambda: desk.kept_drafts and window.runner.is_idle)
    press(window, Key.Key_F2)
    form = window.pages.currentWidget()
    form.open_draft(next(iter(desk.kept_drafts.values())))
    assert "SZPS900" in form.note.text
    form.register()
    until(lambda: desk.sent and window.runner.is_idle)
    assert desk.settling == ["c1"]


def test_what_was_built_on_it_and_is_done_anew_waits_no_more(
    window, opened, too_long, outrun, desk, until
):
    filing = replace(outrun, cmd_id="c2", kind="file", why="built-on-refused", facts={"on": "c1"})
    dispatch = replace(outrun, cmd_id="c3", why="built-on-refused", facts={"on": "c1"})
    opened(too_long, filing, dispatch)
    put(window, "作为草稿打开").click()
    until(lambda: window.pages.currentWidget() is not window.workbench)
    form = window.pages.currentWidget()
    assert form.fields.unit.value == "SWJ", "the unit of the dispatch that was built on it"
    form.fields.name.setText("王女士")
    press(window, Key.Key_Return, CTRL)
    until(lambda: len(desk.sent) == 3 and window.runner.is_idle)
    assert [(cmd, how) for cmd, how, _ in desk.settled] == [("c2", "drop"), ("c3", "drop")]


def test_dropping_asks_for_a_reason(window, opened, outrun, desk, until):
    opened(outrun)
    put(window, "放弃").click()
    until(lambda: window.focusWidget().accessibleName() == "放弃的理由")
    press(window, Key.Key_Return)
    assert not desk.settled, "not without one"
    write(window, "李四已分拨")
    press(window, Key.Key_Return)
    until(lambda: desk.settled)
    assert desk.settled == [("c9", "drop", "李四已分拨")]
    until(lambda: not window.sheet.content.cards)


def test_done_again_says_that_it_was_sent_again_and_not_that_all_is_well(
    window, opened, outrun, desk, until
):
    opened(outrun)
    put(window, "按现状重做").click()
    until(lambda: desk.settled and window.runner.is_idle)
    texts = [one.text for one in window.toasts.shown]
    assert any("重新提交" in one for one in texts)
    assert not any("已处理" in one for one in texts)


def test_a_refused_act_claims_no_success_and_is_told_at_once(window, outrun, desk, until):
    press(window, Key.Key_F5)
    until(lambda: window.sheet.content is not None)
    press(window, Key.Key_Return, CTRL)
    until(lambda: window.strip.latest)
    desk.waiting_attention = [replace(outrun, cmd_id=window.strip.latest)]
    desk.go(SyncState(online=True, attention=1))
    until(lambda: window.strip.latest is None and window.runner.is_idle)
    (told,) = [one.text for one in window.toasts.shown if "没有被接收" in one.text]
    assert "李四" in told
    assert outrun.number in told


def test_each_is_told_once_and_those_of_yesterday_not_again(window, outrun, desk, until):
    desk.waiting_attention = [outrun]
    for _ in range(2):
        desk.go(SyncState(online=True, attention=1))
        until(lambda: window.runner.is_idle)
    assert len([one for one in window.toasts.shown if "没有被接收" in one.text]) == 1
    window.toasts.drop(window.toasts.shown[0])
    window.acts.take("person:li")
    until(lambda: desk.me.login == "li" and window.runner.is_idle)
    desk.go(SyncState(online=True, attention=1))
    until(lambda: window.runner.is_idle)
    assert not [one for one in window.toasts.shown if "没有被接收" in one.text]


def test_a_page_that_is_open_shows_what_comes_and_goes(
    window, opened, outrun, too_long, desk, until
):
    page = opened(outrun)
    desk.waiting_attention = [outrun, too_long]
    desk.go(SyncState(online=True, attention=2))
    until(lambda: len(window.sheet.content.cards) == 2 and window.runner.is_idle)
    assert window.sheet.content is not page


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("why", ["conflict", "denied", "missing", "id-reuse", "clock", "error"])
def test_every_no_is_said_in_words(opened, outrun, words, language, why):
    words.use(language)
    saids = ("role", "move", "value", "field", "count", "sealed", "own-request", "undo-base", "x")
    acts = [replace(outrun, cmd_id=one, why=why, facts={"said": one}) for one in saids]
    page = opened(*acts, replace(outrun, kind="undo.file", wish={}, why=why))
    assert all(card.why for card in page.cards)
    assert "undo.file" not in page.cards[-1].text
