"""The check in small: the main job by real keys over a real store; every step must see what it says."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.cli.checking import dispatching, finding, handling, keeping
from app.cli.checking.day import Outcome
from app.cli.checking.run import JOB, began, line, on_a_loop, walked
from ui.theme import Theme
from ui.wording import Wording

pytestmark = [pytest.mark.ui, pytest.mark.e2e, pytest.mark.slow]

#: What the longer check adds: steps whose parts are walked here by others.
LEFT_OUT = {"queues", "rework", "close", "grade", "second_desk"}
SMALL = tuple(step for step in JOB if step.name not in LEFT_OUT)


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
        outcomes = await walked(first, tmp_path, SMALL)
        await first.seat.close()
        return outcomes

    outcomes = on_a_loop(qapp, day)
    failed = [line(one, words) for one in outcomes if not one.is_ok]
    assert not failed, "\n".join(failed)
    assert not words.missing


def test_every_step_has_words_in_both_languages():
    steps = (*dispatching.STEPS_BEFORE, *dispatching.STEPS_AFTER, *handling.STEPS)
    for language in ("zh", "en"):
        words = Wording(language)
        for step in (*steps, *finding.STEPS, *keeping.STEPS):
            assert words.knows(f"check.step.{step.name}")
            assert words.knows(f"check.seen.{step.name}")
