"""Every verb of the desk, once: its keys, where it works, which command it is, and when it is possible.

Menus, the buttons of a case, the keys, the Ctrl+K palette and the F1 sheet all read this one table; its keys
are those to begin with, `ui/keymap.py` has what a person made of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.case import Attachment
from app.domain.rules import CENTRE, WITHDRAWN
from app.domain.terms import CaseStatus, Role
from app.services.queries import CaseView, Queue, Sort

#: What it shows comes from the centre.
REVEAL = "reveal"
#: No command either: it opens what is attached.
FILES = "files"
#: What a unit does with its task; in the centre's hands it is recorded on the unit's behalf.
OF_A_UNIT = frozenset(
    {"sign", "ask_return", "ask_extension", "ask_suspension", "ask_staged", "ask_cancel"}
    | {"log_blocker"}
    | {"report_progress", "handle", "report_interim", "explain_rating"}
)
#: Lists that only those have who may do this.
OF_SOME = {Queue.MINE: "claim", Queue.ASKED: "approve_reveal", Queue.VISIT: "explain_rating"}
#: One key decides on whatever waits: a return, or anything else that was asked.
ALSO = {"approve_request": "approve_return", "refuse_request": "refuse_return"}
#: So many queues are asked for by a digit, the others by their first letter.
MOST_DIGITS = 10
_OTHERWISE = {theirs: own for own, theirs in ALSO.items()}


class Where(StrEnum):
    """Which part of the window must have the focus for the keys of a verb to act."""

    LIST = "list"  # the workbench: its list and the case beside it
    CASE = "case"  # the same, and a case must be open
    ANYWHERE = "anywhere"


class Menu(StrEnum):
    """The menus, in their order."""

    CASE = "case"
    WORK = "work"
    GO = "go"
    VIEW = "view"
    HELP = "help"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """`bare` keys act only in the list or a panel, never where text is typed; `keys` wherever `where` says.

    `kind` is the command it asks for, or `right` the one whose permission it needs; `on` the only
    state of a case in which it is possible; `verb.<name>` its words. `tier` groups the buttons of a case:
    0 the work of the stage, 1 corrections, 2 papers. Verbs of a `group` share a menu inside the menu.
    """

    name: str
    menu: Menu
    where: Where = Where.ANYWHERE
    keys: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()
    kind: str | None = None
    right: str | None = None
    on: CaseStatus | None = None
    tier: int = 0
    group: str = ""

    @property
    def words(self) -> str:
        """The key of its name."""
        return f"verb.{self.name}"

    @property
    def shown_keys(self) -> tuple[str, ...]:
        """All its keys as they are shown, the handiest first."""
        return (*self.bare, *self.keys)

    def able(self, view: CaseView | None) -> bool:
        """Whether it is possible with this case open."""
        if self.on is not None:
            return view is not None and view.dossier.case.status is self.on
        if self.name == REVEAL:
            return view is not None
        if self.name == FILES:
            return view is not None and bool(files_of(view))
        return self.kind not in _ON_A_CASE or (view is not None and self.kind in view.verbs)


def _on_case(kind: str, keys: str, bare: str = "", *, tier: int = 0, name: str = "") -> Verb:
    return Verb(
        name=name or kind,
        menu=Menu.WORK if tier == 0 else Menu.CASE,
        where=Where.CASE,
        keys=tuple(keys.split()),
        bare=tuple(bare.split()),
        kind=kind,
        tier=tier,
    )


def _sorted(sort: Sort) -> Verb:
    return Verb(name=f"sort_{sort.value.lower()}", menu=Menu.VIEW, group="sort")


def _queue(queue: Queue, digit: int) -> Verb:
    """By its digit; there are ten of those."""
    key = str(digit % 10) if digit <= MOST_DIGITS else queue.value[0]
    return Verb(
        name=f"queue_{queue.value.lower()}",
        menu=Menu.GO,
        keys=(f"Alt+G, {key}",),
        bare=(f"G, {key}",),
        right=OF_SOME.get(queue),
    )


VERBS: tuple[Verb, ...] = (
    Verb(
        name="new_intake",
        menu=Menu.CASE,
        keys=("F2", "Ctrl+N", "Ctrl+2", "Alt+G, I"),
        bare=("G, I",),
        kind="register",
    ),
    Verb(name="import_file", menu=Menu.CASE, keys=("Ctrl+O",), kind="import_record"),
    # the work of each stage, in the order of the Measures
    _on_case("file", "Alt+F", "F"),
    _on_case("refuse", "Alt+B", "B"),
    Verb(
        name="supplement",
        menu=Menu.WORK,
        where=Where.CASE,
        keys=("Alt+Shift+S",),
        right="register",
        on=CaseStatus.REFUSED,
    ),
    _on_case("ask_verification", "Alt+Y", "Y"),
    _on_case("report_verification", "Alt+Shift+Y", "Shift+Y"),
    _on_case("order_interim", "Alt+Shift+L", "T"),
    _on_case("report_interim", "Alt+Shift+D", "Shift+T"),
    _on_case("dispatch", "F5 Ctrl+Return"),
    _on_case("redispatch", "Alt+D", "D"),
    _on_case("fall_back", "Ctrl+Shift+N", "Shift+L", tier=1),
    _on_case("open_coordination", "Ctrl+Shift+Q", "Shift+Q", tier=1),
    _on_case("convene_coordination", "Ctrl+Shift+Y"),
    _on_case("rule_coordination", "Ctrl+Shift+X"),
    _on_case("add_assist", "Alt+Shift+Q", "Shift+D", tier=1),
    _on_case("sign", "Alt+Q", "Q"),
    _on_case("ask_return", "Alt+R", "R"),
    _on_case("approve_return", "Alt+A", "A"),
    _on_case("refuse_return", "Alt+Shift+R", "Shift+R"),
    _on_case("approve_request", "Ctrl+Shift+A", "Shift+A"),
    _on_case("refuse_request", "Ctrl+Shift+R"),
    _on_case("report_progress", "Alt+Shift+O", "Shift+O"),
    _on_case("handle", "Alt+O", "O"),
    _on_case("close", "Alt+C", "C"),
    _on_case("order_rework", "Alt+Shift+C", "Shift+C"),
    _on_case("record_visit", "Ctrl+Shift+B", "W"),
    _on_case("explain_rating", "Ctrl+Shift+E", "Shift+V"),
    _on_case("decide_rating", "Ctrl+Shift+J", "Z"),
    _on_case("reopen", "Ctrl+Shift+O", tier=1),
    _on_case("commend", "Alt+Shift+T"),
    # early warnings that were raised on it
    _on_case("acknowledge_warning", "Ctrl+Y", tier=1),
    _on_case("plan_warning", "Ctrl+Shift+W", tier=1),
    _on_case("shelve_warning", "Ctrl+F9", tier=1),
    _on_case("mute_warning", "Ctrl+Shift+F9", tier=1),
    # who deals with it
    _on_case("claim", "Alt+M", "M", tier=1),
    _on_case("release", "Alt+Shift+M", "Shift+M", tier=1),
    _on_case("take_over", "Alt+Shift+G", tier=1),
    _on_case("hand_over", "Ctrl+Shift+G", "Shift+G", tier=1),
    # what a unit may ask for
    _on_case("ask_extension", "Alt+Shift+E", "Shift+E", tier=1),
    _on_case("ask_suspension", "Alt+Shift+H", "H", tier=1),
    _on_case("ask_staged", "Alt+Shift+Z", "Shift+Z", tier=1),
    _on_case("log_blocker", "Alt+Shift+B", "Shift+S", tier=1),
    _on_case("ask_cancel", "Alt+Shift+X", "Shift+X", tier=1),
    _on_case("resume", "Ctrl+Shift+H", "Shift+H"),
    _on_case("withdraw_request", "Alt+Shift+W", "Shift+W", tier=1),
    # corrections
    _on_case("classify", "F4 Ctrl+G", "/", tier=1),
    _on_case("merge", "F7", "Shift+B", tier=1),
    _on_case("unmerge", "Ctrl+F7", tier=1),
    _on_case("split", "F6", "S", tier=1),
    _on_case("unsplit", "Ctrl+F6", tier=1),
    _on_case("amend", "Alt+E", "E", tier=1),
    _on_case("raise_grade", "Ctrl+U", "U", tier=1),
    _on_case("lower_grade", "Ctrl+Shift+U", "Shift+U", tier=1),
    _on_case("void", "Alt+Shift+V", tier=1),
    Verb(
        name="reveal",
        menu=Menu.CASE,
        where=Where.CASE,
        keys=("Alt+Shift+P",),
        bare=("P",),
        kind="see_reporter",  # of a unit's people; the centre's look without a command
        tier=1,
    ),
    Verb(
        name="files",
        menu=Menu.CASE,
        where=Where.CASE,
        keys=("Alt+Shift+F",),
        bare=("Shift+F",),
        tier=1,
    ),
    _on_case("ask_reveal", "Alt+Shift+I", "Shift+P", tier=1),
    _on_case("approve_reveal", "Ctrl+Shift+I", "I", tier=1),
    _on_case("refuse_reveal", "Alt+Shift+U", "Shift+I", tier=1),
    # papers
    _on_case("add_note", "Ctrl+M", "Shift+N", tier=2),
    _on_case("record_notice", "Alt+Shift+N", tier=2),
    _on_case("call_back_notice", "Ctrl+Shift+Z", tier=1),
    _on_case("attach", "Alt+Shift+A", tier=2),
    # moving about
    Verb(name="palette", menu=Menu.GO, keys=("Ctrl+K",)),
    Verb(name="search", menu=Menu.GO, keys=("F3", "Ctrl+F")),
    Verb(name="next", menu=Menu.GO, where=Where.LIST, keys=("Alt+J",), bare=("J",)),
    Verb(name="previous", menu=Menu.GO, where=Where.LIST, keys=("Alt+K",), bare=("K",)),
    Verb(name="apply_order", menu=Menu.GO, where=Where.LIST, keys=("Alt+N",), bare=("N",)),
    Verb(name="timeline", menu=Menu.GO, where=Where.LIST, keys=("Alt+V",), bare=("V",)),
    Verb(name="mark", menu=Menu.GO, where=Where.LIST, keys=("Alt+X",), bare=("X",)),
    Verb(
        name="extend_next",
        menu=Menu.GO,
        where=Where.LIST,
        keys=("Alt+Shift+J",),
        bare=("Shift+J",),
    ),
    Verb(
        name="extend_previous",
        menu=Menu.GO,
        where=Where.LIST,
        keys=("Alt+Shift+K",),
        bare=("Shift+K",),
    ),
    Verb(name="filters", menu=Menu.GO, where=Where.LIST, keys=("Ctrl+Shift+F",)),
    Verb(name="sort", menu=Menu.VIEW, where=Where.LIST, keys=("Alt+L",), bare=("L",), group="sort"),
    *(_sorted(sort) for sort in Sort),
    Verb(name="workbench", menu=Menu.GO, keys=("Ctrl+1", "Alt+G, D"), bare=("G, D",)),
    Verb(
        name="shift", menu=Menu.GO, keys=("Ctrl+5", "Alt+G, B"), bare=("G, B",), right="hand_over"
    ),
    Verb(name="brief", menu=Menu.GO, keys=("Ctrl+6", "Alt+G, M"), bare=("G, M",)),
    Verb(
        name="warnings",
        menu=Menu.GO,
        keys=("F9", "Alt+G, W"),
        bare=("G, W",),
        right="acknowledge_warning",
    ),
    Verb(name="warning_sound", menu=Menu.VIEW, keys=("Ctrl+Shift+F8",)),
    Verb(name="attention", menu=Menu.GO, keys=("Ctrl+3", "Alt+G, A"), bare=("G, A",)),
    Verb(name="drafts", menu=Menu.GO, keys=("Ctrl+4", "Alt+G, T"), bare=("G, T",)),
    *(_queue(queue, digit) for digit, queue in enumerate(Queue, 1)),
    # the window
    Verb(name="theme", menu=Menu.VIEW, keys=("Ctrl+Shift+D",)),
    Verb(name="language", menu=Menu.VIEW, keys=("Ctrl+Shift+L",)),
    Verb(name="larger", menu=Menu.VIEW, keys=("Ctrl++", "Ctrl+=")),
    Verb(name="smaller", menu=Menu.VIEW, keys=("Ctrl+-",)),
    Verb(name="usual_size", menu=Menu.VIEW, keys=("Ctrl+0",)),
    Verb(name="lock", menu=Menu.VIEW, keys=("F12",)),
    Verb(name="switch_person", menu=Menu.VIEW, keys=("Ctrl+Shift+P",)),
    Verb(name="change_password", menu=Menu.VIEW, keys=("Ctrl+F12",)),
    Verb(name="undo", menu=Menu.CASE, keys=("Ctrl+Z",), kind="undo"),
    Verb(name="key_sheet", menu=Menu.HELP, keys=("F1",), bare=("?",)),
    Verb(name="key_map", menu=Menu.HELP, keys=("Ctrl+F1",)),
    Verb(name="about", menu=Menu.HELP, keys=("Ctrl+Shift+F1",)),
    Verb(name="quit", menu=Menu.CASE, keys=("Ctrl+Q",)),
)
#: Commands about a case that exists; `register` and `undo` need none to be open.
_ON_A_CASE = frozenset(verb.kind for verb in VERBS if verb.kind and verb.where is Where.CASE)
BY_NAME: Mapping[str, Verb] = {verb.name: verb for verb in VERBS}
OF_KIND: Mapping[str, Verb] = {verb.kind: verb for verb in VERBS if verb.kind}


def meant(verb: Verb, view: CaseView | None) -> Verb:
    """What the key of a verb stands for with this case open: the decision on what waits there."""
    other = _OTHERWISE.get(verb.name)
    return BY_NAME[other] if other and view is not None and other in view.verbs else verb


def files_of(view: CaseView) -> tuple[Attachment, ...]:
    """The files that hang on a case, the oldest first."""
    return tuple(one for one in view.dossier.attachments if one.status != WITHDRAWN)


def is_on_behalf(kind: str | None, role: Role) -> bool:
    """Whether an act of that kind is a unit's, and somebody of the centre asks for it."""
    return kind in OF_A_UNIT and role in CENTRE
