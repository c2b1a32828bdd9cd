"""What a reviewer looks at: results of the units, notices, photographs, and whether it was in time."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.domain.clocks import Ledger
from app.domain.emergencies import STEPS
from app.domain.measures.photos import BEFORE_AND_AFTER, lacking
from app.domain.terms import Clock
from app.services.queries import CaseView
from ui.plain import plain, said
from ui.screen import Screen
from ui.views.wrapping import wrapping

RECORDED = "RECORDED"


def photos_line(seat: Screen, view: CaseView) -> str:
    """Which photographs a city part still lacks; nothing for any other class."""
    item = seat.desk.setting.directory.taxonomy.get(view.dossier.case.category)
    if item is None or not item.component:
        return ""
    mine = seat.desk.me.unit
    tasks = (task for task in view.dossier.live_tasks if mine in (None, task.unit))
    missing = {one for task in tasks for one in lacking(task, view.dossier)}
    marks = {
        stage: seat.words.say("form.proof.lacking" if stage in missing else "form.proof.there")
        for stage in BEFORE_AND_AFTER
    }
    return seat.words.say("form.proof.photos", before=marks["BEFORE"], after=marks["AFTER"])


class ProofSheet(QWidget):
    """Everything to be looked at, heading by heading."""

    def __init__(self, seat: Screen, view: CaseView) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        last = ""
        for row, (key, told) in enumerate(proofs(seat, view)):
            if key != last:
                heading = plain(role="muted")
                said(heading, key, seat.words)
                grid.addWidget(heading, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(wrapping(told, selectable=True), row, 1)
            last = key


def proofs(seat: Screen, view: CaseView) -> Iterator[tuple[str, str]]:
    """Pairs of the key of a heading and what stands under it."""
    data, say = seat.data, seat.words.say
    for task in view.dossier.live_tasks:
        yield (
            "form.proof.result",
            f"{data.unit(task.unit)} · {task.result or say('form.proof.none')}",
        )
    notices = [one for one in view.dossier.notices if one.status == RECORDED]
    for one in notices:
        kind = say(f"case.notice.{one.kind}")
        method = say(f"form.method.{one.method}")
        yield "form.proof.notice", f"{kind} · {method} · {seat.words.when(one.made_at)}  {one.text}"
    if not notices:
        yield "form.proof.notice", say("form.proof.none")
    files = [one.name for one in view.dossier.attachments if one.status == RECORDED]
    yield "form.proof.files", seat.words.join(files) or say("form.proof.none")
    photos = photos_line(seat, view)
    if photos:
        yield "form.proof.files", photos
    yield from _times(seat, view)


def _times(seat: Screen, view: CaseView) -> Iterator[tuple[str, str]]:
    """The disposal clocks, each in time, late (review time excluded, equality is in time) or given away."""
    for one in view.ledgers:
        if one.clock is Clock.K5 and one.matter not in STEPS and one.stopped and one.due:
            task = view.dossier.task(one.about)
            unit = seat.data.unit(task.unit) if task else ""
            facts = {"at": one.stopped, "due": one.due, "unit": unit}
            yield "form.proof.time", seat.words.say(_outcome(one), **facts)


def _outcome(clock: Ledger) -> str:
    if clock.left_as is not None:
        return f"form.proof.{clock.left_as}"
    return "form.proof.in_time" if clock.is_on_time else "form.proof.late"
