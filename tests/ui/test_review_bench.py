"""The reviewer's bench: demands beside answers, promised days, and replies that read the same."""

from dataclasses import replace

import pytest

from app.services.queries import Copied
from ui.views.forms.by_kind import FORMS
from ui.views.forms.review_bench import ReviewBench

pytestmark = pytest.mark.article(17)
ABOUT = "case-006"


@pytest.fixture
def view(desk):
    on = desk.dossiers[ABOUT]
    case = replace(on.case, narrative="广场舞太吵。晚上十点还在跳！请管一管")
    task = replace(on.tasks[0], result="已约谈领舞人。三天内加装分贝仪。")
    return replace(
        desk._view(replace(on, case=case, tasks=(task,))),
        dossier=replace(on, case=case, tasks=(task,)),
    )


def test_demands_stand_beside_answers(screen, view, qtbot):
    bench = ReviewBench(screen, view)
    qtbot.addWidget(bench)
    assert bench.asked == ("1. 广场舞太吵。", "2. 晚上十点还在跳！", "3. 请管一管")
    assert bench.answered == ("1. 已约谈领舞人。", "2. 三天内加装分贝仪。")


def test_a_promised_day_is_no_completion(screen, view, qtbot):
    bench = ReviewBench(screen, view)
    qtbot.addWidget(bench)
    (doubt,) = bench.doubts
    assert "三天内" in doubt


def test_replies_that_read_the_same_are_named_with_their_unit(screen, view, qtbot):
    alike = tuple(Copied(f"SZPS{n}", 0.9, "GAF") for n in range(5))
    bench = ReviewBench(screen, replace(view, copied=alike))
    qtbot.addWidget(bench)
    assert bench.doubts[1:] == tuple(f"与 公安分局 对 SZPS{n} 的答复有 90% 相同" for n in range(3))


def test_several_units_answer_each_under_its_name(screen, view, qtbot):
    (task,) = view.dossier.tasks
    second = replace(task, id="second", unit="SWJ", result="已处理")
    both = replace(view.dossier, tasks=(task, second))
    bench = ReviewBench(screen, replace(view, dossier=both))
    qtbot.addWidget(bench)
    assert bench.answered[0] == "公安分局"
    assert bench.answered[3:] == ("区水务局", "1. 已处理")


@pytest.mark.parametrize("kind", ["close", "order_rework"])
def test_both_ways_out_of_the_review_show_it(screen, view, qtbot, kind):
    made = FORMS[kind](screen, view)
    qtbot.addWidget(made)
    assert made.findChild(ReviewBench) is not None
