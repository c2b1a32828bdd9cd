"""Merging reports of one event: which case survives, which follow it, and what becomes of every deadline."""

from collections.abc import Iterable, Iterator
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from app.domain.case import Case, Dossier
from app.domain.clocks import Ledger
from app.domain.commands import Merge, Unmerge
from app.domain.duplicates import Proposal, proposed
from app.domain.terms import TaskStatus
from app.services.joining import foresee_merge, questions
from app.services.queries import CaseView
from ui.models.case_title import whole_title
from ui.models.clock_lines import clock_words
from ui.plain import button
from ui.screen import Screen
from ui.views.forms.candidates import Candidates
from ui.views.forms.case_form import CaseForm, Commands
from ui.views.forms.fields import Field
from ui.views.forms.groups import Option, Ticks
from ui.views.forms.written import Line
from ui.views.wrapping import wrapping

_SWAP = Qt.Key.Key_F7
#: Why a case stands among those to choose from, beside the reasons of the proposal.
NUMBER, MARKED = "NUMBER", "MARKED"


class Form(CaseForm):
    """The case at hand survives until it is swapped (F7) with the first that is ticked; digits tick.

    Proposals come while the form is open, and nobody waits for them; others are added by their number.
    """

    def __init__(self, screen: Screen, view: CaseView | None) -> None:
        super().__init__(screen, view, "merge", self._commands)
        self.survivor = self.view.dossier
        self.known: dict[str, Dossier] = {}
        self._why: dict[str, tuple[str, ...]] = {}
        self._share: dict[str, float] = {}
        self.keeps = wrapping(role="heading")
        self.swapping = button("form.merge.swap", screen.words, self.swap, role="soft")
        self.members = Candidates(screen.words, "form.merge.none")
        self.number = Line()
        self.told = wrapping()
        self.body.addWidget(self.keeps)
        self.body.addWidget(self.swapping, 0, Qt.AlignmentFlag.AlignLeft)
        self.add("form.members", self.members, required=True)
        self.add("form.member_number", self.number)
        self.body.addWidget(Field(screen.words, "form.merge_leads_to", self.told))
        self.members.changed.connect(self._foresee)
        self.number.returnPressed.connect(lambda: screen.run(self._add_number()))
        self._foresee()
        screen.run(self._propose())

    @property
    def text(self) -> str:
        """What merging would lead to, as it is told."""
        return self.told.text()

    def bring(self, ids: Iterable[str]) -> None:
        """Cases that were marked in the list: they are ticked from the beginning."""
        self.seat.run(self._bring(tuple(ids), MARKED))

    def swap(self) -> None:
        """The first that is ticked survives instead, and this one follows it."""
        ticked = [one for one in self.members.value if one in self.known]
        if not ticked:
            return
        before, now = self.survivor, self.known.pop(ticked[0])
        self.known = {before.case.id: before, **self.known}
        self._why[before.case.id] = self._why.pop(now.case.id, ())
        self._share[before.case.id] = self._share.pop(now.case.id, 0.0)
        self.survivor = now
        self._offer((before.case.id, *ticked[1:]))

    def take_number(self, number: int) -> None:
        """Alt and a digit: tick or untick the candidate of that number."""
        self.members.toggle(number)

    def retranslate(self) -> None:
        """Say everything in the language in use."""
        super().retranslate()
        self._foresee()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The key that opened the form swaps who survives."""
        if self._swaps(event):
            self.swap()
        else:
            super().keyPressEvent(event)

    def _is_ours(self, event: QKeyEvent) -> bool:
        return self._swaps(event) or super()._is_ours(event)

    def _swaps(self, event: QKeyEvent) -> bool:
        return event.key() == _SWAP and not event.modifiers()

    async def _propose(self) -> None:
        setting = self.seat.desk.setting
        taxonomy, policy = setting.directory.taxonomy, self.policy
        found: dict[str, None] = {}
        for query in questions(self.case, policy, taxonomy, self.moment):
            rows = (await self.seat.desk.window(query)).rows
            found |= dict.fromkeys(row.id for row in rows if row.id != self.case.id)
        found |= dict.fromkeys(
            one.case.id for one in await self.seat.desk.hindsight.proposed(self.case)
        )
        dossiers = {one: on for one in found if (on := await self._dossier(one)) is not None}
        cases = [on.case for on in dossiers.values()]
        for one in proposed(self.case, cases, policy, taxonomy):
            self._know(dossiers[one.case.id], one)
        await self._bring(self.members.wanted, MARKED, ticks=False)
        self._offer((*self.members.value, *self.members.wanted))

    def _know(self, on: Dossier, one: Proposal) -> None:
        self.known.setdefault(one.case.id, on)
        self._why[one.case.id] = one.reasons
        self._share[one.case.id] = one.share

    async def _dossier(self, case_id: str) -> Dossier | None:
        view = await self.seat.desk.case(case_id)
        return None if view is None else view.dossier

    async def _bring(self, ids: Iterable[str], why: str, *, ticks: bool = True) -> None:
        new = [one for one in ids if one != self.survivor.case.id]
        for one in new:
            on = await self._dossier(one)
            if on is not None:
                self.known.setdefault(one, on)
                self._why.setdefault(one, (why,))
        if ticks:
            self._offer((*self.members.value, *new))

    async def _add_number(self) -> None:
        row = await self.seat.desk.find(self.number.text())
        if row is None or row.id == self.survivor.case.id:
            self.show_refusal("number-missing", {"number": self.number.text().strip()})
            return
        self.show_refusal("", {})
        self.number.clear()
        await self._bring((row.id,), NUMBER)

    def _offer(self, ticked: Iterable[str]) -> None:
        options = [Option(one, partial(self._named, on.case)) for one, on in self.known.items()]
        self.members.offer(options, set(ticked))
        self._foresee()

    def _named(self, case: Case) -> str:
        """Number, state and age above, what it is about and why it is proposed below."""
        words = self.seat.words
        state, when = words.say(f"case.status.{case.status}"), words.when(case.registered_at)
        above = "  ".join((case.number, state, when))
        below = " · ".join(one for one in (whole_title(case), self._reasons(case)) if one)
        return f"{above}\n{below}"

    def _reasons(self, case: Case) -> str:
        say, share = self.seat.words.say, round(100 * self._share.get(case.id, 0.0))
        told = (say(f"form.merge.why.{one}", share=share) for one in self._why.get(case.id, ()))
        return " · ".join(told)

    def _foresee(self) -> None:
        case, say = self.survivor.case, self.seat.words.say
        self.keeps.setText(say("form.merge.keeps", number=case.number, title=whole_title(case)))
        self.told.setText("\n".join(self._lines()))

    def _lines(self) -> Iterator[str]:
        """Every deadline and notice that the command would touch."""
        say = self.seat.words.say
        members = [self.known[one] for one in self.members.value if one in self.known]
        if not members:
            yield say("form.merge.nothing")
            return
        joined = foresee_merge(self.survivor, members, self.moment)
        if joined.no is not None:
            yield self.seat.words.refusal(joined.no.code, self.seat.data.told(joined.no.facts))
            return
        yield say("form.merge.result", n=len(members), number=self.survivor.case.number)
        yield self._deadline(joined.before, joined.after)
        for one in members:
            yield from self._of_member(one)

    def _deadline(self, before: Ledger | None, after: Ledger | None) -> str:
        say = self.seat.words.say
        if after is None or after.due is None:
            return say("form.merge.no_clock")
        name = clock_words(self.seat.words, after)
        if before is None or before.due == after.due:
            return say("form.merge.same_due", clock=name, due=after.due)
        facts = {"clock": name, "before": before.due, "due": after.due, "number": after.shared}
        return say("form.merge.other_due", **facts)

    def _of_member(self, one: Dossier) -> Iterator[str]:
        say, case = self.seat.words.say, one.case
        who = case.reporter_masked or say("case.anonymous")
        yield say("form.merge.told_alone", number=case.number, who=who)
        waiting = [task.unit for task in one.live_tasks if task.status is TaskStatus.PENDING_SIGN]
        if waiting:
            units = self.seat.words.join(map(self.seat.data.unit, waiting))
            yield say("form.merge.called_off", number=case.number, units=units)

    def _commands(self) -> Commands:
        return (Merge(case_id=self.survivor.case.id, members=self.members.value),)


class PartForm(CaseForm):
    """Which of those that follow go their own way again; all of them are ticked to begin with."""

    def __init__(self, screen: Screen, view: CaseView | None) -> None:
        super().__init__(screen, view, "unmerge", self._commands)
        followers = self.view.members
        options = [Option(one.case.id, lambda one=one: self._named(one)) for one in followers]
        self.members = Ticks(screen.words, options)
        self.members.restore([one.case.id for one in followers])
        self.add("form.parting", self.members)
        self.body.addWidget(wrapping(screen.words.say("form.unmerge.note"), role="muted"))

    def _named(self, on: Dossier) -> str:
        case, say = on.case, self.seat.words.say
        state = say(f"case.status.{case.merged_from}")
        return say("form.unmerge.member", number=case.number, title=whole_title(case), state=state)

    def _commands(self) -> Commands:
        return (Unmerge(case_id=self.case.id, members=self.members.value),)
