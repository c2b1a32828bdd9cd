"""From what a person types, chooses or presses beside the list to the next question that the list answers."""

from collections.abc import Callable
from dataclasses import replace

from app.services.filters import Filter
from app.services.queries import Queue, Sort
from ui.models.filters import Saved
from ui.models.queue_source import Question, QueueSource
from ui.views.list_side import ListSide
from ui.views.queue_table import QueueTable


class Asking:
    """`home` is the queue to which a search returns when its words go. `ask` shows another question."""

    def __init__(
        self,
        source: QueueSource,
        side: ListSide,
        table: QueueTable,
        ask: Callable[[Question], None],
    ) -> None:
        self._source, self._side, self._table, self._ask = source, side, table, ask
        self.home = Queue.DISPATCH
        side.search.searched.connect(self._on_searched)
        side.search.left.connect(table.setFocus)
        for entered in (side.search.entered, table.nothing_opened):
            entered.connect(self._on_entered)
        for sorting in (table.sort_wanted, side.sorting.wanted):
            sorting.connect(self._on_sort)
        side.empty.queue_wanted.connect(self._see_elsewhere)
        side.filters.changed.connect(self._on_filter)
        side.saved.chosen.connect(self.use_saved)
        side.clear_wanted.connect(self._clear)

    def use_queue(self, queue: Queue) -> None:
        """Another queue from its top; a search does not follow."""
        asked, search = self._source.question, self._side.search
        self.home = queue
        search.show_search("", everywhere=search.everywhere.isChecked())
        self._ask(replace(asked, queue=queue, filter=replace(asked.filter, text="")))
        self._table.setFocus()

    def use_saved(self, saved: Saved) -> None:
        """A list that was kept under a name, or as it was when the window closed."""
        self.home = saved.queue
        search = self._side.search
        search.show_search(saved.filter.text, everywhere=search.everywhere.isChecked())
        self._ask(Question(saved.queue, saved.filter, saved.sort, saved.descending))

    def use_question(self, question: Question) -> None:
        """A list of another page: nothing of the one before narrows it."""
        self.home, search = question.queue, self._side.search
        search.show_search("", everywhere=search.everywhere.isChecked())
        self._ask(question)
        self._table.setFocus()

    def as_saved(self, name: str) -> Saved:
        """The list as it is, to be kept under that name."""
        asked = self._source.question
        return Saved(name, asked.queue, asked.filter, asked.sort, asked.descending)

    def _on_searched(self, text: str, everywhere: bool) -> None:  # noqa: FBT001 - as signalled
        asked = self._source.question
        queue = Queue.ALL if everywhere and text else self.home
        question = replace(asked, queue=queue, filter=replace(asked.filter, text=text))
        if question != asked:
            self._ask(question)

    def _see_elsewhere(self, queue: Queue = Queue.ALL) -> None:
        """The same words in another queue, or in all."""
        asked, is_all = self._source.question, queue is Queue.ALL
        self.home = self.home if is_all else queue
        self._side.search.show_search(asked.filter.text, everywhere=is_all, is_lent=is_all)
        self._ask(replace(asked, queue=queue))
        self._table.setFocus()

    def _on_entered(self) -> None:
        """Return where nothing was found leads to where something is; else to the list."""
        if self._side.hits is not None and self._side.hits.total:
            self._see_elsewhere()
        else:
            self._table.setFocus()

    def _on_filter(self, one: Filter) -> None:
        self._ask(replace(self._source.question, filter=one))

    def _on_sort(self, sort: Sort, descending: bool) -> None:  # noqa: FBT001 - as signalled
        self._ask(replace(self._source.question, sort=sort, descending=descending))

    def _clear(self) -> None:
        self._side.search.show_search("", everywhere=False)
        self._ask(replace(self._source.question, queue=self.home, filter=Filter()))
