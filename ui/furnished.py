"""The rooms as they are: the workbench, its queues, intake and the forms."""

from typing import Any

from ui.rooms import Rooms
from ui.screen import Screen
from ui.views.forms import FORMS
from ui.views.queue_bar import QueueBar
from ui.views.workbench import Workbench


def furnished() -> Rooms:
    """Every part of the window, as a person at a desk has it."""
    return Rooms(Workbench, QueueBar, _intake, None, FORMS)


def _intake(screen: Screen) -> Any:
    from ui.views.intake import IntakeForm

    return IntakeForm(screen)
