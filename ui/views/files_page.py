"""The files of a case: where each of them is, in words, and a button that opens it."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.domain.case import Attachment
from app.services.files import Whereabouts
from ui.plain import announce, button, dressed, heard, plain, said
from ui.screen import Screen
from ui.views.wrapping import wrapping

#: How often it is looked again whether what was asked for can be had by now (milliseconds).
LOOK_EVERY = 3000
#: In which tone a place is told; what is not named is muted.
_TONES = {
    Whereabouts.HERE: "done",
    Whereabouts.UNSENT: "soon_edge",
    Whereabouts.COMING: "text",
    Whereabouts.WRONG: "refused",
}
_KILOBYTE = 1024


class FilesPage(QWidget):
    """A page for a sheet. `opened` carries the Attachment that a person wants to see; `looked` comes now and then."""

    opened = Signal(object)
    looked = Signal()
    cancelled = Signal()

    def __init__(self, screen: Screen, case_id: str, files: Sequence[Attachment]) -> None:
        super().__init__()
        self._screen, self.case_id, self.files = screen, case_id, tuple(files)
        self.places: dict[str, Whereabouts] = {}
        self._labels = [_Labels(screen) for _ in self.files]
        self.buttons = [self._button(one) for one in self.files]
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 4, 16, 16)
        column.setSpacing(10)
        hint = plain(role="muted", wrap=True)
        said(hint, "files.hint", screen.words)
        column.addWidget(hint)
        for labels, one in zip(self._labels, self.buttons, strict=True):
            column.addLayout(_row(labels, one))
        column.addStretch(1)
        self._timer = QTimer(self, interval=LOOK_EVERY)
        self._timer.timeout.connect(self.looked)
        self._timer.start()
        heard(self, screen.words, self.retranslate)
        dressed(self, screen.theme, self.retranslate)

    @property
    def lines(self) -> list[str]:
        """Where each file is, as it is read."""
        return [labels.place.text() for labels in self._labels]

    def first_focus(self) -> None:
        """The first file."""
        self.buttons[0].setFocus()

    def tell(self, places: Mapping[str, Whereabouts]) -> None:
        """These files are somewhere else now; what changed is said to who cannot see it."""
        news = {one for one, place in places.items() if self.places.get(one, place) is not place}
        self.places |= places
        self.retranslate()
        for one in self.files:
            if one.digest in news:
                announce(self, f"{one.name} {self._place(one)}")

    def retranslate(self) -> None:
        """Say it in the language in use."""
        say = self._screen.words.say
        for one, labels, push in zip(self.files, self._labels, self.buttons, strict=True):
            place = self.places.get(one.digest)
            ink = _TONES.get(place, "muted") if place else "muted"
            labels.show(one.name, self._about(one), self._place(one), ink)
            push.setAccessibleName(say("files.open_this", name=one.name))

    def _about(self, one: Attachment) -> str:
        words = self._screen.words
        stage = f"case.attached.{one.stage}"
        size = words.say("case.size", kb=max(one.size // _KILOBYTE, 1))
        made = words.say("case.made", at=one.made_at, who=self._screen.data.person(one.made_by))
        return " · ".join((words.say(stage) if words.knows(stage) else one.stage, size, made))

    def _place(self, one: Attachment) -> str:
        place = self.places.get(one.digest)
        return self._screen.words.say(f"files.where.{place.value}") if place else ""

    def _button(self, one: Attachment) -> QPushButton:
        made = button("files.open", self._screen.words, lambda: self.opened.emit(one))
        made.setAutoDefault(True)
        return made


class _Labels:
    """What is written of one file."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self.name, self.about = wrapping(selectable=True), wrapping(role="small")
        self.place: QLabel = wrapping()

    def show(self, name: str, about: str, place: str, ink: str) -> None:
        for label, text in ((self.name, name), (self.about, about), (self.place, place)):
            label.setText(text)
        self.place.setStyleSheet(f"color: {self._screen.theme.color(ink).name()};")


def _row(labels: _Labels, push: QPushButton) -> QHBoxLayout:
    text = QVBoxLayout()
    text.setSpacing(2)
    for label in (labels.name, labels.about, labels.place):
        text.addWidget(label)
    row = QHBoxLayout()
    row.addLayout(text, 1)
    row.addWidget(push, 0, Qt.AlignmentFlag.AlignTop)
    return row
