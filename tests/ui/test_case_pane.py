"""The pane tells all about a case, and nothing that is not known."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QLabel

from app.domain.case import Attachment, Commendation, Note, Notice, Verification
from app.domain.clocks import Ledger, Pause, Span, Terms, measure
from app.domain.commands import KINDS
from app.domain.limits import Limit, LimitUnit
from app.domain.terms import Clock, Origin
from app.services.queries import CaseView, Delivery, TimelineEntry
from tests.ui.fake_desk import FakeDesk
from tests.ui.fake_town import NOW
from ui.models.clock_lines import ClockText, in_order
from ui.models.timeline_model import TimelineModel, tell
from ui.models.wish_text import Side, WishText
from ui.models.work_lines import WorkText
from ui.verbs import OF_KIND
from ui.views.case_pane import CasePane
from ui.views.flow import FlowLayout
from ui.views.hit_text import HitText
from ui.views.timeline_view import BODY_LINES, GUTTER

pytestmark = pytest.mark.ui


def case_of(desk: FakeDesk, case_id: str) -> CaseView:
    return desk._view(desk.dossiers[case_id])


@pytest.fixture
def pane(screen, qtbot) -> CasePane:
    pane = CasePane(screen)
    qtbot.addWidget(pane)
    pane.resize(620, 900)
    pane.show()
    return pane


def texts(pane: CasePane) -> str:
    return "\n".join(label.text() for label in pane.findChildren(QLabel) if label.isVisibleTo(pane))


def entry(kind: str, n: int = 1, **more) -> TimelineEntry:
    wish = more.pop("wish", {})
    at = datetime(2026, 11, 23, 1, n, tzinfo=UTC)
    more = {"actor": "zhang", "delivery": Delivery.FINISHED, **more}
    return TimelineEntry(cmd_id=f"c{n}", kind=kind, at=at, wish=wish, **more)


def test_an_edition_that_is_not_here_is_named_beside_the_one_that_stands_in(pane, desk):
    old = desk.dossiers["case-005"]
    desk.dossiers["case-005"] = replace(old, case=replace(old.case, edition="OWN-9@3"))
    pane.show_view(case_of(desk, "case-005"))
    assert "登记时依据的 OWN-9@3 本机没有" in texts(pane)


def test_it_tells_who_what_where_and_when(pane, desk):
    pane.show_view(case_of(desk, "case-005"))
    told = texts(pane)
    for piece in ("SZPS20261123000005A1B5", "待审批", "拖欠工资", "张**", "138****1205"):
        assert piece in told
    for piece in ("微信公众号", "长江街道幸福里6号楼", "劳动保障 › 拖欠工资", "C 常态", "（准用）"):
        assert piece in told
    assert pane.narrative.toPlainText() == desk.dossiers["case-005"].case.narrative


def test_what_the_source_of_an_import_lacks_is_said_to_be_lacking(pane, desk):
    view = case_of(desk, "case-000")
    blank = replace(
        view.dossier.case,
        historical=True,
        source_ref="2018-17",
        batch="2018",
        title="",
        narrative="",
        address="",
        category=None,
        reporter_masked="",
        phone_masked="",
    )
    pane.show_view(replace(view, dossier=replace(view.dossier, case=blank)))
    assert pane.facts.value("address") == "来源未载"
    assert pane.facts.value("category") == "来源未载"
    assert "2018-17" in pane.facts.value("origin")
    assert "来源未载" in pane.narrative.toPlainText()
    assert "历史记录" in pane.facts.value("registered")
    assert "历史记录" not in pane.header.spoken


def test_an_own_case_with_a_gap_is_not_blamed_on_a_source(pane, desk):
    view = case_of(desk, "case-000")
    blank = replace(view.dossier.case, address="")
    pane.show_view(replace(view, dossier=replace(view.dossier, case=blank)))
    assert pane.facts.value("address") == "未填写"
    assert not pane.facts._values["origin"].isVisibleTo(pane)


# -- acts ------------------------------------------------------------------------------------------


def test_permitted_verbs_stand_in_the_order_of_the_measures(pane, desk):
    for case_id in ("case-006", "case-003", "case-000"):  # buttons are made as cases need them
        view = case_of(desk, case_id)
        pane.show_view(view)
        names = list(OF_KIND)
        kinds = [OF_KIND[name].kind for name in pane.acts.names]
        assert set(kinds) == set(view.verbs) & set(names)
        assert kinds == sorted(kinds, key=lambda kind: (OF_KIND[kind].tier, names.index(kind)))


def test_the_suggested_act_alone_stands_out(pane, desk):
    pane.show_view(case_of(desk, "case-000"))
    primary = [
        name for name in pane.acts.names if pane.acts.button(name).property("role") == "primary"
    ]
    assert primary == ["file"]
    assert "建议的下一步" in pane.acts.button("file").accessibleName()
    assert "F" in pane.acts.button("file").text()


def test_a_press_tells_the_verb(pane, desk, qtbot):
    pane.show_view(case_of(desk, "case-000"))
    with qtbot.waitSignal(pane.acted) as acted:
        qtbot.mouseClick(pane.acts.button("refuse"), Qt.MouseButton.LeftButton)
    assert acted.args == ["refuse"]


def test_where_nothing_may_be_done_it_says_so(pane, desk):
    pane.show_view(replace(case_of(desk, "case-007"), verbs=(), suggested=None))
    assert pane.acts.names == []
    assert "没有可办的操作" in texts(pane)


def test_buttons_wrap_and_take_the_height_they_need(pane, desk):
    pane.show_view(case_of(desk, "case-000"))
    pane.resize(420, 900)
    QApplication.processEvents()
    boxes = [pane.acts.button(name).geometry() for name in pane.acts.names]
    assert max(box.right() for box in boxes) <= pane.acts._row.width()
    assert max(box.bottom() for box in boxes) < pane.acts._row.height() + 1
    assert not any(one.intersects(other) for one in boxes for other in boxes if one is not other)
    assert isinstance(pane.acts._row.layout(), FlowLayout)


def test_what_is_beside_the_work_of_the_stage_is_a_button_to_be_seen(pane, desk, theme):
    pane.show_view(case_of(desk, "case-000"))
    QApplication.processEvents()
    beside = [name for name in pane.acts.names if OF_KIND[name].tier]
    assert beside
    for name in beside:
        button = pane.acts.button(name)
        picture = button.grab().toImage()
        edge = picture.pixelColor(picture.width() // 2, 0).name()
        inside = picture.pixelColor(4, picture.height() // 2).name()
        assert edge == theme.color("line").name()
        assert inside == theme.color("sunken").name()


# -- the report ------------------------------------------------------------------------------------


def test_searched_words_are_marked_wherever_they_stand(screen, qtbot):
    text = HitText(screen)
    qtbot.addWidget(text)
    text.show_text("工地Ab工地，aB", ("工地", "ab"))
    assert text.marked == ["工地", "Ab", "工地", "aB"]


def test_markup_in_a_report_stays_text(pane, desk):
    view = case_of(desk, "case-000")
    nasty = "<b>粗</b> & <img src='file:///etc/passwd'><script>x</script>"
    case = replace(view.dossier.case, narrative=nasty, title=nasty, address=nasty)
    pane.show_view(replace(view, dossier=replace(view.dossier, case=case)), ("粗",))
    assert pane.narrative.toPlainText() == nasty
    assert pane.narrative.marked == ["粗"]
    labels = pane.findChildren(QLabel)
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in labels)


# -- clocks ----------------------------------------------------------------------------------------


def ledger(desk, unit=LimitUnit.CLOCK_HOUR, value=4, article=15, stopped=None, pauses=()) -> Ledger:
    start = desk.now() - timedelta(hours=2)
    policy = desk.setting.editions.by_code("PS4")
    calendar = desk.setting.calendar(policy)
    terms = Terms(Limit(value, unit), "PS4", article, Origin.PROP)
    return measure(Clock.K5, "case-005-task", terms, Span(start, stopped, pauses), calendar)


def clock_text(screen, view: CaseView) -> ClockText:
    return ClockText.of(screen.words, screen.data, screen.desk.setting, view.dossier)


def test_a_clock_tells_its_limit_its_source_and_whether_the_article_is_certain(screen, desk):
    text = clock_text(screen, case_of(desk, "case-005"))
    assert text.source(ledger(desk)) == "限 4 小时 · 管理办法 · 第15条·推定 · 建议值"
    assert text.article(11) == "第11条"
    assert text.article(None) == ""
    assert text.name(ledger(desk)) == "处置 · 区人力资源局"


def test_an_opened_ledger_tells_what_paused_it_and_who(pane, screen, desk, qtbot):
    stop = Pause(
        desk.now() - timedelta(hours=1), desk.now() - timedelta(minutes=30), "SUSPENDED", "li"
    )
    view = replace(case_of(desk, "case-005"), ledgers=(ledger(desk, pauses=(stop,)),))
    pane.show_view(view)
    card = pane.clocks.cards[0]
    assert "计时" not in texts(pane)
    qtbot.mouseClick(card.toggle, Qt.MouseButton.LeftButton)
    told = texts(pane)
    for piece in ("计时", "挂账，停钟", "李四 停钟", "至今"):
        assert piece in told
    pane.show_view(case_of(desk, "case-006"))
    assert not card.toggle.isChecked()


def test_a_clock_in_working_hours_tells_the_nights(screen, desk):
    text = clock_text(screen, case_of(desk, "case-005"))
    lines = text.stretches(ledger(desk, LimitUnit.WORK_HOUR, 8), desk.now() + timedelta(days=1))
    assert any(line.why == "非工作时间，不计" for line in lines)
    endless = text.stretches(ledger(desk, LimitUnit.WORK_HOUR, 8), desk.now() + timedelta(days=90))
    assert endless[-1].why.startswith("另有")


def test_clocks_still_going_come_first(desk):
    going, met = ledger(desk), ledger(desk, stopped=desk.now())
    later = ledger(desk, value=9)
    assert in_order([met, later, going], desk.now()) == [going, later, met]


def test_a_tick_moves_the_clocks_and_redraws_no_chart_within_a_minute(pane, desk, monkeypatch):
    pane.show_view(replace(case_of(desk, "case-005"), ledgers=(ledger(desk, value=6),)))
    card, drawn = pane.clocks.cards[0], []
    monkeypatch.setattr(card._bar, "show_ledger", lambda *_: drawn.append(1))
    before = card.spoken
    desk.pass_time(seconds=1)
    pane.tick(desk.now())
    assert drawn == []
    desk.pass_time(minutes=1)
    pane.tick(desk.now())
    assert drawn == [1]
    assert card.spoken != before


@pytest.mark.parametrize("pauses", [(), "open"])
def test_the_chart_draws_any_ledger(pane, desk, pauses):
    stop = (Pause(desk.now() - timedelta(hours=1), None, "SUSPENDED", "li"),) if pauses else ()
    for unit in LimitUnit:
        pane.show_view(
            replace(case_of(desk, "case-005"), ledgers=(ledger(desk, unit, 1, pauses=stop),))
        )
        assert not pane.grab().isNull()
    if pauses:
        assert "到期时刻待定" in texts(pane)


# -- the timeline ----------------------------------------------------------------------------------


def wish_text(screen) -> WishText:
    return WishText(screen.words, screen.data, screen.desk.setting, "PS4")


@pytest.mark.parametrize("kind", [*KINDS, "undo.dispatch"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_command_has_a_headline(screen, words, kind, language):
    words.use(language)
    undoes = "c0" if kind.startswith("undo") else None
    wish = {"unit": "CGJ", "category": "ZS-01", "grade": "B", "method": "SMS", "is_true": True}
    headline = wish_text(screen).headline(entry(kind, wish=wish, undoes=undoes), "dispatch")
    assert headline
    assert headline != kind
    assert "{" not in headline


def test_newest_first_with_who_when_and_what_was_said(screen, desk):
    wish = {"unit": "CGJ", "instruction": "请速办"}
    told = tell(
        [entry("register"), entry("dispatch", 2, wish=wish)],
        Side.ALL,
        wish_text(screen),
        screen.words,
    )
    assert [one.head for one in told] == ["分拨给 区城市管理和综合执法局", "登记诉求"]
    assert (told[0].who, told[0].when, told[0].body) == ("张三", "11-23 09:02", "要求：请速办")


def test_coded_reasons_are_told_by_name(screen):
    wish = {"reason": "NOT_DUTY", "text": "非本单位", "proper_unit": "SWJ"}
    body = wish_text(screen).body(entry("ask_return", wish=wish))
    assert body == "不属于本单位职责\n非本单位"
    assert wish_text(screen).reason("ask_return", "UNHEARD_OF") == "UNHEARD_OF"


def test_one_code_is_told_by_the_list_of_what_was_asked(screen):
    """DUPLICATE is a reason to refuse and a reason to return, by another name."""
    text, wish = wish_text(screen), {"reason": "DUPLICATE"}
    refused, returned = (text.body(entry(kind, wish=wish)) for kind in ("refuse", "ask_return"))
    policy = screen.desk.setting.editions.of(text.edition)
    assert refused == screen.data.of(policy.refusal("DUPLICATE"))
    assert returned == screen.data.of(policy.return_reason("DUPLICATE"))
    assert refused != returned


@pytest.mark.parametrize("kind", ["redispatch", "void", "lower_grade", "raise_grade"])
def test_a_reason_in_ones_own_words_stays_whatever_it_reads(screen, kind):
    assert wish_text(screen).body(entry(kind, wish={"reason": "DUPLICATE"})) == "DUPLICATE"
    assert wish_text(screen).body(entry("add_note", wish={"text": "close"})) == "close"


@pytest.mark.parametrize("kind", ["register", "sign"])
def test_what_counts_from_another_time_tells_when_it_was_first_said(screen, kind):
    at = datetime(2026, 11, 23, 1, tzinfo=UTC).isoformat()
    body = wish_text(screen).body(entry(kind, wish={"told_at": at, "narrative": "积水"}))
    assert body == "最初记为 11-23 09:00 提出；中心按本条时间起算。"


def test_deadlines_counted_anew_are_told_before_and_after(screen):
    wish = {"due_was": "2027-01-06T15:59:59.000000Z", "due_now": "2027-01-11T15:59:59.000000Z"}
    told = wish_text(screen).headline(entry("resettle", wish=wish))
    assert told.endswith("到期 01-06 23:59 → 01-11 23:59")
    assert wish_text(screen).headline(entry("resettle", wish={})).endswith("（无） → （无）")


def test_an_amendment_tells_what_it_became(screen):
    body = wish_text(screen).body(
        entry("amend", wish={"street": "HP", "nature": "INQUIRY", "title": None})
    )
    assert body == "街道改为：和平街道\n性质改为：咨询"


def test_an_amendment_that_empties_a_field_tells_it(screen):
    body = wish_text(screen).body(entry("amend", wish={"address": "", "community": ""}))
    assert body == "地址改为：（空）\n社区改为：（空）"


def test_own_commands_tell_how_far_they_have_come(screen):
    marks = {}
    for n, delivery in enumerate(Delivery, 1):
        (one,) = tell(
            [entry("sign", n, delivery=delivery)], Side.ALL, wish_text(screen), screen.words
        )
        marks[delivery] = (one.mark, one.needs_attention)
    assert marks[Delivery.FINISHED] == ("", False)
    assert marks[Delivery.ATTENTION] == ("中心未采纳，待处理", True)
    assert len({mark for mark, _ in marks.values()}) == len(Delivery)


def test_an_undo_names_what_it_took_back(screen):
    entries = [entry("dispatch"), entry("undo", 2, undoes="c1")]
    told = tell(entries, Side.ALL, wish_text(screen), screen.words)
    assert told[0].head == "撤销“分拨”"


def use_side(pane, side):
    pane.timeline._sides.button(list(Side).index(side)).click()


def test_the_filter_shows_a_side(pane, desk):
    view = case_of(desk, "case-005")
    entries = (entry("register"), entry("classify", 2), entry("import_record", 3, actor="system"))
    pane.show_view(replace(view, timeline=entries))
    use_side(pane, Side.PUBLIC)
    assert [pane.timeline.model.at(0).head, pane.timeline.model.rowCount()] == ["登记诉求", 1]
    use_side(pane, Side.SYSTEM)
    assert pane.timeline.model.at(0).head == "由其他系统导入"
    pane.show_view(replace(view, timeline=entries[:1]))
    assert "还没有记录" in texts(pane)


@pytest.mark.parametrize("lines", [1, 4, 5, 40])
def test_what_was_written_is_shown_in_whole_lines(pane, desk, lines):
    """Chinese beside numbers is taller than either font's own line; of more than fits the cut is shown."""
    text = "\n".join(f"第{n}行：已告知（SZPS202611270832420000）" for n in range(lines))
    told = entry("note", wish={"text": text})
    pane.show_view(replace(case_of(desk, "case-005"), timeline=(told,)))
    view = pane.timeline.list
    shown = view.itemDelegate().body(pane.timeline.model.at(0), view.viewport().width())
    assert shown.endswith("…") == (lines > BODY_LINES)
    font = pane.timeline._screen.theme.font(steps=-1)
    room = QRect(0, 0, view.viewport().width() - GUTTER - 2, 10000)
    needs = QFontMetrics(font).boundingRect(room, Qt.TextFlag.TextWrapAnywhere, shown).height()
    head = QFontMetrics(pane.timeline._screen.theme.font()).height()
    assert view.sizeHintForIndex(pane.timeline.model.index(0)).height() >= needs + head


