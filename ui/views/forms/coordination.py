"""Coordination: why it is opened, when and where the units meet, and what is ruled with the evidence in view."""

from datetime import datetime

from app.domain.commands import ConveneCoordination, OpenCoordination, RuleCoordination
from app.domain.coordinations import ASKED, live, units_of
from app.domain.evidence import Pack, pack_of
from app.domain.measures.coordinating import conditions, disputed, next_working_day
from app.services.queries import CaseView
from ui.models.amounts import read
from ui.screen import Screen
from ui.views.forms import options
from ui.views.forms.assists import Assists
from ui.views.forms.case_form import CaseForm, Commands
from ui.views.forms.groups import Choices, Option, Ticks
from ui.views.forms.written import Line, Lines
from ui.views.pack_card import PackCard
from ui.views.unit_picker import UnitPicker
from ui.views.wrapping import wrapping

JOINT, IMPROPER, AMENDS = "JOINT", "IMPROPER", "AMENDS"


def pack(form: CaseForm) -> Pack:
    """The evidence of the form's case."""
    directory = form.seat.desk.setting.directory
    return pack_of(form.view.dossier, directory, form.view.known.amended)


class OpenForm(CaseForm):
    """The reasons that there are, the most telling first; on request only with words."""

    def __init__(self, screen: Screen, view: CaseView | None) -> None:
        super().__init__(screen, view, "open_coordination", self._commands)
        whys = conditions(self.view.dossier, self.moment)
        self.why = Choices(screen.words, options.worded(screen, "case.coordination.why", whys))
        self.words = Lines()
        self.body.addWidget(wrapping(screen.words.say("form.coordination.told"), role="muted"))
        self.add("form.coordination.why", self.why, required=True)
        self._said = self.add("form.reason", self.words, required=True)
        self.body.addWidget(PackCard(screen, pack(self)))
        self.why.changed.connect(self._ask)
        self.why.choose(whys[0])
        self._ask()

    def _ask(self) -> None:
        self._said.ask("form.reason", required=self.why.value == ASKED)

    def _commands(self) -> Commands:
        wish = OpenCoordination(case_id=self.case.id, why=self.why.value, text=self.words.text)
        return (wish,)


class ConveneForm(CaseForm):
    """When and where, and which units: those that had the case or were named are called already."""

    def __init__(self, screen: Screen, view: CaseView | None) -> None:
        super().__init__(screen, view, "convene_coordination", self._commands)
        joint = Option(JOINT, lambda: screen.words.say("form.coordination.joint"))
        self.at, self.place = Line(), Line()
        self.units = Assists(screen, lambda _: "")
        self.joint = Ticks(screen.words, (joint,))
        self._asked = self.add("form.coordination.at", self.at, required=True)
        self.add("form.coordination.place", self.place, required=True)
        self.add("form.coordination.units", self.units, required=True)
        self.add("form.coordination.kind", self.joint)
        self.body.addWidget(PackCard(screen, pack(self)))
        self.units.restore(self._concerned())
        self.at.queried.connect(self._retell)
        self._retell()

    def _concerned(self) -> list[str]:
        """Those called before, or else who had the case and who was named."""
        one, found = live(self.view.dossier), pack(self)
        called = units_of(one) if one is not None else ()
        had = [sent.task.unit for sent in found.sent]
        return list(dict.fromkeys(called or (*had, *found.named)))

    @property
    def _meant(self) -> datetime | None:
        found = read(self.at.query, self.moment.now)
        return found if isinstance(found, datetime) else None

    def _retell(self, _text: str = "") -> None:
        self._asked.hint(self._comes_to)

    def _comes_to(self) -> str:
        say = self.seat.words.say
        if not self.at.query.strip():
            return say("form.coordination.how")
        if self._meant is None:
            return say("form.coordination.unread")
        return say("form.coordination.comes_to", at=self._meant)

    def submit(self) -> None:
        """A time that nobody can read is not sent."""
        if self.at.query.strip() and self._meant is None:
            self._asked.blame(self.seat.words.say("form.coordination.unread"))
            self._asked.take_focus()
            return
        super().submit()

    def _commands(self) -> Commands:
        return (
            ConveneCoordination(
                case_id=self.case.id,
                meets_at=self._meant or self.moment.now,
                place=self.place.text().strip(),
                units=self.units.codes,
                is_joint=JOINT in self.joint.value,
            ),
        )


class RuleForm(CaseForm):
    """The evidence above; below who has the case from now on, why, and whether the duty list changes."""

    def __init__(self, screen: Screen, view: CaseView | None) -> None:
        super().__init__(screen, view, "rule_coordination", self._commands)
        self._disputed = disputed(self.view.dossier)
        self.body.addWidget(PackCard(screen, pack(self)))
        self.unit, self.ruling, self.minutes = UnitPicker(screen), Lines(), Lines()
        self.after = Ticks(screen.words, self._consequences())
        self.add("form.coordination.unit", self.unit, required=True)
        self.add("form.coordination.ruling", self.ruling, required=True)
        self.add("form.coordination.minutes", self.minutes, required=True)
        self.add("form.coordination.after", self.after)
        had = [sent.task.unit for sent in pack(self).sent]
        named = [(code, "picker.by_request") for code in pack(self).named]
        self.unit.offer([*named, *((code, "picker.by_case") for code in had)])

    def _consequences(self) -> tuple[Option, ...]:
        say = self.seat.words.say
        start = next_working_day(self.view.dossier, self.moment)
        improper = Option(IMPROPER, lambda: say("form.coordination.improper"))
        amends = Option(
            AMENDS,
            lambda: say(
                "form.coordination.amends", category=self.seat.data.path(self.case.category)
            ),
            lambda: say("form.coordination.from", at=start),
        )
        return (improper, amends) if self.case.category else (improper,)

    def _commands(self) -> Commands:
        return (
            RuleCoordination(
                case_id=self.case.id,
                unit=self.unit.value,
                minutes=self.minutes.text,
                ruling=self.ruling.text,
                is_improper=IMPROPER in self.after.value,
                amends=AMENDS in self.after.value,
            ),
        )
