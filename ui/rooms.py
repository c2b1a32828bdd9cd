"""Which widgets furnish the window: the workbench, the queues, intake, forms and import."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ui.screen import Screen

#: Makes the form of a kind for a case: `Form(screen, view)`.
MakeForm = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Rooms:
    """One maker for each part; tests of the frame put simpler ones in their place.

    `intake(screen, at_once=False)` gives a form that is whole when its `making` has come to its end.
    `shift` is the leader's page, `warnings` the warning centre.
    `forms` gives the makers by kind; `ahead` is what can be done for them while
    nobody waits, bite by bite.
    """

    workbench: Callable[[Screen], Any]
    queue_bar: Callable[[Screen], Any]
    intake: Callable[..., Any]
    importer: Callable[[Screen], Any] | None
    forms: Callable[[], Mapping[str, MakeForm]]
    shift: Callable[[Screen], Any] | None = None
    warnings: Callable[[Screen], Any] | None = None
    ahead: tuple[Callable[[], object], ...] = ()