def test_qt_finds_no_fault_with_the_timeline(qtmodeltester, screen):
    model = TimelineModel()
    many = [entry("sign", n) for n in range(1, 9)]
    text, words = wish_text(screen), screen.words
    model.show(tell(many[:5], Side.ALL, text, words))
    qtmodeltester.check(model)
    model.show(tell([*many[2:4], *many[6:], many[0]], Side.ALL, text, words))
    qtmodeltester.check(model)
    assert [model.at(row).id for row in range(model.rowCount())] == ["c1", "c8", "c7", "c4", "c3"]
    assert model.index(0).data().startswith("11-23 09:01 张三")


def test_v_goes_to_the_timeline(pane, desk, qtbot):
    pane.show_view(case_of(desk, "case-005"))
    pane._scroll.setFocus()
    qtbot.keyClick(pane._scroll, Qt.Key.Key_V)
    assert pane.timeline.list.hasFocus()


# -- the rest --------------------------------------------------------------------------------------


def test_earlier_cases_of_the_reporter_are_a_press_away(pane, desk, qtbot):
    view = case_of(desk, "case-005")
    assert view.cousins
    pane.show_view(view)
    with qtbot.waitSignal(pane.jumped) as jumped:
        pane.cousins._rows[0]._button.click()
    assert jumped.args == [view.cousins[0].id]


