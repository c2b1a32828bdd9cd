"""The rooms as they are: the workbench, its queues, intake, import and the forms."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from importlib import import_module

from app.services.desk import Desk
from app.services.importing import Importer
from ui.rooms import MakeForm, Rooms
from ui.screen import Screen
from ui.views.queue_bar import QueueBar
from ui.views.workbench import Workbench

#: What the first list can be seen without: read when the hand rests, a bite at a time, or when it is asked for.
LATER = (
    *("ui.views.key_map", "ui.views.key_sheet", "ui.views.about"),
    *("ui.views.person_switch", "ui.views.password_page", "ui.views.undo_page"),
    *("ui.views.drafts_page", "ui.views.attention", "ui.views.files_page"),
    *("ui.views.class_field", "ui.views.forms.groups", "ui.views.forms.options"),
    *("ui.views.forms.case_form", "ui.views.forms.amend", "ui.views.forms.by_kind"),
    *("ui.views.intake_ahead", "ui.views.intake"),
    *("ui.views.import_look", "ui.views.import_end", "ui.views.import_page"),
    *("ui.views.load_table", "ui.views.shift_page", "ui.views.brief_page", "ui.views.warning_page"),
)


def furnished(
    importer: Callable[[Desk], Importer] | None = None, last: Sequence[Callable[[], object]] = ()
) -> Rooms:
    """Every part of the window, as a person at a desk has it; import only where there is an importer.

    `last` is done when the hand rests and all else is ready.
    """

    def import_page(screen: Screen) -> object:
        from ui.views.import_page import ImportPage

        assert importer is not None
        return ImportPage(screen, importer(screen.desk))

    page = import_page if importer is not None else None
    ahead = (*(partial(import_module, name) for name in LATER), *last)
    boards = {"shift": _shift, "brief": _brief, "warnings": _warnings}
    return Rooms(Workbench, QueueBar, _intake, page, _forms, boards, ahead)


def _intake(screen: Screen, *, at_once: bool = True) -> object:
    from ui.views.intake import IntakeForm

    return IntakeForm(screen, at_once=at_once)


def _shift(screen: Screen) -> object:
    from ui.views.shift_page import ShiftPage

    return ShiftPage(screen)


def _brief(screen: Screen) -> object:
    from ui.views.brief_page import BriefPage

    return BriefPage(screen)


def _warnings(screen: Screen) -> object:
    from ui.views.warning_page import WarningPage

    return WarningPage(screen)


def _forms() -> Mapping[str, MakeForm]:
    from ui.views.forms.by_kind import FORMS

    return FORMS
