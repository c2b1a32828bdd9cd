"""Holding a danger off at once: which unit does what, and afterwards what became of it."""

from app.domain.case import Interim
from app.domain.commands import OrderInterim, ReportInterim
from app.domain.interims import INTERIM
from app.domain.measures.interim import DONE, OWED
from app.services.queries import CaseView
from ui.screen import Screen
from ui.views.forms import options
from ui.views.forms.attach import Files, attaching
from ui.views.forms.case_form import CaseForm, Commands
from ui.views.forms.groups import Choices, Option
from ui.views.forms.written import Lines
from ui.views.unit_picker import UnitPicker
from ui.views.wrapping import wrapping

#: How far it is.
AT_IT = "AT_IT"


class OrderForm(CaseForm):
    """The measure by digit, the unit that the case is with first; it says that nothing else is settled by it."""

    def __init__(self, screen: Screen, view: CaseView | None) -> None:
        super().__init__(screen, view, "order_interim", self._commands)
        listed = options.reasons(screen, self.policy, self.policy.interim_measures)
        self.measure, self.unit, self.words = (
            Choices(screen.words, listed),
            UnitPicker(screen),
            Lines(),
        )
        self.body.addWidget(wrapping(screen.words.say("form.interim.told"), role="muted"))
        self.add("form.interim.measure", self.measure, required=True)
        self.add("form.interim.unit", self.unit, required=True)
        self.add("form.interim.words", self.words)
        item = screen.desk.setting.directory.taxonomy.get(self.case.category)
        usual = item.unit or "" if item is not None else ""
        self.unit.offer([(self.case.lead_unit or "", "picker.by_case"), (usual, "picker.by_class")])

    def _commands(self) -> Commands:
        order = OrderInterim(
            case_id=self.case.id,
            unit=self.unit.value,
            measure=self.measure.value,
            text=self.words.text,
        )
        return (order,)


class ReportForm(CaseForm):
    """Of several that are owed the oldest is chosen already; photographs go with it."""

    def __init__(self, screen: Screen, view: CaseView | None) -> None:
        super().__init__(screen, view, "report_interim", self._commands)
        mine = screen.desk.me.unit
        owed = [one for one in self.view.dossier.interims if one.status in OWED]
        owed = [one for one in owed if mine in (None, one.unit)]
        self.which = Choices(screen.words, [self._option(one) for one in owed])
        self.outcome = Choices(
            screen.words, options.worded(screen, "form.interim.outcome", (DONE, AT_IT)), in_row=True
        )
        self.words, self.files = Lines(), Files(screen)
        self.add("form.interim.which", self.which, required=True)
        self.add("form.interim.outcome", self.outcome, required=True)
        self.add("form.interim.result", self.words, required=True)
        self.add("form.interim.photos", self.files)
        if owed:
            self.which.choose(owed[0].id)

    def _option(self, one: Interim) -> Option:
        names = {item.code: item for item in self.policy.interim_measures}

        def told() -> str:
            found = names.get(one.measure)
            measure = self.seat.data.of(found) if found else one.measure
            return f"{self.seat.data.unit(one.unit)} · {measure}"

        return Option(one.id, told)

    def _commands(self) -> Commands:
        said = ReportInterim(
            case_id=self.case.id,
            interim_id=self.which.value,
            text=self.words.text,
            is_done=self.outcome.value == DONE,
        )
        return (*attaching(self.case.id, self.files, INTERIM, None), said)
