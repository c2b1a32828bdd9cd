"""A case falls back: which step it is and why, on whom, whose turn it is under a rota, and why somebody else."""

from collections.abc import Iterator

from app.domain.commands import FallBack
from app.domain.fallbacks import LAST, STEPS, THIRD_PARTY, caught, terms
from app.domain.measures.falling import candidates, next_steps, rota_of
from app.domain.rotas import Rota
from app.services.queries import CaseView
from ui.screen import Screen
from ui.views.forms import options
from ui.views.forms.case_form import CaseForm, Commands
from ui.views.forms.groups import Choices
from ui.views.forms.written import Line, Lines
from ui.views.unit_picker import UnitPicker
from ui.views.wrapping import wrapping


class Form(CaseForm):
    """The step follows from those before; where two units may be the first, one is chosen."""

    def __init__(self, screen: Screen, view: CaseView | None) -> None:
        super().__init__(screen, view, "fall_back", self._commands)
        self._open = next_steps(self.view.dossier, self.moment)
        self._rota = rota_of(self.view.dossier, self.moment) if self._is_last else None
        self._show()
        self.step = Choices(screen.words, options.worded(screen, "case.fallback", self._open))
        self.step.choose(self._open[0])
        if len(self._open) > 1:
            self.add("form.fallback.step", self.step, required=True)
        self.unit, self.words, self.cost = UnitPicker(screen), Lines(), Line()
        self._unit = self.add("form.fallback.unit", self.unit, required=True)
        why = "form.rota.why" if self._rota else "form.fallback.why"
        self.add(why, self.words, required=True)
        if self._is_last:
            self.add("form.fallback.cost", self.cost)
        self.step.changed.connect(self._offer)
        self.unit.chosen.connect(self._compare)
        self._offer()

    @property
    def _is_last(self) -> bool:
        return THIRD_PARTY in self._open

    @property
    def _given(self) -> dict[str, int]:
        rota = self._rota
        return dict(self.view.known.given.get(rota.code, {})) if rota else {}

    @property
    def _turn(self) -> str:
        return self._rota.turn(self._given) if self._rota else ""

    def _show(self) -> None:
        """Which step of how many, with what was tried before; under a rota how the turns stand."""
        say, at = self.seat.words.say, STEPS[self._open[0]]
        names = self.seat.words.join(say(f"case.fallback.{one}") for one in self._open)
        head = say("case.fallback", n=at, most=LAST, step=names)
        self.body.addWidget(wrapping(head, role="heading"))
        limit = terms(self.case.grade, self.policy).limit
        time = say(f"clock.limit.{limit.unit}", n=limit.value)
        self.body.addWidget(wrapping(say("form.fallback.told", limit=time), role="muted"))
        for line in (*self._tried(), *(self._turns(self._rota) if self._rota else ())):
            self.body.addWidget(wrapping(line, selectable=True))

    def _tried(self) -> Iterator[str]:
        say, data = self.seat.words.say, self.seat.data
        for task in caught(self.view.dossier):
            step = say(f"case.fallback.{task.fallback}")
            told = {"unit": data.unit(task.unit), "at": task.dispatched_at, "step": step}
            yield say("form.fallback.tried", n=STEPS[task.fallback], **told)

    def _turns(self, rota: Rota) -> Iterator[str]:
        """Each unit's share of the rota, what it was given, and who is next because he is furthest behind."""
        say, data = self.seat.words.say, self.seat.data
        given, whole = self._given, sum(one.weight for one in rota.shares)
        yield say("form.rota.head", rota=data.of(rota), n=sum(given.values()))
        for one in rota.shares:
            key = "form.rota.next" if one.unit == self._turn else "form.rota.unit"
            share = {"percent": round(100 * one.weight / whole), "n": given.get(one.unit, 0)}
            origin = say(f"clock.origin.{one.origin}")
            yield say(key, unit=data.unit(one.unit), origin=origin, **share)

    def _offer(self) -> None:
        """The units of the step; whose turn it is comes first, and who has the case is no choice."""
        on = self.view.dossier
        known = candidates(self.step.value, on, self.moment)
        first = [self._turn] if self._turn else []
        why = "picker.by_rota" if self._rota else "picker.by_step"
        has_it = [task.unit for task in on.live_tasks]
        self.unit.offer([(code, why) for code in (*first, *known)], has_it)
        free = [code for code in (*first, *known) if code not in has_it]
        self.unit.set_value(free[0] if free else "")
        self._compare()

    def _compare(self, _code: str = "") -> None:
        """Say that another unit than the one whose turn it is was chosen."""
        is_passed = bool(self._turn) and self.unit.value not in ("", self._turn)
        told = {"unit": self.seat.data.unit(self._turn)} if is_passed else {}
        self._unit.hint(lambda: self.seat.words.say("form.rota.passed", **told) if told else "")

    def _commands(self) -> Commands:
        return (
            FallBack(
                case_id=self.case.id,
                step=self.step.value,
                unit=self.unit.value,
                text=self.words.text,
                rota=self._rota.code if self._rota else "",
                turn=self._turn,
                cost=self.cost.text().strip(),
            ),
        )
