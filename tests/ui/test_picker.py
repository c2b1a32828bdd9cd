import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest

from ui.views.picker import CategoryPicker

pytestmark = pytest.mark.article(8)

Key = Qt.Key
NARRATIVE = "工地每晚十点半以后仍有打桩声，夜间施工太吵。"


@pytest.fixture
def picker(qtbot, screen, until):
    picker = CategoryPicker(screen)
    picker.picked, picker.left = [], []
    picker.chosen.connect(picker.picked.append)
    picker.cancelled.connect(lambda: picker.left.append(1))
    qtbot.addWidget(picker)
    picker.resize(900, 560)
    picker.show()
    qtbot.waitExposed(picker)
    picker.open_for(NARRATIVE, None)
    until(picker.box.hasFocus)
    return picker


def press(picker, *keys, modifier=Qt.KeyboardModifier.NoModifier):
    for key in keys:
        target = picker.tree if picker.tree.hasFocus() else picker.box
        if isinstance(key, str):
            QTest.keyClicks(target, key)
        else:
            QTest.keyClick(target, key, modifier)


def compose(widget, text, commit=""):
    event = QInputMethodEvent(text, [])
    event.setCommitString(commit)
    QCoreApplication.sendEvent(widget, event)


def shown(picker):
    return [row.code for row in picker.list.rows if not row.heading]


def test_empty_it_offers_suggestions_with_the_words_that_spoke(picker):
    first = next(row for row in picker.list.rows if not row.heading)
    assert first.code == "ZS-01"
    assert "夜间施工" in first.note


def test_a_digit_takes_a_suggestion(picker):
    press(picker, Key.Key_1)
    assert picker.picked == ["ZS-01"]


def test_it_never_chooses_by_itself(picker):
    assert picker.list.current == ""
    press(picker, Key.Key_Return)
    assert picker.picked == []
    press(picker, Key.Key_Down, Key.Key_Return)
    assert picker.picked == ["ZS-01"]


def test_initials_and_return_pick_the_top_hit(picker):
    press(picker, "jg", Key.Key_Return)
    assert picker.picked == ["SZ-01"]


def test_digits_take_results(picker):
    press(picker, "ld")
    second = shown(picker)[1]
    press(picker, Key.Key_2)
    assert picker.picked == [second]


def test_hits_are_marked(picker):
    press(picker, "ludeng")
    assert (picker.list.rows[0].code, picker.list.rows[0].marks) == ("SZ-02", (0, 1))


def test_what_is_being_composed_searches_at_once_and_return_waits(picker):
    compose(picker.box, "lu'deng")
    assert shown(picker)[0] == "SZ-02"
    press(picker, Key.Key_Return, Key.Key_1, Key.Key_Escape)
    assert (picker.picked, picker.left) == ([], [])
    compose(picker.box, "", "路灯")
    press(picker, Key.Key_Return)
    assert picker.picked == ["SZ-02"]


def test_a_code_is_typed_behind_a_hash(picker):
    press(picker, "#sz-02")
    assert shown(picker) == ["SZ-02"]
    assert picker.picked == []


def test_escape_clears_first_and_leaves_then(picker):
    press(picker, "ld", Key.Key_Escape)
    assert (picker.query, picker.left) == ("", [])
    press(picker, Key.Key_Escape)
    assert picker.left == [1]


def test_escape_puts_tree_and_card_back_to_the_class_of_the_case(picker):
    picker.open_for(NARRATIVE, "SR-01")
    at = picker.tree.currentIndex().data()
    press(picker, "ludeng")
    assert picker.card._values["path"].text().endswith("SZ-02")
    press(picker, Key.Key_Escape)
    assert picker.card._values["path"].text().endswith("SR-01")
    assert picker.tree.currentIndex().data() == at == "占道经营"
    picker.open_for(NARRATIVE, None)
    press(picker, "ludeng", Key.Key_Escape)
    assert not picker.tree.currentIndex().isValid()
    assert not picker.card._values["path"].text()


def test_return_is_spoken_of_only_where_it_takes_something(picker):
    assert "Enter 选当前" not in picker._hint.text()
    press(picker, Key.Key_Down)
    assert "Enter 选当前" in picker._hint.text()
    press(picker, "ludeng")
    assert "Enter 选当前" in picker._hint.text()
    press(picker, Key.Key_Escape)
    assert "Enter 选当前" not in picker._hint.text()


def test_the_tree_follows_the_cursor_and_picks(picker, until):
    press(picker, "jg")
    assert picker.tree.currentIndex().data() == "井盖破损"
    press(picker, Key.Key_Tab)
    until(picker.tree.hasFocus)
    press(picker, Key.Key_Down, Key.Key_Return)
    assert picker.picked == ["SZ-02"]


def test_tab_and_escape_lead_back_from_the_tree(picker, until):
    press(picker, Key.Key_Tab)
    until(picker.tree.hasFocus)
    press(picker, Key.Key_Escape)
    assert picker.box.hasFocus()
    assert picker.left == []


def test_a_narrow_picker_keeps_the_tree_behind_tab(picker):
    picker.resize(460, 560)
    assert not picker.tree.isVisible()
    press(picker, Key.Key_Tab)
    assert picker.tree.isVisible()
    assert not picker.list.isVisible()


def test_recents_come_next_time_and_under_alt(picker, until):
    press(picker, "jg", Key.Key_Return)
    until(lambda: picker._screen.desk.remembered)
    picker.open_for("", None)
    until(lambda: "SZ-01" in shown(picker))
    press(picker, "zs")
    press(picker, Key.Key_1, modifier=Qt.KeyboardModifier.AltModifier)
    assert picker.picked == ["SZ-01", "SZ-01"]


def test_a_favourite_is_kept_and_starred(picker, until):
    press(picker, "ludeng")
    press(picker, Key.Key_D, modifier=Qt.KeyboardModifier.ControlModifier)
    until(lambda: picker.list.rows[0].note.startswith("★"))
    press(picker, Key.Key_Escape)
    assert shown(picker)[-1] == "SZ-02"


def test_the_card_tells_unit_grade_and_limit_with_its_origin(picker):
    press(picker, "jg")
    told = {name: label.text() for name, label in picker.card._values.items()}
    assert told["unit"] == "区水务局"
    assert "5 个工作日" in told["limit"]
    assert "第15条·推定" in told["limit"]


def test_no_input_method_opens_over_list_or_tree(picker):
    press(picker, "ld", Key.Key_Tab)
    for view in (picker.list, picker.tree):
        assert not view.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def test_it_speaks_both_languages(picker, words):
    words.use("en")
    press(picker, "lamp")
    assert picker.list.rows[0].text == "Street lamp out"
    assert "lamp" in picker.list.accessibleName() or picker.list.accessibleName() == "Categories"


def test_at_most_three_keys_find_nineteen_of_twenty_classes(screen):
    """Initials typed until the class stands among the nine that a digit chooses."""
    from ui.indexes import indexes_of
    from ui.readings import readings

    index = indexes_of(screen.desk.setting.directory).categories
    leaves = screen.desk.setting.directory.taxonomy.leaves()
    near = 0
    for leaf in leaves:
        initials = "".join(readings(one)[0][0] for one in leaf.name_zh)
        tops = [{hit.code for hit in index.find(initials[:n])[:9]} for n in (1, 2, 3)]
        near += any(leaf.code in top for top in tops)
    assert near >= 0.95 * len(leaves)
