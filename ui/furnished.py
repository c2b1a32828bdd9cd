"""The rooms as they are: the workbench, its queues, intake, import and the forms."""

from collections.abc import Callable

from app.services.desk import Desk
from app.services.importing import Importer
from ui.rooms import Rooms
from ui.screen import Screen
from ui.views.forms import FORMS
from ui.views.import_page import ImportPage
from ui.views.intake import IntakeForm
from ui.views.queue_bar import QueueBar
from ui.views.workbench import Workbench


def furnished(importer: Callable[[Desk], Importer] | None = None) -> Rooms:
    """Every part of the window, as a person at a desk has it; import only where there is an importer."""

    def import_page(screen: Screen) -> ImportPage:
        assert importer is not None
        return ImportPage(screen, importer(screen.desk))

    page = import_page if importer is not None else None
    return Rooms(Workbench, QueueBar, IntakeForm, page, FORMS)
