"""A task that a unit gave back is told as given back: in the clocks of the case and in the closure review."""

from dataclasses import replace

from app.domain.commands import ApproveReturn, Dispatch, Handle, Redispatch
from app.domain.terms import Clock, Stage, TaskStatus
from tests.ui.fake_desk import FakeDesk
from ui.countdown import Urgency
from ui.models.clock_lines import ClockText
from ui.views.forms.proofs import proofs


def case_of(desk: FakeDesk, case_id: str):
    return desk._view(desk.dossiers[case_id])


def in_stage(desk: FakeDesk, stage: Stage) -> str:
    return next(one for one, on in desk.dossiers.items() if on.case.stage is stage)


def timeliness(screen, view) -> list[str]:
    return [told for key, told in proofs(screen, view) if key == "form.proof.time"]


def test_the_clock_of_a_unit_that_gave_the_case_back_says_so(screen, desk):
    about = in_stage(desk, Stage.RETURNED)
    task = desk.dossiers[about].tasks[0]
    asked = desk.dossiers[about].open_request()
    desk.colleague_does(about, ApproveReturn(case_id=about, request_id=asked.id, text="同意"))
    view = case_of(desk, about)
    text = ClockText.of(screen.words, screen.data, desk.setting, view.dossier)
    clock = next(one for one in view.ledgers if one.about == task.id and one.clock is Clock.K5)
    assert text.countdown(clock, desk.now()).urgency is Urgency.RETURNED
    assert text.due(clock).endswith("退回")
    (line,) = timeliness(screen, view)
    assert line.startswith("退回：区人力资源局")
    assert "按期" not in line


def test_the_review_tells_who_only_gave_it_back_from_who_disposed_of_it(screen, desk):
    about = in_stage(desk, Stage.RETURNED)
    asked = desk.dossiers[about].open_request()
    desk.colleague_does(about, ApproveReturn(case_id=about, request_id=asked.id, text="同意"))
    desk.colleague_does(about, Dispatch(case_id=about, unit="SWJ"))
    task = desk.dossiers[about].tasks[-1].id
    desk.colleague_does(about, Redispatch(case_id=about, task_id=task, unit="JTJ", reason="错"))
    told = timeliness(screen, case_of(desk, about))
    assert [line[:2] for line in told] == ["退回", "改派"]
    task = desk.dossiers[about].tasks[-1].id
    desk.dossiers[about] = desk.dossiers[about].with_row(signed(desk, about))
    desk.colleague_does(
        about, Handle(case_id=about, task_id=task, result="已办", notice="已告知", method="PHONE")
    )
    told = timeliness(screen, case_of(desk, about))
    assert [line[:2] for line in told] == ["退回", "改派", "按期"]


def signed(desk: FakeDesk, about: str):
    task = desk.dossiers[about].tasks[-1]
    return replace(task, status=TaskStatus.SIGNED, signed_at=desk.now(), signed_by="chen")
