"""How fast the class picker answers a key: at the shipped standard, and at ten thousand classes."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from random import Random

from PySide6.QtCore import QEvent, QStringListModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QVBoxLayout, QWidget

from app.cli.benching.crowd import SEED
from app.cli.benching.figures import Figure, Goal, Judged
from app.cli.benching.still import still_screen
from app.cli.benching.timing import interleaved
from app.domain.moment import Setting
from app.domain.taxonomy import Category, Taxonomy
from ui.indexes import indexes_of
from ui.picker_index import MOST
from ui.readings import readings
from ui.screen import Screen
from ui.views.picker import CategoryPicker

GOAL = Goal(Judged.P95, 30.0)
LEAVES = 10_000
_SIZE = 900, 640


async def measure(screen: Screen, setting: Setting, rounds: int) -> AsyncIterator[Figure]:
    """Keys into the real picker, beside a line that filters a list of plain texts."""
    for key, one in (("picker.shipped", setting), ("picker.large", _large(setting))):
        given = still_screen(one, screen.desk.now(), screen.words, screen.theme)
        indexes_of(one.directory)
        picker = CategoryPicker(given)
        picker.open_for("", None)
        taxonomy = one.directory.taxonomy
        bare = BareList([item.name_zh for item in taxonomy.categories])
        for widget in (picker, bare):
            widget.resize(*_SIZE)
            widget.show()
        await asyncio.sleep(0.1)
        yield _typed(key, picker, bare, list(_letters(taxonomy, rounds + 1)))
        for widget in (picker, bare):
            widget.close()
            widget.deleteLater()


class BareList(QWidget):
    """A line and a list, and the plainest filter between them."""

    def __init__(self, names: list[str]) -> None:
        super().__init__()
        self._names = names
        self.box = QLineEdit()
        self._model = QStringListModel(self)
        view = QListView()
        view.setModel(self._model)
        column = QVBoxLayout(self)
        column.addWidget(self.box)
        column.addWidget(view)
        self.box.textChanged.connect(self._filter)

    def _filter(self, text: str) -> None:
        self._model.setStringList([name for name in self._names if text in name][:MOST])


def _typed(key: str, picker: CategoryPicker, bare: BareList, letters: list[str]) -> Figure:
    """Words letter by letter; a blank stands for beginning anew."""

    def type_into(box: QLineEdit, letter: str) -> None:
        if letter == " ":
            box.clear()
        else:
            _press(box, letter)

    series = interleaved(
        len(letters) - 1,
        lambda turn: type_into(picker.box, letters[turn + 1]),
        lambda turn: type_into(bare.box, letters[turn + 1]),
    )
    return Figure(key, *series, GOAL)


def _press(box: QLineEdit, letter: str) -> None:
    event = QKeyEvent(
        QEvent.Type.KeyPress, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, letter
    )
    QApplication.sendEvent(box, event)
    QApplication.sendEvent(box.window(), QEvent(QEvent.Type.UpdateRequest))


def _letters(taxonomy: Taxonomy, count: int) -> Iterator[str]:
    """Initials, full readings and characters of names, as a hand types them."""
    random, leaves, given = Random(SEED), taxonomy.leaves(), 0
    while True:
        name = random.choice(leaves).name_zh[:4]
        spoken = [readings(one) for one in name]
        initials = "".join(one[0][0] for one in spoken if one)
        full = "".join(one[0] for one in spoken if one)
        for letter in (*random.choice((initials, full[:6], name)), " "):
            yield letter
            given += 1
            if given == count:
                return


def _large(setting: Setting) -> Setting:
    """The shipped standard told over until it has ten thousand leaves; names differ."""
    taxonomy = setting.directory.taxonomy
    shipped = list(taxonomy.categories)
    tops, leaves = [one for one in shipped if one.parent is None], list(taxonomy.leaves())
    random = Random(SEED)
    made = [_another(random.choice(leaves), random.choice(leaves), at) for at in range(LEAVES)]
    more = [replace(one, parent=tops[at % len(tops)].code) for at, one in enumerate(made)]
    directory = replace(setting.directory, taxonomy=Taxonomy((*shipped, *more)))
    return replace(setting, directory=directory)


def _another(one: Category, other: Category, at: int) -> Category:
    name = f"{one.name_zh[:4]}{other.name_zh[-4:]}"
    return replace(one, code=f"99{at:06}", name_zh=name, name_en=f"{one.name_en} {at}", level=2)
