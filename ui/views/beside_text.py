"""What is said of a case that stands beside a report: why, which words both have, how far apart, what may be done."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from app.domain.duplicates import Advice, Proposal
from app.domain.likeness import common, pairs
from app.services.queries import QueueRow
from ui.views.choices import Choice
from ui.wording import Wording

#: So many words that both have are told.
WORDS = 3


def shared_words(narrative: str, one: Proposal) -> tuple[str, ...]:
    """The longest words of the earlier case that the report has too."""
    return common(one.case.narrative, pairs(narrative), WORDS)


def row_of(words: Wording, narrative: str, one: Proposal) -> Choice:
    """Its title with what both say marked, when it was, and how it stands."""
    case = one.case
    title = case.title or words.say("queue.no_title")
    marks = _marks(title, frozenset(pairs(narrative)))
    state = words.say(f"case.status.{case.status}")
    return Choice(case.id, title, words.when(case.registered_at), state, marks)


def why(words: Wording, narrative: str, one: Proposal, now: datetime) -> str:
    """The reasons, the words, and how long before."""
    return " · ".join(_reasons(words, narrative, one, now))


def _reasons(words: Wording, narrative: str, one: Proposal, now: datetime) -> Iterator[str]:
    share = round(100 * one.share)
    for reason in one.reasons:
        yield words.say(f"form.merge.why.{reason}", share=share)
    if both := shared_words(narrative, one):
        yield words.say("intake.beside.words", words=words.join(both))
    yield _apart(words, now - one.case.registered_at)


def _apart(words: Wording, apart: timedelta) -> str:
    hours = max(0, int(apart.total_seconds() // 3600))
    if not hours:
        return words.say("intake.beside.just")
    if hours < 48:
        return words.say("intake.beside.hours", n=hours)
    return words.say("intake.beside.days", n=hours // 24)


def _marks(title: str, theirs: frozenset[str]) -> tuple[int, ...]:
    """The places of the characters that stand in a pair which both have."""
    folded = title.casefold()
    if len(folded) != len(title):
        return ()
    begins = [at for at in range(len(title) - 1) if folded[at : at + 2] in theirs]
    return tuple(sorted({place for at in begins for place in (at, at + 1)}))


def advised(words: Wording, one: Proposal) -> str:
    """What is proposed, in words."""
    return words.say(f"intake.beside.advice.{one.advice}", number=one.case.number)


def can_be_taken(one: Proposal) -> bool:
    """Whether there is anything to be taken."""
    return one.advice is not Advice.NONE


def without(rows: tuple[QueueRow, ...], shown: frozenset[str]) -> tuple[QueueRow, ...]:
    """Rows that are not shown already."""
    return tuple(row for row in rows if row.id not in shown)
