"""The draft of a form about a case: whose form it is, which case, and what was given in its fields."""

from collections.abc import Mapping
from typing import Any, cast

from app.domain.case import Case
from app.services.queries import Draft

_FORM = "form"


def draft_id_of(kind: str, case_id: str) -> str:
    """Each case has one draft of each form; the journal keeps those of different persons apart."""
    return f"{_FORM}:{kind}:{case_id}"


def fields_of(
    kind: str, case: Case, values: Mapping[str, Any], before: Mapping[str, Any]
) -> dict[str, Any]:
    """What the journal keeps of a form: what its fields hold, and what they held when it opened."""
    about = {"case": case.id, "number": case.number, "title": case.title}
    return {_FORM: kind, **about, "values": dict(values), "before": dict(before)}


def is_of_a_form(draft: Draft) -> bool:
    """Whether it is of a form about a case, and not of intake."""
    return _FORM in draft.fields


def kind_of_form(draft: Draft) -> str:
    """Which form it is of; KeyError for a draft of intake."""
    return str(draft.fields[_FORM])


def words_in(draft: Draft) -> str:
    """What was written in it, codes left out: only what was changed, and only texts with more than a word."""
    values, before = draft.fields["values"], draft.fields["before"]
    changed = (_text(value) for key, value in values.items() if value != before.get(key))
    return "\n".join(one for one in changed if not one.isascii())


def _text(value: Any) -> str:
    """What stands in a field of words, also of words that wrote themselves at first."""
    found = cast("Mapping[str, Any]", value)["text"] if isinstance(value, Mapping) else value
    return found if isinstance(found, str) else ""
