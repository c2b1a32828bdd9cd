"""Splitting a report: which sentence is whose, a class for every part, and what becomes of every clock and notice."""

from collections.abc import Iterator

from app.domain.case import Case, Dossier
from app.domain.clocks import Ledger
from app.domain.commands import Demand, Split
from app.domain.sentences import sentences
from app.services.foresee import foresee_dispatch
from app.services.queries import CaseView
from app.services.splits import Parts, foresee_split
from ui.habits import Habits
from ui.models.clock_lines import clock_words, limits_line
from ui.screen import Screen
from ui.views.class_rows import ClassRows
from ui.views.forms.case_form import CaseForm, Commands
from ui.views.forms.fields import Field
from ui.views.forms.part_cards import PartCards, PartText
from ui.views.forms.sentence_board import SentenceBoard
from ui.views.wrapping import wrapping


class Form(CaseForm):
    """Digits give sentences to parts; classes are suggested by the words of each, and changed by the picker."""

    def __init__(self, screen: Screen, view: CaseView | None) -> None:
        super().__init__(screen, view, "split", self._commands)
        self._rows = ClassRows(screen, Habits(screen.desk, "classes"))
        self.board = SentenceBoard(screen.words, sentences(self.case.narrative))
        self.parts = PartCards(screen)
        self.told = wrapping()
        self.add("form.sentences", self.board, required=True)
        self.add("form.parts", self.parts)
        self.body.addWidget(Field(screen.words, "form.split_leads_to", self.told))
        self.board.changed.connect(self._foresee)
        self.parts.changed.connect(self._foresee)
        self.parts.wanted.connect(self.over.open_for)
        self._foresee()

    @property
    def text(self) -> str:
        """What splitting would lead to, as it is told."""
        return self.told.text()

    @property
    def demands(self) -> tuple[Demand, ...]:
        """The parts as they are asked for."""
        pairs = zip(self.board.places, self.board.parts, strict=True)
        return tuple(
            Demand(narrative=text, category=self._class_of(at, text)) for at, text in pairs
        )

    def retranslate(self) -> None:
        """Say everything in the language in use."""
        super().retranslate()
        self._foresee()

    def _class_of(self, place: int, text: str) -> str | None:
        """The class chosen, else the report's where the words speak for it, else the likeliest; None: the report's."""
        chosen = self.parts.classes.get(place)
        if chosen is not None:
            return None if chosen == self.case.category else chosen
        likely = [one.category for one in self._rows.suggestions(text)]
        return likely[0] if likely and self.case.category not in likely else None

    def _foresee(self) -> None:
        demands = self.demands
        found = foresee_split(self.view.dossier, demands, self.moment) if demands else Parts()
        cases = dict(zip(self.board.places, found.each, strict=False))
        pairs = zip(self.board.places, demands, strict=True)
        self.parts.show_parts([self._shown(at, one, cases.get(at)) for at, one in pairs])
        self.told.setText("\n".join(self._lines(found)))

    def _shown(
        self, place: int, demand: Demand, part: tuple[Case, Ledger | None] | None
    ) -> tuple[PartText, str, str]:
        code = demand.category or self.case.category or ""
        title = part[0].title if part else demand.narrative
        return PartText(place, title, self._clock(part)), demand.narrative, code

    def _clock(self, part: tuple[Case, Ledger | None] | None) -> str:
        say = self.seat.words.say
        case, first = part or (self.case, None)
        if first is None or first.due is None:
            return ""
        name = clock_words(self.seat.words, first)
        bound = say("form.split.clock", grade=str(case.grade), clock=name, due=first.due)
        return "\n".join(one for one in (bound, self._limits(case)) if one)

    def _limits(self, case: Case) -> str:
        """The limits it would have with the unit that such a class usually goes to."""
        words, taxonomy = self.seat.words, self.seat.desk.setting.directory.taxonomy
        item = taxonomy.get(case.category)
        unit = item.unit if item is not None else None
        clocks = foresee_dispatch(Dossier(case), None, unit, self.moment)
        if not clocks:
            return ""
        limits = limits_line(words, clocks)
        return words.say("form.split.usual", unit=self.seat.data.unit(unit), limits=limits)

    def _lines(self, found: Parts) -> Iterator[str]:
        """What the command would make, what each part has from the report, and who tells its reporter."""
        say = self.seat.words.say
        if self.board.is_blank:
            yield say("form.split.nothing")
        elif found.no is not None:
            yield self.seat.words.refusal(found.no.code, self.seat.data.told(found.no.facts))
        else:
            yield say("form.split.result", n=len(found.each), number=self.case.number)
        yield say("form.split.inherited")
        yield say("form.split.left")
        who = self.case.reporter_masked or say("case.anonymous")
        yield say("form.split.told_once", who=who)

    def _story(self) -> str:
        """The words of the part whose class is chosen."""
        return self.over.words or super()._story()

    def _commands(self) -> Commands:
        return (Split(case_id=self.case.id, demands=self.demands),)
