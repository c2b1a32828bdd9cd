"""The check without its pictures: the whole main job by real keys over a real store, every step as it says."""

from itertools import product
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.cli.checking import dispatching, finding, handling, keeping, own
from app.cli.checking.day import Outcome
from app.cli.checking.gallery import LOOKS
from app.cli.checking.run import JOB, began, line, on_a_loop, walked
from app.cli.checking.screens import shots
from ui.theme import Theme
from ui.views.forms.by_kind import FORMS
from ui.wording import Wording

pytestmark = [pytest.mark.ui, pytest.mark.e2e, pytest.mark.slow]

#: What a dispatcher, a unit and their leaders do in a day; none of it may go missing from the check.
NEEDED = {
    *("queues", "intake", "undo", "sign", "ask_return", "approve_return", "handle", "rework"),
    *("close", "refuse", "verify", "grade", "commend", "search", "saved", "second_desk"),
    *("come_back", "sound"),
}


@pytest.fixture
def no_native_dialogs():
    from PySide6.QtCore import QCoreApplication, Qt

    wanted = Qt.ApplicationAttribute.AA_DontUseNativeDialogs
    QCoreApplication.setAttribute(wanted, True)
    yield
    QCoreApplication.setAttribute(wanted, False)


def test_the_main_job_can_be_done_by_keys(
    qapp: QApplication, store: Path, tmp_path: Path, no_native_dialogs: None
):
    words = Wording("zh")

    async def day() -> list[Outcome]:
        first = await began(store, words, Theme())
        outcomes = await walked(first, tmp_path, JOB)
        await first.seat.close()
        return outcomes

    outcomes = on_a_loop(qapp, day)
    assert {one.name for one in outcomes} >= NEEDED
    failed = [line(one, words) for one in outcomes if not one.is_ok]
    assert not failed, "\n".join(failed)
    assert not words.missing


def test_every_screen_is_photographed_in_both_themes_languages_and_sizes():
    looks = {(one.theme, one.language, one.size) for one in LOOKS}
    assert looks == set(product(("light", "dark"), ("zh", "en"), ((1920, 1040), (1366, 768))))
    names = [shot.name for shot in shots()]
    assert len(names) == len(set(names))
    assert {f"form-{kind}" for kind in FORMS} <= set(names)


def test_every_step_has_words_in_both_languages():
    steps = (*dispatching.STEPS_BEFORE, *dispatching.STEPS_AFTER, *handling.STEPS)
    for language in ("zh", "en"):
        words = Wording(language)
        for step in (*steps, *finding.STEPS, *own.STEPS, *keeping.STEPS):
            assert words.knows(f"check.step.{step.name}")
            assert words.knows(f"check.seen.{step.name}")
