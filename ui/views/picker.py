"""The class picker: type initials, pinyin or Chinese, or take a suggestion by its digit."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QTreeView, QVBoxLayout, QWidget

from app.services.guess import Guesser
from ui.habits import Habits
from ui.models.category_tree import CategoryTree
from ui.plain import dressed, heard, named, plain
from ui.screen import Screen
from ui.views.choices import ChoiceList, digit_of
from ui.views.class_card import ClassCard
from ui.views.class_rows import RECENTS, ClassRows
from ui.views.ime_edit import ImeEdit
from ui.views.living import run_for
from ui.views.wrapping import wrapping

Key = Qt.Key
#: Below this width (pixels) the tree waits behind Tab.
WIDE = 620
#: A row of the tree beside text of the base size: high enough for a shaky hand's click.
TREE_PX = 26


class CategoryPicker(QWidget):
    """Emits `chosen` with a class's code, or `cancelled`. It never chooses by itself.

    `guesser` offers classes for the narrative; words of the standard unless another is given.
    """

    chosen = Signal(str)
    cancelled = Signal()

    def __init__(
        self, screen: Screen, parent: QWidget | None = None, guesser: Guesser | None = None
    ) -> None:
        super().__init__(parent)
        self._screen = screen
        self._habits = Habits(screen.desk, "classes")
        self._rows = ClassRows(screen, self._habits, guesser)
        self._narrative = self._current = ""
        self._wants_tree = False
        self.box = ImeEdit()
        self.list = ChoiceList(screen.theme)
        self.tree = QTreeView()
        self.card = ClassCard(screen)
        self._recents = plain(role="small")
        self._hint = wrapping(role="small")
        taxonomy, theme = screen.desk.setting.directory.taxonomy, screen.theme
        self._model = CategoryTree(taxonomy, screen.data, lambda: theme.scaled(TREE_PX), self)
        self._lay_out()
        self._wire()
        heard(self, screen.words, self.retranslate)
        dressed(self, theme, self._model.rename)

    @property
    def query(self) -> str:
        """What is looked for, composition included."""
        return self.box.query

    def open_for(self, text: str, current: str | None) -> None:
        """Begin anew for a narrative; the tree opens at the class it has."""
        self._narrative, self._current = text, current or ""
        self._start()
        run_for(self._screen, self, self._remember())

    def retranslate(self) -> None:
        """Say everything in the language in use."""
        self.box.setPlaceholderText(self._screen.words.say("picker.placeholder"))
        self._model.rename()
        self._show()

    def take_focus(self) -> None:
        """Where one types."""
        self.box.setFocus()

    def event(self, event: QEvent) -> bool:
        """Claim the picker's own keys before the window's shortcuts see them."""
        is_claim = event.type() is QEvent.Type.ShortcutOverride
        if is_claim and isinstance(event, QKeyEvent) and self._is_ours(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Wherever the focus is: Escape leads out, the key that opened it back to where one types."""
        if not self._is_ours(event):
            super().keyPressEvent(event)
        elif event.key() == Key.Key_Escape:
            self._back()
        else:
            self._to_box()

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: ARG002, FBT001 - Qt's signature
        """There are two places, box and tree: Tab and Shift+Tab change between them, and never leave."""
        if self.tree.hasFocus():
            self._to_box()
        else:
            self._go_to_tree()
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the tree: Return picks, Tab and Escape lead back."""
        pressed = event.type() is QEvent.Type.KeyPress and watched is self.tree
        if pressed and isinstance(event, QKeyEvent) and self._tree_key(event):
            return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow picker shows list or tree, a wide one both."""
        super().resizeEvent(event)
        self._arrange()

    def _lay_out(self) -> None:
        words = self._screen.words
        named(self.box, "picker.box", words)
        named(self.list, "picker.list", words)
        named(self.tree, "picker.tree", words)
        self.tree.setModel(self._model)
        self.tree.setHeaderHidden(True)
        self.tree.setUniformRowHeights(True)
        columns = QHBoxLayout()
        columns.setSpacing(8)
        columns.addWidget(self.list, 3)
        columns.addWidget(self.tree, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.box)
        layout.addLayout(columns, 1)
        layout.addWidget(self.card)
        layout.addWidget(self._recents)
        layout.addWidget(self._hint)

    def _wire(self) -> None:
        self.box.on_key = self._box_key
        self.box.queried.connect(self._show)
        self.list.chosen.connect(self._choose)
        self.list.pointed.connect(self._point)
        self.tree.installEventFilter(self)
        self.tree.doubleClicked.connect(self._choose_in_tree)
        self.tree.selectionModel().currentChanged.connect(self._point_in_tree)

    async def _remember(self) -> None:
        await self._habits.load()
        self._show()

    def _start(self) -> None:
        """Nothing is typed: what is offered, beside the class the case has."""
        self.box.clear()
        self._show()
        self.card.tell(self._current)
        self._reveal(self._current)
        self.box.setFocus()

    def _show(self) -> None:
        """The rows for the query: hits, or suggestions, recents and favourites when it is empty."""
        query = self.query.strip()
        if query:
            self.list.show_rows(self._rows.found(query))
        else:
            self.list.show_rows(self._rows.offered(self._narrative), point=False)
        self._show_recents()
        self._say_hint()

    def _say_hint(self) -> None:
        """Return takes a row only once the cursor stands on one."""
        key = "picker.hint" if self.list.current else "picker.hint.offered"
        self._hint.setText(self._screen.words.say(key))

    def _show_recents(self) -> None:
        names = (self._screen.data.category(code) for code in self._habits.recent[:RECENTS])
        told = "   ".join(f"Alt+{n} {name}" for n, name in enumerate(names, 1))
        self._recents.setText(told)
        self._recents.setVisible(bool(told) and bool(self.query))

    def _box_key(self, event: QKeyEvent) -> bool:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if modifiers == Qt.KeyboardModifier.AltModifier:
            return self._take_recent(digit_of(event))
        if modifiers == Qt.KeyboardModifier.ControlModifier and event.key() == Key.Key_D:
            run_for(self._screen, self, self._toggle(self.list.current))
            return True
        return modifiers == Qt.KeyboardModifier.NoModifier and self._plain_key(event)

    def _plain_key(self, event: QKeyEvent) -> bool:
        if digit_of(event) and not self.query.startswith(("#", "0")):
            return self.list.choose_number(digit_of(event))
        match event.key():
            case Key.Key_Down | Key.Key_Up:
                self._step(1 if event.key() == Key.Key_Down else -1)
            case Key.Key_PageDown | Key.Key_PageUp:
                self._step(8 if event.key() == Key.Key_PageDown else -8)
            case Key.Key_Return | Key.Key_Enter:
                self.list.choose_current()
            case Key.Key_Tab:
                self._go_to_tree()
            case Key.Key_Escape:
                self._back()
            case _:
                return False
        return True

    def _step(self, by: int) -> None:
        """From nowhere the first step leads to the first row."""
        self.list.step(by if self.list.currentIndex().isValid() else 1)

    def _take_recent(self, number: int) -> bool:
        if not 1 <= number <= min(RECENTS, len(self._habits.recent)):
            return False
        self._choose(self._habits.recent[number - 1])
        return True

    async def _toggle(self, code: str) -> None:
        if code:
            await self._habits.toggle(code)
            self._show()

    def _back(self) -> None:
        if self.query:
            self._start()
        else:
            self.cancelled.emit()

    def _to_box(self) -> None:
        self._wants_tree = False
        self._arrange()
        self.box.setFocus()

    def _choose(self, code: str) -> None:
        self._screen.run(self._habits.use(code))
        self.chosen.emit(code)

    def _point(self, code: str) -> None:
        self.card.tell(code)
        self._reveal(code)
        self._say_hint()

    def _reveal(self, code: str) -> None:
        at = self._model.index_of(code) if code else QModelIndex()
        self.tree.setCurrentIndex(at)
        if at.isValid():
            self.tree.scrollTo(at, QTreeView.ScrollHint.PositionAtCenter)

    def _point_in_tree(self, current: QModelIndex) -> None:
        item = self._model.category(current)
        if item is not None and self.tree.hasFocus():
            self.card.tell(item.code)

    def _tree_key(self, event: QKeyEvent) -> bool:
        match event.key():
            case Key.Key_Return | Key.Key_Enter:
                self._choose_in_tree(self.tree.currentIndex())
            case Key.Key_Tab | Key.Key_Backtab | Key.Key_Escape:
                self._to_box()
            case _:
                return False
        return True

    def _choose_in_tree(self, index: QModelIndex) -> None:
        item = self._model.category(index)
        if item is not None:
            self._choose(item.code)

    def _go_to_tree(self) -> None:
        self._wants_tree = True
        self._arrange()
        if not self.tree.currentIndex().isValid():
            self.tree.setCurrentIndex(self._model.index(0, 0))
        self.tree.setFocus()

    def _arrange(self) -> None:
        is_wide = self.width() >= WIDE
        self.tree.setVisible(is_wide or self._wants_tree)
        self.list.setVisible(is_wide or not self._wants_tree)

    def _is_ours(self, event: QKeyEvent) -> bool:
        is_lone_escape = event.key() == Key.Key_Escape and not event.modifiers()
        return is_lone_escape or self._screen.keymap.verb_at(event, typing=True) == "classify"
