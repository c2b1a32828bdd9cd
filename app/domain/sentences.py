"""A narrative taken apart into sentences, so that each can be given to the part of a report that it speaks of."""

import re

#: A sentence ends with one of these and what closes after it; a line is one by itself.
_SENTENCE = re.compile(r"[^。！？；!?;\n]*(?:[。！？；!?;]+[”’」』）)\"]*|\n+|$)")
_CLAUSE = re.compile(r"[^，,、\n]*(?:[，,]+|、+|\n+|$)")
#: Shorter than this (characters) a clause says nothing by itself: it stays with the one before.
SHORTEST = 4


def sentences(narrative: str) -> tuple[str, ...]:
    """The sentences in order, without blanks around them; together they hold every sign that is no blank.

    Where all is one sentence, its clauses: people say two things in one breath.
    """
    found = _cut(_SENTENCE, narrative)
    return found if len(found) > 1 else _joined(_cut(_CLAUSE, narrative))


def _cut(pattern: re.Pattern[str], text: str) -> tuple[str, ...]:
    pieces = (one.group().strip() for one in pattern.finditer(text))
    return tuple(one for one in pieces if one)


def _joined(clauses: tuple[str, ...]) -> tuple[str, ...]:
    whole: list[str] = []
    for one in clauses:
        if whole and (len(one) < SHORTEST or len(whole[-1]) < SHORTEST):
            whole[-1] += one
        else:
            whole.append(one)
    return tuple(whole)
