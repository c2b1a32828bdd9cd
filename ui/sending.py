"""From a form's wishes to the desk: one after the other, a refusal beside the field it concerns."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, Protocol, runtime_checkable

from app.domain.commands import (
    CallBackNotice,
    Claim,
    Command,
    File,
    Merge,
    Release,
    Resume,
    Sign,
    Unsplit,
    WithdrawRequest,
)
from app.domain.refused import Refused
from app.services.desk import Desk
from app.services.queries import Done


class Form(Protocol):
    """What a form must be able to do with a no."""

    def show_refusal(self, code: str, facts: Mapping[str, Any]) -> None:
        """Show why, beside the field."""
        ...


@runtime_checkable
class Keeper(Protocol):
    """A form that wants to know what was carried out: to count it, or to drop its draft."""

    def kept(self, command: Command, done: Done) -> None:
        """One of its commands is durable."""
        ...


@runtime_checkable
class Drafted(Protocol):
    """A form that is kept as a draft until what it asks for is done."""

    def over_with(self, command: Command, *, is_last: bool) -> tuple[str, str]:
        """What goes in one step with this command, so that no kill leaves both behind: the draft, and
        the command set aside that it came of; each may be empty.
        """
        ...


class Sending:
    """The wishes of one form. What was done stays done when a later wish is refused and sent again."""

    def __init__(self, desk: Desk, told: Callable[[Command, Done], None]) -> None:
        self._desk, self._told = desk, told
        self._done: list[tuple[Command, Done]] = []
        self._is_busy = False

    @property
    def is_busy(self) -> bool:
        """Whether an earlier submission is still under way."""
        return self._is_busy

    async def send(self, commands: Sequence[Command], form: Form | None) -> tuple[Done, ...] | None:
        """Send what is not done yet; None when one was refused and the form shows why.

        None also while an earlier submission is under way: a key pressed twice asks once.
        """
        if self._is_busy:
            return None
        self._is_busy = True
        try:
            rest = range(len(commands) - 1, -1, -1)
            pairs = zip(commands, rest, strict=True)
            return tuple([await self._one(one, form, is_last=not left) for one, left in pairs])
        except Refused as no:
            if form is None:
                raise
            form.show_refusal(no.code, no.facts)
            return None
        finally:
            self._is_busy = False

    async def _one(self, wish: Command, form: Form | None, *, is_last: bool) -> Done:
        earlier = next((done for command, done in self._done if command == wish), None)
        if earlier is not None:
            return earlier
        command = self._about_the_new(wish)
        is_drafted = isinstance(form, Drafted)
        over = form.over_with(command, is_last=is_last) if is_drafted else ()
        done = await self._desk.send(command, *over)
        self._done.append((wish, done))
        self._told(command, done)
        if isinstance(form, Keeper):
            form.kept(command, done)
        return done

    def _about_the_new(self, wish: Command) -> Command:
        """A wish about a case that the wish before has just registered names no case yet."""
        names = {field.name for field in fields(wish)}
        if "case_id" in names and not getattr(wish, "case_id", "") and self._done:
            about: dict[str, Any] = {"case_id": self._done[-1][1].case_id}
            return replace(wish, **about)
        if isinstance(wish, Merge) and "" in wish.members and self._done:
            new = self._done[-1][1].case_id
            return replace(wish, members=tuple(one or new for one in wish.members))
        return wish


def direct(kind: str, case_id: str, which: str) -> Command:
    """The command of a kind that asks nothing, about the task or notice that is meant. KeyError for one with a form."""
    commands: dict[str, Command] = {
        "file": File(case_id=case_id),
        "sign": Sign(case_id=case_id, task_id=which),
        "call_back_notice": CallBackNotice(case_id=case_id, notice_id=which),
        "claim": Claim(case_id=case_id),
        "release": Release(case_id=case_id),
        "unsplit": Unsplit(case_id=case_id),
        "resume": Resume(case_id=case_id),
        "withdraw_request": WithdrawRequest(case_id=case_id),
    }
    return commands[kind]
