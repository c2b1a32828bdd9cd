"""Taking a report in: one column that Return walks down, kept as a draft every two seconds of typing."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from app.domain.case import Case
from app.domain.commands import Command, Merge, Refuse, Register
from app.domain.refused import Refused
from app.domain.terms import Nature
from app.services.queries import Attention, Done, Draft
from ui.letters import instruction
from ui.screen import Screen
from ui.views.choices import digit_of
from ui.views.draft_keeper import DraftKeeper
from ui.views.forms.picker_over import PickerOver
from ui.views.gradual import Pieces, finish
from ui.views.intake_ahead import LookAhead
from ui.views.intake_aside import IntakeAside
from ui.views.intake_beside import IntakeBeside
from ui.views.intake_fields import IntakeFields
from ui.views.intake_foot import IntakeFoot
from ui.views.intake_keys import deed_of
from ui.views.intake_page import IntakePage
from ui.views.intake_wishes import Booked, following, supplementing, taken_again
from ui.views.living import lives, run_for
from ui.views.wrapping import wrapping


class IntakeForm(QWidget):
    """Ctrl+S registers; Ctrl+Enter registers, files and dispatches; Esc puts the draft aside.

    `submitted` carries commands in order; those after the registration name no case (the sender fills
    it in). `saved` after a draft was kept, `opened` with an earlier case of the same number.
    """

    submitted = Signal(object)
    cancelled = Signal()
    saved = Signal()
    opened = Signal(str)

    def __init__(self, screen: Screen, *, at_once: bool = True) -> None:
        super().__init__()
        self._screen = screen
        self._was_seen = False
        self.making = self._made()
        if at_once:
            finish(self.making)

    def _made(self) -> Pieces:
        """From the outside in: what is moved into its place later is dressed anew each time."""
        screen = self._screen
        page = IntakePage(screen)
        self.note, self.drafts = page.note, page.drafts
        self.over = PickerOver(screen, self, page, lambda: self.fields.narrative.query)
        yield
        self.fields = IntakeFields(screen, at_once=False)
        page.add_column(self.fields, 7)
        yield from self.fields.making
        self.over.serve(self.fields.category)
        self.aside = IntakeAside(screen)
        yield
        page.add_column(self.aside, 3)
        yield
        self.draft = DraftKeeper(screen, self.fields, self)
        self._ahead = LookAhead(screen, self.fields, self.aside, lambda: self.draft.about, self)
        self.beside = IntakeBeside(screen, self.fields, self.aside.beside, self.draft)
        self._foot = IntakeFoot(screen, self.draft.shown)
        self._refusal = wrapping(role="refused")
        self._refusal.hide()
        page.add_foot(self._refusal, self._foot)
        self._wire()
        yield
        self._ahead.look()

    def first_focus(self) -> None:
        """To the first field, or to the picker when it lies over them."""
        if not self.over.take_focus():
            self.fields.name.take_focus()

    def start(self) -> None:
        """An empty form for the next call."""
        self.draft.begin()
        self._begun()

    def supplement(self, case: Case) -> None:
        """Take a refused report in again, linked to it; who reported has to be asked for anew."""
        self.draft.begin(supplementing(case))
        self._begun()

    def take_again(self, wish: Register, act: Attention, unit: str) -> None:
        """Take in anew what the centre did not take; on the books it keeps the number it was told by."""
        self.draft.begin(taken_again(wish, act, unit))
        self._begun()

    def open_draft(self, draft: Draft) -> None:
        """Take up what was left half-typed."""
        self.draft.resume(draft)
        self.drafts.show_drafts(())
        self._begun()

    async def keep(self) -> None:
        """Keep what is typed as a draft now. Raises Unreachable when the disk is away."""
        await self.draft.keep()

    @property
    def taken_again(self) -> str:
        """The command set aside that this report is taken in for again, or nothing."""
        return self.draft.settles

    def over_with(self, command: Command, *, is_last: bool) -> tuple[str, str]:
        """The draft goes in one step with the registration; one of later changes with the last of them."""
        is_first = isinstance(command, Register)
        draft_id = self.draft.id if is_last or is_first else ""
        return draft_id, self.draft.settles if is_first else ""

    def kept(self, command: Command, done: Done) -> None:
        """Registered: the draft has done its work, and the report is not registered twice."""
        if isinstance(command, Register):
            self.draft.book(Booked(done.case_id, done.number, command))
            if self.fields.unit.value:
                self.fields.unit.remember()
        elif isinstance(command, Merge | Refuse):
            self.beside.taken()

    def done(self) -> None:
        """All that was asked for is carried out: also a draft of changes has done its work."""
        self.draft.finish()

    def show_refusal(self, code: str, facts: Mapping[str, Any]) -> None:
        """A rule's no, in words; an empty code takes it away."""
        told = self._screen.data.told(facts)
        self._refusal.setText(self._screen.words.refusal(code, told) if code else "")
        self._refusal.setVisible(bool(code))
        if code:
            missing = facts.get("missing", (code,))
            self.fields.column.blame(self.fields.answering(tuple(missing)))

    def register(self, rest: tuple[Command, ...] = ()) -> None:
        """Put it on the books and leave filing for later, or do what a proposal says."""
        if self._is_given(()):
            self.submitted.emit((*self._registration(), *rest))

    def dispatch(self) -> None:
        """Register, file and dispatch in one go; thanks become a commendation."""
        if self._is_given(self._missing, needs_unit=True):
            unit, is_thanks = self.fields.unit.value, self.fields.wish.nature is Nature.THANKS
            secret = self.fields.secret.isChecked()
            told = instruction(None, keep_secret=secret)
            rest = following(self.draft.about, unit, told, is_thanks=is_thanks)
            self.submitted.emit((*self._registration(), *rest))

    def event(self, event: QEvent) -> bool:
        """Claim the form's keys before the window's shortcuts see them."""
        is_claim = event.type() is QEvent.Type.ShortcutOverride
        if is_claim and isinstance(event, QKeyEvent) and self._deed(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys that work in every field."""
        match self._deed(event):
            case "register" | "dispatch" if event.isAutoRepeat():
                pass  # a key that is held down asks once
            case "register":
                self.register()
            case "dispatch":
                self.dispatch()
            case "grade":
                self.fields.step_grade()
            case "secret":
                self.fields.secret.toggle()
            case "hazard":
                self.fields.hazard.toggle()
            case "":
                super().keyPressEvent(event)
            case deed:
                self._lesser_deed(deed, event)

    def showEvent(self, event: QShowEvent) -> None:
        """The first time, look which drafts there are: it may have been made long before."""
        super().showEvent(event)
        if not self._was_seen:
            self._was_seen = True
            run_for(self._screen, self, self._show_drafts())

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever looks away finds everything again; one that nobody saw holds nothing, nor is it whole yet."""
        if self._was_seen:
            self.draft.keep_soon()
        super().hideEvent(event)

    def _lesser_deed(self, deed: str, event: QKeyEvent) -> None:
        if deed == "class":
            self.fields.category.take_number(digit_of(event))
        elif deed == "draft":
            if self.drafts.newest is not None:
                self.open_draft(self.drafts.newest)
        else:
            self._plain_deeds[deed]()

    @property
    def _plain_deeds(self) -> Mapping[str, Callable[[], None]]:
        own = {"find": self.over.open, "leave": self._leave, "same": self.aside.same.open_first}
        return {**own, **self.aside.beside.deeds}

    def _deed(self, event: QKeyEvent) -> str:
        return "" if self.over.is_open else deed_of(event, self._screen.keymap)

    def _is_given(self, missing: tuple[str, ...], *, needs_unit: bool = False) -> bool:
        """Whether nothing is missing; else it is said beside the fields."""
        self.show_refusal("", {})
        if too_long := [field for field in self.fields.column.fields if field.is_too_long]:
            self.fields.column.blame(too_long)
        if self.fields.has_a_false_number() or too_long:
            return False
        if (no := self._ahead.refusal) is not None:
            self._blame_story(no)
            self.fields.field("form.narrative").take_focus()
            return False
        wrong = self.fields.answering(missing)
        if self.fields.narrative.is_blank:
            wrong = [self.fields.field("form.narrative"), *wrong]
        if needs_unit and self.fields.unit.is_blank:
            wrong.append(self.fields.field("form.unit"))
        self.fields.column.blame(wrong)
        return not wrong

    @property
    def _missing(self) -> tuple[str, ...]:
        return () if self._ahead.refusal else self._ahead.missing

    def _blame_story(self, no: Refused | None) -> None:
        """Say beside the story why it cannot be taken; what was said before is taken away as it changes.

        A line that is too long says so itself.
        """
        if no is not None and no.code != "line-too-long":
            facts = self._screen.data.told(no.facts)
            self.fields.field("form.narrative").blame(self._screen.words.refusal(no.code, facts))

    def _registration(self) -> tuple[Command, ...]:
        """The registration, or what has changed since it."""
        wish, booked = self.fields.wish, self.draft.booked
        if booked is None:
            return (wish,)
        reason = self._screen.words.say("intake.lowered")
        return booked.changed(wish, self.fields.usual_grade, reason)

    def _begun(self) -> None:
        booked = self.draft.booked
        self.note.tell(
            ("intake.booked", booked.number if booked else ""),
            ("intake.taken_again", self.draft.number),
            ("intake.supplementing", self.fields.supplemented),
        )
        self.show_refusal("", {})
        self._ahead.look()
        self.first_focus()

    def _wire(self) -> None:
        self.draft.saved.connect(self.saved)
        self.fields.ended.connect(self._foot.primary.setFocus)
        self._foot.dispatched.connect(self.dispatch)
        self._foot.registered.connect(lambda: self.register())
        self._foot.left.connect(self._leave)
        self._ahead.judged.connect(self._blame_story)
        self._ahead.looked.connect(self.beside.look)
        self.beside.found.connect(self._ahead.sift)
        self.beside.wished.connect(self.register)
        self.drafts.resumed.connect(self.open_draft)
        self.drafts.dropped.connect(self._throw_away)
        self.aside.opened.connect(self.opened)

    async def _show_drafts(self) -> None:
        self.drafts.show_drafts(await self.draft.others())

    def _throw_away(self, draft: Draft) -> None:
        self._screen.run(self._dropped(draft))

    async def _dropped(self, draft: Draft) -> None:
        await self.draft.drop(draft)
        if lives(self):
            await self._show_drafts()

    def _leave(self) -> None:
        self._screen.run(self._leave_kept())

    async def _leave_kept(self) -> None:
        await self.keep()
        if lives(self):
            self.cancelled.emit()
