"""Adding files to a case: which files, and which stage they prove."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.commands import Attach
from app.services.queries import CaseView
from ui.plain import button, heard
from ui.screen import Screen
from ui.views.file_chooser import ask_for_files
from ui.views.forms import options
from ui.views.forms.case_form import CaseForm, Commands
from ui.views.forms.groups import Choices
from ui.views.forms.which import LIVE, Which
from ui.views.living import run_for
from ui.views.wrapping import wrapping

KILOBYTE = 1024


class Files(QWidget):
    """The files chosen so far, kept in the attachment store as soon as they are chosen."""

    entered = Signal()
    changed = Signal()

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self._screen = screen
        self.files: list[tuple[str, str, int]] = []
        self._told = wrapping()
        self._choose = button("form.attach.choose", screen.words, self.open_dialog)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._told)
        layout.addWidget(self._choose)
        heard(self, screen.words, self._retell)

    @property
    def is_blank(self) -> bool:
        """Whether no file was chosen."""
        return not self.files

    @property
    def kept(self) -> list[list[str | int]]:
        """The files, for a draft; they lie in the attachment store already."""
        return [list(one) for one in self.files]

    def restore(self, kept: list[tuple[str, str, int]]) -> None:
        """Take what a draft kept."""
        self.files = [(name, digest, size) for name, digest, size in kept]
        self._retell()
        self.changed.emit()

    def take_focus(self) -> None:
        """To the button that opens the chooser."""
        self._choose.setFocus()

    def open_dialog(self) -> None:
        """The system's file chooser, beside the window and not instead of it."""
        ask_for_files(self._screen, self, self.take, several=True)

    def take(self, paths: list[str]) -> None:
        """Keep these files."""
        run_for(self._screen, self, self._keep(paths))

    async def _keep(self, paths: list[str]) -> None:
        for path in paths:
            digest, size = await self._screen.desk.files.keep(path)
            self.files.append((Path(path).name, digest, size))
            self._retell()
            self.changed.emit()
        self.entered.emit()

    def _retell(self) -> None:
        lines = (f"{name}  {-(-size // KILOBYTE)} KB" for name, _, size in self.files)
        self._told.setText("\n".join(lines) or self._screen.words.say("form.attach.none"))


class Form(CaseForm):
    """One stage for all files chosen together."""

    def __init__(self, screen: Screen, view: CaseView | None) -> None:
        super().__init__(screen, view, "attach", self._commands)
        self.which = Which(self, *LIVE, latest=True)
        self.files = Files(screen)
        stages = options.worded(screen, "form.stage", options.STAGES)
        self.stage = Choices(screen.words, stages)
        self.add("form.files", self.files, required=True)
        self.add("form.stage", self.stage, required=True)

    def _commands(self) -> Commands:
        task_id = self.which.task_id or None
        return attaching(self.case.id, self.files, self.stage.value, task_id)


def attaching(case_id: str, chosen: Files, stage: str, task_id: str | None) -> tuple[Attach, ...]:
    """A wish for each of the files, all of one stage."""
    return tuple(
        Attach(case_id=case_id, stage=stage, name=name, digest=digest, size=size, task_id=task_id)
        for name, digest, size in chosen.files
    )
