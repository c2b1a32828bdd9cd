"""The demonstration district: lawful, repeatable, with the documented mix and work in every queue."""

import hashlib
import re
from collections import Counter
from datetime import UTC, datetime

import pytest
from PySide6.QtGui import QImage

from app.demo.build import Plan, build, people
from app.demo.scenarios import scenarios
from app.domain.calendar import LOCAL
from app.domain.effects import Insert
from app.domain.folding import folded
from app.domain.moment import Actor
from app.domain.terms import Nature, Stage
from app.services.envelope import Envelope, decode
from app.services.ports import Answer
from app.services.replay import Past, as_applied, replay
from app.services.wishes import command_of
from tests.kit import setting

pytestmark = [pytest.mark.slow, pytest.mark.repeats]

UNTIL = datetime(2025, 6, 18, 6, 0, tzinfo=UTC)


class Notebook:
    """A centre that takes everything down."""

    def __init__(self):
        self.lines = []
        self.files = {}

    def put_part(self, digest, size, at, part):
        assert (at, size) == (0, len(part))
        self.files[digest] = part
        return size

    def submit(self, batch):
        self.lines.extend(batch)
        return [Answer("", "done") for _ in batch]


def lived(cases=260, seed=7, progress=lambda _done, _of: None):
    notebook = Notebook()
    plan = Plan(cases, 60, UNTIL, seed, "440310")
    build(plan, setting(), lambda _: notebook, progress)
    return plan, notebook.lines


@pytest.fixture(scope="module")
def district():
    return lived()


def cases_of(lines):
    cases = {}
    for text, _ in lines:
        one = decode(text)
        cases[one.case_id] = folded(cases.get(one.case_id), one.effects, one.cmd_id)
    return cases


def test_the_same_seed_lives_the_same_past(district):
    assert lived() == district


def test_the_pictures_that_are_attached_are_there_and_are_pictures():
    notebook = Notebook()
    build(Plan(60, 60, UNTIL, 7, "440310"), setting(), lambda _: notebook, lambda *_: None)
    rows = (row for one in cases_of(notebook.lines).values() for row in one.attachments)
    assert {(row.digest, row.size) for row in rows} == {
        (hashlib.sha256(one).hexdigest(), len(one)) for one in notebook.files.values()
    }
    pictures = [QImage.fromData(one) for one in notebook.files.values()]
    assert [(one.width(), one.height()) for one in pictures] == [(160, 120)] * 2


def test_the_cases_told_of_meanwhile_are_those_asked_for():
    told = []
    lived(20, progress=lambda done, of: told.append((done, of)))
    assert {of for _, of in told} == {20}
    assert told == sorted(told)
    assert (told[0][0], told[19][0], told[-1][0]) == (0, 10, 20)


def test_another_seed_lives_another(district):
    assert lived(seed=8)[1] != district[1]


def test_work_waits_in_every_queue(district):
    waiting = Counter(one.case.stage for one in cases_of(district[1]).values())
    assert set(waiting) == set(Stage) - {Stage.VISIT}  # what is told afterwards is not visited


def test_the_grid_officer_has_something_to_look_at(district):
    asked = [one for one in cases_of(district[1]).values() if one.case.status == "VERIFYING"]
    assert len(asked) >= 5
    assert {one.open_verification.officer for one in asked} == {"grid.hu"}


def test_every_case_of_the_past_is_marked_as_history(district):
    assert all(one.case.historical for one in cases_of(district[1]).values())


def test_natures_come_in_the_documented_mix(district):
    natures = Counter(one.case.nature for one in cases_of(district[1]).values())
    assert natures[Nature.COMPLAINT] / 260 == pytest.approx(0.72, abs=0.08)
    assert natures[Nature.INQUIRY] / 260 == pytest.approx(0.18, abs=0.07)


def test_some_are_late_and_some_come_back(district):
    cases = cases_of(district[1]).values()
    assert any(one.case.status == "CLOSED_OVERDUE" for one in cases)
    assert any(one.requests for one in cases)


def test_nobody_calls_at_night_as_often_as_in_the_morning(district):
    hours = Counter(
        one.case.registered_at.astimezone(LOCAL).hour for one in cases_of(district[1]).values()
    )
    assert hours[10] + hours[9] > 3 * (hours[2] + hours[3])


def test_nothing_happens_after_the_plans_end(district):
    assert max(decode(text).at for text, _ in district[1]) <= UNTIL


def test_callers_are_sealed(district):
    for text, sealed in district[1]:
        if sealed is not None and sealed.phone:
            assert sealed.phone not in text


def past(seq: int, envelope: Envelope, who: Actor) -> Past:
    return Past(seq, envelope, as_applied(envelope, who), who)


def test_the_past_is_lawful_when_decided_once_more(district):
    staff = {one.login: one.actor for one in people(setting(), district[0])}
    envelopes = [decode(text) for text, _ in district[1]]
    log = [past(n, one, staff[one.actor]) for n, one in enumerate(envelopes)]
    assert list(replay(log, setting())) == []


def test_a_forged_line_is_found(district):
    staff = {one.login: one.actor for one in people(setting(), district[0])}
    envelopes = [decode(text) for text, _ in district[1]][:300]
    forged = [staff["grid.hu"]] + [staff[one.actor] for one in envelopes[1:]]
    log = [past(n, one, who) for n, (one, who) in enumerate(zip(envelopes, forged, strict=True))]
    assert [(one.seq, one.code) for one in replay(log, setting())] == [(0, "not-permitted")]


def test_every_wish_can_be_read_back(district):
    for text, _ in district[1]:
        one = decode(text)
        assert command_of(one.kind, one.wish) is not None
        assert all(effect.id for effect in one.effects if isinstance(effect, Insert))


def test_numbers_in_reports_are_said_as_people_say_them():
    """A figure below ten is followed by no 多 but where the measure comes after it."""
    texts = [text for one in scenarios(setting().directory) for text in one.texts]
    assert not [text for text in texts if re.search(r"\{(n|days|hour)\}多", text)]
