"""The warning centre and its pop-ups: gravest first, numbers to be checked, a key for every deed, no focus taken."""

import json
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.case import EarlyWarning
from app.domain.commands import AcknowledgeWarning, ShelveWarning
from tests.ui.fake_town import NOW
from ui.alarms import FLOOD, Alarms
from ui.models.warning_text import WarningText, _number
from ui.views.forms.by_kind import FORMS
from ui.views.warning_page import DEEDS, WarningPage

pytestmark = [pytest.mark.ui, pytest.mark.article(23)]


def warning(case_id: str, number: int = 0, level: str = "BLUE", **more: object) -> EarlyWarning:
    said = {
        "counts": {"24": 12, "72": 13},
        "rule": {"24": 10, "72": 15},
        "usual": {"24": 0.4, "72": 1.2},
        "test": {"chance": 1e-9, "tests": 5520, "discovery": 0.05},
    }
    given = {
        "id": f"w{number}",
        "district": "d",
        "case_id": case_id,
        "status": "RAISED",
        "scope": "FREQUENT",
        "subject": "ENV_NIMBY",
        "grain": "DISTRICT",
        "level": level,
        "hours": 24,
        "count": 12,
        "cases": case_id,
        "evidence": json.dumps(said),
        "raised_at": NOW - timedelta(minutes=10 + number),
        "levelled_at": NOW - timedelta(minutes=10 + number),
    }
    return EarlyWarning(**{**given, **more})  # type: ignore[arg-type]


def hang(desk, *levels: str) -> list[str]:
    """Warnings of these levels, each on a case of its own; the ids of the cases."""
    ids = list(desk.dossiers)[: len(levels)]
    for number, (id_, level) in enumerate(zip(ids, levels, strict=True)):
        one = warning(id_, number, level)
        desk.dossiers[id_] = replace(desk.dossiers[id_], warnings=(one,))
    return ids


@pytest.fixture
def page(qtbot, screen, desk):
    hang(desk, "BLUE", "RED", "YELLOW")
    made = WarningPage(screen)
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    qtbot.waitUntil(lambda: len(made.model.rows) == 3)
    return made


def test_the_gravest_comes_first_and_why_can_be_worked_out_again(page, words):
    assert [one.known.warning.level for one in page.model.rows] == ["RED", "YELLOW", "BLUE"]
    told = page.why.text()
    for number in ("12", "24", "0.4", "30", "5,520", "5%", "10"):
        assert number in told, number
    assert words.say("warning.millionth") in told
    assert words.say("warning.rule_met", hours=24, least=10, n=12) in told
    assert words.say("warning.rule_unmet", hours=72, least=15, n=13) in told


def test_every_deed_has_a_key_and_what_is_impossible_is_shut(page, qtbot):
    asked: list[tuple[str, str]] = []
    lists: list[object] = []
    page.wanted.connect(lambda name, case: asked.append((name, case)))
    page.asked.connect(lists.append)
    red = page.chosen.warning
    assert not page.deeds["shelve_warning"].isEnabled()
    for key in DEEDS.values():
        qtbot.keyClick(page.table, key)
    assert [name for name, _ in asked] == [
        name for name in DEEDS if name not in ("open_list", "shelve_warning")
    ]
    assert {case for _, case in asked} == {red.case_id}
    assert lists[0].filter.cases == red.cases


def test_a_level_or_a_state_narrows_the_list(page, qtbot):
    page.levels.buttons()[1].click()
    assert [one.known.warning.level for one in page.model.rows] == ["RED"]
    page.states.buttons()[2].click()
    assert page.model.rows == []
    assert page.empty.isVisible()
    assert not any(one.isEnabled() for one in page.deeds.values())


@pytest.fixture
def host(qtbot, screen):
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    return made


def looked(alarms: Alarms) -> tuple[str, ...]:
    """Nothing of the town in memory waits for anything."""
    with suppress(StopIteration):
        alarms.look().send(None)
    return alarms.cards.shown


def test_at_most_three_pop_up_and_what_was_seen_does_not_come_back(host, screen, desk):
    hang(desk, "BLUE", "RED", "YELLOW", "ORANGE")
    alarms = Alarms(host, screen)
    assert looked(alarms) == ("w1", "w3", "w2")
    assert alarms.cards.focusPolicy() is Qt.FocusPolicy.NoFocus
    alarms.cards.seen.emit("w1")
    assert looked(alarms) == ("w3", "w2", "w0")
    case_id = next(
        id_ for id_, on in desk.dossiers.items() if on.warnings and on.warnings[0].id == "w3"
    )
    on = desk.dossiers[case_id]
    grown = replace(on.warnings[0], count=20)
    desk.dossiers[case_id] = replace(on, warnings=(grown,))
    card = alarms.cards._cards["w3"]
    looked(alarms)
    assert alarms.cards._cards["w3"] is card
    assert "20" in card.text


def test_a_flood_is_one_line_and_only_urgent_ones_pop_up(host, screen, desk):
    hang(desk, *["ORANGE"] * FLOOD, "RED", "BLUE")
    alarms = Alarms(host, screen)
    assert looked(alarms) == (f"w{FLOOD}",)
    assert str(FLOOD + 2) in alarms.cards.texts[0]


def test_the_forms_say_who_heard_and_how_long_it_rests(screen, desk):
    (case_id,) = hang(desk, "BLUE")
    heard = FORMS["acknowledge_warning"](screen, desk._view(desk.dossiers[case_id]))
    heard.way.choose("OA")
    (said,) = heard._commands()
    assert said == AcknowledgeWarning(
        case_id=case_id, warning_id="w0", recipient="RESPONSIBLE_UNIT", method="OA"
    )
    rests = FORMS["shelve_warning"](screen, desk._view(desk.dossiers[case_id]))
    (wish,) = rests._commands()
    assert isinstance(wish, ShelveWarning)
    assert timedelta(minutes=29) < wish.until - desk.now() <= timedelta(minutes=30)
    text = WarningText(screen.words, screen.data, screen.desk.setting)
    assert text.head(desk.dossiers[case_id].warnings[0])


def test_each_scope_says_what_it_was_found_by(screen, words):
    text = WarningText(words, screen.data, screen.desk.setting)
    topic = {"words": ["月亮岛", "高压线"], "reporters": 5, "days": 14, "community": ""}
    hot = warning("c", scope="HOT", grain="TOPIC", hours=336, evidence=json.dumps(topic))
    assert "14" in text.why(hot)
    assert "高压线" in text.head(hot)
    danger = {"words": ["路面塌陷"], "people": 3, "community": ""}
    one = warning("c", scope="SAFETY", grain="CASE", place="c", hours=0, count=1)
    told = text.why(replace(one, evidence=json.dumps(danger)))
    assert "路面塌陷" in told
    assert words.say("warning.people", n=3) in told
    assert text.why(replace(one, evidence="not JSON"))
    young = {"counts": {"24": 12, "72": 13}, "rule": {"24": 10, "72": 15}}
    assert words.say("warning.no_past") in text.why(warning("c", evidence=json.dumps(young)))


def test_a_small_expectation_is_told_as_small_as_it_is():
    told = {0.0037: "0.0037", 0: "0", 0.5: "0.5", 1.25: "1.25", 12.0: "12", 2703.4: "2,703"}
    assert {one: _number(one) for one in told} == told
