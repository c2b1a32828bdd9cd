"""The timeline of a case as a list model: newest first, told in words made beforehand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.services.queries import Delivery, TimelineEntry
from ui.models.rows import Insert, Move, Remove, steps
from ui.models.wish_text import Side, WishText, is_on
from ui.wording import Wording

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_STEADY = (
    Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
)


@dataclass(frozen=True, slots=True)
class Told:
    """An entry in words. `mark` says how far an own command has come; empty when it has arrived."""

    id: str
    when: str
    who: str
    head: str
    body: str
    mark: str
    needs_attention: bool
    is_public: bool

    @property
    def spoken(self) -> str:
        """Everything as one sentence."""
        parts = (self.when, self.who, self.head, self.body.replace("\n", " "), self.mark)
        return " ".join(part for part in parts if part)


class TimelineModel(QAbstractListModel):
    """`show` another state of the same case: what stayed keeps its place."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._told: list[Told] = []

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._told)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return _STEADY if index.isValid() else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._told[index.row()].spoken
        return None

    def at(self, row: int) -> Told:
        """The entry of a row."""
        return self._told[row]

    def show(self, told: Sequence[Told]) -> None:
        """Step from what is shown to `told`."""
        new = {one.id: one for one in told}
        for step in steps([one.id for one in self._told], list(new)):
            self._step(step, new)
        self._told = list(new.values())
        if self._told:
            self.dataChanged.emit(self.index(0), self.index(len(self._told) - 1))

    def _step(self, step: Remove | Move | Insert[str], new: dict[str, Told]) -> None:
        match step:
            case Remove(first, last):
                self.beginRemoveRows(_NOWHERE, first, last)
                del self._told[first : last + 1]
                self.endRemoveRows()
            case Move(at, to):
                self.beginMoveRows(_NOWHERE, at, at, _NOWHERE, to + 1 if to > at else to)
                self._told.insert(to, self._told.pop(at))
                self.endMoveRows()
            case Insert(at, keys):
                self.beginInsertRows(_NOWHERE, at, at + len(keys) - 1)
                self._told[at:at] = [new[key] for key in keys]
                self.endInsertRows()


def tell(
    entries: Sequence[TimelineEntry], side: Side, text: WishText, words: Wording
) -> list[Told]:
    """The entries of a side in words, newest first."""
    kinds = {entry.cmd_id: entry.kind for entry in entries}
    say: Callable[..., str] = words.say

    def told(entry: TimelineEntry) -> Told:
        here = entry.delivery is Delivery.FINISHED
        return Told(
            id=entry.cmd_id,
            when=words.when(entry.at),
            who=text.data.person(entry.actor) or say("timeline.nobody"),
            head=text.headline(entry, kinds.get(entry.undoes or "", "")),
            body=text.body(entry),
            mark="" if here else say(f"timeline.delivery.{entry.delivery}"),
            needs_attention=entry.delivery is Delivery.ATTENTION,
            is_public=is_on(entry, Side.PUBLIC),
        )

    return [told(entry) for entry in reversed(entries) if is_on(entry, side)]
