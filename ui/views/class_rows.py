"""Classes as rows to choose from: what is offered before anything is typed, and what a query found."""

from app.services.guess import Guesser, Hints, Suggestion
from ui.habits import Habits
from ui.indexes import Indexes, indexes_of
from ui.names import STEP
from ui.picker_index import Hit
from ui.screen import Screen
from ui.views.choices import Choice

#: Recents that Alt+1 to Alt+5 take.
RECENTS = 5
STAR = "★"
#: Between a name and the other name that was met.
ALSO = " · "


class ClassRows:
    """Makes rows; `guesser` offers classes for a narrative: unless one is given, what was learned, else words."""

    def __init__(self, screen: Screen, habits: Habits, guesser: Guesser | None = None) -> None:
        self._screen = screen
        self._habits = habits
        self._guesser = guesser

    def suggestions(self, narrative: str) -> tuple[Suggestion, ...]:
        """At most three classes, with the words that spoke for them."""
        guesser = self._guesser or self._indexes.learned or self._indexes.guesser
        return guesser.guess(Hints(narrative, self._habits.uses))

    def suggested(self, narrative: str) -> list[Choice]:
        """The suggestions as rows, each with its reason."""
        return [self._suggestion(one) for one in self.suggestions(narrative)]

    def offered(self, narrative: str) -> list[Choice]:
        """Suggestions, recents and favourites under their headings."""
        say = self._screen.words.say
        groups = (
            ("suggested", self.suggested(narrative)),
            ("recent", [self.named(code) for code in self._habits.recent[:RECENTS]]),
            ("favourite", [self.named(code) for code in self._habits.favourites]),
        )
        return [
            row
            for name, rows in groups
            if rows
            for row in (Choice("", say(f"picker.{name}"), heading=True), *rows)
        ]

    def found(self, query: str) -> list[Choice]:
        """What a query met, its characters marked."""
        hits = self._indexes.categories.find(query, self._habits.uses)
        return [self._hit(hit) for hit in hits]

    def named(self, code: str) -> Choice:
        """A class by itself."""
        return Choice(code, self._screen.data.category(code), self._above(code), self._note(code))

    @property
    def _indexes(self) -> Indexes:
        return indexes_of(self._screen.desk.setting.directory)

    def _suggestion(self, one: Suggestion) -> Choice:
        words = self._screen.words
        habits = [words.say(f"picker.habit.{habit}") for habit in one.habits]
        why = words.say("picker.because", words=" ".join(one.words or habits))
        share = f"{one.confidence:.0%} " if one.confidence is not None else ""
        row = self.named(one.category)
        return Choice(row.code, row.text, row.where, share + why)

    def _hit(self, hit: Hit) -> Choice:
        """By its name; a hit in another name of it shows that name behind it."""
        row = self.named(hit.code)
        if hit.text == row.text or not hit.marks:
            return Choice(row.code, row.text, row.where, row.note, hit.marks)
        front = row.text + ALSO
        marks = tuple(len(front) + mark for mark in hit.marks)
        return Choice(row.code, front + hit.text, row.where, row.note, marks)

    def _above(self, code: str) -> str:
        return STEP.join(self._screen.data.path(code).split(STEP)[:-1])

    def _note(self, code: str) -> str:
        star = STAR if code in self._habits.favourites else ""
        return f"{star} {code}".strip()