def test_a_return_tells_its_reason_its_proper_unit_and_its_basis(pane, desk):
    pane.show_view(case_of(desk, "case-005"))
    told = texts(pane)
    for piece in ("退件：不属于本单位职责", "待审", "建议承办：区水务局", "依据：权责清单第12项"):
        assert piece in told


def test_all_that_hangs_on_a_case_is_told(pane, desk):
    view = case_of(desk, "case-005")
    at = desk.now()
    base = {"district": "PS", "case_id": "case-005", "made_at": at, "made_by": "zhang"}
    asked = {"district": "PS", "case_id": "case-005", "asked_at": at, "asked_by": "zhang"}
    gone = Note(id="n2", status="WITHDRAWN", text="收回的备注", **base)
    task = replace(
        view.dossier.tasks[0],
        instruction="请速办",
        signed_at=at,
        signed_by="chen",
        on_behalf="水务局",
    )
    on = replace(
        view.dossier,
        tasks=(task,),
        verifications=(
            Verification(id="v1", status="TRUE", officer="li", question="有无井盖", finding="确实没有",
                         reported_at=at, reported_by="li", **asked),
            Verification(id="v2", status="OPEN", **asked),
        ),
        notices=(
            Notice(id="a", status="RECORDED", kind="1", method="SMS", text="已受理", **base),
            Notice(id="b", status="RECORDED", kind="7", method="PIGEON", text="别的", **base),
        ),
        notes=(Note(id="n1", status="RECORDED", text="电话已核", **base), gone),
        attachments=(
            Attachment(id="f", status="RECORDED", stage="BEFORE", name="前.jpg", size=20480, **base),
            Attachment(id="g", status="RECORDED", stage="ODD", name="b.txt", size=3, **base),
        ),
        commendations=(Commendation(id="c", status="RECORDED", unit="CGJ", text="谢谢", **base),),
    )  # fmt: skip
    pane.show_view(replace(view, dossier=on))
    told = texts(pane)
    for piece in ("要求：请速办", "签收（陈工）", "代 水务局 登记", "确实没有", "属实", "有无井盖"):
        assert piece in told
    for piece in (
        "受理告知",
        "短信",
        "PIGEON",
        "电话已核",
        "处置前",
        "20 KB",
        "1 KB",
        "ODD",
        "谢谢",
    ):
        assert piece in told
    assert "收回的备注" not in told
    assert "网格员" in told


