"""What forms offer to choose from: reasons and criteria of the edition, and the fixed sets of the platform."""

from collections.abc import Iterable, Sequence

from app.domain.case import Case
from app.domain.policy import Criterion, Policy, Reason
from app.domain.terms import Grade, Nature
from ui.screen import Screen
from ui.views.class_card import article_words
from ui.views.forms.groups import Option

#: How a notice may be given (P-sys), the usual way first.
METHODS = ("SMS", "PHONE", "WECHAT", "RECORD")
#: The way that needs no number to call or write to.
NUMBERLESS = "RECORD"
#: Notice types of the platform: acceptance, handling, interim.
NOTICE_KINDS = ("1", "2", "96")
#: What an attachment may prove (P-sys).
STAGES = (
    *("REPORT", "VERIFY", "BEFORE", "AFTER", "RETURN", "REPLY", "CLOSURE", "EVIDENCE", "INTERIM"),
)


def reasons(seat: Screen, policy: Policy, among: Iterable[Reason | Criterion]) -> list[Option]:
    """Coded reasons by their name, each with its article and where it comes from."""
    return [_reason(seat, policy, one) for one in among]


def _reason(seat: Screen, policy: Policy, one: Reason | Criterion) -> Option:
    def note() -> str:
        origin = seat.words.say(f"clock.origin.{one.origin}")
        return f"{article_words(seat, policy, one.article)} {origin}".strip()

    return Option(one.code, lambda: seat.data.of(one), note)


def worded(seat: Screen, prefix: str, codes: Sequence[str]) -> list[Option]:
    """Codes that have words under `prefix`."""
    return [_worded(seat, f"{prefix}.{code}", code) for code in codes]


def _worded(seat: Screen, key: str, code: str) -> Option:
    return Option(code, lambda: seat.words.say(key))


def methods(seat: Screen) -> list[Option]:
    """Ways to give a notice."""
    return worded(seat, "form.method", METHODS)


def usual_method(case: Case, usual: str) -> str:
    """`usual` for whoever left a number; for whoever left none, what needs none."""
    return usual if case.phone_masked else NUMBERLESS


def natures(seat: Screen) -> list[Option]:
    """What a reporter may want."""
    return worded(seat, "queue.nature", [str(one) for one in Nature])


def grades(seat: Screen, among: Iterable[Grade]) -> list[Option]:
    """Grades by letter and name."""
    return worded(seat, "queue.grade_name", [str(one) for one in among])


#: What may be marked on a case, by the names of its fields.
FLAGS = ("keep_secret", "safety_hazard")


def flags(seat: Screen) -> list[Option]:
    """What may be marked on a case."""
    return worded(seat, "form.flag", list(FLAGS))
