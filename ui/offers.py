"""What the palette offers: all verbs, and the people who may sit here."""

from collections.abc import Callable, Sequence

from app.services.queries import Operator
from ui.screen import Screen
from ui.sentences import sentences
from ui.verbs import VERBS, Verb
from ui.views.offer_list import Offer
from ui.why_not import No

#: Keys beside a name in the palette; the sheet of F1 shows all.
SHOWN_KEYS = 2


class Offers:
    """Makes the palette's offers for the moment it opens."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._why_not: Callable[[Verb], No | None] = lambda _: None
        self._people: tuple[Operator, ...] = ()

    def ask(self, why_not: Callable[[Verb], No | None]) -> None:
        """Ask `why_not` for each verb from now on."""
        self._why_not = why_not

    def learn(self, people: Sequence[Operator]) -> None:
        """Who may sit here."""
        self._people = tuple(one for one in people if one.is_active)

    def __call__(self) -> tuple[Offer, ...]:
        """Every verb but the palette itself, then every other person."""
        verbs = (self._verb(verb) for verb in VERBS if verb.name != "palette")
        me = self._screen.desk.me.login
        people = (self._person(one) for one in self._people if one.login != me)
        return (*verbs, *people)

    def _verb(self, verb: Verb) -> Offer:
        words, no = self._screen.words, self._why_not(verb)
        why = words.say(no.key, **no.facts) if no else ""
        return Offer(
            f"verb:{verb.name}",
            _names(verb.name),
            words.say(verb.words),
            self._screen.keymap.text(verb.name, SHOWN_KEYS),
            why,
        )

    def _person(self, one: Operator) -> Offer:
        words = self._screen.words
        role = words.fact(str(one.role))
        shown = f"{words.say('frame.palette_person')}  {one.name}  {role}"
        return Offer(f"person:{one.login}", (one.name, role, one.login), shown)


def _names(verb: str) -> tuple[str, ...]:
    """The Chinese name, the English one, and the other words in both."""
    said = [sentences(language) for language in ("zh", "en")]
    names = [one[f"verb.{verb}"] for one in said]
    hints = [word for one in said for word in one.get(f"verb.{verb}.hint", "").split()]
    return (*names, *hints)