def test_sections_without_content_take_no_room(pane, desk):
    pane.show_view(case_of(desk, "case-000"))
    assert "派遣任务" not in texts(pane)
    assert "附件" not in [
        label.text() for label in pane.findChildren(QLabel) if label.isVisibleTo(pane)
    ]


def test_the_language_changes_under_the_eye(pane, desk, words):
    pane.show_view(case_of(desk, "case-005"))
    words.use("en")
    told = texts(pane)
    for piece in (
        "For approval",
        "Clocks",
        "Proposed unit: District Water Bureau",
        "(by analogy)",
    ):
        assert piece in told
    assert "Registered" in told


def test_the_theme_changes_under_the_eye(pane, desk, theme):
    pane.show_view(case_of(desk, "case-005"))
    before = pane.grab().toImage()
    theme.use("dark")
    QApplication.processEvents()
    after = pane.grab().toImage()
    theme.use("light")
    assert before != after


def test_with_nothing_chosen_it_says_what_to_do(pane):
    assert "J / K" in texts(pane)
    assert pane.view is None


def test_a_refusal_is_told_as_such_and_not_as_an_acceptance(screen, desk):
    declined = Notice(
        id="n",
        district="PS",
        case_id="case-000",
        status="RECORDED",
        kind="DECLINED",
        method="SMS",
        text="您反映的诉求不予立案。",
        made_at=NOW,
        made_by="zhang",
    )
    on = replace(desk.dossiers["case-000"], notices=(declined,))
    text = WorkText(WishText(screen.words, screen.data, desk.setting, "PS4"))
    (part,) = [one for one in text.parts(on) if one.name == "notices"]
    assert [line.head for line in part.lines] == ["不予立案告知"]


def test_a_name_without_end_pushes_nothing_off_the_pane(pane, desk):
    on = desk.dossiers["case-004"]
    endless = {"reporter_masked": "王" + "*" * 299, "address": "x" * 400, "title": "y" * 300}
    desk.dossiers["case-004"] = replace(on, case=replace(on.case, **endless))
    pane.show_view(case_of(desk, "case-004"))
    QApplication.processEvents()
    assert pane.facts.value("reporter") == endless["reporter_masked"]
    assert pane._scroll.widget().width() <= pane._scroll.viewport().width()
    for shown in (pane.header.pill, *(pane.acts.button(name) for name in pane.acts.names)):
        assert shown.visibleRegion().boundingRect() == shown.rect()
    assert pane.minimumSizeHint().width() <= 400
