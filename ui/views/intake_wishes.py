"""From an intake form to commands: what follows a registration, and what changed after it."""

from app.domain.commands import (
    Amend,
    Classify,
    Command,
    Commend,
    Dispatch,
    File,
    RaiseGrade,
    Register,
)
from app.domain.terms import Grade

#: Stands for the case that the registration before is about to make; the sender puts its id there.
THE_NEW_ONE = ""
_WRITTEN = ("narrative", "address", "street", "community", "nature")


def following(case_id: str, unit: str, instruction: str, *, is_thanks: bool) -> tuple[Command, ...]:
    """Filing and dispatch; for thanks the commendation."""
    about = case_id or THE_NEW_ONE
    if is_thanks:
        return (Commend(case_id=about, unit=unit),)
    return (File(case_id=about), Dispatch(case_id=about, unit=unit, instruction=instruction))


def registered_again(case_id: str, before: Register, after: Register) -> tuple[Command, ...]:
    """What was changed in the form after the case had been registered."""
    changed = {
        name: getattr(after, name)
        for name in _WRITTEN
        if getattr(after, name) != getattr(before, name) and getattr(after, name) is not None
    }
    commands: list[Command] = [Amend(case_id=case_id, **changed)] if changed else []
    if after.category and after.category != before.category:
        commands.append(Classify(case_id=case_id, category=after.category))
    if after.grade is not None and after.grade < (before.grade or Grade.C):
        commands.append(RaiseGrade(case_id=case_id, grade=after.grade))
    return tuple(commands)
