"""The fields of an intake form in the order of a call: who, where, what, which class, how urgent."""

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.commands import Person, Register
from app.domain.lengths import SHORT
from app.domain.terms import Grade, Nature
from ui.clipboard import PERSONAL
from ui.plain import heard
from ui.screen import Screen
from ui.views.channel_picker import ChannelPicker
from ui.views.class_field import ClassField
from ui.views.forms import options
from ui.views.forms.column import Column
from ui.views.forms.fields import Field
from ui.views.forms.groups import Choices
from ui.views.forms.number_watch import NumberWatch
from ui.views.forms.written import Line, Lines
from ui.views.gradual import Pieces, finish
from ui.views.place_picker import PlacePicker
from ui.views.unit_picker import UnitPicker

Fields = Mapping[str, Any]
#: Which field answers for what filing asks for.
_FIELD_OF = {
    "description-missing": ("form.narrative",),
    "address-missing": ("form.address", "form.place"),
    "category-missing": ("form.class",),
}


class IntakeFields(QWidget):
    """`edited` after anything was given; `ended` when Return leaves the last field.

    `supplemented` is the number of the refused case that the report goes on with, if it does.
    """

    edited = Signal()
    ended = Signal()

    def __init__(self, screen: Screen, *, at_once: bool = True) -> None:
        super().__init__()
        self._screen = screen
        self._graded_by_hand = False
        self._united_by_hand = False
        self._supplements = ""
        self.supplemented = ""
        self.making = self._made()
        if at_once:
            finish(self.making)

    def _made(self) -> Pieces:
        """Row after row."""
        screen, words = self._screen, self._screen.words
        self.column = Column(self, words, self.ended.emit)
        layout = _column_of(self)
        self.name, self.phone = Line(SHORT["name"]), Line(SHORT["phone"])
        for line in (self.name, self.phone):
            line.setProperty(PERSONAL, True)  # noqa: FBT003 - as Qt has it
        self.secret, self.hazard = QCheckBox(), QCheckBox()
        self._add_who(_row_in(layout))
        yield
        self.address, self.place = Line(SHORT["address"]), PlacePicker(screen)
        self._add_where(_row_in(layout))
        yield
        self.narrative = Lines(4, is_growing=True)
        story = self.column.add(layout, "form.narrative", self.narrative, required=True)
        layout.setStretchFactor(story, 1)
        yield
        self.nature = Choices(words, options.natures(screen), in_row=True)
        self.channel = ChannelPicker(screen)
        self._add_what(_row_in(layout))
        yield
        self.category = ClassField(screen)
        self.column.add(layout, "form.class", self.category)
        yield
        self.grade = Choices(words, options.grades(screen, Grade), in_row=True)
        self.unit = UnitPicker(screen)
        self._add_how(_row_in(layout))
        yield
        self._wire()
        self.clear()
        heard(self, words, self.retranslate)

    def clear(self) -> None:
        """Begin with what is usual."""
        self.restore({})

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed or chosen that would be worth keeping."""
        typed = (self.name, self.phone, self.address, self.narrative, self.place, self.category)
        return all(one.is_blank for one in typed)

    @property
    def values(self) -> Fields:
        """Everything given, for the draft; also what an input method still holds."""
        return {
            "name": self.name.query,
            "phone": self.phone.query,
            "keep_secret": self.secret.isChecked(),
            "address": self.address.query,
            "place": self.place.value,
            "narrative": self.narrative.query,
            "nature": self.nature.value,
            "category": self.category.value,
            "grade": self.grade.value if self._graded_by_hand else "",
            "channel": self.channel.value,
            "hazard": self.hazard.isChecked(),
            "unit": self.unit.value if self._united_by_hand else "",
            "supplements": self._supplements,
            "supplemented": self.supplemented,
        }

    def restore(self, kept: Fields) -> None:
        """Show what a draft kept; what it lacks is as usual."""
        self.name.setText(kept.get("name", ""))
        self.phone.setText(kept.get("phone", ""))
        self._number.look()
        self.secret.setChecked(kept.get("keep_secret", False))
        self.address.setText(kept.get("address", ""))
        self.place.set_value(kept.get("place", ""))
        self.narrative.setPlainText(kept.get("narrative", ""))
        self.nature.choose(kept.get("nature") or str(Nature.COMPLAINT))
        self.category.set_value(kept.get("category"))
        self.hazard.setChecked(kept.get("hazard", False))
        self._graded_by_hand = bool(kept.get("grade"))
        self._united_by_hand = bool(kept.get("unit"))
        self.grade.choose(kept.get("grade") or str(Grade.C))
        self.channel.begin(kept.get("channel", ""))
        self._supplements = kept.get("supplements", "")
        self.supplemented = kept.get("supplemented", "")
        self._follow_class()
        if self._united_by_hand:
            self.unit.set_value(kept["unit"])

    @property
    def wish(self) -> Register:
        """What would be put on the books."""
        graded = Grade(self.grade.value) if self._graded_by_hand else None
        return Register(
            narrative=self.narrative.text,
            nature=Nature(self.nature.value),
            grade=graded,
            category=self.category.value or None,
            channel=self.channel.value,
            address=self.address.text().strip(),
            street=self.place.street,
            community=self.place.community,
            reporter=Person(name=self.name.text().strip(), phone=self.phone.text().strip()),
            keep_secret=self.secret.isChecked(),
            safety_hazard=self.hazard.isChecked(),
            supplements=self._supplements or None,
        )

    def field(self, key: str) -> Field:
        """The field of that key."""
        return next(field for field in self.column.fields if field.key == key)

    def answering(self, missing: Iterable[str]) -> list[Field]:
        """The fields that answer for what filing would still ask for."""
        keys = [key for code in missing for key in _FIELD_OF.get(code, ())]
        blank = {"form.address": self.address, "form.place": self.place}
        return [self.field(key) for key in keys if key not in blank or blank[key].is_blank]

    def has_a_false_number(self) -> bool:
        """Whether what stands for the phone can be none; then it is said beside it."""
        return self._number.blame()

    def usual_grade(self, category: str | None) -> Grade:
        """The grade that a class has by itself."""
        item = self._screen.desk.setting.directory.taxonomy.get(category)
        return (item.grade if item is not None else None) or Grade.C

    def step_grade(self) -> None:
        """The next grade, by hand."""
        self._graded_by_hand = True
        self.grade.step()

    def retranslate(self) -> None:
        """The words of the two boxes."""
        say = self._screen.words.say
        self.secret.setText(say("intake.secret"))
        self.hazard.setText(say("intake.hazard"))

    def _add_who(self, row: QHBoxLayout) -> None:
        self.column.add(row, "intake.name", self.name)
        field = self.column.add(row, "intake.phone", self.phone)
        self._number = NumberWatch(self._screen.words, field, self.phone)
        row.addWidget(self.secret, 0, Qt.AlignmentFlag.AlignBottom)

    def _add_where(self, row: QHBoxLayout) -> None:
        self.column.add(row, "form.address", self.address)
        self.column.add(row, "form.place", self.place)

    def _add_what(self, row: QHBoxLayout) -> None:
        self.column.add(row, "form.nature", self.nature)
        self.column.add(row, "intake.channel", self.channel)
        row.setStretch(0, 5)
        row.setStretch(1, 3)

    def _add_how(self, row: QHBoxLayout) -> None:
        self.column.add(row, "form.grade", self.grade)
        row.addWidget(self.hazard, 0, Qt.AlignmentFlag.AlignBottom)
        self.column.add(row, "form.unit", self.unit)
        row.setStretch(0, 0)  # all grades side by side, and the rest to the unit

    def _wire(self) -> None:
        for line in (self.name, self.phone, self.address):
            line.queried.connect(self._edit)
        self.narrative.queried.connect(self.category.hear)
        self.narrative.queried.connect(self._edit)
        for group in (self.nature, self.grade):
            group.changed.connect(self.edited)
        self.grade.picked.connect(self._grade_by_hand)
        self.category.changed.connect(self._follow_class)
        self.unit.chosen.connect(self._unite_by_hand)
        for picker in (self.place, self.channel):
            picker.chosen.connect(self._edit)
        for picker in (self.place, self.channel, self.unit):
            picker.lay_over(self)
        for box in (self.secret, self.hazard):
            box.toggled.connect(self._edit)

    def _edit(self, _given: object = None) -> None:
        self.edited.emit()

    def _grade_by_hand(self) -> None:
        self._graded_by_hand = True

    def _unite_by_hand(self, _code: str) -> None:
        self._united_by_hand = True
        self.edited.emit()

    def _follow_class(self) -> None:
        """Grade and unit are the class's own until somebody chose others."""
        item = self._screen.desk.setting.directory.taxonomy.get(self.category.value)
        unit = (item.unit if item is not None else None) or ""
        self.unit.offer([(unit, "picker.by_class")])
        if not self._united_by_hand:
            self.unit.set_value(unit)
        if not self._graded_by_hand:
            self.grade.choose(str(self.usual_grade(self.category.value)))
        self.edited.emit()


def _column_of(host: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(host)
    column.setContentsMargins(0, 0, 14, 0)
    column.setSpacing(8)
    return column


def _row_in(layout: QVBoxLayout) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(12)
    layout.addLayout(row)
    return row
