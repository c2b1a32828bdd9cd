"""What one key means for several marked cases: which can be, what is asked for all, and the wish of each."""

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtWidgets import QWidget

from app.domain.case import Request
from app.domain.commands import (
    ApproveRequest,
    ApproveReturn,
    Command,
    HandOver,
    RaiseGrade,
    RefuseRequest,
    RefuseReturn,
)
from app.domain.rules import CENTRE
from app.domain.terms import Grade, RequestKind
from app.services.queries import CaseView
from ui.screen import Screen
from ui.views.forms import options
from ui.views.forms.groups import Choices
from ui.views.forms.requests import letter_of
from ui.views.forms.written import Lines
from ui.views.officer_picker import OfficerPicker
from ui.why_not import barred

#: The key of a field, what fills it, and whether it must be filled.
Asked = tuple[str, QWidget, bool]


class Plan(Protocol):
    """`key` begins the keys of its words; one that `stays` shows what became of each until it is left."""

    @property
    def key(self) -> str: ...
    @property
    def stays(self) -> bool: ...

    def fields(self, ready: Sequence[CaseView], /) -> tuple[Asked, ...]:
        """What is asked once for all that are `ready`."""
        ...

    def what(self, view: CaseView, /) -> str:
        """What waits in the case, beside its number and title."""
        ...

    def under(self, view: CaseView, /) -> str:
        """What its reporter will be told, if anything."""
        ...

    def why_not(self, view: CaseView, /) -> str:
        """Why this person cannot do so with the case, in words; nothing when he can."""
        ...

    def wish(self, view: CaseView, /) -> Command | None:
        """What is asked for that case."""
        ...


class Decision:
    """A yes or a no to what units ask."""

    stays = False

    def __init__(self, screen: Screen, *, approves: bool) -> None:
        self._screen, self._approves, self.words = screen, approves, Lines()
        self.key = "form.several.approve" if approves else "form.several.refuse"

    def fields(self, _: Sequence[CaseView]) -> tuple[Asked, ...]:
        """A no needs a reason."""
        return (("form.decision", self.words, not self._approves),)

    def what(self, view: CaseView) -> str:
        """What is asked."""
        request = view.dossier.open_request()
        return self._screen.words.say(f"form.what.{request.kind}") if request else ""

    def under(self, view: CaseView) -> str:
        """The letter that goes out with a yes."""
        request = view.dossier.open_request()
        return letter_of(self._screen, view, request) if request and self._approves else ""

    def why_not(self, view: CaseView) -> str:
        """Nothing waits, it is another post's, or a rule is in the way."""
        request, say = view.dossier.open_request(), self._screen.words.say
        if request is None:
            return say("refused.request-missing")
        kind = self._kind(request)
        if kind not in view.verbs:
            return say("form.several.not_yours")
        return _barred(self._screen, kind, view)

    def wish(self, view: CaseView) -> Command | None:
        """A return and whatever else may be asked are decided by wishes of their own."""
        request = view.dossier.open_request()
        if request is None:
            return None
        return self._approval(view, request) if self._approves else self._refusal(request)

    def _kind(self, request: Request) -> str:
        what = "return" if request.kind == RequestKind.RETURN else "request"
        return f"{'approve' if self._approves else 'refuse'}_{what}"

    def _approval(self, view: CaseView, request: Request) -> Command:
        case_id, about, text = request.case_id, request.id, self.words.text
        if request.kind == RequestKind.RETURN:
            return ApproveReturn(case_id=case_id, request_id=about, text=text)
        return ApproveRequest(
            case_id=case_id,
            request_id=about,
            what=request.kind,
            notice=self.under(view),
            method=options.usual_method(view.dossier.case, "SMS"),
            text=text,
        )

    def _refusal(self, request: Request) -> Command:
        case_id, about, text = request.case_id, request.id, self.words.text
        if request.kind == RequestKind.RETURN:
            return RefuseReturn(case_id=case_id, request_id=about, text=text)
        return RefuseRequest(case_id=case_id, request_id=about, what=request.kind, text=text)


class HandingOver:
    """Into whose hands all of them go."""

    key, stays = "form.several.hand_over", True

    def __init__(self, screen: Screen) -> None:
        self._screen, self.words = screen, Lines()
        self.holder = OfficerPicker(screen, CENTRE, "form.holder")

    def fields(self, ready: Sequence[CaseView]) -> tuple[Asked, ...]:
        """A reason where somebody is relieved of one."""
        mine = ("", self._screen.desk.me.login)
        relieves = any(view.dossier.case.holder not in mine for view in ready)
        reason = ("form.hand_over_reason", self.words, relieves)
        return ("form.holder", self.holder, True), reason

    def what(self, view: CaseView) -> str:
        """Who has it now."""
        say, holder = self._screen.words.say, view.dossier.case.holder
        return say("case.held", who=self._screen.data.person(holder)) if holder else ""

    def under(self, _: CaseView) -> str:
        """The reporter hears nothing of it."""
        return ""

    def why_not(self, view: CaseView) -> str:
        """It is not in the centre's hands."""
        return _not_now(self._screen, "hand_over", view)

    def wish(self, view: CaseView) -> Command | None:
        """Each goes to the same person for the same reason."""
        about, holder = view.dossier.case.id, self.holder.value
        return HandOver(case_id=about, holder=holder, reason=self.words.text)


class Raising:
    """How urgent all of them are from now on."""

    key, stays = "form.several.raise_grade", True

    def __init__(self, screen: Screen) -> None:
        self._screen, self.words = screen, Lines()
        higher = [one for one in Grade if one is not max(Grade)]
        self.grade = Choices(screen.words, options.grades(screen, higher))

    def fields(self, _: Sequence[CaseView]) -> tuple[Asked, ...]:
        """The grade, and a reason who likes to give one."""
        return ("form.grade", self.grade, True), ("form.reason", self.words, False)

    def what(self, view: CaseView) -> str:
        """How urgent it is now."""
        return self._screen.words.say(f"queue.grade_name.{view.dossier.case.grade}")

    def under(self, _: CaseView) -> str:
        """The reporter hears nothing of it."""
        return ""

    def why_not(self, view: CaseView) -> str:
        """It is as urgent as can be, or over."""
        return _not_now(self._screen, "raise_grade", view)

    def wish(self, view: CaseView) -> Command | None:
        """One that is as urgent already is refused, and told."""
        about, grade = view.dossier.case.id, Grade(self.grade.value)
        return RaiseGrade(case_id=about, grade=grade, reason=self.words.text)


def _not_now(screen: Screen, kind: str, view: CaseView) -> str:
    if kind not in view.verbs:
        return screen.words.say("form.several.not_now")
    return _barred(screen, kind, view)


def _barred(screen: Screen, kind: str, view: CaseView) -> str:
    no = barred(kind, view, screen.moment)
    return "" if no is None else screen.words.say(no.key, **screen.data.told(no.facts))


#: The verbs that are meant for all that is marked, where more than one case is.
PLANS: dict[str, Callable[[Screen], Plan]] = {
    "approve_return": lambda screen: Decision(screen, approves=True),
    "approve_request": lambda screen: Decision(screen, approves=True),
    "refuse_return": lambda screen: Decision(screen, approves=False),
    "refuse_request": lambda screen: Decision(screen, approves=False),
    "hand_over": HandingOver,
    "raise_grade": Raising,
}
