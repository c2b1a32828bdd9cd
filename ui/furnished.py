"""The rooms as they are: the workbench, its queues, intake and the forms."""

from ui.rooms import Rooms
from ui.views.forms import FORMS
from ui.views.queue_bar import QueueBar
from ui.views.workbench import Workbench


def furnished() -> Rooms:
    """Every part of the window, as a person at a desk has it."""
    from ui.views.intake import IntakeForm

    return Rooms(Workbench, QueueBar, IntakeForm, None, FORMS)
