"""What happens when a verb is asked for: the deed behind each name, and the road of every command."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Protocol

from app.domain.commands import Command, kind_of
from app.domain.refused import Refused
from app.services.ports import Unreachable
from app.services.queries import CaseView, Done, Draft, Queue, Sort
from ui.casework import Casework
from ui.half_typed import HalfTyped
from ui.holding import Holding
from ui.looks import Looks
from ui.memory import Memory
from ui.opening_files import OpeningFiles
from ui.pages import Pages
from ui.picks import Picks
from ui.product import Product
from ui.revealing import Revealing
from ui.rooms import Rooms
from ui.screen import Screen
from ui.seating import Seating
from ui.sending import Sending
from ui.set_asides import SetAsides
from ui.several import Several
from ui.taking_back import TakingBack
from ui.verbs import BY_NAME, OF_KIND, Verb, is_on_behalf, meant
from ui.views.form_draft import is_of_a_form, kind_of_form
from ui.views.sheet import Sheet
from ui.views.submitting import SUBMIT
from ui.views.undo_strip import UndoStrip
from ui.why_not import No, why_not

#: The sentence for importing where nothing can be imported.
NO_IMPORT = "frame.why.no-import"


class Window(Protocol):
    """What acts need of the window around them."""

    @property
    def workbench(self) -> Any: ...
    @property
    def sheet(self) -> Sheet: ...
    @property
    def strip(self) -> UndoStrip: ...
    @property
    def pages(self) -> Pages: ...
    @property
    def password_notice(self) -> Any: ...
    @property
    def curtain(self) -> Any: ...
    @property
    def is_locked(self) -> bool: ...

    product: Product
    left: Any
    alarming: Any

    def lock(self) -> None: ...
    def strand(self, no: Refused | Unreachable, again: Callable[[], None]) -> None: ...
    def show_palette(self) -> None: ...
    def person_changed(self) -> None: ...
    def leave(self) -> None: ...


class Acts:
    """Does what verbs ask for. A verb that is not possible says why instead."""

    def __init__(self, screen: Screen, window: Window, rooms: Rooms, memory: Memory) -> None:
        self._screen, self._window, self._rooms = screen, window, rooms
        self._looks, self._picks = Looks(screen, memory), Picks(screen.desk)
        self.casework = Casework(screen, window, rooms.forms, self._done, self.act)
        self.asides = SetAsides(screen, window, self._page, self.open_case)
        self._half_typed = HalfTyped(screen, self.casework.drafts, self._page)
        self.seating = Seating(screen, window, self._put_aside, self._begin_anew, self._page)
        self.revealing = Revealing(screen, window)
        self._files = OpeningFiles(screen, window, self._page)
        self._holding = Holding(screen, window, self.casework)
        self._several = Several(screen, window, self.casework.sending)
        self._taking_back = TakingBack(screen, window, self._picks, self._page)
        #: Whoever wants to hear the names of verbs as they are acted on.
        self.acted: list[Callable[[str], None]] = []
        self._deeds: Mapping[str, Callable[[], None]] = {
            "new_intake": window.pages.show_intake,
            "import_file": window.pages.show_import,
            **{one: partial(window.pages.show_board, one) for one in ("shift", "brief")},
            **window.alarming.deeds,
            "supplement": lambda: screen.run(self._supplement()),
            "palette": window.show_palette,
            "search": self._search,
            "next": lambda: window.workbench.go_next(),
            "previous": lambda: window.workbench.go_previous(),
            "mark": lambda: window.workbench.in_list("mark"),
            "extend_next": lambda: window.workbench.in_list("extend_next"),
            "extend_previous": lambda: window.workbench.in_list("extend_previous"),
            "apply_order": lambda: window.workbench.apply_order(),
            "timeline": lambda: window.workbench.show_timeline(),
            "filters": lambda: window.workbench.open_filters(),
            "sort": self._open_sorting,
            **{f"sort_{one.value.lower()}": partial(self._sort_by, one) for one in Sort},
            "workbench": self._to_workbench,
            "attention": lambda: screen.run(self.asides.show()),
            "drafts": lambda: screen.run(self._half_typed.show(self._resume)),
            **self._looks.deeds,
            "lock": window.lock,
            "switch_person": lambda: screen.run(self.seating.show()),
            "change_password": self.seating.show_password,
            "undo": self._taking_back.offer,
            "reveal": self.revealing.show,
            "files": self._files.show,
            "key_sheet": self._show_keys,
            "key_map": self._show_key_map,
            "about": self._show_about,
            "quit": window.leave,
        }

    async def begin(self) -> None:
        """Somebody sits down: what they left half-typed, and what waits for them."""
        await self.casework.drafts.load()
        await self.asides.learn()

    def why_not(self, verb: Verb) -> No | None:
        """Why a verb is not possible now, or None."""
        if verb.name == "import_file" and self._rooms.importer is None:
            return No(NO_IMPORT, {})
        if verb.name == "change_password" and not self._screen.desk.is_guarded:
            return No("frame.why.no-password", {})
        return self._why_not(verb, self._view)

    def act(self, name: str) -> None:
        """Do what the verb asks for, or say why not; behind a lock screen nothing."""
        if self._window.is_locked or any(one.took(name) for one in (self._several, self._holding)):
            return
        verb = meant(BY_NAME[name], self._view)
        name = verb.name
        for listener in self.acted:
            listener(name)
        no = self.why_not(verb)
        if no is not None:
            self._screen.toast(no.key, no.facts, "told")
        elif name in self._deeds:
            self._deeds[name]()
        elif name.startswith("queue_"):
            self._use_queue(Queue(name.removeprefix("queue_").upper()))
        elif verb.kind is not None and self._view is not None:
            self.casework.work(verb.kind, self._view)
            self._several.bring(verb.kind)

    def work_on(self, kind: str, view: CaseView) -> None:
        """Ask for that kind of command about a case that is not shown yet, or say why not."""
        no = self._why_not(OF_KIND[kind], view)
        if no is not None:
            self._screen.toast(no.key, no.facts, "told")
        else:
            self.casework.work(kind, view)

    def press(self, name: str, key: str) -> None:
        """Do what the verb of a key asks for: once for a stroke, however long it lasts."""
        self.casework.haste.key = key.replace("Enter", "Return")  # the keypad's is the same
        try:
            self.act(name)
        finally:
            self.casework.haste.key = ""

    def take(self, code: str) -> None:
        """Do what was taken in the palette."""
        what, _, which = code.partition(":")
        if what == "verb":
            self.act(which)
        elif what == "person":
            self.seating.seat(which)
        elif what == "case":
            self.open_case(which)

    def open_case(self, case_id: str) -> None:
        """Bring the workbench to the front with that case open."""
        self._window.pages.show_workbench()
        self._window.workbench.open_case(case_id)

    def submit_intake(self, form: Any, sending: Sending, commands: Sequence[Command]) -> None:
        """Send what the intake form asks for; then back to the workbench."""

        again, kinds = getattr(form, "taken_again", ""), {kind_of(one) for one in commands}

        def ended() -> None:
            form.done()
            self.casework.haste.acted(SUBMIT, "")
            self._window.pages.leave_intake()
            if again:
                self._screen.run(self.asides.done_anew(again, kinds))

        self.casework.start(sending, commands, form, ended)

    def sending(self) -> Sending:
        """A new road for the wishes of one form."""
        return self.casework.sending()

    # the work on a case

    def _why_not(self, verb: Verb, view: CaseView | None) -> No | None:
        no = why_not(verb, view, self._screen.moment)
        return None if no is None else No(no.key, self._screen.data.told(no.facts))

    @property
    def _view(self) -> CaseView | None:
        return self._window.workbench.view

    async def _supplement(self) -> None:
        if self._view is not None:
            await self._window.pages.show_supplement(self._view.dossier.case)

    def _done(self, command: Command, done: Done) -> None:
        self._picks.note(command, done)
        self._holding.acted(done)
        facts = {"unit": getattr(command, "unit", ""), "behalf": self._behalf(command)}
        self._window.strip.push(done, facts)

    def _behalf(self, command: Command) -> str:
        """The unit whose act this is though somebody of the centre did it."""
        view, task_id = self._view, getattr(command, "task_id", None)
        if view is None or not is_on_behalf(kind_of(command), self._screen.desk.me.role):
            return ""
        return view.dossier.unit_of(task_id)

    async def _resume(self, draft: Draft) -> None:
        """Take a draft up where it belongs."""
        self.casework.put_away()
        if not is_of_a_form(draft):
            await self._window.pages.show_draft(draft)
            return
        view = await self._screen.desk.case(draft.fields["case"])
        if view is None:
            self._screen.toast("refused.case-missing", {}, "refused")
            return
        self.open_case(view.dossier.case.id)
        self.work_on(kind_of_form(draft), view)

    def undo(self, cmd_id: str) -> None:
        """Take that command back."""
        self._taking_back.undo(cmd_id)

    def _search(self) -> None:
        self._window.pages.show_workbench()
        self._window.workbench.focus_search()

    def _to_workbench(self) -> None:
        self._window.sheet.close_sheet()
        self._window.pages.show_workbench()
        self._window.workbench.focus_list()

    def _use_queue(self, queue: Queue) -> None:
        self._window.pages.show_workbench()
        self._window.workbench.use_queue(queue)

    def _open_sorting(self) -> None:
        self._window.pages.show_workbench()
        self._window.workbench.sorting.open_menu()

    def _sort_by(self, sort: Sort) -> None:
        self._window.pages.show_workbench()
        self._window.workbench.sorting.sort_by(sort)

    def _page(self, title: str, page: Any) -> None:
        page.cancelled.connect(self._window.sheet.close_sheet)
        self._window.sheet.show_content(title, page)
        page.first_focus()

    def _show_key_map(self) -> None:
        from ui.views.key_map import KeyMapPage  # read when it is opened, or ahead

        self._page("verb.key_map", KeyMapPage(self._screen))

    def _show_keys(self) -> None:
        from ui.views.key_sheet import KeySheet

        page = KeySheet(self._screen)
        page.remapping.connect(lambda: self.act("key_map"))
        self._page("frame.keys", page)

    def _show_about(self) -> None:
        from ui.views.about import About

        product = self._window.product
        page = About(self._screen, product.version, product.reports)
        self._window.sheet.show_content("frame.about", page)
        page.first_focus()

    # who sits here

    async def _put_aside(self) -> None:
        self.revealing.mask()
        await self.casework.put_aside()
        await self._window.pages.put_aside()

    async def _begin_anew(self) -> None:
        await self._looks.follow()
        await self.begin()
        self._window.strip.clear()
